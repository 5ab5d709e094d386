"""When a page has settled: loaded, its network quiet, its drawing at rest, within a bound."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from contextlib import suppress
from importlib.resources import files

from playwright.async_api import Error, Page
from playwright.async_api import TimeoutError as TookTooLong

from sessionward.audit.browser.failure import is_gone
from sessionward.audit.browser.traffic import GRACE, Entry, Habits, Traffic

SCRIPT = files(__package__).joinpath("quiet.js").read_text(encoding="utf-8")
STILL = 0.1
"""Seconds without a change and without a request after which a page counts as settled."""
BUSY = 1.5
BUSY_AGAIN = 0.3
"""How long a page that is always moving (a clock, a carousel) is waited for, the first time and later."""
LONG_POLL = 3.0
OFTEN = 4
VERY_OFTEN = 12
"""Asked for so many times while one page settles, the same request, or an address with any query, is polled."""
BOUND = 5.0
ARRIVAL = 15.0
SLICE = 1.0
"""How often it is asked anew whether a page that does not load lacks something that never ends."""


class Quiet:
    """Waits for pages to settle, and learns what never does. One for all tabs of a browser."""

    def __init__(self) -> None:
        self.habits = Habits()
        self._restless: set[str] = set()

    async def settle(
        self, page: Page, traffic: Traffic, *, within: float = BOUND, since: float = 0.0
    ) -> None:
        """Return once the page has settled or the time is over. Raises playwright's Error where the page is gone.

        ``since`` is the moment of an action: its request may start a little after it.
        """
        begun = time.monotonic()
        while (left := self._left(traffic, begun, within)) > 0:
            end = time.monotonic() + left
            if not await _loaded(page, min(left, SLICE)) and traffic.waiting():
                continue
            if not await self._network_idle(traffic, end):
                continue
            word = await self._drawing(page, end)
            if word == "inert" and await traffic.calm(since, until=since + STILL):
                return
            resting = word in {"still", "busy"} and not traffic.waiting()
            if resting and time.monotonic() - traffic.last_event >= STILL:
                return
            self._learn_polls(traffic, begun)
        self._learn_waits(traffic.waiting())

    def _left(self, traffic: Traffic, begun: float, within: float) -> float:
        """The seconds that may still pass; a document that is still arriving may take longer."""
        arriving = any(entry.navigation for entry in traffic.waiting())
        return begun + (max(within, ARRIVAL) if arriving else within) - time.monotonic()

    async def _network_idle(self, traffic: Traffic, end: float) -> bool:
        while traffic.waiting():
            if time.monotonic() >= end:
                return False
            traffic.changed.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(min(GRACE, end - time.monotonic())):
                    await traffic.changed.wait()
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
        asked = [entry for entry in traffic.asked_since(begun) if not entry.navigation]
        same, paths = Counter(entry.whole for entry in asked), Counter(entry.path for entry in asked)
        self.habits.polled |= {whole for whole, times in same.items() if times >= OFTEN}
        if time.monotonic() - begun > LONG_POLL:
            self.habits.polled |= {path for path, times in paths.items() if times >= VERY_OFTEN}

    def _learn_waits(self, waiting: list[Entry]) -> None:
        now = time.monotonic()
        self.habits.lingering |= {e.path for e in waiting if now - e.started >= LONG_POLL}


async def _loaded(page: Page, within: float) -> bool:
    try:
        await page.wait_for_load_state("load", timeout=within * 1000)
    except TookTooLong:
        return False
    return True
