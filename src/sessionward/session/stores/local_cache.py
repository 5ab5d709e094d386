"""What one process remembers of sessions, and for how long it may be believed. It asks no store and starts nothing."""

import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from threading import Lock

from sessionward.session.policy import PolicyError
from sessionward.session.result import Feed
from sessionward.session.state import Presented, Recalled, Session, Subject, TokenAge

BATCH = 1000
"""How many entries of the feed are read at once."""

LONGEST_BOUND = 60.0
READS_PER_BOUND = 4
"""How often the feed is read within the bound, so that one slow read or two do not yet cost the memory."""

OVERHEAD = 2048
"""Bytes that an entry takes besides its texts, generously."""


BOOT_TIME: int | None = getattr(time, "CLOCK_BOOTTIME", None)

awake_or_asleep: Callable[[], float] = (
    time.monotonic if BOOT_TIME is None else partial(time.clock_gettime, BOOT_TIME)
)
"""Seconds that pass also while the machine sleeps.

Linux stops its CLOCK_MONOTONIC meanwhile, and a laptop or a virtual machine that wakes up would believe what it knew
before. CLOCK_BOOTTIME goes on, as what macOS calls monotonic does.
"""


@dataclass(frozen=True, slots=True)
class _Entry:
    recalled: Recalled
    size: int


class LocalCache:
    """Sessions by the digests of their tokens, the least recently used forgotten beyond `entries` or `size` bytes.

    They are told only while all that the feed held less than `bound` seconds ago has been taken in. That moment is
    counted from when the reading of the feed began: what was committed before it, the reading has seen.
    Only living sessions under their current tokens are kept: an unknown, a renewed or an ended one is looked up.

    An answer of the store is kept only if nothing was heard of since it was asked for. Otherwise an answer that
    was overtaken by the news of a change would be kept after the news that it is out of date.

    `clock` gives seconds that never go back, and that pass also while the machine sleeps.

    Raises:
        PolicyError: a figure means nothing.

    """

    def __init__(
        self, *, bound: float, entries: int, size: int, clock: Callable[[], float] | None = None
    ) -> None:
        if not 0 < bound <= LONGEST_BOUND:
            raise PolicyError(
                f"bound is {bound:g} seconds, and must be more than 0 and at most {LONGEST_BOUND:g}."
            )
        if entries < 1 or size < 1:
            raise PolicyError("A cache must have room for at least one entry and one byte.")
        self.interval = bound / READS_PER_BOUND
        self.cursor = 0
        self.clock = clock or awake_or_asleep
        self._bound = bound
        self._most = entries
        self._room = size
        self._used = 0
        self._heard = 0
        self._as_of = float("-inf")
        self._kept: OrderedDict[bytes, _Entry] = OrderedDict()
        self._by_handle: dict[str, bytes] = {}
        self._by_subject: dict[Subject, set[str]] = {}
        self._lock = Lock()

    def recall(self, digest: bytes, staleness: float) -> Recalled | None:
        """What the token with `digest` leads to, if that is surely no older than `staleness` and the bound."""
        age = self.clock() - self._as_of
        if age >= self._bound or age >= staleness:
            return None
        try:  # without the lock: each step is whole in itself, and what is forgotten in between is not told
            found = self._kept[digest]
            self._kept.move_to_end(digest)
        except KeyError:
            return None
        return found.recalled

    def heard(self) -> int:
        """How much was heard of until now; asked before the store is, and handed to `keep` with its answer."""
        return self._heard

    def keep(self, digest: bytes, answer: Session, heard: int) -> None:
        """Remember the store's `answer`, which was asked for when `heard` was all that had been heard of."""
        if not isinstance(answer, Presented) or answer.age is not TokenAge.CURRENT:
            return
        size = OVERHEAD + sum(len(key) + len(value.content) for key, value in answer.data.items())
        with self._lock:
            if heard != self._heard or size > self._room:
                return
            self._drop(answer.record.handle)
            remembered = Recalled(
                record=answer.record, age=answer.age, grace_until=answer.grace_until, data=answer.data
            )
            self._kept[digest] = _Entry(remembered, size)
            self._by_handle[answer.record.handle] = digest
            if answer.record.subject is not None:
                self._by_subject.setdefault(answer.record.subject, set()).add(answer.record.handle)
            self._used += size
            while len(self._kept) > self._most or self._used > self._room:
                self._drop(next(iter(self._kept.values())).recalled.record.handle)

    def forget(self, handles: Iterable[str], subject: Subject | None = None) -> None:
        """Know nothing any more of the sessions `handles`, nor of any of `subject`."""
        with self._lock:
            self._heard += 1
            self._forget(handles, subject)

    def forget_all(self) -> None:
        """Know nothing any more of any session."""
        with self._lock:
            self._heard += 1
            self._clear()

    def touched(self, handle: str, last_active: float) -> None:
        """The activity of the session `handle` was raised to `last_active`: no reason to forget the rest of it."""
        with self._lock:
            digest = self._by_handle.get(handle)
            if digest is None:
                return
            entry = self._kept[digest]
            record = entry.recalled.record
            if last_active > record.last_active:
                after = replace(entry.recalled, record=replace(record, last_active=last_active), notes={})
                self._kept[digest] = replace(entry, recalled=after)

    def learn(self, feed: Feed, began: float) -> bool:
        """Take in what the feed told to a reading that began at `began`; whether there is more to be read at once."""
        with self._lock:
            if not feed.complete:
                self._heard += 1
                self._clear()
            for entry in feed.terminations:
                self._heard += 1
                if entry.handle is None:
                    self._forget((), entry.subject)
                else:
                    self._drop(entry.handle)
            self.cursor = feed.cursor
            more = len(feed.terminations) >= BATCH
            if not more:
                self._as_of = max(self._as_of, began)
            return more

    def begin_anew(self) -> None:
        """Know nothing, and tell nothing until the feed has been read again: for a process that was just forked.

        The lock may be held by a thread that did not come along, so it is a new one.
        """
        self._lock = Lock()
        self._heard += 1
        self._as_of = float("-inf")
        self._clear()

    def _forget(self, handles: Iterable[str], subject: Subject | None) -> None:
        for handle in handles:
            self._drop(handle)
        if subject is not None:
            for handle in tuple(self._by_subject.get(subject, ())):
                self._drop(handle)

    def _drop(self, handle: str) -> None:
        digest = self._by_handle.pop(handle, None)
        if digest is None:
            return
        entry = self._kept.pop(digest)
        self._used -= entry.size
        subject = entry.recalled.record.subject
        if subject is not None:
            of_subject = self._by_subject[subject]
            of_subject.discard(handle)
            if not of_subject:
                del self._by_subject[subject]

    def _clear(self) -> None:
        self._kept.clear()
        self._by_handle.clear()
        self._by_subject.clear()
        self._used = 0
