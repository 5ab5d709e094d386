"""An awaited store that remembers what it read: for ASGI apps."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress

from sessionward.session.result import AuditEntry, Change, Creation, Feed, StoreError, Written
from sessionward.session.state import Reason, Recalled, Record, Session, Subject
from sessionward.session.stores.direct import awaited
from sessionward.session.stores.local_cache import BATCH, LocalCache
from sessionward.session.stores.store import AsyncStore, Store


class AsyncCachedStore:
    """`store`, blocking or awaited, and what this process remembers of it.

    It promises what `CachedStore` does, word for word. A task reads the feed, from the first `get` until `close`,
    four times within the bound. It belongs to the event loop of that `get`; in another loop another one begins.

    Raises:
        PolicyError: a figure means nothing.

    """

    def __init__(
        self,
        store: Store | AsyncStore,
        *,
        bound: float = 1.0,
        entries: int = 100_000,
        size: int = 64 * 2**20,
        clock: Callable[[], float] | None = None,
    ) -> None:
        self._store = awaited(store)
        self._cache = LocalCache(bound=bound, entries=entries, size=size, clock=clock)
        self._closed = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._reader: asyncio.Task[None] | None = None

    def recall(self, digest: bytes, staleness: float) -> Recalled | None:
        """What the token with `digest` leads to, as it was at most `staleness` seconds and the bound ago.

        None is no answer at all: the store is to be asked.
        """
        return self._cache.recall(digest, staleness)

    async def get(self, digest: bytes) -> Session:
        """See `Store.get`."""
        self._start()
        heard = self._cache.heard()
        found = await self._store.get(digest)
        self._cache.keep(digest, found, heard)
        return found

    async def create(self, record: Record, *, limit: int | None, now: float) -> Creation:
        """See `Store.create`."""
        try:
            made = await self._store.create(record, limit=limit, now=now)
        except StoreError:  # nobody knows whom it took over from
            self._cache.forget((), record.subject)
            raise
        self._cache.forget(made.taken_over)
        return made

    async def cas(self, record: Record) -> Written:
        """See `Store.cas`."""
        try:
            return await self._store.cas(record)
        finally:  # also where nobody knows whether it was written
            self._cache.forget((record.handle,))

    async def renew(self, record: Record, *, retired: bytes, grace_until: float) -> Written:
        """See `Store.renew`."""
        try:
            return await self._store.renew(record, retired=retired, grace_until=grace_until)
        finally:
            self._cache.forget((record.handle,))

    async def touch(self, handle: str, *, last_active: float) -> bool:
        """See `Store.touch`."""
        lives = await self._store.touch(handle, last_active=last_active)
        if lives:
            self._cache.touched(handle, last_active)
        else:
            self._cache.forget((handle,))
        return lives

    async def terminate(self, handle: str, *, owner: Subject | None, reason: Reason, at: float) -> bool:
        """See `Store.terminate`."""
        try:
            return await self._store.terminate(handle, owner=owner, reason=reason, at=at)
        finally:
            self._cache.forget((handle,))

    async def write(self, handle: str, changes: Mapping[str, Change]) -> Written:
        """See `Store.write`."""
        try:
            return await self._store.write(handle, changes)
        finally:
            self._cache.forget((handle,))

    async def epoch(self, subject: Subject) -> int:
        """See `Store.epoch`."""
        return await self._store.epoch(subject)

    async def advance_epoch(self, subject: Subject, *, reason: Reason, at: float, keep: str | None) -> int:
        """See `Store.advance_epoch`."""
        try:
            return await self._store.advance_epoch(subject, reason=reason, at=at, keep=keep)
        finally:
            self._cache.forget((), subject)

    async def end_all(self, tenant: str | None, *, reason: Reason, at: float) -> Mapping[str | None, int]:
        """See `Store.end_all`."""
        try:
            return await self._store.end_all(tenant, reason=reason, at=at)
        finally:
            self._cache.forget_all()

    async def list(self, subject: Subject, *, now: float) -> tuple[Record, ...]:
        """See `Store.list`."""
        return await self._store.list(subject, now=now)

    async def consume_once(
        self, purpose: str, key: bytes, *, owner: Subject | None, until: float, now: float
    ) -> bool:
        """See `Store.consume_once`."""
        return await self._store.consume_once(purpose, key, owner=owner, until=until, now=now)

    async def terminations_since(self, cursor: int, *, limit: int) -> Feed:
        """See `Store.terminations_since`."""
        return await self._store.terminations_since(cursor, limit=limit)

    async def audit_append(self, tenant: str, content: bytes) -> AuditEntry:
        """See `Store.audit_append`."""
        return await self._store.audit_append(tenant, content)

    async def audit_since(self, tenant: str, position: int, *, limit: int) -> tuple[AuditEntry, ...]:
        """See `Store.audit_since`."""
        return await self._store.audit_since(tenant, position, limit=limit)

    async def purge(self, *, now: float) -> int:
        """See `Store.purge`."""
        return await self._store.purge(now=now)

    async def close(self) -> None:
        """See `Store.close`."""
        self._closed = True
        if self._reader is not None and self._loop is asyncio.get_running_loop():
            self._reader.cancel()
        self._cache.begin_anew()
        await self._store.close()

    async def read_feed(self) -> None:
        """Take in all that the feed has to tell.

        Raises:
            StoreError: the store could not be asked.

        """
        more = True
        while more:
            began = self._cache.clock()
            feed = await self._store.terminations_since(self._cache.cursor, limit=BATCH)
            more = self._cache.learn(feed, began)

    def _start(self) -> None:
        loop = asyncio.get_running_loop()
        running = self._reader is not None and self._loop is loop and not self._reader.done()
        if not running and not self._closed:
            self._loop, self._reader = loop, loop.create_task(self._follow(), name="sessionward-feed")

    async def _follow(self) -> None:
        while not self._closed:
            with suppress(StoreError):  # what is not heard of is not told from memory
                await self.read_feed()
            await asyncio.sleep(self._cache.interval)
