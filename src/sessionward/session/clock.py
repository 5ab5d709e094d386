"""The time that sessions are held to."""

import time
from collections.abc import Callable


class SteadyClock:
    """The wall clock, in seconds since 1970, except that it never goes back while the process lives.

    A clock set back would lengthen every session and every grace; one that stands still until the wall clock
    has caught up lengthens them by no more than that, and only in what began before.
    """

    def __init__(self, wall: Callable[[], float] = time.time) -> None:
        self._wall = wall
        self._latest = wall()

    def __call__(self) -> float:
        """The present moment."""
        now = self._wall()
        if now < self._latest:
            return self._latest
        self._latest = now
        return now
