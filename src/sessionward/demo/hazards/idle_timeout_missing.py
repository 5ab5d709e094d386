"""Nobody set how long a session may lie idle, so an unattended screen stays open until its absolute end."""

from dataclasses import replace

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard


def _apply(settings: Settings) -> Settings:
    return replace(settings, inactivity_timeout=None)


HAZARD = Hazard(
    id="idle-timeout-missing",
    title="An idle session does not end",
    apply=_apply,
)
