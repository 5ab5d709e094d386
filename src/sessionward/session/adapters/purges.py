"""When a process has its store forget what is too old to matter."""

INTERVAL = 600.0


class Purges:
    """Every ten minutes, once in a process, after an answer and not before."""

    def __init__(self) -> None:
        self._next = 0.0

    def due(self, now: float) -> bool:
        """Whether it is time, which it then is not again for ten minutes; `now` in seconds since 1970."""
        if now < self._next:
            return False
        self._next = now + INTERVAL
        return True
