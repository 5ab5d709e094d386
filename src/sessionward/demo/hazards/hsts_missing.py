"""Browsers are never told to come by https only: 'the load balancer does that', and it does not."""

from dataclasses import replace

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard


def _apply(settings: Settings) -> Settings:
    return replace(settings, protections=replace(settings.protections, insists_on_https=False))


HAZARD = Hazard(
    id="hsts-missing",
    title="Browsers are not told to come by https only",
    apply=_apply,
)
