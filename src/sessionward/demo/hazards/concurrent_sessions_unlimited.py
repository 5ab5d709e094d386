"""Nobody counts: an account may be logged in on any number of devices at once, and is not told."""

from dataclasses import replace

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard


def _apply(settings: Settings) -> Settings:
    return replace(settings, concurrent_sessions=None)


HAZARD = Hazard(
    id="concurrent-sessions-unlimited",
    title="An account has any number of sessions at once",
    apply=_apply,
)
