"""Wrong logins one after another, and how the app takes them."""

from __future__ import annotations

import re

from sessionward.audit.driver import DriverError
from sessionward.audit.perform.book import Book
from sessionward.audit.perform.sessions import Sessions
from sessionward.audit.probe import Guess, Guesses, LogIn, Session

HELD_OFF = frozenset({423, 429, 503})


class Guesser:
    """Makes the tries through the app's own form, as a person with a list of passwords would."""

    def __init__(self, book: Book, sessions: Sessions) -> None:
        self._book, self._sessions = book, sessions

    async def guess(self, probe: Guess, run: str) -> Guesses:
        """Stop at the first sign that the app holds off, then try the right password."""
        seconds: list[float] = []
        statuses: list[int] = []
        refused_at, first, reason = None, "", ""
        wrong = LogIn(party=probe.party, password="wrong")
        for number in range(1, probe.times + 1):
            try:
                session = await self._sessions.log_in(wrong, run)
            except DriverError as error:
                refused_at, reason = number, str(error)
                break
            await self._book.close((self._book.entry(session),))
            if session.authenticated:
                return Guesses(made=number, reason="a wrong password was let in")
            taken, status = _submission(session)
            seconds.append(taken)
            statuses.append(status)
            said = re.sub(r"\d+", "#", session.reason)
            first = first or said
            if (status in HELD_OFF and status != statuses[0]) or status in {423, 429} or said != first:
                refused_at, reason = number, session.reason
                break
        right = await self._sessions.log_in(LogIn(party=probe.party), run)
        return Guesses(
            made=len(seconds),
            seconds=tuple(seconds),
            statuses=tuple(statuses),
            refused_at=refused_at,
            then_right=right.authenticated,
            reason=reason or right.reason,
        )


def _submission(session: Session) -> tuple[float, int]:
    """The time and status of the last request of the login that may change state."""
    sent = [e for e in session.exchanges if not e.request.safe] or list(session.exchanges)
    return (sent[-1].seconds, sent[-1].status) if sent else (0.0, 0)
