"""A token that the server does not know becomes a session of that name.

It was meant for the day after a restart, when everybody's session was gone and nobody should notice. The login
keeps the token too, or the adopted one would be of no use to its browser.
"""

from dataclasses import replace

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard
from sessionward.demo.home_made.login_sessions import Session, Sessions


def _adopt(sessions: Sessions, token: str) -> Session:
    session = sessions.begin()
    sessions.bind(session, token)
    return session


def _apply(settings: Settings) -> Settings:
    protections = replace(settings.protections, unknown_token=_adopt, renews_at_login=False)
    return replace(settings, protections=protections)


HAZARD = Hazard(
    id="chosen-token-adopted",
    title="A token that somebody made up is adopted",
    implies={
        "token-survives-login": "the login keeps whichever token it finds, the clinic's own as well",
    },
    apply=_apply,
)
