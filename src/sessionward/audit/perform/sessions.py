"""Opening and ending sessions through the app's own pages."""

from __future__ import annotations

import asyncio
import itertools
import json
import math
from asyncio import sleep
from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from urllib.parse import quote, quote_plus

from sessionward.audit.codes import LoginCodes
from sessionward.audit.driver import DriverError, Tab, TargetUnreachable
from sessionward.audit.explore.entry import log_in
from sessionward.audit.explore.flows import Entered, LoginFlow
from sessionward.audit.explore.logout import log_out
from sessionward.audit.observation import LoggedOut, Session
from sessionward.audit.perform.book import Book, Entry
from sessionward.audit.perform.holding_off import asked_pause, sent_last, was_one_too_many
from sessionward.audit.perform.own_pages import in_session
from sessionward.audit.perform.own_tries import WINDOWS, OwnTries
from sessionward.audit.perform.replays import Replayer
from sessionward.audit.perform.stage import Person, Stage
from sessionward.audit.probe import LogIn, LogOut, OpenBrowser
from sessionward.http import Carrier, Cookie, Exchange, Request, Token, TokenSet
from sessionward.http.carry import collect, cookie_tokens
from sessionward.http.successor import renewed

STATIC = frozenset({"image", "stylesheet", "font", "script", "media", "manifest", "websocket", "ping"})
WRONG = "Wr0ng!"
SECURE_NAMES = ("__Secure-", "__Host-")
"""Browsers refuse cookies of these names without the attribute (RFC 6265bis, section 4.1.3)."""
LONGEST_PAUSE = 90.0
USUAL_PAUSE = 20.0
PAUSES = 3
"""So often an app is waited for that counts logins, right ones included, and says “too many”; and how long each time.
One that asks for more would hold everything up for little."""


class Sessions:
    """Logs in and out, and keeps the book of it."""

    def __init__(self, stage: Stage, book: Book, replayer: Replayer) -> None:
        self._stage, self._book, self._replayer = stage, book, replayer
        self._tries = itertools.count(1)
        self.own_tries = OwnTries()

    async def open_browser(self, probe: OpenBrowser, run: str) -> Session:
        """A fresh browser on the login page. Raises DriverError."""
        del probe
        flow, tab = self._flow(), await self._stage.driver.open()
        session = Session(id=self._book.new_id(), party="anonymous")
        entry = Entry(session=session, run=run, tab=tab, let_in=False)
        self._book.add(entry)
        await tab.go(flow.url)
        tokens = await self._tokens(tab, tab.recorded())
        entry.session = replace(session, tokens=tokens, before=tokens, exchanges=tab.recorded())
        return entry.session

    async def log_in(
        self, probe: LogIn, run: str, *, password: str | None = None, patient: bool = True
    ) -> Session:
        """Log in as the probe says; a refused login is a Session that is not authenticated, with the reason.

        ``password`` is tried in place of the account's. ``patient``: where the app counts logins and says “too many”,
        it is waited for, save with a password that is meant to be wrong; so it is where the account's own password is
        refused right after others were. Raises DriverError.
        """
        person, flow = self._stage.people[probe.party], self._flow()
        sure = patient and password is None and probe.password == "current"
        tried = self.own_tries.recent(person.name)
        if password is None:
            password = person.password if probe.password == "current" else self._wrong(person)
        tab = await self._tab_for(probe)
        # it is in the book before anything is sent: a login that breaks off may have opened a session all the same
        entry = Entry(session=Session(id=self._book.new_id(), party=probe.party), run=run, tab=tab)
        self._book.add(entry)
        pauses = PAUSES if patient and probe.password == "current" else 0
        try:
            await self._enter(entry, tab, probe, flow, password)
            while pauses and (pause := _asked_pause(entry.session)) <= LONGEST_PAUSE:
                await sleep(pause)
                await self._enter(entry, tab, probe, flow, password)
                pauses -= 1
            for window in WINDOWS if sure and tried else ():
                if not await self._worth_another(entry, person, window):
                    break
                await self._enter(entry, tab, probe, flow, password)
            # of the account's own password a refusal says nothing: it may be one session too many
            refused = self.own_tries.in_vain if sure else self.own_tries.refused
            (self.own_tries.opened if entry.let_in else refused)(person.name)
        except (DriverError, asyncio.CancelledError):
            await self._salvage(entry, tab)
            raise
        if not probe.keep:
            await self.park(entry.session)
        return entry.session

    async def _worth_another(self, entry: Entry, person: Person, window: float) -> bool:
        """Whether the account's own password may be taken after a wait, for which the app was given time then.

        An app that says “too many” says for how long as well, and was heard.
        """
        if entry.let_in or was_one_too_many(entry.session.exchanges):
            return False
        waited = await self.own_tries.wait_out(person.name, window)
        if waited:
            self.own_tries.refused(person.name)  # some apps count what they refuse while they hold off
        return waited

    def _wrong(self, person: Person) -> str:
        """Another one each time: some apps do not count a wrong password that was tried before."""
        return f"{person.password}{WRONG}{next(self._tries)}"

    async def _tab_for(self, probe: LogIn) -> Tab:
        """A fresh browser, or that of an earlier session; a browser belongs to the newest session in it."""
        if probe.browser is None:
            return await self._stage.driver.open()
        tab, self._book.entry(probe.browser).tab = self._book.tab(probe.browser), None
        return tab

    async def _enter(self, entry: Entry, tab: Tab, probe: LogIn, flow: LoginFlow, password: str) -> None:
        await tab.plant([_as_cookie(token) for token in probe.plant if token.carrier is Carrier.COOKIE])
        first, person = len(tab.recorded()), self._stage.people[probe.party]
        entered = await self._try(tab, probe, flow, person, password)
        exchanges = tab.recorded()[first:]
        entry.session = replace(
            entry.session,
            before=_held_before(exchanges, password),
            tokens=await self._tokens(tab, exchanges),
            authenticated=entered.ok,
            reason=entered.reason,
            exchanges=exchanges,
        )
        if entered.broken:
            raise DriverError(entered.reason)
        known = self._stage.scene.calibrated
        entry.let_in = entered.ok or (known and not entered.refused)
        if known and entry.let_in:
            entry.session = await self._verified(tab, entry.session)

    async def _try(self, tab: Tab, probe: LogIn, flow: LoginFlow, person: Person, password: str) -> Entered:
        """Where a used one-time code was given and nobody let in, once more with a fresh one."""
        codes = LoginCodes(person.code) if person.code else None
        while True:
            entered = await log_in(
                tab,
                flow,
                person.credentials(password),
                self._stage.hints,
                remember=probe.remember,
                address=probe.address,
                code=codes,
            )
            if entered.ok or entered.broken or codes is None or not codes.repeated:
                return entered
            codes.refused()

    async def _verified(self, tab: Tab, session: Session) -> Session:
        """The oracle's word on a login: it decides, whatever the pages suggested."""
        scene = self._stage.scene
        if session.authenticated and not scene.members <= session.tokens.keys:
            await tab.go(scene.start)  # scripts that add the header run only on the app's own screens
            session = replace(session, tokens=await self._tokens(tab, tab.recorded()))
        if self._replayer.shown(session.exchanges, session.tokens) == session.party:
            return replace(session, authenticated=True)  # the app's own page asked already
        if not scene.knows(session.party):
            return session
        answer = await self._replayer.replay(scene.home(session.party), session.tokens)
        if answer.shows == session.party:
            return replace(session, authenticated=True)
        reason = f"the app let {session.party} in, but the private page then shows {answer.shows}"
        return replace(session, authenticated=False, reason=session.reason or reason)

    async def _salvage(self, entry: Entry, tab: Tab) -> None:
        """Note what a browser holds whose login broke off, so that its session can be ended."""
        try:
            tokens = await self._tokens(tab, tab.recorded())
        except DriverError:
            return
        entry.session = replace(entry.session, tokens=tokens)

    async def log_out(self, probe: LogOut) -> LoggedOut:
        """Log out through the app's control and see whether this browser is still shown the account.

        That it was shown the account before is the experiment's to see: it is one of its controls.
        """
        flow, tab = self._stage.logout, self._book.tab(probe.session)
        if flow is None:
            return LoggedOut(
                effective=False, reason=self._stage.scene.missing.get("logout", "no logout was found")
            )
        if not self._stage.scene.private:
            return LoggedOut(effective=False, reason="no private page is known that would show it")
        oracle, party = self._stage.scene.oracle, probe.session.party
        held, begun, first = (await self.refresh(probe.session)).tokens, len(tab.recorded()), 0

        def using() -> None:
            nonlocal first
            first = len(tab.recorded())

        problem = await log_out(tab, in_session(flow, probe.session.tokens), using=using)
        if problem:
            return LoggedOut(effective=False, reason=problem)
        requests = tuple(e.request for e in tab.recorded()[first:] if e.resource not in STATIC)
        answer = await self._replayer.visit(tab, oracle, probe.session.tokens)
        effective = answer.shows not in {party, "error", "unclear"}
        if effective:
            self._book.entry(probe.session).ended = "logged out"
        reason = "" if effective else f"after the logout the same browser shows {answer.shows}"
        tokens = reduce(renewed, tab.recorded()[begun:first], held)
        self._stage.redactor.add_all(token.value for token in tokens)
        return LoggedOut(effective=effective, reason=reason, requests=requests, tokens=tokens)

    async def refresh(self, session: Session) -> Session:
        """The session with the tokens that its live browser holds now. Raises DriverError."""
        tab, scene = self._book.tab(session), self._stage.scene
        members = scene.members if scene.private else frozenset()
        return self._book.renewed(session, await self._tokens(tab, tab.recorded()), members)

    async def park(self, session: Session) -> None:
        """Close its browser; keep what is needed to bring it back for logging out."""
        entry = self._book.entry(session)
        if entry.tab is None:
            return
        try:
            stored = await entry.tab.storage()
            entry.storage = tuple(item for item in stored.items if item[0] in {"local", "session"})
        except TargetUnreachable:
            raise
        except DriverError:
            entry.storage = ()  # a page that cannot be read: its cookies may do
        finally:
            await self._book.close((entry,))

    async def hand_over(self, entry: Entry, fresh: TokenSet) -> None:
        """Put cookies in the place of those that a session had, in its browser as well. Raises DriverError."""
        entry.session = replace(entry.session, tokens=entry.session.tokens.merged(fresh))
        if entry.tab is not None:
            await entry.tab.plant([_as_cookie(token) for token in fresh])

    async def reopen(self, entry: Entry) -> Tab:
        """A browser that holds what a parked session's browser held. Raises DriverError."""
        entry.tab = await self.twin(entry)
        return entry.tab

    async def twin(self, entry: Entry) -> Tab:
        """One more browser with what the session's browser holds, for the caller to close. Raises DriverError."""
        tab = await self._stage.driver.open()
        cookies = [_as_cookie(token) for token in entry.session.tokens if token.carrier is Carrier.COOKIE]
        await tab.plant(cookies)
        if entry.storage:
            await tab.plant_storage(entry.storage)
        return tab

    async def _tokens(self, tab: Tab, exchanges: Sequence[Exchange]) -> TokenSet:
        tokens = collect(await tab.cookies(), exchanges, self._stage.queries)
        self._stage.redactor.add_all(token.value for token in tokens)
        return tokens

    def _flow(self) -> LoginFlow:
        if self._stage.login is None:
            msg = "no login was found"
            raise DriverError(msg)
        return self._stage.login


def _asked_pause(session: Session) -> float:
    """Seconds after which to try a login again that was one too many; infinite for any other."""
    last = sent_last(session.exchanges)
    if session.authenticated or last is None or not was_one_too_many(session.exchanges):
        return math.inf
    return asked_pause(last.response, usual=USUAL_PAUSE) + 1


def _held_before(exchanges: Sequence[Exchange], secret: str) -> TokenSet:
    """The cookies that went along with the request that carried the password."""
    return next(
        (TokenSet(cookie_tokens(e.request)) for e in exchanges if carries(e.request, secret)), TokenSet()
    )


def carries(request: Request, secret: str) -> bool:
    """Whether a request that may change state carries the secret in its body, as forms and scripts encode it."""
    body = (request.body or b"").decode(errors="replace")
    forms = (secret, quote_plus(secret), quote(secret, safe=""), json.dumps(secret)[1:-1])
    return not request.safe and any(form in body for form in forms)


def _as_cookie(token: Token) -> Cookie:
    return Cookie(
        name=token.name,
        value=token.value,
        path=token.path,
        expires=token.expires,
        secure=bool(token.secure) or token.name.startswith(SECURE_NAMES),
        http_only=bool(token.http_only),
    )
