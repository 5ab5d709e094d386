"""Wrong logins one after another, and how the app takes them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sessionward.audit.observation import Guesses, Session
from sessionward.audit.perform.sessions import Sessions
from sessionward.audit.probe import Guess, LogIn

LOCKED, TOO_MANY, UNAVAILABLE = 423, 429, 503
NUMBER = re.compile(r"\d+")
MOST_SURPRISES = 2
"""So many messages that announced nothing, and messages are not listened to any more."""


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

        A status is a sign of its own. A message that changes is one only where the right password is then refused:
        it may be a warning ("one try left") or differ each time anyway, and the tries begin anew after it.
        Raises DriverError: a browser or network that fails is no sign of a throttle.
        """
        surprises = MOST_SURPRISES
        tries: list[_Try] = []
        while True:
            session = await self._wrong(probe, run)
            tries.append(_try(session))
            if session.authenticated:
                return Guesses(made=len(tries), reason="a wrong password was let in")
            plain = _says_so(tries[-1], tries[0])
            changed = surprises > 0 and tries[-1].said != tries[0].said
            if not (plain or changed or len(tries) == probe.times):
                continue
            right = await self._sessions.log_in(LogIn(party=probe.party, keep=False), run, patient=False)
            if changed and right.authenticated and not plain:
                surprises, tries = surprises - 1, []
                continue
            return _told(tries, session, right, held_off=plain or changed)

    async def _wrong(self, probe: Guess, run: str) -> Session:
        return await self._sessions.log_in(LogIn(party=probe.party, password="wrong", keep=False), run)


def _told(tries: Sequence[_Try], last: Session, right: Session, *, held_off: bool) -> Guesses:
    return Guesses(
        made=len(tries),
        seconds=tuple(one.seconds for one in tries),
        statuses=tuple(one.status for one in tries),
        refused_at=len(tries) if held_off else None,
        then_right=right.authenticated,
        # what the right password is answered tells more than one more wrong one
        reason=right.reason or (last.reason if held_off else ""),
    )


def _says_so(latest: _Try, first: _Try) -> bool:
    """Whether the status alone says that the app holds off."""
    return latest.status in {LOCKED, TOO_MANY} or (latest.status == UNAVAILABLE != first.status)


def _try(session: Session) -> _Try:
    """Judged by the last request of the login that may change state: the form that was sent."""
    sent = [e for e in session.exchanges if not e.request.safe] or list(session.exchanges)
    taken, status = (sent[-1].seconds, sent[-1].status) if sent else (0.0, 0)
    return _Try(seconds=taken, status=status, said=NUMBER.sub("#", session.reason))
