"""A login leads to an address that carries the session's token, left from an app that framed the portal.

The address stands in the history, in the proxy's log, and in the link that a patient sends to a relative.
"""

from dataclasses import replace

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard


def _with_token(token: str) -> str:
    return f"/overview?session={token}"


def _apply(settings: Settings) -> Settings:
    return replace(settings, protections=replace(settings.protections, lands_at=_with_token))


HAZARD = Hazard(
    id="token-in-url",
    title="The session's token stands in an address",
    apply=_apply,
)
