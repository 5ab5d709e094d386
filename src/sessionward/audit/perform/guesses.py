"""Wrong logins one after another, and how the app takes them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sessionward.audit.perform.sessions import Sessions
from sessionward.audit.probe import Guess, Guesses, LogIn, Session

LOCKED, TOO_MANY, UNAVAILABLE = 423, 429, 503
NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Try:
    """One wrong login. ``said`` is the app's message with its numbers ("3 tries left") taken out."""

    seconds: float
    status: int
    said: str


class Guesser:
    """Makes the tries through the app's own form, as a person with a list of passwords would."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def guess(self, probe: Guess, run: str) -> Guesses:
        """Stop at the first sign that the app holds off, then try the right password.

        Raises DriverError: a browser or network that fails is no sign of a throttle.
        """
        tries: list[_Try] = []
        refused_at, reason = None, ""
        for number in range(1, probe.times + 1):
            wrong = LogIn(party=probe.party, password="wrong", keep=False)
            session = await self._sessions.log_in(wrong, run)
            if session.authenticated:
                return Guesses(made=number, reason="a wrong password was let in")
            tries.append(_try(session))
            if _holds_off(tries[-1], tries[0]):
                refused_at, reason = number, session.reason
                break
        right = await self._sessions.log_in(LogIn(party=probe.party, keep=False), run, patient=False)
        return Guesses(
            made=len(tries),
            seconds=tuple(one.seconds for one in tries),
            statuses=tuple(one.status for one in tries),
            refused_at=refused_at,
            then_right=right.authenticated,
            reason=reason or right.reason,
        )


def _holds_off(latest: _Try, first: _Try) -> bool:
    if latest.status in {LOCKED, TOO_MANY}:
        return True
    return latest.said != first.said or (latest.status == UNAVAILABLE != first.status)


def _try(session: Session) -> _Try:
    """Judged by the last request of the login that may change state: the form that was sent."""
    sent = [e for e in session.exchanges if not e.request.safe] or list(session.exchanges)
    taken, status = (sent[-1].seconds, sent[-1].status) if sent else (0.0, 0)
    return _Try(seconds=taken, status=status, said=NUMBER.sub("#", session.reason))
