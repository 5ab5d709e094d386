"""Opening and ending sessions through the app's own pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import quote_plus

from sessionward.audit.driver import DriverError, Tab
from sessionward.audit.explore.flows import LoginFlow
from sessionward.audit.explore.entry import log_in
from sessionward.audit.explore.logout import log_out
from sessionward.audit.perform.book import Book, Entry
from sessionward.audit.perform.replays import Replayer
from sessionward.audit.perform.stage import Person, Stage
from sessionward.audit.probe import LoggedOut, LogIn, LogOut, OpenBrowser, Session
from sessionward.http import Carrier, Cookie, Exchange, Request, Token, TokenSet
from sessionward.http.carry import collect, cookie_tokens

STATIC = frozenset({"image", "stylesheet", "font", "script", "media", "manifest", "websocket", "ping"})
WRONG = "Wr0ng!"


class Sessions:
    """Logs in and out, and keeps the book of it."""

    def __init__(self, stage: Stage, book: Book, replayer: Replayer) -> None:
        self._stage, self._book, self._replayer = stage, book, replayer

    async def open_browser(self, probe: OpenBrowser, run: str) -> Session:
        """A fresh browser on the login page."""
        del probe
        flow = self._flow()
        tab = await self._stage.driver.open()
        await tab.go(flow.url)
        tokens = await self._tokens(tab, tab.recorded())
        session = Session(id=self._book.new_id(), party="anonymous", tokens=tokens, before=tokens)
        return self._book.add(Entry(session=session, run=run, tab=tab, ended="never logged in"))

    async def log_in(self, probe: LogIn, run: str) -> Session:
        """Log in as the probe says; a refused login is a Session that is not authenticated, with the reason."""
        person = self._stage.people[probe.party]
        tab, opened = (self._book.tab(probe.browser), True) if probe.browser else (None, False)
        if tab is None:
            tab = await self._stage.driver.open()
        try:
            session = await self._enter(tab, probe, person)
        except DriverError:
            if not opened:
                await tab.close()
            raise
        entry = Entry(
            session=session, run=run, tab=tab, ended="" if session.authenticated else session.reason
        )
        self._book.add(entry)
        if probe.browser:  # the tab has one owner: the newer session
            self._book.entry(probe.browser).tab = None
        if not probe.keep:
            await self.park(session)
        return session

    async def _enter(self, tab: Tab, probe: LogIn, person: Person) -> Session:
        await tab.plant([_as_cookie(token) for token in probe.plant if token.carrier is Carrier.COOKIE])
        first = len(tab.recorded())
        secret = person.password if probe.password == "current" else person.password + WRONG
        who = person.credentials(secret)
        entered = await log_in(
            tab,
            self._flow(),
            who,
            self._stage.hints,
            remember=probe.remember,
            address=probe.address,
            code=person.code,
        )
        exchanges = tab.recorded()[first:]
        before = _held_before(exchanges, secret)
        tokens = await self._tokens(tab, exchanges)
        session = Session(
            id=self._book.new_id(),
            party=probe.party,
            tokens=tokens,
            before=before,
            authenticated=entered.ok,
            reason=entered.reason,
            exchanges=exchanges,
        )
        return await self._verified(tab, session) if entered.ok else session

    async def _verified(self, tab: Tab, session: Session) -> Session:
        """The oracle's word on a login, once there is an oracle."""
        scene = self._stage.scene
        if not scene.private:
            return session
        if not scene.members <= session.tokens.keys:
            await tab.go(scene.start)  # scripts that add the header run only on the app's own screens
            session = replace(session, tokens=await self._tokens(tab, tab.recorded()))
        answer = await self._replayer.replay(scene.oracle, session.tokens)
        if answer.shows == session.party:
            return session
        reason = f"the app let {session.party} in, but the private page then shows {answer.shows}"
        return replace(session, authenticated=False, reason=reason)

    async def log_out(self, probe: LogOut) -> LoggedOut:
        """Log out through the app's control and see whether this browser is still shown the account."""
        flow, tab = self._stage.logout, self._book.tab(probe.session)
        if flow is None:
            return LoggedOut(
                effective=False, reason=self._stage.scene.missing.get("logout", "no logout was found")
            )
        first = len(tab.recorded())
        problem = await log_out(tab, flow)
        if problem:
            return LoggedOut(effective=False, reason=problem)
        requests = tuple(e.request for e in tab.recorded()[first:] if e.resource not in STATIC)
        answer = await self._replayer.visit(tab, self._stage.scene.oracle)
        effective = answer.shows not in {probe.session.party, "error", "unclear"}
        if effective:
            self._book.entry(probe.session).ended = "logged out"
        reason = "" if effective else f"after the logout the same browser shows {answer.shows}"
        return LoggedOut(effective=effective, reason=reason, requests=requests)

    async def refresh(self, session: Session) -> Session:
        """The session with the tokens that its live browser holds now."""
        tab = self._book.tab(session)
        return self._book.renewed(session, await self._tokens(tab, tab.recorded()))

    async def park(self, session: Session) -> None:
        """Close its browser; keep what is needed to bring it back for logging out."""
        entry = self._book.entry(session)
        if entry.tab is not None:
            stored = await entry.tab.storage()
            entry.storage = tuple(item for item in stored.items if item[0] in {"local", "session"})
            await self._book.close((entry,))

    async def reopen(self, entry: Entry) -> Tab:
        """A browser that holds what a parked session's browser held."""
        tab = await self._stage.driver.open()
        await tab.plant(
            [_as_cookie(token) for token in entry.session.tokens if token.carrier is Carrier.COOKIE]
        )
        if entry.storage:
            await tab.plant_storage(entry.storage)
        entry.tab = tab
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


def _held_before(exchanges: Sequence[Exchange], secret: str) -> TokenSet:
    """The cookies that went along with the request that carried the password."""
    return next(
        (TokenSet(cookie_tokens(e.request)) for e in exchanges if _carries(e.request, secret)), TokenSet()
    )


def _carries(request: Request, secret: str) -> bool:
    body = (request.body or b"").decode(errors="replace")
    return not request.safe and any(form in body for form in (secret, quote_plus(secret)))


def _as_cookie(token: Token) -> Cookie:
    return Cookie(name=token.name, value=token.value, path=token.path, expires=token.expires)
