"""The login writes the account into the session that is already there.

It saves a round trip and keeps what the visitor had begun, and whoever saw or planted the token from before
the login is now logged in as well.
"""

from dataclasses import replace

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard


def _apply(settings: Settings) -> Settings:
    return replace(settings, protections=replace(settings.protections, renews_at_login=False))


HAZARD = Hazard(
    id="token-survives-login",
    title="The session token from before the login stays good",
    apply=_apply,
)
