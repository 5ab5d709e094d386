"""A new password ends the sessions and forgets the remembered logins.

The next request of each of those browsers begins a new session without any password.
"""

from dataclasses import replace

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard
from sessionward.demo.home_made.login_sessions import Channel


def _apply(settings: Settings) -> Settings:
    ends = settings.protections.password_change_ends - {Channel.REMEMBERED}
    return replace(settings, protections=replace(settings.protections, password_change_ends=ends))


HAZARD = Hazard(
    id="remember-me-survives-password-change",
    title="A remembered login is good after the password change",
    apply=_apply,
)
