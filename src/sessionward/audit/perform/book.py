"""The sessions that the audit opened: their browsers, their tokens, whether they were ended."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from sessionward.audit.driver import DriverError, Tab
from sessionward.audit.observation import Session
from sessionward.http import TokenKey, TokenSet


@dataclass(slots=True, kw_only=True)
class Entry:
    """One minted session. ``run`` is the run of a check that it belongs to, empty for the audit's own.

    ``let_in`` is False where nobody was. ``ended`` says how it was ended, and is empty while that was not tried.
    ``storage`` is the web storage of a browser that was closed.
    """

    session: Session
    run: str
    tab: Tab | None = None
    let_in: bool = True
    ended: str = ""
    storage: tuple[tuple[str, str, str], ...] = field(default=(), repr=False)


class Book:
    """All of them, by id."""

    def __init__(self) -> None:
        self._entries: dict[int, Entry] = {}
        self._ids = itertools.count(1)

    def new_id(self) -> int:
        """The next handle."""
        return next(self._ids)

    def add(self, entry: Entry) -> Session:
        """Keep an entry and hand out its session."""
        self._entries[entry.session.id] = entry
        return entry.session

    def entry(self, session: Session) -> Entry:
        """The entry of a session. Raises DriverError for one that was never opened."""
        try:
            return self._entries[session.id]
        except KeyError:
            msg = f"session {session.id} was never opened"
            raise DriverError(msg) from None

    def tab(self, session: Session) -> Tab:
        """Its live browser. Raises DriverError where that was closed."""
        tab = self.entry(session).tab
        if tab is None:
            msg = f"the browser of session {session.id} is closed; log in with keep=True to act in it"
            raise DriverError(msg)
        return tab

    def renewed(self, session: Session, tokens: TokenSet, members: frozenset[TokenKey]) -> Session:
        """The same session with the tokens that its browser holds now.

        Where a token that carries the login (one of ``members``) is another by now, the former ones keep an entry of
        their own: the app may have forgotten to end them.
        """
        entry = self.entry(session)
        former, entry.session = entry.session, replace(entry.session, tokens=tokens)
        held = former.tokens.keys & members
        if entry.let_in and held - tokens.same_values(former.tokens, held):
            self.add(Entry(session=replace(former, id=self.new_id()), run=entry.run, ended=entry.ended))
        return entry.session

    def of_run(self, run: str) -> tuple[Entry, ...]:
        """The entries of one run of a check."""
        return tuple(entry for entry in self._entries.values() if entry.run == run)

    def all(self) -> tuple[Entry, ...]:
        """Every entry, oldest first."""
        return tuple(self._entries.values())

    async def close(self, entries: Iterable[Entry]) -> None:
        """Close their browsers; a failing close is no concern, since the process ends them."""
        for entry in entries:
            tab, entry.tab = entry.tab, None
            if tab is not None:
                try:
                    await tab.close()
                except DriverError:
                    continue
