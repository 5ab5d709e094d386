"""Who may use which account when: a check that changes a password must not run while another parks a session.

A check holds the accounts that it uses: shared where it upsets nothing, alone where it declares a disturbance. Where
the app caps the sessions of an account, checks share it only while there is room for the sessions of all of them: one
would else evict another's.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from sessionward.audit.check import Check


@dataclass(slots=True)
class _Held:
    shared: Counter[str] = field(default_factory=Counter)
    alone: set[str] = field(default_factory=set)


class AccountLocks:
    """Locks by party, taken all at once, so that no two checks can wait for each other."""

    def __init__(self, *, alone: bool = False, room: int | None = None) -> None:
        """``alone``: every check holds its accounts alone. ``room``: how many sessions of one account all checks
        together may have; None is any number.
        """
        self._alone = alone
        self._room = room
        self._held = _Held()
        self._changed = asyncio.Condition()

    def _wants(self, check: Check) -> Iterator[tuple[str, bool]]:
        for party in sorted(check.uses | {check.account}):
            upset = bool(check.disturbs) and party == check.account
            yield party, upset or self._alone

    def _free(self, check: Check) -> bool:
        return all(
            party not in self._held.alone
            and not (alone and self._held.shared[party])
            and self._has_room(check, self._held.shared[party])
            for party, alone in self._wants(check)
        )

    def _has_room(self, check: Check, taken: int) -> bool:
        """Whether the sessions of this check fit beside those that others have."""
        return self._room is None or not taken or taken + self._weight(check) <= self._room

    @asynccontextmanager
    async def held(self, check: Check) -> AsyncIterator[None]:
        """Hold the accounts of the check for the time of the block."""
        async with self._changed:
            await self._changed.wait_for(lambda: self._free(check))
            self._take(check, 1)
        try:
            yield
        finally:
            async with self._changed:
                self._take(check, -1)
                self._changed.notify_all()

    def _weight(self, check: Check) -> int:
        """How much of the room it takes; one that would take what there is leaves nothing."""
        return (self._room or 1) if check.sessions is None else check.sessions

    def _take(self, check: Check, count: int) -> None:
        for party, alone in self._wants(check):
            if not alone:
                self._held.shared[party] += count * self._weight(check)
            elif count > 0:
                self._held.alone.add(party)
            else:
                self._held.alone.discard(party)
