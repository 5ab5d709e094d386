"""The call that tells the page's script who is logged in also gives it the session's token, for a log line.

HttpOnly keeps the cookie from scripts, and this hands it to them.
"""

from dataclasses import replace

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard


def _apply(settings: Settings) -> Settings:
    return replace(settings, protections=replace(settings.protections, tells_scripts_the_token=True))


HAZARD = Hazard(
    id="token-echoed-in-body",
    title="An answer repeats the token that the cookie holds",
    apply=_apply,
)
