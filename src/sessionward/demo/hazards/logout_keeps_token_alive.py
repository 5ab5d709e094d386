"""Logging out deletes the browser's cookies, and the server is not told.

It looks right in the browser. A token that was copied, logged or cached before goes on to open the account.
"""

from dataclasses import replace

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard
from sessionward.demo.home_made.login_sessions import Channel


def _apply(settings: Settings) -> Settings:
    ends = settings.protections.logout_ends - {Channel.PAGE, Channel.API}
    return replace(settings, protections=replace(settings.protections, logout_ends=ends))


HAZARD = Hazard(
    id="logout-keeps-token-alive",
    title="After the logout the token still opens the account",
    implies={
        "logout-misses-channel": "the API stays open as well, to its own token and to the cookie",
        "token-resurrects": "a token that never died is still alive after the next login",
    },
    apply=_apply,
)
