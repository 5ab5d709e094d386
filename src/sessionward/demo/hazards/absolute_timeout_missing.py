"""Each request prolongs the session, and nothing ever ends it while requests come."""

from dataclasses import replace

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard


def _apply(settings: Settings) -> Settings:
    return replace(settings, absolute_lifetime=None)


HAZARD = Hazard(
    id="absolute-timeout-missing",
    title="A session in use never ends",
    apply=_apply,
)
