"""The page that a person sees of an isolated browser: popups are followed, dialogs answered, downloads stopped."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from playwright.async_api import BrowserContext, CDPSession, Dialog, Download, Error, Page
from playwright.async_api import TimeoutError as TookTooLong

from sessionward.audit.browser.closing import close_page
from sessionward.audit.browser.guard import Guard
from sessionward.audit.browser.scope import Scope
from sessionward.audit.browser.shelf import Shelf
from sessionward.audit.browser.traffic import Traffic

POPUP_MS = 5000
BODIES = {"maxTotalBufferSize": 48_000_000, "maxResourceBufferSize": 8_000_000}
"""How much of what came in Chromium keeps for us outside the page, in bytes."""


class Window:
    """Holds the page and what came up on it since the last action (``messages`` of dialogs, ``downloads``)."""

    def __init__(self, context: BrowserContext, scope: Scope, traffic: Traffic, shelf: Shelf) -> None:
        self.messages: list[str] = []
        self.downloads: list[str] = []
        self.crashed = False
        self.guard = Guard(scope, shelf)
        self.context = context
        self._scope = scope
        self._traffic = traffic
        self._pages: list[tuple[Page, CDPSession]] = []
        self._popups: list[Page] = []
        self._acting = False
        self._opening = False
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Open the first page."""
        async with self.page_of_ours() as page:
            self._traffic.ours.discard(page)
            await self._show(page)
        self.context.on("page", self._popped_up)

    async def revive(self) -> None:
        """Open another page in place of one that crashed; cookies and local storage are the context's and stay."""
        if self.crashed:
            self.crashed = False
            async with self.page_of_ours() as page:
                self._traffic.ours.discard(page)
                await self._show(page)

    @property
    def page(self) -> Page:
        """The page that is seen now: the newest that is still open."""
        while len(self._pages) > 1 and self._pages[-1][0].is_closed():
            self._pages.pop()
        return self._pages[-1][0]

    @property
    def session(self) -> CDPSession:
        """The protocol session of that page."""
        return next(session for page, session in self._pages if page is self.page)

    @asynccontextmanager
    async def page_of_ours(self) -> AsyncIterator[Page]:
        """A new page that is not taken for a popup of the app; the caller closes it."""
        self._opening = True
        try:
            page = await self.context.new_page()
            self._traffic.ours.add(page)
        finally:
            self._opening = False
        yield page

    def act(self) -> None:
        """Begin an action: what dialogs say from now on is its doing."""
        self.messages.clear()
        self.downloads.clear()
        self.guard.forget()
        self._acting = True

    async def rest(self, *, follow: bool) -> bool:
        """End an action: go on in the window that it opened, where that is in scope. Gives whether there was one.

        Without ``follow`` such windows are closed: they came by themselves.
        """
        self._acting = False
        popups, self._popups = self._popups, []
        followed = False
        for page in popups:
            if follow and not followed and await self._is_in_scope(page):
                await self._show(page)
                followed = True
            else:
                await close_page(page)
        return followed

    async def _is_in_scope(self, page: Page) -> bool:
        try:
            await page.wait_for_load_state("domcontentloaded", timeout=POPUP_MS)
        except (TookTooLong, Error):
            return False
        return not page.is_closed() and page.url.startswith("http") and self._scope.allows(page.url)

    async def _show(self, page: Page) -> None:
        session = await self.context.new_cdp_session(page)
        await self.guard.watch(session)
        await _keep_bodies(session)
        page.on("dialog", lambda dialog: self._later(self._answer(dialog)))
        page.on("download", lambda download: self._later(self._cancel(download)))
        page.on("crash", lambda _: setattr(self, "crashed", True))
        page.on("framenavigated", self._traffic.navigated)
        self._pages.append((page, session))

    def _popped_up(self, page: Page) -> None:
        if self._opening:
            return
        if self._acting:
            self._popups.append(page)
        else:
            self._later(close_page(page))

    async def _answer(self, dialog: Dialog) -> None:
        """Agree to what we caused ourselves and to leaving a page; decline what comes by itself."""
        if dialog.type != "beforeunload":
            self.messages.append(dialog.message)
        agreed = dialog.type in {"alert", "beforeunload"} or (dialog.type == "confirm" and self._acting)
        await (dialog.accept() if agreed else dialog.dismiss())

    async def _cancel(self, download: Download) -> None:
        self.downloads.append(download.url)
        await download.cancel()

    def _later(self, doing: Coroutine[Any, Any, None]) -> None:
        async def done() -> None:
            try:
                await doing
            except Error:
                # The page went away first.
                return

        task = asyncio.create_task(done())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _keep_bodies(session: CDPSession) -> None:
    """Let bodies outlive the page that asked for them.

    A script that logs in and leads on at once would otherwise take the answer with the token along.
    """
    try:
        await session.send("Network.configureDurableMessages", BODIES)
    except Error:
        # A Chromium before 142 has no such thing; bodies are then read while they are there.
        return
