"""A sample of logins, cheap enough to be large: what a login sent is repeated without a browser, and so is a logout."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from sessionward.audit.driver import DriverError
from sessionward.audit.explore.logout import log_out
from sessionward.audit.observation import Sampled, Samples, Session
from sessionward.audit.perform.book import Book, Entry
from sessionward.audit.perform.own_pages import in_session
from sessionward.audit.perform.replays import Replayer
from sessionward.audit.perform.sessions import Sessions, carries
from sessionward.audit.perform.stage import Stage
from sessionward.audit.probe import LogIn, Sample
from sessionward.http import Carrier, Exchange, Request, TokenKey
from sessionward.http.repeat import STATIC, Recipe, Repetition, handed_out, login_recipe, request_recipe

OWN = ""
"""The run of the sessions that are the audit's own: the kept sample belongs to no check alone."""
SECONDS, AT_MOST = 10.0, 25.0
"""How long a sample may take: a slow app, one that hashes passwords well, gives a smaller one. It has ``ENOUGH`` logins
if that is possible at all."""
ENOUGH = 12
UNENDED = 16
"""How many logins are made at most where their sessions cannot be ended quickly, or not at all."""
BY_BROWSER = 6


class HoldsOff(Exception):
    """The app lets nobody in any more, or not in this way; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """How one party logs in without a browser; good while that is the password."""

    recipe: Recipe
    password: str = field(repr=False)


class Sampler:
    """Takes the sample that is kept, and small ones for single experiments."""

    def __init__(self, stage: Stage, book: Book, sessions: Sessions, replayer: Replayer) -> None:
        self._stage, self._book, self._sessions, self._replayer = stage, book, sessions, replayer
        self._ways: dict[str, _Way | None] = {}
        self._logout: Recipe | None = None
        self._logout_of: Session | None = None
        self._learnt = False
        self._kept: Samples | None = None
        self._lock = asyncio.Lock()
        self._own: set[int] = set()

    async def sample(self, probe: Sample, run: str) -> Samples:
        """The kept sample, or a fresh one. Raises DriverError where browser or network fail."""
        async with self._lock:  # two at once would disturb the order, which prediction rests on
            if probe.fresh:
                return (await self._take(probe, run))[0]
            if self._kept is None:
                self._kept, entries = await self._take(probe, OWN)
                for entry in entries:
                    await self.end(entry)
            return self._kept

    async def end(self, entry: Entry) -> bool:
        """Log a sampled session out by repeating what a logout sends; False where that cannot be done."""
        if self._logout is None or entry.session.id not in self._own:
            return False
        if not entry.ended:
            await self._send_logout(entry.session, self._logout)
            entry.ended = "logged out"
        return True

    async def _take(self, probe: Sample, run: str) -> tuple[Samples, Sequence[Entry]]:
        logins: list[Sampled] = []
        entries: list[Entry] = []
        began, size, reason = time.monotonic(), probe.size, ""
        by_browser = any([await self._way(party) is None for party in probe.parties])
        size = min(size, BY_BROWSER) if by_browser else size
        while len(logins) < size and not reason:
            party = probe.parties[len(logins) % len(probe.parties)]
            try:
                login, entry = await self._log_in(party, run)
            except HoldsOff as problem:
                reason = str(problem)
                break
            logins.append(login)
            entries.append(entry)
            if len(logins) == len(probe.parties) and not by_browser:
                await self._learn_logout(entries)
                size, began = size if self._logout else min(size, UNENDED), time.monotonic()
            if time.monotonic() - began > (SECONDS if len(logins) >= ENOUGH else AT_MOST):
                reason = "logging in takes long here, and the time for a sample was over"
        return Samples(logins=tuple(logins), reason=reason, by_browser=by_browser), entries

    async def _way(self, party: str) -> _Way | None:
        """How the party logs in without a browser, tried out once; None where that does not work."""
        password = self._stage.people[party].password
        known = self._ways.get(party)
        if party in self._ways and (known is None or known.password == password):
            return known
        way = self._remembered(party) or self._read(await self._recorded(party), password)
        self._ways[party] = way
        if way is not None and not await self._works(party):
            self._ways[party] = None
        return self._ways[party]

    def _remembered(self, party: str) -> _Way | None:
        """From a login of the party that was made already."""
        password = self._stage.people[party].password
        for entry in self._book.all():
            if entry.session.party == party and entry.session.authenticated:
                way = self._read(entry.session, password)
                if way is not None:
                    return way
        return None

    async def _recorded(self, party: str) -> Session:
        return await self._sessions.log_in(LogIn(party=party, keep=False), OWN)

    def _read(self, session: Session, password: str) -> _Way | None:
        for keys in (self._carriers(), self._stage.scene.members):
            recipe = login_recipe(
                session.exchanges, session.tokens, keys, lambda request: carries(request, password)
            )
            if recipe is not None:
                return _Way(recipe=recipe, password=password)
        return None

    def _carriers(self) -> frozenset[TokenKey]:
        return frozenset(key for exchange in self._stage.scene.private for key in exchange.members)

    async def _works(self, party: str) -> bool:
        try:
            _, entry = await self._log_in(party, OWN)
        except HoldsOff:
            return False
        shown = await self._replayer.replay(self._stage.scene.oracle, entry.session.tokens)
        return shown.shows == party

    async def _log_in(self, party: str, run: str) -> tuple[Sampled, Entry]:
        way = self._ways.get(party)
        return await (self._repeat(party, way, run) if way else self._by_browser(party, run))

    async def _by_browser(self, party: str, run: str) -> tuple[Sampled, Entry]:
        sent = time.time()
        session = await self._sessions.log_in(LogIn(party=party, keep=False), run)
        if not session.authenticated:
            raise HoldsOff(session.reason or "a login was refused")
        login = Sampled(party=party, tokens=session.tokens, sent=sent, answered=time.time())
        return login, self._book.entry(session)

    async def _repeat(self, party: str, way: _Way, run: str) -> tuple[Sampled, Entry]:
        repetition, sent, answered = Repetition(), time.time(), 0.0
        for number, step in enumerate(way.recipe.steps):
            now = time.time()
            made = await self._stage.driver.fetch(repetition.next(step))
            if made.response is None:
                raise DriverError(made.error or "a repeated login got no answer")
            if not as_before(step, made, way.recipe):
                msg = f"a repeated login was answered with status {made.status}, where it had been {step.status}"
                raise HoldsOff(msg)
            repetition.take(step, made)
            if number == way.recipe.goal:
                sent, answered = now, time.time()
        tokens = repetition.tokens(way.recipe)
        self._stage.redactor.add_all(token.value for token in tokens)
        if not self._stage.scene.members <= tokens.keys:
            raise HoldsOff("a repeated login gave no token")
        session = Session(id=self._book.new_id(), party=party, tokens=tokens, authenticated=True)
        entry = Entry(session=session, run=run)
        self._book.add(entry)
        self._own.add(session.id)
        return Sampled(party=party, tokens=tokens, sent=sent, answered=answered), entry

    async def _learn_logout(self, entries: Sequence[Entry]) -> None:
        """Log one session out in a browser, then another by repeating what that sent; kept only where it ends it."""
        if self._learnt or self._stage.logout is None:
            return
        self._learnt = True
        first = await self._to_log_out(entries[0])
        made, goals = await self._logged_out(first)
        if not goals:
            return
        recipe, self._logout_of, second = request_recipe(made, goals), first.session, entries[-1]
        await self._send_logout(second.session, recipe)
        shown = await self._replayer.replay(self._stage.scene.oracle, second.session.tokens)
        if shown.shows == "nobody":
            second.ended, self._logout = "logged out", recipe

    async def _to_log_out(self, sampled: Entry) -> Entry:
        """A session in a browser: a sampled one where its cookies are all; scripts that keep a token need their own."""
        if all(key.carrier is Carrier.COOKIE for key in self._carriers()):
            await self._sessions.reopen(sampled)
            return sampled
        return self._book.entry(await self._sessions.log_in(LogIn(party=sampled.session.party), OWN))

    async def _logged_out(self, entry: Entry) -> tuple[tuple[Exchange, ...], list[Request]]:
        """What its browser asked for until it was logged out, and the requests among it that log out."""
        tab, flow, began = self._book.tab(entry.session), self._stage.logout, 0

        def using() -> None:
            nonlocal began
            began = len(tab.recorded())

        try:
            problem = flow is None or await log_out(tab, in_session(flow, entry.session.tokens), using=using)
            made = tab.recorded()
        finally:
            await self._book.close((entry,))
        if problem:
            return made, []
        entry.ended = "logged out"
        sent = [e.request for e in made[began:] if e.resource not in STATIC]
        return made, [request for request in sent if not request.safe] or sent[:1]

    async def _send_logout(self, session: Session, recipe: Recipe) -> None:
        repetition = Repetition(held=session.tokens)
        for token in self._logout_of.tokens if self._logout_of else ():
            now = session.tokens.get(token.key)
            if now is not None:
                place = ("held", str(token.key))
                repetition.old[place], repetition.new[place] = token.value, now.value
        for step in recipe.steps:
            made = await self._stage.driver.fetch(repetition.next(step))
            if made.response is not None:
                repetition.take(step, made)


def as_before(recorded: Exchange, made: Exchange, recipe: Recipe) -> bool:
    """Whether an answer says what it said when it was recorded: the same status, and tokens where it gave tokens.

    An app that refuses a login may leave the visitor the cookie of the login page, which is no session.
    """
    due = {place for place in recipe.sources.values() if place in handed_out(recorded)}
    return made.status == recorded.status and due <= handed_out(made).keys()
