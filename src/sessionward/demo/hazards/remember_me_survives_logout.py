"""The logout takes the remembered login from the browser and leaves it good on the server."""

from dataclasses import replace

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard
from sessionward.demo.home_made.login_sessions import Channel


def _apply(settings: Settings) -> Settings:
    ends = settings.protections.logout_ends - {Channel.REMEMBERED}
    return replace(settings, protections=replace(settings.protections, logout_ends=ends))


HAZARD = Hazard(
    id="remember-me-survives-logout",
    title="A remembered login is good after the logout",
    apply=_apply,
)
