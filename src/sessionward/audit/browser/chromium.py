"""The browser itself: started once, closed whatever happens."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, Error, Playwright, async_playwright

from sessionward.audit.browser.apart import apart
from sessionward.audit.browser.certificates import keys_of
from sessionward.audit.browser.failure import spoken
from sessionward.audit.browser.fetch import Fetcher
from sessionward.audit.browser.find import HOW, find_browser
from sessionward.audit.browser.launch import arguments
from sessionward.audit.browser.pace import Pace
from sessionward.audit.browser.quiet import Quiet
from sessionward.audit.browser.scope import Scope
from sessionward.audit.browser.second_browser import SecondBrowser
from sessionward.audit.browser.shelf import Shelf
from sessionward.audit.browser.tab import BrowserTab
from sessionward.audit.driver import DriverError, Kept
from sessionward.http import Cookie, Exchange, Request

LAUNCH_MS = 30_000
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{major}.0.0.0 Safari/537.36"
PHONE_AGENT = AGENT.replace("X11; Linux x86_64", "Linux; Android 10; K").replace(" Safari", " Mobile Safari")


class Chromium:
    """A Driver over one Chromium process."""

    def __init__(
        self,
        process: Browser,
        *,
        scope: Scope,
        verify_tls: bool,
        rate: float | None,
        second: SecondBrowser,
        keeps: bool = True,
    ) -> None:
        self._process = process
        self._second = second
        self._scope = scope
        self._verify_tls = verify_tls
        self._keeps = keeps
        self._pace = Pace(rate)
        self._quiet = Quiet()
        self._shelf = Shelf()
        self._fetcher = Fetcher(scope=scope, pace=self._pace, verify_tls=verify_tls)
        self._major = process.version.partition(".")[0]

    @property
    def requests(self) -> int:
        """How many requests were made so far, by tabs and by ``fetch``."""
        return self._pace.made

    @property
    def version(self) -> str:
        """The browser's version, for the report."""
        return self._process.version

    async def open(self, *, mobile: bool = False) -> BrowserTab:
        """A fresh tab that shares nothing with any other."""
        async with spoken("opening a fresh browser"):
            # The user agent of a headless browser says so, and some apps turn it away or show it other pages.
            context = await self._process.new_context(
                viewport={"width": PHONE["width"], "height": PHONE["height"]}
                if mobile
                else {"width": DESKTOP["width"], "height": DESKTOP["height"]},
                user_agent=(PHONE_AGENT if mobile else AGENT).format(major=self._major),
                is_mobile=mobile,
                has_touch=mobile,
                ignore_https_errors=not self._verify_tls,
                accept_downloads=False,
            )
        tab = BrowserTab(
            context,
            scope=self._scope,
            quiet=self._quiet,
            pace=self._pace,
            shelf=self._shelf,
            keeps=self._keeps,
        )
        await tab.start()
        return tab

    async def fetch(self, request: Request) -> Exchange:
        """Send exactly this request on a fresh connection, follow no redirect, keep no cookie."""
        return await self._fetcher.fetch(request)

    async def restarted(self, cookies: Sequence[Cookie], items: Sequence[tuple[str, str, str]]) -> Kept:
        """Let a browser hold these cookies and items, close it and start it again: what is left."""
        return await self._second.restarted(cookies, items)

    async def overheard(self, url: str, cookies: Sequence[Cookie]) -> tuple[str, ...]:
        """The names of those cookies that go along to a plain http address; only a listener of ours is asked."""
        return await self._second.overheard(url, cookies)


@asynccontextmanager
async def browser(
    *,
    scope: Scope,
    headed: bool = False,
    verify_tls: bool = True,
    rate: float | None = None,
    program: Path | None = None,
) -> AsyncIterator[Chromium]:
    """A running browser, closed at the end. ``rate`` bounds the requests per second; ``program`` overrides the search.

    Raises DriverError where none is found or it does not start.
    """
    program = program or find_browser(headed=headed)
    async with AsyncExitStack() as stack:
        with apart():
            playwright = await stack.enter_async_context(async_playwright())
        keys = () if verify_tls else await keys_of(scope)
        process = await _launch(playwright, program, arguments(scope, keys=keys), headed=headed)
        try:
            second = SecondBrowser(playwright=playwright, program=program, scope=scope, headed=headed)
            keeps = verify_tls or bool(await keys_of(Scope(start=scope.start)))
            yield Chromium(process, scope=scope, verify_tls=verify_tls, rate=rate, second=second, keeps=keeps)
        finally:
            await _close(process)


async def _launch(playwright: Playwright, program: Path, switches: list[str], *, headed: bool) -> Browser:
    try:
        # A terminal sends Ctrl-C to all of its processes, a supervisor its own signals: the browser must outlive
        # them, to put back what was changed and log out what was opened.
        return await playwright.chromium.launch(
            executable_path=program,
            headless=not headed,
            args=switches,
            timeout=LAUNCH_MS,
            handle_sigint=False,
            handle_sigterm=False,
            handle_sighup=False,
        )
    except Error as error:
        if "XServer" in error.message or "DISPLAY" in error.message:
            raise DriverError(
                "A window needs a screen, and there is none here; leave --headed out."
            ) from None
        why = error.message.strip().splitlines()[0].rstrip(".:")
        raise DriverError(f"The browser {program} does not start ({why}); {HOW}.") from None


async def _close(process: Browser) -> None:
    try:
        async with asyncio.timeout(10):
            await process.close()
    except (Error, TimeoutError):
        # It crashed or was killed: there is nothing left to close.
        return
