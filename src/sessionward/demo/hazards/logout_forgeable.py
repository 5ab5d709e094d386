"""Logging out is a link.

Any page on the web can send a visitor there: a patient is thrown out in the middle of a consultation. The cookie
is SameSite=Lax, which does not help, because following a link is what Lax allows.
"""

from dataclasses import replace

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard


def _apply(settings: Settings) -> Settings:
    return replace(settings, protections=replace(settings.protections, logout_by_link=True))


HAZARD = Hazard(
    id="logout-forgeable",
    title="Another site can log the visitor out",
    apply=_apply,
)
