"""What only the live browser knows: what its page shows, what its cache and a restart leave, what the line carries."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlsplit

from sessionward.audit.driver import Screen, Tab
from sessionward.audit.explore.entrance import login_form
from sessionward.audit.explore.logout import offered
from sessionward.audit.explore.patience import drawn
from sessionward.audit.observation import Answer, Observed, Overheard, Session
from sessionward.audit.perform.book import Book, Entry
from sessionward.audit.perform.replays import page_of
from sessionward.audit.perform.sessions import Sessions
from sessionward.audit.perform.stage import Stage
from sessionward.audit.probe import Observe, Overhear, Recall, Restart
from sessionward.audit.scene import PersonalExchange, PrivateExchange, Scene, identify
from sessionward.http import Carrier, Exchange, Request, Response
from sessionward.http.carry import carry, cookie_token

AROUND = "<>\"'`{}[](),;:= \t\r\n"
"""What a marker may have around it that a drawn page has not: calibration cuts it from an answer's source."""
LOOKS, BETWEEN = 3, 0.5
"""How often a page that is to show the account is looked at again, and after how many seconds."""
SHORTEST = 5
"""Shorter texts stand on pages by chance."""


class Observer:
    """Performs the probes that look at a live browser."""

    def __init__(self, stage: Stage, book: Book, sessions: Sessions) -> None:
        self._stage, self._book, self._sessions = stage, book, sessions

    async def observe(self, probe: Observe) -> Observed:
        """See what the page shows. Raises DriverError."""
        tab = self._book.tab(probe.session)
        screen = await self._reach(tab, probe)
        if screen is None:
            return Observed(url="", there=False)
        if probe.exchange is not None and not probe.back:
            screen = await self._filled(tab, await drawn(tab, screen), probe.session.party)
        found = await self._found(tab, screen, probe.session.party)
        fresh = await self._sessions.refresh(probe.session)
        return Observed(
            url=screen.url,
            found=found,
            asks_login=_asks_login(screen),
            logout=await offered(tab, screen) if probe.logout else "",
            exchanges=tab.recorded(),
            tokens=fresh.tokens,
            seen=time.monotonic(),
        )

    async def _found(self, tab: Tab, screen: Screen, party: str) -> tuple[str, ...]:
        shown = f"{screen.text}\n{await tab.source()}"
        return tuple(text for text in private_texts(self._stage.scene, party) if text in shown)

    async def _filled(self, tab: Tab, screen: Screen, party: str) -> Screen:
        """The page that is to show the account, once it does or has had time to: some draw their frame long before."""
        for _ in range(LOOKS):
            if _asks_login(screen) or await self._found(tab, screen, party):
                break
            await asyncio.sleep(BETWEEN)
            await tab.settle()
            screen = await tab.look()
        return screen

    async def _reach(self, tab: Tab, probe: Observe) -> Screen | None:
        if probe.back:
            return await tab.back()
        if probe.exchange is None and not probe.url:
            return await tab.look()
        url = probe.url or page_of(probe.exchange, self._stage.scene.start)
        own = probe.session.tokens.only(
            {key for key in self._stage.scene.members if key.carrier is Carrier.QUERY}
        )
        return await tab.go(carry(Request(method="GET", url=url), own).url)

    async def recall(self, probe: Recall) -> Answer:
        """Read an address from the browser's cache. Raises DriverError."""
        exchange = probe.exchange
        text = await self._book.tab(probe.session).from_cache(exchange.request.url)
        if text is None:
            made = Exchange(request=exchange.request, error="the browser's cache holds nothing of it")
            return Answer(exchange=made, shows="nobody")
        made = Exchange(request=exchange.request, response=Response(status=200, body=text.encode()))
        markers = {"owner": exchange.texts} if isinstance(exchange, PersonalExchange) else exchange.markers
        return Answer(exchange=made, shows=identify(markers, made))

    async def restart(self, probe: Restart, run: str) -> Session:
        """Start the browser of a session again. Raises DriverError, also where its storage cannot be read: what is not
        handed to the new browser would look forgotten."""
        entry = self._book.entry(probe.session)
        live = self._book.tab(probe.session)
        cookies, stored = await live.cookies(), await live.storage()
        await self._sessions.park(entry.session)
        items = tuple(item for item in stored.items if item[0] in {"local", "session"})
        kept = await self._stage.driver.restarted(cookies, items)
        tab = await self._stage.driver.open()
        again = Entry(
            session=replace(entry.session, id=self._book.new_id(), authenticated=False, exchanges=()),
            run=run,
            tab=tab,
            let_in=False,  # the session that it may still be in is the other entry's to end
        )
        self._book.add(again)
        await tab.plant(kept.cookies)
        if kept.items:
            await tab.plant_storage(kept.items)
        return await self._sessions.refresh(again.session)

    async def overhear(self, probe: Overhear) -> Overheard:
        """Let the browser ask the host over plain http, with us on the line. Raises DriverError."""
        cookies = await self._book.tab(probe.session).cookies()
        heard: set[str] = set()
        for path in sorted({cookie.path for cookie in cookies} | {"/"}):
            url = f"http://{urlsplit(self._stage.scene.start).hostname}{path}"
            heard |= set(await self._stage.driver.overheard(url, cookies))
        keys = (cookie_token(cookie).key for cookie in cookies)
        return Overheard(tokens=frozenset(key for key in keys if key.name in heard))


def _asks_login(screen: Screen) -> bool:
    form = login_form(screen)
    return form is not None and form.password is not None


def private_texts(scene: Scene, party: str) -> tuple[str, ...]:
    """Texts by which a page tells that it shows that party's account: markers without what stands around them, what was
    planted, and personal data of the account."""
    mine = list(_texts(scene, party))
    others = {text for other in scene.parties if other != party for text in _texts(scene, other)}
    return tuple(dict.fromkeys(text for text in mine if not any(text in other for other in others)))


def screen_texts(private: PrivateExchange, party: str, drawn: str) -> tuple[str, ...]:
    """Those of the exchange's markers of that party that a page shows as drawn."""
    return tuple(text for text in _as_drawn(private, party) if text in drawn)


def _as_drawn(private: PrivateExchange, party: str) -> Iterable[str]:
    for marker in private.markers.get(party, ()):
        if len(text := marker.strip(AROUND)) >= SHORTEST:
            yield text


def _texts(scene: Scene, party: str) -> Iterable[str]:
    for private in scene.private:
        yield from _as_drawn(private, party)
    if party == "owner":
        for personal in scene.personal:
            yield from (text for text in personal.texts if len(text) >= SHORTEST)
