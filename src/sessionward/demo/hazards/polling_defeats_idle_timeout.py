"""The waiting room asks every few seconds how things stand, and each time counts as somebody's being there.

A page that was left open at a shared computer stays logged in for as long as it is open.
"""

from dataclasses import replace

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard


def _apply(settings: Settings) -> Settings:
    return replace(settings, protections=replace(settings.protections, polls_count=True))


HAZARD = Hazard(
    id="polling-defeats-idle-timeout",
    title="A page that polls keeps an idle session alive",
    apply=_apply,
)
