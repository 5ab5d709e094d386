"""Refused logins of our own: an app that holds off after them refuses the right password too, for a while."""

from __future__ import annotations

import math
import time
from asyncio import sleep
from collections import Counter
from collections.abc import Callable

REMEMBERED = 120.0
"""Seconds for which a refused login of ours is taken to be why the right password is refused."""
WINDOWS = (21.0, 61.0)
"""Seconds after the last of them for which the usual throttles hold off: twenty, or a minute."""
MOST = 240.0
"""Seconds that one account is waited for at most in all: the audit has others to look at."""


class OwnTries:
    """The refused logins of each account, and how long to wait until an app no longer counts them.

    An account that stayed shut after the longest wait is not waited for again: it may be locked for good.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._last, self._shut = clock, dict[str, float](), set[str]()
        self._waited = Counter[str]()

    def refused(self, account: str) -> None:
        """A login of the account was just refused."""
        self._last[account] = self._clock()

    def opened(self, account: str) -> None:
        """A login of the account just worked. What was refused before may count all the same."""
        self._shut.discard(account)

    def recent(self, account: str) -> bool:
        """Whether a login of the account was refused lately, and waiting is not known to be in vain."""
        last = self._last.get(account)
        if last is None or account in self._shut or self._waited[account] >= MOST:
            return False
        return self._clock() - last < REMEMBERED

    def in_vain(self, account: str) -> None:
        """The account's own password was refused after the longest wait as well: for another reason, or for good."""
        if account in self._shut:
            self._last.pop(account, None)

    async def wait_out(self, account: str, window: float = WINDOWS[-1]) -> bool:
        """Wait until ``window`` seconds have gone by since the last refusal. False where that would be no help."""
        if not self.recent(account):
            return False
        pause = max(0.0, window - (self._clock() - self._last[account]))
        self._waited[account] += math.ceil(pause)
        await sleep(pause)
        if window == WINDOWS[-1]:
            self._shut.add(account)  # until a login works
        return True
