"""Cancelling an appointment is a link, and the profile is saved from an address that holds the values.

The link was meant for the reminder mail; the profile has one handler, which takes its values wherever they stand. Any
page can send a visitor there, and SameSite=Lax lets the cookie go along.
"""

from dataclasses import replace

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard


def _apply(settings: Settings) -> Settings:
    protections = replace(settings.protections, cancel_by_link=True, saves_by_link=True)
    return replace(settings, protections=protections)


HAZARD = Hazard(
    id="state-change-by-get",
    title="A link changes what the visitor has there",
    apply=_apply,
)
