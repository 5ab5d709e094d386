"""When a page has settled: loaded, its network quiet, its drawing at rest, within a bound."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from importlib.resources import files

from playwright.async_api import Error, Page
from playwright.async_api import TimeoutError as TookTooLong

from sessionward.audit.browser.failure import is_gone
from sessionward.audit.browser.traffic import Entry, Traffic

SCRIPT = files(__package__).joinpath("quiet.js").read_text(encoding="utf-8")
STILL = 0.1
"""Seconds without a change and without a request after which a page counts as settled."""
BUSY = 1.5
BUSY_AGAIN = 0.3
"""How long a page that is always moving (a clock, a carousel) is waited for, the first time and later."""
LONG_POLL = 3.0
OFTEN = 4
"""Asked for so many times while one page settles, an address is polled."""
BOUND = 5.0


class Quiet:
    """Waits for pages to settle, and learns what never does. One for all tabs of a browser."""

    def __init__(self) -> None:
        self.lingering: set[str] = set()
        self._restless: set[str] = set()

    async def settle(
        self, page: Page, traffic: Traffic, *, within: float = BOUND, since: float = 0.0
    ) -> None:
        """Return once the page has settled or the time is over. Raises playwright's Error where the page is gone.

        ``since`` is the moment of an action: its request may start a little after it.
        """
        begun = time.monotonic()
        end = begun + within
        while (left := end - time.monotonic()) > 0:
            if not await _loaded(page, left) or not await self._network_idle(traffic, end):
                break
            word = await self._drawing(page, end)
            if word == "inert" and await traffic.calm(since, until=since + STILL):
                return
            resting = word in {"still", "busy"} and not traffic.waiting()
            if resting and time.monotonic() - traffic.last_event >= STILL:
                return
            self._learn_polls(traffic, begun)
        self._learn_waits(traffic.waiting())

    async def _network_idle(self, traffic: Traffic, end: float) -> bool:
        while traffic.waiting():
            traffic.changed.clear()
            try:
                async with asyncio.timeout(end - time.monotonic()):
                    await traffic.changed.wait()
            except TimeoutError:
                return False
        return True

    async def _drawing(self, page: Page, end: float) -> str:
        where = page.url.partition("?")[0].partition("#")[0]
        most = min(BUSY_AGAIN if where in self._restless else BUSY, max(end - time.monotonic(), STILL))
        try:
            async with asyncio.timeout(most + BUSY):
                word = str(await page.evaluate(SCRIPT, {"still": STILL * 1000, "most": most * 1000}))
        except TimeoutError:
            return "busy"
        except Error as error:
            if is_gone(error):
                raise
            return "left"
        if word == "busy":
            self._restless.add(where)
        return word

    def _learn_polls(self, traffic: Traffic, begun: float) -> None:
        counted = Counter(traffic.paths_since(begun))
        self.lingering |= {path for path, times in counted.items() if times >= OFTEN}

    def _learn_waits(self, waiting: list[Entry]) -> None:
        now = time.monotonic()
        self.lingering |= {e.path for e in waiting if not e.navigation and now - e.started >= LONG_POLL}


async def _loaded(page: Page, within: float) -> bool:
    try:
        await page.wait_for_load_state("load", timeout=within * 1000)
    except TookTooLong:
        return False
    return True
