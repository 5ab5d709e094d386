"""The way to log out stands on the profile page only: the header was too full on small screens.

People who do not find it close the window.
"""

from dataclasses import replace

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard


def _apply(settings: Settings) -> Settings:
    return replace(settings, protections=replace(settings.protections, logout_on_every_page=False))


HAZARD = Hazard(
    id="logout-hard-to-find",
    title="Logging out is offered on one page only",
    apply=_apply,
)
