"""The store for more than one machine, in the memory of a Redis or Valkey server: blocking and awaited.

One store is one slot of a cluster: a call touches several keys in one step, and a cluster takes no step over slots.
A deployment that outgrows one server gives tenants stores of their own, by name: a cluster spreads those.
"""

from collections.abc import Mapping

from sessionward.session.result import AuditEntry, Change, Creation, Feed, Written
from sessionward.session.state import Reason, Record, Session, Subject
from sessionward.session.stores import redis_calls as calls
from sessionward.session.stores.redis_driver import AsyncClient, AsyncLink, Client, Link, Settings
from sessionward.session.stores.store import FIRST_LINK

REMEMBERED = 1000
"""Of how many tenants the end of the trail is remembered, so that the server need not compute links."""


class Ends(dict[str, bytes]):
    """The last links of trails as this process knows them. Guesses: a wrong one costs time, and nothing else."""

    def guess(self, tenant: str) -> bytes:
        """What the last link of the trail of `tenant` may be."""
        return self.get(tenant, FIRST_LINK)

    def learn(self, tenant: str, entry: AuditEntry) -> AuditEntry:
        """Remember the end of a trail, and hand it back."""
        if len(self) >= REMEMBERED:
            self.clear()
        self[tenant] = entry.link
        return entry


class RedisStore:
    """Keeps the store `name` on the server at `address`, or where the client `address` leads.

    An address begins with redis://, rediss:// (TLS) or unix://, and for a cluster with redis+cluster:// or
    rediss+cluster://. `patience` is for how many seconds to wait for an answer, `connecting` for a connection,
    `connections` how many a process may have open at once; a ready client brings its own such figures.

    Raises:
        StoreError: the server cannot be asked, evicts sessions, or another version made the store.
        ValueError: `address` or `name` cannot be read, or a ready client repeats calls or answers text.

    """

    def __init__(
        self,
        address: str | Client,
        *,
        name: str = "sessionward",
        patience: float = 2.0,
        connecting: float = 1.0,
        connections: int = 50,
    ) -> None:
        settings = Settings(patience=patience, connecting=connecting, connections=connections)
        self._link = Link(address, name, settings)
        self._ends = Ends()

    def get(self, digest: bytes) -> Session:
        """See `Store.get`."""
        return self._link.ask(calls.get(digest))

    def create(self, record: Record, *, limit: int | None, now: float) -> Creation:
        """See `Store.create`."""
        return self._link.ask(calls.create(record, limit, now))

    def cas(self, record: Record) -> Written:
        """See `Store.cas`."""
        return self._link.ask(calls.cas(record))

    def renew(self, record: Record, *, retired: bytes, grace_until: float) -> Written:
        """See `Store.renew`."""
        return self._link.ask(calls.renew(record, retired, grace_until))

    def touch(self, handle: str, *, last_active: float) -> bool:
        """See `Store.touch`."""
        return self._link.ask(calls.touch(handle, last_active))

    def terminate(self, handle: str, *, owner: Subject | None, reason: Reason, at: float) -> bool:
        """See `Store.terminate`."""
        return self._link.ask(calls.terminate(handle, owner, reason, at))

    def write(self, handle: str, changes: Mapping[str, Change]) -> Written:
        """See `Store.write`."""
        return self._link.ask(calls.write(handle, changes))

    def epoch(self, subject: Subject) -> int:
        """See `Store.epoch`."""
        return self._link.ask(calls.epoch(subject))

    def advance_epoch(self, subject: Subject, *, reason: Reason, at: float, keep: str | None) -> int:
        """See `Store.advance_epoch`."""
        return self._link.ask(calls.advance_epoch(subject, reason, at, keep))

    def end_all(self, tenant: str | None, *, reason: Reason, at: float) -> Mapping[str | None, int]:
        """See `Store.end_all`."""
        steps = calls.end_all(tenant, reason, at)
        answer = None
        while True:
            try:
                question = steps.send(answer)
            except StopIteration as end:
                ended: Mapping[str | None, int] = end.value
                return ended
            answer = self._link.ask(question)

    def list(self, subject: Subject, *, now: float) -> tuple[Record, ...]:
        """See `Store.list`."""
        return self._link.ask(calls.sessions(subject, now))

    def consume_once(
        self, purpose: str, key: bytes, *, owner: Subject | None, until: float, now: float
    ) -> bool:
        """See `Store.consume_once`."""
        return self._link.ask(calls.consume_once(purpose, key, owner, until, now))

    def terminations_since(self, cursor: int, *, limit: int) -> Feed:
        """See `Store.terminations_since`."""
        return self._link.ask(calls.terminations_since(cursor, limit))

    def audit_append(self, tenant: str, content: bytes) -> AuditEntry:
        """See `Store.audit_append`."""
        question = calls.audit_append(tenant, content, self._ends.guess(tenant))
        return self._ends.learn(tenant, self._link.ask(question))

    def audit_since(self, tenant: str, position: int, *, limit: int) -> tuple[AuditEntry, ...]:
        """See `Store.audit_since`."""
        return self._link.ask(calls.audit_since(tenant, position, limit))

    def purge(self, *, now: float) -> int:
        """See `Store.purge`."""
        steps = calls.purge(now)
        answer = None
        while True:
            try:
                question = steps.send(answer)
            except StopIteration as end:
                return int(end.value)
            answer = self._link.ask(question)

    def close(self) -> None:
        """See `Store.close`."""
        self._link.close()


class AsyncRedisStore:
    """`RedisStore` for those who await. It first connects when it is first asked, and then raises what that does.

    Raises:
        ValueError: `address` or `name` cannot be read, or a ready client repeats calls or answers text.

    """

    def __init__(
        self,
        address: str | AsyncClient,
        *,
        name: str = "sessionward",
        patience: float = 2.0,
        connecting: float = 1.0,
        connections: int = 50,
    ) -> None:
        settings = Settings(patience=patience, connecting=connecting, connections=connections)
        self._link = AsyncLink(address, name, settings)
        self._ends = Ends()

    async def get(self, digest: bytes) -> Session:
        """See `Store.get`."""
        return await self._link.ask(calls.get(digest))

    async def create(self, record: Record, *, limit: int | None, now: float) -> Creation:
        """See `Store.create`."""
        return await self._link.ask(calls.create(record, limit, now))

    async def cas(self, record: Record) -> Written:
        """See `Store.cas`."""
        return await self._link.ask(calls.cas(record))

    async def renew(self, record: Record, *, retired: bytes, grace_until: float) -> Written:
        """See `Store.renew`."""
        return await self._link.ask(calls.renew(record, retired, grace_until))

    async def touch(self, handle: str, *, last_active: float) -> bool:
        """See `Store.touch`."""
        return await self._link.ask(calls.touch(handle, last_active))

    async def terminate(self, handle: str, *, owner: Subject | None, reason: Reason, at: float) -> bool:
        """See `Store.terminate`."""
        return await self._link.ask(calls.terminate(handle, owner, reason, at))

    async def write(self, handle: str, changes: Mapping[str, Change]) -> Written:
        """See `Store.write`."""
        return await self._link.ask(calls.write(handle, changes))

    async def epoch(self, subject: Subject) -> int:
        """See `Store.epoch`."""
        return await self._link.ask(calls.epoch(subject))

    async def advance_epoch(self, subject: Subject, *, reason: Reason, at: float, keep: str | None) -> int:
        """See `Store.advance_epoch`."""
        return await self._link.ask(calls.advance_epoch(subject, reason, at, keep))

    async def end_all(self, tenant: str | None, *, reason: Reason, at: float) -> Mapping[str | None, int]:
        """See `Store.end_all`."""
        steps = calls.end_all(tenant, reason, at)
        answer = None
        while True:
            try:
                question = steps.send(answer)
            except StopIteration as end:
                ended: Mapping[str | None, int] = end.value
                return ended
            answer = await self._link.ask(question)

    async def list(self, subject: Subject, *, now: float) -> tuple[Record, ...]:
        """See `Store.list`."""
        return await self._link.ask(calls.sessions(subject, now))

    async def consume_once(
        self, purpose: str, key: bytes, *, owner: Subject | None, until: float, now: float
    ) -> bool:
        """See `Store.consume_once`."""
        return await self._link.ask(calls.consume_once(purpose, key, owner, until, now))

    async def terminations_since(self, cursor: int, *, limit: int) -> Feed:
        """See `Store.terminations_since`."""
        return await self._link.ask(calls.terminations_since(cursor, limit))

    async def audit_append(self, tenant: str, content: bytes) -> AuditEntry:
        """See `Store.audit_append`."""
        question = calls.audit_append(tenant, content, self._ends.guess(tenant))
        return self._ends.learn(tenant, await self._link.ask(question))

    async def audit_since(self, tenant: str, position: int, *, limit: int) -> tuple[AuditEntry, ...]:
        """See `Store.audit_since`."""
        return await self._link.ask(calls.audit_since(tenant, position, limit))

    async def purge(self, *, now: float) -> int:
        """See `Store.purge`."""
        steps = calls.purge(now)
        answer = None
        while True:
            try:
                question = steps.send(answer)
            except StopIteration as end:
                return int(end.value)
            answer = await self._link.ask(question)

    async def close(self) -> None:
        """See `Store.close`."""
        await self._link.close()
