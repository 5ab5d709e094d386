"""A blocking store that remembers what it read: for Django, Flask and whatever else serves with threads."""

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from threading import Event, Lock, Thread
from weakref import WeakSet

from sessionward.session.result import AuditEntry, Change, Creation, Feed, StoreError, Written
from sessionward.session.state import Reason, Recalled, Record, Session, Subject
from sessionward.session.stores.local_cache import BATCH, LocalCache
from sessionward.session.stores.store import Store


class CachedStore:
    """`store`, and what this process remembers of it, of which `recall` tells without asking anybody.

    No request that starts more than `bound` seconds after a session was ended, locked, renewed or changed in any
    other process is served by what was true before. What this process changes itself it knows at once.
    A feed that cannot be read for so long makes `recall` tell nothing, so that all is asked of the store; a store
    that cannot be asked is a `StoreError`, as without a memory. `get` always asks.

    A thread reads the feed, from the first `get` until `close`, four times within the bound. A process that forks,
    as gunicorn's do with `--preload`, begins in each child with an empty memory and a thread of its own.
    At most `entries` sessions are remembered, in about `size` bytes.

    Raises:
        PolicyError: a figure means nothing.

    """

    def __init__(
        self,
        store: Store,
        *,
        bound: float = 1.0,
        entries: int = 100_000,
        size: int = 64 * 2**20,
        clock: Callable[[], float] | None = None,
    ) -> None:
        self._store = store
        self._cache = LocalCache(bound=bound, entries=entries, size=size, clock=clock)
        self._starting = Lock()
        self._stopped = Event()
        self._reader: Thread | None = None
        _OPEN.add(self)

    def recall(self, digest: bytes, staleness: float) -> Recalled | None:
        """What the token with `digest` leads to, as it was at most `staleness` seconds and the bound ago.

        None is no answer at all: the store is to be asked.
        """
        return self._cache.recall(digest, staleness)

    def get(self, digest: bytes) -> Session:
        """See `Store.get`."""
        if self._reader is None or not self._reader.is_alive():
            self._start()
        heard = self._cache.heard()
        found = self._store.get(digest)
        self._cache.keep(digest, found, heard)
        return found

    def create(self, record: Record, *, limit: int | None, now: float) -> Creation:
        """See `Store.create`."""
        try:
            made = self._store.create(record, limit=limit, now=now)
        except StoreError:  # nobody knows whom it took over from
            self._cache.forget((), record.subject)
            raise
        self._cache.forget(made.taken_over)
        return made

    def cas(self, record: Record) -> Written:
        """See `Store.cas`."""
        try:
            return self._store.cas(record)
        finally:  # also where nobody knows whether it was written
            self._cache.forget((record.handle,))

    def renew(self, record: Record, *, retired: bytes, grace_until: float) -> Written:
        """See `Store.renew`."""
        try:
            return self._store.renew(record, retired=retired, grace_until=grace_until)
        finally:
            self._cache.forget((record.handle,))

    def touch(self, handle: str, *, last_active: float) -> bool:
        """See `Store.touch`."""
        lives = self._store.touch(handle, last_active=last_active)
        if lives:
            self._cache.touched(handle, last_active)
        else:
            self._cache.forget((handle,))
        return lives

    def terminate(self, handle: str, *, owner: Subject | None, reason: Reason, at: float) -> bool:
        """See `Store.terminate`."""
        try:
            return self._store.terminate(handle, owner=owner, reason=reason, at=at)
        finally:
            self._cache.forget((handle,))

    def write(self, handle: str, changes: Mapping[str, Change]) -> Written:
        """See `Store.write`."""
        try:
            return self._store.write(handle, changes)
        finally:
            self._cache.forget((handle,))

    def epoch(self, subject: Subject) -> int:
        """See `Store.epoch`."""
        return self._store.epoch(subject)

    def advance_epoch(self, subject: Subject, *, reason: Reason, at: float, keep: str | None) -> int:
        """See `Store.advance_epoch`."""
        try:
            return self._store.advance_epoch(subject, reason=reason, at=at, keep=keep)
        finally:
            self._cache.forget((), subject)

    def end_all(self, tenant: str | None, *, reason: Reason, at: float) -> Mapping[str | None, int]:
        """See `Store.end_all`."""
        try:
            return self._store.end_all(tenant, reason=reason, at=at)
        finally:
            self._cache.forget_all()

    def list(self, subject: Subject, *, now: float) -> tuple[Record, ...]:
        """See `Store.list`."""
        return self._store.list(subject, now=now)

    def consume_once(
        self, purpose: str, key: bytes, *, owner: Subject | None, until: float, now: float
    ) -> bool:
        """See `Store.consume_once`."""
        return self._store.consume_once(purpose, key, owner=owner, until=until, now=now)

    def terminations_since(self, cursor: int, *, limit: int) -> Feed:
        """See `Store.terminations_since`."""
        return self._store.terminations_since(cursor, limit=limit)

    def audit_append(self, tenant: str, content: bytes) -> AuditEntry:
        """See `Store.audit_append`."""
        return self._store.audit_append(tenant, content)

    def audit_since(self, tenant: str, position: int, *, limit: int) -> tuple[AuditEntry, ...]:
        """See `Store.audit_since`."""
        return self._store.audit_since(tenant, position, limit=limit)

    def purge(self, *, now: float) -> int:
        """See `Store.purge`."""
        return self._store.purge(now=now)

    def close(self) -> None:
        """See `Store.close`. The thread ends; what it is just asking it is not waited for."""
        self._stopped.set()
        self._cache.begin_anew()
        self._store.close()

    def read_feed(self) -> None:
        """Take in all that the feed has to tell.

        Raises:
            StoreError: the store could not be asked.

        """
        more = True
        while more:
            began = self._cache.clock()
            feed = self._store.terminations_since(self._cache.cursor, limit=BATCH)
            more = self._cache.learn(feed, began)

    def forked(self) -> None:
        """Begin anew in a process that was just forked, into which no thread came along."""
        stopped = self._stopped.is_set()
        self._starting, self._stopped = (
            Lock(),
            Event(),
        )  # those of before may be held by a thread that is not here
        if stopped:
            self._stopped.set()
        self._reader = None
        self._cache.begin_anew()

    def _start(self) -> None:
        with self._starting:
            running = self._reader is not None and self._reader.is_alive()
            if not running and not self._stopped.is_set():
                self._reader = Thread(target=self._follow, name="sessionward-feed", daemon=True)
                self._reader.start()

    def _follow(self) -> None:
        while not self._stopped.is_set():
            with suppress(StoreError):  # what is not heard of is not told from memory
                self.read_feed()
            self._stopped.wait(self._cache.interval)


_OPEN: WeakSet[CachedStore] = WeakSet()


def _in_child() -> None:
    for store in tuple(_OPEN):
        store.forked()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_in_child)
