"""A blocking store for those who await.

The calls run where they are awaited, not in a thread: a store in memory or in a file of the same machine answers
faster than a thread can be handed the question.
"""

import inspect
from collections.abc import Callable, Mapping
from typing import Any

from sessionward.session.result import AuditEntry, Change, Creation, Feed, Written
from sessionward.session.state import Reason, Recalled, Record, Session, Subject
from sessionward.session.stores.cached import CachedStore
from sessionward.session.stores.store import AsyncStore, Store


class Direct:
    """`store` as an `AsyncStore`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def remembered(self) -> Callable[[bytes, float], Recalled | None] | None:
        """How to ask for what the store remembers, None if it is none that does. See `CachedStore.recall`."""
        return self._store.recall if isinstance(self._store, CachedStore) else None

    def recall(self, digest: bytes, staleness: float) -> Recalled | None:
        """What the store remembers, if it is one that does. See `CachedStore.recall`."""
        return None if self.remembered is None else self.remembered(digest, staleness)

    async def get(self, digest: bytes) -> Session:
        """See `Store.get`."""
        return self._store.get(digest)

    async def create(self, record: Record, *, limit: int | None, now: float) -> Creation:
        """See `Store.create`."""
        return self._store.create(record, limit=limit, now=now)

    async def cas(self, record: Record) -> Written:
        """See `Store.cas`."""
        return self._store.cas(record)

    async def renew(self, record: Record, *, retired: bytes, grace_until: float) -> Written:
        """See `Store.renew`."""
        return self._store.renew(record, retired=retired, grace_until=grace_until)

    async def touch(self, handle: str, *, last_active: float) -> bool:
        """See `Store.touch`."""
        return self._store.touch(handle, last_active=last_active)

    async def terminate(self, handle: str, *, owner: Subject | None, reason: Reason, at: float) -> bool:
        """See `Store.terminate`."""
        return self._store.terminate(handle, owner=owner, reason=reason, at=at)

    async def write(self, handle: str, changes: Mapping[str, Change]) -> Written:
        """See `Store.write`."""
        return self._store.write(handle, changes)

    async def epoch(self, subject: Subject) -> int:
        """See `Store.epoch`."""
        return self._store.epoch(subject)

    async def advance_epoch(self, subject: Subject, *, reason: Reason, at: float, keep: str | None) -> int:
        """See `Store.advance_epoch`."""
        return self._store.advance_epoch(subject, reason=reason, at=at, keep=keep)

    async def end_all(self, tenant: str | None, *, reason: Reason, at: float) -> Mapping[str | None, int]:
        """See `Store.end_all`."""
        return self._store.end_all(tenant, reason=reason, at=at)

    async def list(self, subject: Subject, *, now: float) -> tuple[Record, ...]:
        """See `Store.list`."""
        return self._store.list(subject, now=now)

    async def consume_once(
        self, purpose: str, key: bytes, *, owner: Subject | None, until: float, now: float
    ) -> bool:
        """See `Store.consume_once`."""
        return self._store.consume_once(purpose, key, owner=owner, until=until, now=now)

    async def terminations_since(self, cursor: int, *, limit: int) -> Feed:
        """See `Store.terminations_since`."""
        return self._store.terminations_since(cursor, limit=limit)

    async def audit_append(self, tenant: str, content: bytes) -> AuditEntry:
        """See `Store.audit_append`."""
        return self._store.audit_append(tenant, content)

    async def audit_since(self, tenant: str, position: int, *, limit: int) -> tuple[AuditEntry, ...]:
        """See `Store.audit_since`."""
        return self._store.audit_since(tenant, position, limit=limit)

    async def purge(self, *, now: float) -> int:
        """See `Store.purge`."""
        return self._store.purge(now=now)

    async def close(self) -> None:
        """See `Store.close`."""
        self._store.close()


def awaited(store: Store | AsyncStore) -> AsyncStore:
    """`store` for those who await. A structural type cannot be asked for at run time; its methods can."""
    known: Any = store
    made: AsyncStore = known if inspect.iscoroutinefunction(known.get) else Direct(known)
    return made
