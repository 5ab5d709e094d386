"""One probe in, its result out. The only place that knows which part of the stage plays which probe."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from sessionward.audit.driver import DriverError, Tab
from sessionward.audit.explore.logout import log_out
from sessionward.audit.perform.book import Book, Entry
from sessionward.audit.perform.credentials import CredentialChanges
from sessionward.audit.perform.guesses import Guesser
from sessionward.audit.perform.replays import Replayer
from sessionward.audit.perform.sessions import Sessions
from sessionward.audit.perform.stage import Stage
from sessionward.audit.probe import (
    ChangePassword,
    Close,
    Forge,
    Forged,
    Guess,
    LogIn,
    LogOut,
    Look,
    OpenBrowser,
    Probe,
    Replay,
    ReplayPersonal,
    Resident,
    Session,
    Storage,
    Visit,
    Wait,
)
from sessionward.http import TokenKey, TokenSet

OWN = ""
"""The run to which sessions of the audit itself belong."""
SHORTEST = 4
"""Shorter values ("1", "yes") stand everywhere and open nothing."""


class Performer:
    """Performs probes on the stage and tidies up after each run of a check."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.book = Book()
        self.replayer = Replayer(stage)
        self.sessions = Sessions(stage, self.book, self.replayer)
        self.changes = CredentialChanges(stage, self.book, self.sessions)
        self._guesser = Guesser(self.book, self.sessions)
        self._residents: dict[str, Session] = {}

    async def perform(self, probe: Probe[Any], run: str) -> Any:
        """Perform one probe for a run of a check. Raises DriverError where browser or network fail."""
        match probe:
            case LogIn():
                return await self.sessions.log_in(probe, run)
            case OpenBrowser():
                return await self.sessions.open_browser(probe, run)
            case LogOut():
                return await self.sessions.log_out(probe)
            case Resident():
                return await self._resident(probe.party)
            case ChangePassword():
                return await self.changes.change(probe, run)
            case Guess():
                return await self._guesser.guess(probe, run)
            case _:
                return await self._perform_small(probe)

    async def _perform_small(self, probe: Probe[Any]) -> Any:
        match probe:
            case Replay():
                return await self.replayer.replay(probe.exchange, probe.tokens)
            case ReplayPersonal():
                return await self.replayer.replay_personal(probe.exchange, probe.tokens)
            case Visit():
                seen = await self.replayer.visit(self.book.tab(probe.session), probe.exchange)
                return replace(seen, tokens=(await self.sessions.refresh(probe.session)).tokens)
            case Look():
                return await self._look(probe)
            case Forge():
                sent = await self.book.tab(probe.session).forge(probe.request, probe.how)
                return Forged(sent=sent.sent, status=sent.status, cookies=sent.cookies, reason=sent.reason)
            case Wait():
                return await asyncio.sleep(probe.seconds)
            case Close():
                return await self.sessions.park(probe.session)
            case _:
                msg = f"{type(probe).__name__} is no probe that can be performed"
                raise TypeError(msg)

    def keep_resident(self, session: Session) -> None:
        """Let a session of the audit's own serve as the party's resident one."""
        self._residents[session.party] = session

    async def _resident(self, party: str) -> Session:
        """Alive by the oracle's word, else logged in anew (a password change may rightly have ended it)."""
        session = self._residents.get(party)
        if session is not None:
            answer = await self.replayer.replay(self.stage.scene.oracle, session.tokens)
            if answer.shows == party:
                return session
            self.book.entry(session).ended = "ended by the app"
        session = await self.sessions.log_in(LogIn(party=party, keep=False), OWN)
        if session.authenticated:
            self._residents[party] = session
        return session

    async def _look(self, probe: Look) -> Storage:
        stored = await self.book.tab(probe.session).storage()
        pairs = tuple(
            (name.strip(), value)
            for name, _, value in (part.partition("=") for part in stored.cookie.split(";"))
            if name
        )
        tokens = probe.session.tokens
        return Storage(
            document_cookie=pairs,
            items=stored.items,
            readable_cookies=_readable(tokens, [value for _, value in pairs], whole=True),
            readable_storage=_readable(tokens, [value for _, _, value in stored.items], whole=False),
        )

    async def tidy(self, run: str) -> None:
        """After a run: put back what it changed, end its sessions. What fails is left for the end of the audit."""
        await self.changes.restore(run)
        for entry in self.book.of_run(run):
            await self.end(entry)
        await self.book.close(self.book.of_run(run))

    async def end(self, entry: Entry) -> None:
        """Log one session out through the app and note whether it is dead."""
        scene = self.stage.scene
        if entry.ended or not scene.private:
            return
        if await self._alive(entry):
            try:
                tab = entry.tab or await self.sessions.reopen(entry)
                await self._log_out_in(tab)
            except DriverError:
                return  # stays open in the book, so the end of the audit tries again
        if not await self._alive(entry):
            entry.ended = "logged out"

    async def _log_out_in(self, tab: Tab) -> None:
        if self.stage.logout is not None:
            await log_out(tab, self.stage.logout)

    async def _alive(self, entry: Entry) -> bool:
        answer = await self.replayer.replay(self.stage.scene.oracle, entry.session.tokens)
        return answer.shows == entry.session.party

    async def leave(self) -> tuple[str, ...]:
        """End every session that may still be alive and say which could not be ended."""
        alive: list[str] = []
        for entry in self.book.all():
            if entry.session.tokens and entry.session.party in self.stage.people:
                if not entry.ended:
                    await self.end(entry)
                if self.stage.scene.private and await self._alive(entry):
                    shown = ", ".join(t.shown for t in entry.session.tokens.only(self.stage.scene.members))
                    alive.append(f"{entry.session.party}: {shown}")
            await self.book.close((entry,))
        return tuple(alive)


def _readable(tokens: TokenSet, values: list[str], *, whole: bool) -> frozenset[TokenKey]:
    """The tokens whose exact value a script can read: as a whole cookie, or within a stored text such as JSON.

    A token of a header counts as readable where a cookie or an item holds it: that is where the script has it from.
    """
    known = [*values, *(unquote(value) for value in values)]
    return frozenset(
        token.key
        for token in tokens
        if len(token.value) >= SHORTEST
        and (token.value in known if whole else any(token.value in value for value in known))
    )
