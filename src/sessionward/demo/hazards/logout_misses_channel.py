"""The logout ends the session of the pages and forgets the token of their script.

The API was added later, with tokens of its own, and nobody went back to the logout.
"""

from dataclasses import replace

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard
from sessionward.demo.home_made.login_sessions import Channel


def _apply(settings: Settings) -> Settings:
    ends = settings.protections.logout_ends - {Channel.API}
    return replace(settings, protections=replace(settings.protections, logout_ends=ends))


HAZARD = Hazard(
    id="logout-misses-channel",
    title="After the logout the API token still opens the account",
    apply=_apply,
)
