"""Nobody counts: an account may be logged in on any number of devices at once, and is not told."""

from dataclasses import replace

from sessionward.demo.hazard import Hazard
from sessionward.demo.settings import Settings


def _apply(settings: Settings) -> Settings:
    return replace(settings, concurrent_sessions=None)


HAZARD = Hazard(
    id="concurrent-sessions-unlimited",
    title="An account has any number of sessions at once",
    apply=_apply,
)
