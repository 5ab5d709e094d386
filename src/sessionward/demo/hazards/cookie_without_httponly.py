"""The cookies were opened to scripts, because one once wanted to know whether somebody is logged in."""

from dataclasses import replace

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard


def _apply(settings: Settings) -> Settings:
    return replace(settings, protections=replace(settings.protections, cookies_hidden_from_scripts=False))


HAZARD = Hazard(
    id="cookie-without-httponly",
    title="Scripts can read the session cookie",
    apply=_apply,
)
