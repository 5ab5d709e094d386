"""Failed logins are not counted, so passwords can be guessed as fast as the server answers."""

from dataclasses import replace

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard


def _apply(settings: Settings) -> Settings:
    return replace(settings, failed_logins=None)


HAZARD = Hazard(
    id="login-not-throttled",
    title="Passwords can be guessed without a wait",
    apply=_apply,
)
