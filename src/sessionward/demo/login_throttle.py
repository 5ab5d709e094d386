"""Guessing passwords is slow: after some failures each further try must wait, longer each time.

The wait is by account *and* client, so a stranger who guesses at an account does not shut its owner out. It is
short and has an end, so that the owner who mistyped gets in soon.
"""

from collections.abc import Callable
from dataclasses import dataclass

LONGEST_WAIT = 15.0
"""Seconds; reached after four further failures."""

FORGOTTEN_AFTER = 900.0
"""Seconds without a failure after which the count begins anew."""

MOST_KEYS = 10_000
"""Pairs of account and client that are counted at once; the oldest is dropped first."""

Key = tuple[str, str]
"""The account's login name, known here or not, and the client's address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Failures:
    count: int
    last: float


class LoginThrottle:
    """Failed logins of one running clinic."""

    def __init__(self, allowed: int | None, clock: Callable[[], float]) -> None:
        """`allowed` failures are free of any wait; `None` for any number."""
        self._allowed = allowed
        self._clock = clock
        self._failures: dict[Key, _Failures] = {}

    def wait(self, key: Key) -> float:
        """Seconds until the next try is looked at, 0 where it may be made now."""
        found = self._failures.get(key)
        if found is None or self._allowed is None or found.count < self._allowed:
            return 0.0
        wait = min(LONGEST_WAIT, 2.0 ** min(found.count - self._allowed, 10))
        return max(0.0, found.last + wait - self._clock())

    def failed(self, key: Key) -> None:
        """Count one more failure."""
        now = self._clock()
        found = self._failures.pop(key, None)
        count = found.count if found and now - found.last < FORGOTTEN_AFTER else 0
        self._failures[key] = _Failures(count=count + 1, last=now)
        if len(self._failures) > MOST_KEYS:
            del self._failures[next(iter(self._failures))]

    def succeeded(self, key: Key) -> None:
        """The right password was given: the count begins anew."""
        self._failures.pop(key, None)
