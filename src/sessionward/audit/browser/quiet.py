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
from sessionward.audit.browser.repose import STILL, Repose
from sessionward.audit.browser.traffic import Traffic

SCRIPT = files(__package__).joinpath("quiet.js").read_text(encoding="utf-8")
AT_REST = frozenset({"inert", "calm", "still", "busy"})
DRAWN = frozenset({"calm", "still"})
"""Said of a page that shows something."""
DRAWN_WITHIN = 0.05
"""Seconds after which what a script was answered has become its next request or been drawn."""
BUSY_THREAD = 0.2
"""Seconds by which a page answers late whose scripts are at work: large ones take long to start on a slow machine."""
HANG = 1.5
"""Seconds beyond its time after which a page that does not even say how it is counts as busy."""
BOUND = 15.0
SLICE = 1.0
"""How often it is asked anew whether a page that does not load lacks something that never ends."""


class Quiet:
    """Waits for pages to settle, and learns what never does. One for all tabs of a browser."""

    def __init__(self) -> None:
        self.habits = Habits()
        self._repose = Repose()

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
            if not await self._network_idle(traffic, begun, end):
                return
            asked = time.monotonic()
            fresh = bool(since) and traffic.has_navigated(page, since)
            word = await self._drawing(page, left, self._repose.still(page.url) if fresh else STILL)
            if time.monotonic() - asked > STILL + BUSY_THREAD:
                alive = time.monotonic()
            if word in DRAWN:
                self._repose.drew(page.url)
            at_work = max(alive, traffic.last_call)
            rests = word in AT_REST or (word == "blank" and not self._repose.may_yet_draw(page.url, at_work))
            if rests and await traffic.stays_idle(_until(word, traffic, since)):
                if fresh:
                    self._repose.loaded(page.url, calm=word == "calm" and traffic.last_call < asked)
                return
            self.habits.learn_polls(traffic.asked_since(begun), begun)

    async def _network_idle(self, traffic: Traffic, begun: float, end: float) -> bool:
        """Whether nothing is waited for any more before the end. Polls that overlap would never let it come to that."""
        while traffic.waiting():
            left = end - time.monotonic()
            if left <= 0:
                return False
            traffic.changed.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(min(GRACE, left)):
                    await traffic.changed.wait()
            if time.monotonic() - begun > GRACE:
                self.habits.learn_polls(traffic.asked_since(begun), begun)
        return True

    async def _drawing(self, page: Page, left: float, still: float) -> str:
        url = page.url
        most = min(self._repose.most(url), max(left, STILL))
        try:
            async with asyncio.timeout(most + HANG):
                word = str(await page.evaluate(SCRIPT, {"still": still * 1000, "most": most * 1000}))
        except TimeoutError:
            return "busy"
        except Error as error:
            if is_gone(error):
                raise
            return "left"
        if word == "busy":
            self._repose.moved_on(url)
        return word


def _until(word: str, traffic: Traffic, since: float) -> float:
    """The moment until which nothing may start, for a page that rests to have settled."""
    started = word != "inert" or bool(traffic.asked_since(since))
    return max(traffic.last_call + DRAWN_WITHIN, 0.0 if started else since + STILL)


async def _loaded(page: Page, within: float) -> bool:
    try:
        await page.wait_for_load_state("load", timeout=within * 1000)
    except TookTooLong:
        return False
    return True
