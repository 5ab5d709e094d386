"""One probe in, its result out. The only place that knows which part of the stage plays which probe."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from sessionward.audit.driver import DriverError, TargetUnreachable
from sessionward.audit.explore.logout import log_out
from sessionward.audit.observation import Answer, Forged, Readout, Session, Storage
from sessionward.audit.perform.altering import Alterations
from sessionward.audit.perform.book import Book, Entry
from sessionward.audit.perform.camera import Camera
from sessionward.audit.perform.credentials import CredentialChanges
from sessionward.audit.perform.guesses import Guesser
from sessionward.audit.perform.name_forms import NameForms
from sessionward.audit.perform.observing import Observer
from sessionward.audit.perform.other_origins import read_across
from sessionward.audit.perform.own_pages import in_session
from sessionward.audit.perform.planting import Planting
from sessionward.audit.perform.replays import Replayer
from sessionward.audit.perform.sampling import Sampler
from sessionward.audit.perform.sessions import Sessions
from sessionward.audit.perform.stage import Stage
from sessionward.audit.probe import (
    Alter,
    ChangePassword,
    Close,
    Download,
    Forge,
    Guess,
    HoldBack,
    LogIn,
    LogOut,
    Look,
    Lure,
    Observe,
    OpenBrowser,
    Overhear,
    Probe,
    ReadAcross,
    Recall,
    Replay,
    ReplayPersonal,
    Resident,
    Restart,
    Sample,
    TryNames,
    Visit,
    Wait,
)
from sessionward.http import TokenKey, TokenSet

OWN = ""
"""The run to which sessions of the audit itself belong."""
NAMELESS = "account "
"""How a party is called that has no part in the experiments: whether its session lives cannot be told."""
UNTOLD = frozenset({"error", "unclear"})
"""What an answer shows from which nothing follows: neither that a session lives nor that it is dead."""
FUTILE = 2
"""So many logouts that end nothing show what the next one would do; each costs a browser."""
SHORTEST = 4
"""Shorter values ("1", "yes") stand everywhere and open nothing."""


Play = Callable[[Any, str], Awaitable[Any]]
"""Plays one probe for a run."""


class Performer:
    """Performs probes on the stage and tidies up after each run of a check."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.book = Book()
        self.replayer = Replayer(stage)
        self.sessions = Sessions(stage, self.book, self.replayer)
        self.changes = CredentialChanges(stage, self.book, self.sessions)
        self.planting = Planting(stage)
        self.alterations = Alterations(stage, self.book, self.sessions, self.planting)
        self._guesser = Guesser(self.sessions)
        self.camera = Camera(stage, self.book)
        self._names = NameForms(stage, self.replayer, self.sessions.own_tries)
        self._observer = Observer(stage, self.book, self.sessions)
        self._sampler = Sampler(stage, self.book, self.sessions, self.replayer)
        self._plays = self._parts()
        self._residents: dict[str, Session] = {}
        self._resident_lock = asyncio.Lock()
        self._futile, self._fruitful = 0, False

    async def perform(self, probe: Probe[Any], run: str) -> Any:
        """Perform one probe for a run of a check. Raises DriverError where browser or network fail."""
        try:
            play = self._plays[type(probe)]
        except KeyError:
            msg = f"{type(probe).__name__} is no probe that can be performed"
            raise TypeError(msg) from None
        return await play(probe, run)

    def _parts(self) -> dict[type[Probe[Any]], Play]:
        """Who plays which probe."""
        return {
            LogIn: self.sessions.log_in,
            OpenBrowser: self.sessions.open_browser,
            LogOut: lambda probe, _: self.sessions.log_out(probe),
            Resident: lambda probe, _: self._resident(probe.party),
            ChangePassword: self.changes.change,
            Guess: self._guesser.guess,
            TryNames: lambda probe, _: self._names.try_names(probe),
            Download: lambda probe, _: self.replayer.download(probe.document, probe.tokens),
            Sample: self._sampler.sample,
            Replay: lambda probe, _: self._replay(probe),
            ReplayPersonal: lambda probe, _: self.replayer.replay_personal(probe.exchange, probe.tokens),
            Visit: lambda probe, _: self._visit(probe),
            Look: lambda probe, _: self._look(probe),
            Observe: lambda probe, _: self._observer.observe(probe),
            Recall: lambda probe, _: self._observer.recall(probe),
            Restart: self._observer.restart,
            Overhear: lambda probe, _: self._observer.overhear(probe),
            Forge: lambda probe, _: self._forge(probe),
            HoldBack: lambda probe, _: self.alterations.hold_back(probe),
            Alter: lambda probe, _: self.alterations.alter(probe),
            ReadAcross: lambda probe, _: self._read_across(probe),
            Lure: lambda probe, _: self.alterations.lure(probe),
            Wait: lambda probe, _: asyncio.sleep(probe.seconds),
            Close: lambda probe, _: self.sessions.park(probe.session),
        }

    async def _replay(self, probe: Replay) -> Answer:
        answer = await self.replayer.replay(probe.exchange, probe.tokens, used=probe.used)
        if probe.exchange.renewal is not None:
            await self.follow(probe.tokens, answer.tokens)
        return answer

    async def follow(self, before: TokenSet, after: TokenSet) -> None:
        """Where trading a cookie replaced it, give the new one to the session that it is of.

        Else its browser is left with one that was used up, could not log out, and nobody could end the session.
        """
        fresh = after.only(after.keys - before.same_values(after, after.keys))
        replaced = fresh.keys & before.keys  # others may come along, such as a token for forms
        for entry in self.book.all() if replaced else ():
            if entry.session.tokens.same_values(before, replaced) == replaced:
                await self.sessions.hand_over(entry, fresh)

    async def _visit(self, probe: Visit) -> Answer:
        tab = self.book.tab(probe.session)
        seen = await self.replayer.visit(tab, probe.exchange, probe.session.tokens)
        return replace(seen, tokens=(await self.sessions.refresh(probe.session)).tokens)

    async def picture(self, probe: Probe[Any], result: object) -> bytes:
        """What the browser that ``probe`` acted in shows, without anything private; empty where there is none."""
        return await self.camera.picture(probe, result)

    async def _read_across(self, probe: ReadAcross) -> Readout:
        return await read_across(self.book.tab(probe.session), probe, self.stage.scene.start)

    async def _forge(self, probe: Forge) -> Forged:
        self.book.entry(probe.session).let_in = True  # a forged login may do that
        sent = await self.book.tab(probe.session).forge(probe.request, probe.how)
        return Forged(sent=sent.sent, status=sent.status, cookies=sent.cookies, reason=sent.reason)

    def keep_resident(self, session: Session) -> None:
        """Let a session of the audit's own serve as the party's resident one."""
        self._residents[session.party] = session

    async def _resident(self, party: str) -> Session:
        """Alive by the oracle's word, else logged in anew (a password change may rightly have ended it)."""
        async with self._resident_lock:  # two checks that find it dead must not both log in
            session = self._residents.get(party)
            if session is not None and not self.stage.scene.private:
                return session
            if session is not None:
                answer = await self.replayer.replay(self.stage.scene.home(party), session.tokens, used=True)
                if answer.shows == party:  # used as by a person, it does not end idle meanwhile
                    session = self.book.renewed(session, answer.tokens, self.stage.scene.members)
                    self._residents[party] = session
                if answer.shows in {party, *UNTOLD}:
                    return session
                entry = self.book.entry(session)
                entry.ended = "ended by the app"
                await self.book.close((entry,))
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
            await self.book.close((entry,))

    async def end(self, entry: Entry) -> None:
        """Log one session out through the app, unless it is dead; whether it is then is asked when leaving."""
        try:
            if entry.let_in and not entry.ended:
                await self._end(entry)
        except DriverError:
            return

    async def _end(self, entry: Entry) -> None:
        await self._freshen(entry)
        if self.stage.scene.calibrated and not entry.session.party.startswith(NAMELESS):
            answer = await self._asked(entry)
            if answer.exchange.response is None:
                return  # the app is gone: a browser would not reach it either
            if answer.shows == "nobody":
                entry.ended = "ended by the app"
                return
        elif not entry.session.authenticated:
            return
        if await self._sampler.end(entry) or self._futile >= FUTILE:
            return
        # whoever is logged in: a forged login may have let another one in
        if not await self._log_out_in(entry):
            entry.ended = "logged out"
            await self._learn_from(entry)

    async def _learn_from(self, entry: Entry) -> None:
        """Whether logging out ends anything: asked until a first session died of it, or some did not."""
        if self.stage.scene.calibrated and not self._fruitful:
            shown = (await self._asked(entry)).shows
            self._fruitful = shown == "nobody"
            self._futile += shown == entry.session.party

    async def _freshen(self, entry: Entry) -> None:
        """Take over the tokens that its browser holds by now; a browser that fails is closed, another one will do."""
        if entry.tab is not None:
            try:
                await self.sessions.refresh(entry.session)
            except DriverError:
                await self.book.close((entry,))

    async def _log_out_in(self, entry: Entry) -> str:
        """Log out in the session's browser, or one like it. Gives why that could not be done, or nothing."""
        if self.stage.logout is None:
            return "no way to log out was found"
        flow = in_session(self.stage.logout, entry.session.tokens)
        return await log_out(entry.tab or await self.sessions.reopen(entry), flow)

    async def _asked(self, entry: Entry) -> Answer:
        home = self.stage.scene.home(entry.session.party)
        return await self.replayer.replay(home, entry.session.tokens)

    async def leave(self) -> tuple[str, ...]:
        """Put back what is still changed, end every session that may be alive and say which could not be ended."""
        await self.put_back()
        alive: list[str] = []
        done = 0
        # a browser that renewed its tokens adds the former ones to the book meanwhile
        while waiting := self.book.all()[done:]:
            entry, done = waiting[0], done + 1
            alive.append(await self._leave(entry))
            await self.book.close((entry,))
        return tuple(problem for problem in alive if problem)

    async def put_back(self) -> None:
        """Put back what is still changed; what cannot be stays in the journal, and another call tries again.

        Raises TargetUnreachable.
        """
        await self.changes.restore_all()
        for party in self.planting.parties:
            try:
                await self._unplant(party)
            except TargetUnreachable:
                raise
            except DriverError:
                continue

    async def _unplant(self, party: str) -> None:
        """In a fresh session, or in one that lives on where the app lets nobody in any more: a throttle, a lock.

        Only where none does is the app waited for: there is little time at the end of an audit.
        """
        for patient in (False, True):
            session = await self.sessions.log_in(LogIn(party=party), OWN, patient=patient)
            if session.authenticated:
                await self.planting.restore(party, self.book.tab(session), session.tokens)
                return
            for entry in reversed(self.book.all()):
                if entry.session.party == party and await self._serves(entry):
                    tab = entry.tab or await self.sessions.reopen(entry)
                    await self.planting.restore(party, tab, entry.session.tokens)
                    return

    async def _serves(self, entry: Entry) -> bool:
        """Whether one can still act in the session; before calibration only its putting back will show that."""
        if entry.ended or not entry.session.authenticated:
            return False
        if not self.stage.scene.private:
            return entry.tab is not None
        return (await self._asked(entry)).shows == entry.session.party

    @property
    def unrestored(self) -> tuple[str, ...]:
        """What could not be put back, in words."""
        return (*self.changes.unrestored, *self.planting.unrestored)

    async def _leave(self, entry: Entry) -> str:
        """End one session and show that it is dead. Gives what is wrong with that, or nothing."""
        session, scene = entry.session, self.stage.scene
        if not entry.let_in or not session.tokens:
            return ""
        await self.end(entry)
        if not scene.calibrated:
            return "" if entry.ended else f"{session.party}: a session could not be logged out"
        shown = ", ".join(token.shown for token in entry.session.tokens.only(scene.members))
        try:
            answer = await self._asked(entry)
        except DriverError as error:
            return f"{session.party}: {shown}; not told: {error}"
        if answer.shows in UNTOLD:
            return f"{session.party}: {shown}; not told: {answer.exchange.error or f'status {answer.exchange.status}'}"
        return "" if answer.shows == "nobody" else f"{session.party}: {shown}"


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
