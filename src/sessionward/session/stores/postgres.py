"""The store for more than one machine: PostgreSQL, blocking and awaited."""

from collections.abc import Mapping

from sessionward.session.result import AuditEntry, Change, Creation, Feed, Written
from sessionward.session.state import Reason, Record, Session, Subject
from sessionward.session.stores import postgres_calls as calls
from sessionward.session.stores.postgres_driver import Settings, in_one_transaction
from sessionward.session.stores.postgres_pool import AsyncPool, Pool
from sessionward.session.stores.postgres_schema import migrate


class PostgresStore:
    """Keeps sessions in the database at `address` (a URL or a connection string of libpq), below `schema`.

    `patience` is for how many seconds a call may take before it is given up, `connections` how many it may keep
    open at most; each process has its own. Behind a pooler that hands out connections by the transaction, say
    `transaction_pooling`: then no prepared statements and no settings of a connection are relied on.

    Raises:
        StoreError: the database cannot be asked, is read-only, or was set up for another version.
        ValueError: `schema` is no name.

    """

    def __init__(
        self,
        address: str,
        *,
        schema: str = "sessionward",
        patience: float = 2.0,
        connections: int = 10,
        transaction_pooling: bool = False,
    ) -> None:
        self._pool = Pool(
            Settings(
                address=address,
                schema=schema,
                patience=patience,
                connections=connections,
                transaction_pooling=transaction_pooling,
            )
        )
        self._pool.connect()

    @classmethod
    def migrate(
        cls,
        address: str,
        *,
        schema: str = "sessionward",
        grant_to: str | None = None,
        patience: float = 60.0,
    ) -> tuple[str, ...]:
        """Make or bring up to date the tables, and let the role `grant_to` use them; the files that were applied.

        All or nothing. Of several that migrate at once, the others wait for the first and then find nothing to do.

        Raises:
            StoreError: the role of `address` may not do it, or a newer version has been here.
            ValueError: `schema` or `grant_to` is no name.

        """
        settings = Settings(address=address, schema=schema, patience=patience)
        return in_one_transaction(
            settings,
            lambda execute: migrate(execute, schema=schema, grant_to=grant_to, functions=calls.FUNCTIONS),
        )

    def get(self, digest: bytes) -> Session:
        """See `Store.get`."""
        return self._pool.ask(calls.get(digest))

    def create(self, record: Record, *, limit: int | None, now: float) -> Creation:
        """See `Store.create`."""
        return self._pool.ask(calls.create(record, limit, now))

    def cas(self, record: Record) -> Written:
        """See `Store.cas`."""
        return self._pool.ask(calls.cas(record))

    def renew(self, record: Record, *, retired: bytes, grace_until: float) -> Written:
        """See `Store.renew`."""
        return self._pool.ask(calls.renew(record, retired, grace_until))

    def touch(self, handle: str, *, last_active: float) -> bool:
        """See `Store.touch`."""
        return self._pool.ask(calls.touch(handle, last_active))

    def terminate(self, handle: str, *, owner: Subject | None, reason: Reason, at: float) -> bool:
        """See `Store.terminate`."""
        return self._pool.ask(calls.terminate(handle, owner, reason, at))

    def write(self, handle: str, changes: Mapping[str, Change]) -> Written:
        """See `Store.write`."""
        return self._pool.ask(calls.write(handle, changes))

    def epoch(self, subject: Subject) -> int:
        """See `Store.epoch`."""
        return self._pool.ask(calls.epoch(subject))

    def advance_epoch(self, subject: Subject, *, reason: Reason, at: float, keep: str | None) -> int:
        """See `Store.advance_epoch`."""
        return self._pool.ask(calls.advance_epoch(subject, reason, at, keep))

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
            answer = self._pool.ask(question)

    def list(self, subject: Subject, *, now: float) -> tuple[Record, ...]:
        """See `Store.list`."""
        return self._pool.ask(calls.sessions(subject, now))

    def consume_once(
        self, purpose: str, key: bytes, *, owner: Subject | None, until: float, now: float
    ) -> bool:
        """See `Store.consume_once`."""
        return self._pool.ask(calls.consume_once(purpose, key, owner, until, now))

    def terminations_since(self, cursor: int, *, limit: int) -> Feed:
        """See `Store.terminations_since`."""
        return self._pool.ask(calls.terminations_since(cursor, limit))

    def audit_append(self, tenant: str, content: bytes) -> AuditEntry:
        """See `Store.audit_append`."""
        return self._pool.ask(calls.audit_append(tenant, content))

    def audit_since(self, tenant: str, position: int, *, limit: int) -> tuple[AuditEntry, ...]:
        """See `Store.audit_since`."""
        return self._pool.ask(calls.audit_since(tenant, position, limit))

    def purge(self, *, now: float) -> int:
        """See `Store.purge`."""
        total, more = self._pool.ask(calls.purge(now))
        while more:
            forgotten, more = self._pool.ask(calls.purge(now))
            total += forgotten
        return total

    def close(self) -> None:
        """See `Store.close`."""
        self._pool.close()


class AsyncPostgresStore:
    """`PostgresStore` for those who await. It first connects when it is first asked, and then raises what that does.

    Raises:
        ValueError: `schema` is no name.

    """

    def __init__(
        self,
        address: str,
        *,
        schema: str = "sessionward",
        patience: float = 2.0,
        connections: int = 10,
        transaction_pooling: bool = False,
    ) -> None:
        self._pool = AsyncPool(
            Settings(
                address=address,
                schema=schema,
                patience=patience,
                connections=connections,
                transaction_pooling=transaction_pooling,
            )
        )

    async def get(self, digest: bytes) -> Session:
        """See `Store.get`."""
        return await self._pool.ask(calls.get(digest))

    async def create(self, record: Record, *, limit: int | None, now: float) -> Creation:
        """See `Store.create`."""
        return await self._pool.ask(calls.create(record, limit, now))

    async def cas(self, record: Record) -> Written:
        """See `Store.cas`."""
        return await self._pool.ask(calls.cas(record))

    async def renew(self, record: Record, *, retired: bytes, grace_until: float) -> Written:
        """See `Store.renew`."""
        return await self._pool.ask(calls.renew(record, retired, grace_until))

    async def touch(self, handle: str, *, last_active: float) -> bool:
        """See `Store.touch`."""
        return await self._pool.ask(calls.touch(handle, last_active))

    async def terminate(self, handle: str, *, owner: Subject | None, reason: Reason, at: float) -> bool:
        """See `Store.terminate`."""
        return await self._pool.ask(calls.terminate(handle, owner, reason, at))

    async def write(self, handle: str, changes: Mapping[str, Change]) -> Written:
        """See `Store.write`."""
        return await self._pool.ask(calls.write(handle, changes))

    async def epoch(self, subject: Subject) -> int:
        """See `Store.epoch`."""
        return await self._pool.ask(calls.epoch(subject))

    async def advance_epoch(self, subject: Subject, *, reason: Reason, at: float, keep: str | None) -> int:
        """See `Store.advance_epoch`."""
        return await self._pool.ask(calls.advance_epoch(subject, reason, at, keep))

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
            answer = await self._pool.ask(question)

    async def list(self, subject: Subject, *, now: float) -> tuple[Record, ...]:
        """See `Store.list`."""
        return await self._pool.ask(calls.sessions(subject, now))

    async def consume_once(
        self, purpose: str, key: bytes, *, owner: Subject | None, until: float, now: float
    ) -> bool:
        """See `Store.consume_once`."""
        return await self._pool.ask(calls.consume_once(purpose, key, owner, until, now))

    async def terminations_since(self, cursor: int, *, limit: int) -> Feed:
        """See `Store.terminations_since`."""
        return await self._pool.ask(calls.terminations_since(cursor, limit))

    async def audit_append(self, tenant: str, content: bytes) -> AuditEntry:
        """See `Store.audit_append`."""
        return await self._pool.ask(calls.audit_append(tenant, content))

    async def audit_since(self, tenant: str, position: int, *, limit: int) -> tuple[AuditEntry, ...]:
        """See `Store.audit_since`."""
        return await self._pool.ask(calls.audit_since(tenant, position, limit))

    async def purge(self, *, now: float) -> int:
        """See `Store.purge`."""
        total, more = await self._pool.ask(calls.purge(now))
        while more:
            forgotten, more = await self._pool.ask(calls.purge(now))
            total += forgotten
        return total

    async def close(self) -> None:
        """See `Store.close`."""
        await self._pool.close()
