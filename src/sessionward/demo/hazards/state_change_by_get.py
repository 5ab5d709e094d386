"""Cancelling an appointment is a link.

It was meant for the reminder mail. Any page can send a visitor there, and SameSite=Lax lets the cookie go along.
"""

from dataclasses import replace

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard


def _apply(settings: Settings) -> Settings:
    return replace(settings, protections=replace(settings.protections, cancel_by_link=True))


HAZARD = Hazard(
    id="state-change-by-get",
    title="A link cancels the visitor's appointment",
    apply=_apply,
)
