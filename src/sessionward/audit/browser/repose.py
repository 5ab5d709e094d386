"""How pages come to rest, learnt by their addresses, so that nobody waits in vain twice."""

from __future__ import annotations

import time
from collections import Counter

STILL = 0.1
"""Seconds without a change and without a request after which a page counts as settled."""
STILL_AGAIN = 0.03
OFTEN_ENOUGH = 2
"""The same for a page that was loaded so often and never stirred afterwards."""
BUSY = 1.5
BUSY_AGAIN = 0.3
"""How long a page that is always moving (a clock, a carousel) is waited for, the first time and later."""
BLANK = 4.0
"""How long a page is waited for that has scripts and shows nothing yet; once."""
LATE = 10.0
"""The same for a page that was given up once and drew after all: its scripts are large, or the machine is busy."""


class Repose:
    """What was learnt of pages. An address counts without its query."""

    def __init__(self) -> None:
        self._restless: set[str] = set()
        self._blank: set[str] = set()
        self._late: set[str] = set()
        self._calm: Counter[str] = Counter()

    def still(self, url: str) -> float:
        """Seconds of rest that show that a page which was just loaded has settled."""
        return STILL_AGAIN if self._calm[address(url)] >= OFTEN_ENOUGH else STILL

    def most(self, url: str) -> float:
        """Seconds that a page may move."""
        return BUSY_AGAIN if address(url) in self._restless else BUSY

    def moved_on(self, url: str) -> None:
        """A page moved for as long as it might."""
        self._restless.add(address(url))

    def loaded(self, url: str, *, calm: bool) -> None:
        """A page was loaded and settled; ``calm``: it did nothing once it was there."""
        self._calm[address(url)] = self._calm[address(url)] + 1 if calm else 0

    def drew(self, url: str) -> None:
        """A page shows something. One that was given up before it did is only slow.

        One that was given up as a slow page as well shows nothing to some visitors.
        """
        late = self._blank & {address(url)} - self._late
        self._blank -= late
        self._late |= late

    def may_yet_draw(self, url: str, since: float) -> bool:
        """Whether a page that shows nothing yet is given more time; ``since`` is when it was last seen at work."""
        if address(url) in self._blank:
            return False
        if time.monotonic() - since < (LATE if address(url) in self._late else BLANK):
            return True
        self._blank.add(address(url))
        return False


def address(url: str) -> str:
    """An address without query and fragment."""
    return url.partition("#")[0].partition("?")[0]
