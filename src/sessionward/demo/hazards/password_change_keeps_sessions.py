"""A new password is stored, and sessions that the old one opened go on.

Who changes the password because a stranger is in the account does not get the stranger out.
"""

from dataclasses import replace

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard
from sessionward.demo.home_made.login_sessions import Channel


def _apply(settings: Settings) -> Settings:
    ends = settings.protections.password_change_ends - {Channel.PAGE, Channel.API}
    return replace(settings, protections=replace(settings.protections, password_change_ends=ends))


HAZARD = Hazard(
    id="password-change-keeps-sessions",
    title="Sessions on other devices survive the password change",
    apply=_apply,
)
