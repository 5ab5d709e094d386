"""What an answer says beside what the app says: its cookie, and who may keep it."""

import logging
from dataclasses import dataclass

from sessionward.session.adapters.cookie_header import SessionCookie
from sessionward.session.adapters.keeper import Unsaved
from sessionward.session.adapters.phone import challenge_headers
from sessionward.session.adapters.visit import Visit
from sessionward.session.result import StoreError

logger = logging.getLogger("sessionward.store")

VARY = "Cookie, Authorization"
"""What every answer depends on, also one for a visitor: the same address answers others differently."""
NO_STORE = "no-store"
FORBIDDEN = 403
UNAVAILABLE = 503
CRASHED = 500
REFUSALS = {Unsaved.CONFLICT: 409, Unsaved.LOCKED: 423}
"""How a request is answered whose changes were not kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerHeaders:
    """`private` where no cache may keep the answer; `set_cookie` is None where the browser keeps what it has.

    `more` is what a client on a phone is told about its proofs.
    """

    private: bool
    set_cookie: str | None
    more: tuple[tuple[str, str], ...] = ()


PRIVATE = AnswerHeaders(private=True, set_cookie=None)
ANYBODYS = AnswerHeaders(private=False, set_cookie=None)


def unavailable(error: StoreError) -> int:
    """503, of which the visitor is told no more, and whoever runs the app why; a `StoreError` repeats no secret."""
    logger.error("A request is answered with %d: %s", UNAVAILABLE, error)
    return UNAVAILABLE


def answer_headers(visit: Visit, cookie: SessionCookie, *, came_with_token: bool) -> AnswerHeaders:
    """What the answer to `visit` has to say.

    Whatever depends on a session is kept by no cache. That is decided by what came and what goes, and not by
    whether the app looked: frameworks that watched for a look have let sessions be cached (CVE-2023-30861).
    """
    if visit.hand_out is None and not visit.forget and visit.possession is None:
        return PRIVATE if came_with_token or visit.pair_handed_out else ANYBODYS
    line: bytes | None = None
    if visit.hand_out is not None and not visit.bearer:
        line = cookie.set(visit.hand_out)
    elif visit.forget:
        line = cookie.forget()
    return AnswerHeaders(
        private=True,
        set_cookie=None if line is None else line.decode("ascii"),
        more=() if visit.possession is None else challenge_headers(visit),
    )
