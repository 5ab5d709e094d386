"""When a page has settled: loaded, its network quiet, its drawing at rest, within a bound."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from importlib.resources import files

from playwright.async_api import Error, Page
from playwright.async_api import TimeoutError as TookTooLong

from sessionward.audit.browser.failure import is_gone
from sessionward.audit.browser.habits import GRACE, Habits
from sessionward.audit.browser.traffic import Traffic

SCRIPT = files(__package__).joinpath("quiet.js").read_text(encoding="utf-8")
STILL = 0.1
"""Seconds without a change and without a request after which a page counts as settled."""
BUSY = 1.5
BUSY_AGAIN = 0.3
"""How long a page that is always moving (a clock, a carousel) is waited for, the first time and later."""
BLANK = 4.0
"""How long a page is waited for that has scripts and shows nothing yet, from its last sign of being at work."""
BUSY_THREAD = 0.2
"""Seconds by which a page answers late whose scripts are at work: large ones take long to start on a slow machine."""
BOUND = 15.0
SLICE = 1.0
"""How often it is asked anew whether a page that does not load lacks something that never ends."""


class Quiet:
    """Waits for pages to settle, and learns what never does. One for all tabs of a browser."""

    def __init__(self) -> None:
        self.habits = Habits()
        self._restless: set[str] = set()
        self._blank: set[str] = set()

    async def settle(
        self, page: Page, traffic: Traffic, *, within: float = BOUND, since: float = 0.0
    ) -> None:
        """Return once the page has settled or the time is over. Raises playwright's Error where the page is gone.

        ``since`` is the moment of an action: its request may start a little after it.
        """
        begun = alive = time.monotonic()
        end = begun + within
        while (left := end - time.monotonic()) > 0:
            if not await _loaded(page, min(left, SLICE)) and traffic.waiting():
                continue
            if not await _network_idle(traffic, end):
                return
            asked = time.monotonic()
            word = await self._drawing(page, left)
            if time.monotonic() - asked > STILL + BUSY_THREAD:
                alive = time.monotonic()
            if word == "inert" and await traffic.calm(since, until=since + STILL):
                return
            resting = word in {"still", "busy"} or (
                word == "blank" and not self._may_yet_draw(page, max(alive, traffic.last_event))
            )
            if resting and not traffic.waiting() and time.monotonic() - traffic.last_event >= STILL:
                return
            self.habits.learn_polls(traffic.asked_since(begun), begun)

    def _may_yet_draw(self, page: Page, alive: float) -> bool:
        """Whether a page that shows nothing is given more time since it was at work; each such address is once."""
        where = _address(page)
        if where in self._blank:
            return False
        if time.monotonic() - alive < BLANK:
            return True
        self._blank.add(where)
        return False

    async def _drawing(self, page: Page, left: float) -> str:
        where = _address(page)
        most = min(BUSY_AGAIN if where in self._restless else BUSY, max(left, STILL))
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


async def _network_idle(traffic: Traffic, end: float) -> bool:
    while traffic.waiting():
        left = end - time.monotonic()
        if left <= 0:
            return False
        traffic.changed.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(min(GRACE, left)):
                await traffic.changed.wait()
    return True


def _address(page: Page) -> str:
    return page.url.partition("?")[0].partition("#")[0]


async def _loaded(page: Page, within: float) -> bool:
    try:
        await page.wait_for_load_state("load", timeout=within * 1000)
    except TookTooLong:
        return False
    return True
