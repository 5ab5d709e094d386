"""A login takes up again where the account's last one left off, and opens its old sessions for that.

They had been marked as ended at the logout; the mark is taken off, and the old tokens are good again.
"""

from dataclasses import replace

from sessionward.asgi import Reason
from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard
from sessionward.demo.home_made.login_sessions import ALL_CHANNELS, Sessions


def _take_up_again(sessions: Sessions, subject: str) -> None:
    for session in sessions.history_of(subject):
        if session.ending is Reason.LOGOUT:
            session.ending, session.channels = None, ALL_CHANNELS


def _apply(settings: Settings) -> Settings:
    return replace(settings, protections=replace(settings.protections, resumes_at_login=_take_up_again))


HAZARD = Hazard(
    id="token-resurrects",
    title="A token that the logout ended is good again after the next login",
    apply=_apply,
)
