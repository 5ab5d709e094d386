"""One isolated browser with one page, as the protocol of ``sessionward.audit.driver`` asks for it."""

from __future__ import annotations

import os
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, ElementHandle, Error
from playwright.async_api import TimeoutError as TookTooLong

from sessionward.audit.browser import acting, attack, jar, own_login
from sessionward.audit.browser.closing import close_context, close_page
from sessionward.audit.browser.drawing import Drawing
from sessionward.audit.browser.failure import (
    is_detached,
    is_gone,
    network_failure,
    shown,
    spoken,
    spoken_error,
)
from sessionward.audit.browser.forgery_page import framing_page
from sessionward.audit.browser.holding import held_back
from sessionward.audit.browser.pace import Pace
from sessionward.audit.browser.quiet import BOUND, Quiet
from sessionward.audit.browser.reading_across import read_across
from sessionward.audit.browser.scope import ATTACKER, Scope
from sessionward.audit.browser.shelf import Shelf
from sessionward.audit.browser.traffic import Traffic
from sessionward.audit.browser.veil import veiled
from sessionward.audit.browser.window import Window
from sessionward.audit.driver import DriverError, Element, Heard, OutOfScope, Screen, Sent, WebStorage
from sessionward.http import Cookie, Exchange, Request

NAVIGATION_SECONDS = 15.0
ERROR_PAGE = "chrome-error:"
"""The scheme of the page that Chromium draws where none came."""
LOOK_SECONDS = 20.0
LOOKS = 3
SCRIPT_SECONDS = 120.0


class BrowserTab:
    """A Tab over a Playwright context. ``quiet``, ``pace`` and ``shelf`` are shared by all tabs of a browser.

    ``keeps``: whether the browser would keep what the app lets it keep by https.
    """

    def __init__(
        self,
        context: BrowserContext,
        *,
        scope: Scope,
        quiet: Quiet,
        pace: Pace,
        shelf: Shelf,
        keeps: bool = True,
    ) -> None:
        self._scope = scope
        self._keeps = keeps
        self._quiet = quiet
        self._pace = pace
        self._traffic = Traffic(context, scope, pace.count, quiet.habits, shelf)
        self._window = Window(context, scope, self._traffic, shelf)
        self._drawing = Drawing(scope)

    async def start(self) -> None:
        """Open its page."""
        async with spoken("opening a page"):
            await self._window.start()

    async def go(self, url: str) -> Screen:
        """Navigate, settle, look. Raises OutOfScope, TargetUnreachable, DriverError."""
        if not self._scope.allows(url):
            raise OutOfScope(f"{shown(url)} is not in scope.")
        doing = f"opening {shown(url)}"
        async with spoken(doing):
            await self._window.revive()
        async with self._action(doing, within=NAVIGATION_SECONDS + BOUND + 10, follow=False):
            blank = await self._navigate(url)
        return blank or await self.look()

    async def look(self) -> Screen:
        """The page as it is drawn now, with what dialogs said at the last action below its text."""
        for _ in range(LOOKS):
            async with spoken("looking at it", within=LOOK_SECONDS):
                page = self._window.page
                exchange = self._last_navigation()
                if page.url.startswith(ERROR_PAGE):
                    return _empty(exchange)
                try:
                    screen = await self._drawing.look(page, status=exchange.status if exchange else 0)
                except Error as error:
                    if is_gone(error) or not is_detached(error):
                        raise
                    await self._quiet.settle(page, self._traffic)
                else:
                    return replace(screen, text="\n".join([screen.text, *self._window.messages]))
        raise DriverError("The page keeps leading on to others and never rests.")

    async def query(self, selector: str) -> Element | None:
        """The first element that a CSS selector of the user's matches, None where none does."""
        async with spoken(f"looking for {selector}"):
            return await self._drawing.find(self._window.page, selector)

    async def click(self, element: Element) -> None:
        """Click as a person would (scrolling to it), then settle. Raises DriverError where it cannot be clicked."""
        async with self._action(f"clicking “{element.name}”"):
            await acting.click(await self._node(element), visible=element.visible)

    async def hover(self, element: Element) -> None:
        """Move the pointer onto it, then settle."""
        async with self._action(f"pointing at “{element.name}”"):
            await acting.hover(await self._node(element))

    async def fill(self, element: Element, text: str) -> None:
        """Replace the content of a field by typing."""
        async with spoken(f"filling the field “{element.name or element.field}”"):
            await acting.fill(await self._node(element), text, kind=element.type)

    async def check(self, element: Element, *, on: bool) -> None:
        """Set a check box or switch."""
        async with spoken(f"setting “{element.name or element.field}”"):
            await acting.check(await self._node(element), on=on)

    async def choose(self, element: Element, option: str) -> None:
        """Choose an option of a list by its value, then settle: some lists send their form at once."""
        async with self._action(f"choosing in “{element.name or element.field}”"):
            await acting.choose(await self._node(element), option)

    async def press(self, key: str) -> None:
        """Press a key in the page, such as Enter or Escape, then settle."""
        async with self._action(f"pressing {key}"):
            await self._window.page.keyboard.press(key)

    async def run(self, script: Path, account: Mapping[str, Any]) -> None:
        """Run the user's ``login(page, account)`` on the page, then settle. Raises DriverError where it fails."""
        async with self._action("running the login script", within=SCRIPT_SECONDS):
            await own_login.run(script, self._window.page, account)

    async def remove(self, element: Element) -> None:
        """Take an element out of the page, so that a form is sent without it."""
        async with spoken(f"taking “{element.name or element.field}” out"):
            await acting.remove(await self._node(element))

    async def settle(self) -> None:
        """Wait until the page is loaded, the network is quiet and the page stopped changing, within a bound."""
        async with spoken("waiting for the page"):
            await self._quiet.settle(self._window.page, self._traffic)

    def recorded(self) -> tuple[Exchange, ...]:
        """Every in-scope exchange of this tab so far, oldest first, with the real request headers (Cookie included)."""
        return self._traffic.exchanges()

    async def cookies(self) -> tuple[Cookie, ...]:
        """The cookies it would send to the hosts in scope."""
        async with spoken("reading cookies"):
            return await jar.read_cookies(self._window.session, self._scope)

    async def plant(self, cookies: Sequence[Cookie]) -> None:
        """Put cookies into it."""
        async with spoken("planting cookies"):
            await jar.plant(self._window.session, cookies, self._scope)

    async def plant_storage(self, items: Sequence[tuple[str, str, str]]) -> None:
        """Put items (area, key, value; areas local and session) into the web storage of the target's origin."""
        async with spoken("planting into web storage"):
            await jar.plant_storage(self._window.page, items, self._scope)

    async def storage(self) -> WebStorage:
        """What scripts can read on the present page."""
        async with spoken("reading web storage"):
            return await jar.read_storage(self._window.page)

    async def forge(self, request: Request, how: str) -> Sent:
        """From a page of a made-up other site in this browser, send the request (navigate, image or form)."""
        if not self._scope.allows(request.url):
            raise OutOfScope(f"{shown(request.url)} is not in scope.")
        await self._pace.turn()
        async with spoken("forging a request"), self._window.page_of_ours() as page:
            try:
                return await attack.forge(page, request, how)
            finally:
                await close_page(page)

    @asynccontextmanager
    async def hold(self, text: str) -> AsyncIterator[list[Request]]:
        """Within it, what the page wants to send with ``text`` in it is collected and never leaves."""
        async with held_back(self._window.context, text) as held:
            yield held

    async def read_across(self, url: str, origin: str) -> Heard:
        """Let a script of a page at ``origin``, or without an origin of its own (null), ask for ``url``."""
        if not self._scope.allows(url):
            raise OutOfScope(f"{shown(url)} is not in scope.")
        await self._pace.turn()
        async with spoken("reading from another origin"), self._window.page_of_ours() as page:
            try:
                return await read_across(page, url, origin, f"{urlsplit(url).scheme}://{ATTACKER}")
            finally:
                await close_page(page)

    async def lure(self, url: str, origin: str) -> Screen:
        """Show a made-up page at ``origin`` that holds ``url`` in a frame, and look at both."""
        if not self._scope.allows(url):
            raise OutOfScope(f"{shown(url)} is not in scope.")
        self._window.guard.make_up(f"{origin}/", framing_page(url))
        async with self._action(
            "showing the page in a frame of another site", within=NAVIGATION_SECONDS + BOUND
        ):
            await self._window.page.goto(f"{origin}/", wait_until="load", timeout=NAVIGATION_SECONDS * 1000)
        return await self.look()

    async def source(self) -> str:
        """The document as it stands now, as HTML; texts that are not drawn are in it as well."""
        async with spoken("reading the page", within=LOOK_SECONDS):
            return await self._window.page.content()

    async def back(self) -> Screen | None:
        """Press the browser's Back button, settle, look; None where there is no page to go back to."""
        moved = False
        async with self._action("going back", within=NAVIGATION_SECONDS + BOUND + 10, follow=False):
            session = self._window.session
            history = await session.send("Page.getNavigationHistory")
            if moved := history["currentIndex"] > 0:
                entry = history["entries"][history["currentIndex"] - 1]
                await session.send("Page.navigateToHistoryEntry", {"entryId": entry["id"]})
        return await self.look() if moved else None

    async def from_cache(self, url: str) -> str | None:
        """What the browser's own cache holds of an address, without asking the app; None where that is nothing."""
        if not self._scope.allows(url):
            raise OutOfScope(f"{shown(url)} is not in scope.")
        if not self._keeps and url.startswith("https:"):
            raise DriverError(
                "A browser keeps nothing by https under a certificate that it has to overlook, so what others would "
                "keep cannot be seen. Audit the app under a certificate that this machine trusts."
            )
        async with spoken("reading the browser's cache", within=LOOK_SECONDS):
            return await jar.read_cache(self._window.page, url)

    async def screenshot(self, path: Path) -> None:
        """Write a PNG of the viewport, private to the user."""
        async with spoken("taking a picture"):
            picture = await self._window.page.screenshot(type="png", animations="disabled", timeout=10_000)
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(opened, "wb") as file:
            os.fchmod(opened, 0o600)
            file.write(picture)

    async def picture(self, *, private: Sequence[str], harmless: Callable[[str], bool]) -> bytes:
        """A small JPEG of the viewport without anything private, empty where not all could be covered."""
        async with spoken("taking a picture"):
            return await veiled(self._window.page, private=private, harmless=harmless)

    async def close(self) -> None:
        """Close it with all it holds. A browser that is gone already is no failure."""
        self._traffic.stop()
        await close_context(self._window.context)

    @asynccontextmanager
    async def _action(self, doing: str, *, within: float = 30.0, follow: bool = True) -> AsyncIterator[None]:
        """Do something to the page, then settle, go on in the window that it opened, and stay in scope."""
        await self._pace.turn()
        begun, page = time.monotonic(), self._window.page
        self._window.act()
        async with spoken(doing, within=within):
            try:
                yield
                await self._quiet.settle(self._window.page, self._traffic, since=begun)
            except Error:
                if not page.is_closed() or self._window.page.is_closed():
                    raise
                # A window closed itself when it was done; the one that opened it goes on.
                await self._quiet.settle(self._window.page, self._traffic, since=begun)
            finally:
                followed = await self._window.rest(follow=follow)
            if followed:
                await self._quiet.settle(self._window.page, self._traffic)
        self._window.guard.raise_if_refused()
        self._raise_if_unreachable(begun)

    def _last_navigation(self) -> Exchange | None:
        """The exchange of the page that is seen, or of the one that failed to come."""
        entry = self._traffic.navigations.get(self._window.page)
        return entry.exchange if entry else None

    def _raise_if_unreachable(self, since: float) -> None:
        """Raise where an action led to a page that could not be had: the app died, or its TLS is bad."""
        last = self._last_navigation()
        if last is None or last.started < since or last.response:
            return
        if failure := network_failure(last.error, last.request.url):
            raise failure

    async def _node(self, element: Element) -> ElementHandle:
        return await self._drawing.node(element) or await self._drawing.again(element, self._window.page)

    async def _navigate(self, url: str) -> Screen | None:
        """Navigate; a Screen where the browser draws a page of its own in place of an empty answer."""
        page = self._window.page
        within = NAVIGATION_SECONDS * 1000
        try:
            if await page.goto(url, wait_until="commit", timeout=within) is None:
                # Only the part behind the # differs, if anything: the page is to be as fresh as any other.
                await page.reload(wait_until="commit", timeout=within)
        except TookTooLong:
            raise DriverError(f"{shown(url)} did not answer within {NAVIGATION_SECONDS:g} s.") from None
        except Error as error:
            return self._not_arrived(error, url)
        return None

    def _not_arrived(self, error: Error, url: str) -> Screen | None:
        self._window.guard.raise_if_refused()
        if failure := network_failure(error.message, url):
            raise failure from None
        if "ERR_HTTP_RESPONSE_CODE_FAILURE" in error.message:
            # A fault without a body: Chromium draws a page of its own.
            return _empty(self._last_navigation())
        if "Download is starting" in error.message or self._window.downloads:
            raise DriverError(f"{shown(url)} is a download, not a page.") from None
        if "ERR_ABORTED" in error.message or "interrupted by another navigation" in error.message:
            # An answer without content, or a page that led on at once: what is drawn now is what there is.
            return None
        raise spoken_error(error, f"opening {shown(url)}") from None


def _empty(exchange: Exchange | None) -> Screen:
    """What is seen where the answer had nothing to draw: Chromium's own words are not the app's."""
    url = exchange.request.url if exchange else ""
    return Screen(url=url, title="", text="", status=exchange.status if exchange else 0)
