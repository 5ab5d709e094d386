"""The form asks for the current password, but the server never compares it: an open screen is the whole account."""

from dataclasses import replace

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard


def _apply(settings: Settings) -> Settings:
    return replace(settings, protections=replace(settings.protections, asks_current_password=False))


HAZARD = Hazard(
    id="credential-change-without-reauthentication",
    title="The password changes without the current one",
    apply=_apply,
)
