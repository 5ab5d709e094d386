"""When a process has its store forget what is too old to matter."""

from collections.abc import Callable

INTERVAL = 600.0


class Purges:
    """Every ten minutes by `clock`, once in a process, after an answer and not before."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._next = 0.0

    def due(self) -> bool:
        """Whether it is time, which it then is not again for ten minutes."""
        now = self._clock()
        if now < self._next:
            return False
        self._next = now + INTERVAL
        return True
