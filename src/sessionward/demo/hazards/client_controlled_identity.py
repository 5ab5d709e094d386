"""A cookie says whose pages are shown, so that parents can look at a child's.

The login sets it, the page that was to change it never came, and whether the two belong together nobody asks.

"""

from dataclasses import replace

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard


def _apply(settings: Settings) -> Settings:
    return replace(settings, protections=replace(settings.protections, account_cookie="patient"))


HAZARD = Hazard(
    id="client-controlled-identity",
    title="The browser says whose pages it is shown",
    apply=_apply,
)
