"""How many requests were made, and no more of them in a second than is polite."""

from __future__ import annotations

import asyncio
import time


class Pace:
    """Counts requests; where ``rate`` (requests per second) is given, holds actions back until it is kept.

    A browser asks for what a page needs at once, so a single page may exceed the rate: the next action pays for it.
    """

    def __init__(self, rate: float | None = None) -> None:
        self.made = 0
        self._rate = rate
        self._free_at = 0.0

    def count(self) -> None:
        """One more request was made."""
        self.made += 1
        if self._rate:
            self._free_at = max(self._free_at, time.monotonic()) + 1 / self._rate

    async def turn(self) -> None:
        """Wait until another request may be made."""
        delay = self._free_at - time.monotonic()
        if self._rate and delay > 0:
            await asyncio.sleep(delay)
