"""The session's cookie is kept for two weeks, so that people need not log in so often.

Closing the browser on a shared computer logs nobody out: whoever starts it next is inside.
"""

from dataclasses import replace

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard


def _apply(settings: Settings) -> Settings:
    return replace(settings, protections=replace(settings.protections, session_cookie_lifetime=14 * 86_400))


HAZARD = Hazard(
    id="session-survives-browser-restart",
    title="The session is still there when the browser is started again",
    apply=_apply,
)
