"""What pages were seen to do again and again, so that nobody waits for it twice."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from playwright.async_api import Request as Asked

ENDLESS = frozenset({"eventsource", "websocket", "media", "ping"})
"""Kinds of requests that last as long as the page: nobody waits for them to end."""
PATIENCE = {"document": 15.0, "script": 15.0, "stylesheet": 15.0}
USUAL_PATIENCE = 5.0
"""Seconds that a request is waited for: what a page cannot be drawn without, and all else."""
GRACE = 0.7
"""Seconds for a path that was too slow before."""
OFTEN = 4
VERY_OFTEN = 12
"""Asked for so many times while one page settles, the same request, or an address with any query, is polled."""
A_WHILE = 3.0
"""Seconds after which many requests of one address are no longer the way in which a page loads."""


@dataclass(slots=True, kw_only=True, eq=False)
class Pending:
    """A request that was asked for at a moment of the monotonic clock."""

    asked: Asked
    started: float

    @property
    def path(self) -> str:
        """The method and the address without its query."""
        return f"{self.asked.method} {self.asked.url.partition('?')[0]}"

    @property
    def whole(self) -> str:
        """The method, the whole address and what was sent, as a short text."""
        return f"{self.asked.method} {self.asked.url} {hash(self.asked.post_data_buffer)}"


@dataclass(slots=True)
class Habits:
    """Paths that answer late or never (``lingering``), and requests that are made all the time (``polled``).

    A lingering path is still waited for a little, and believed again once it is quick: one slow call of an address that
    serves many purposes must not let the others go unseen.
    """

    lingering: set[str] = field(default_factory=set)
    polled: set[str] = field(default_factory=set)

    def matters(self, pending: Pending) -> bool:
        """Whether its beginning and end say that a page is at work."""
        if pending.asked.resource_type in ENDLESS:
            return False
        return pending.path not in self.polled and pending.whole not in self.polled

    def is_awaited(self, pending: Pending) -> bool:
        """Whether a request under way is worth waiting for any longer; learns that a path is slow."""
        if not self.matters(pending):
            return False
        age = time.monotonic() - pending.started
        usual = PATIENCE.get(pending.asked.resource_type, USUAL_PATIENCE)
        if age >= usual:
            self.lingering.add(pending.path)
        return age < (GRACE if pending.path in self.lingering else usual)

    def ended(self, pending: Pending) -> None:
        """A request came to its end."""
        if time.monotonic() - pending.started < GRACE:
            self.lingering.discard(pending.path)

    def learn_polls(self, asked: Iterable[Pending], begun: float) -> None:
        """Learn what is polled from what was asked for since a page ``begun`` to settle."""
        asked = tuple(asked)
        same, paths = Counter(pending.whole for pending in asked), Counter(pending.path for pending in asked)
        self.polled |= {whole for whole, times in same.items() if times >= OFTEN}
        if time.monotonic() - begun > A_WHILE:
            self.polled |= {path for path, times in paths.items() if times >= VERY_OFTEN}
