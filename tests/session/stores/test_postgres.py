import re
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given, settings

from sessionward.session.result import Change, StoreError
from sessionward.session.state import Ended, Presented, Reason, State, Subject
from sessionward.session.stores.direct import Direct
from sessionward.session.stores.memory import MemoryStore
from sessionward.session.stores.postgres import AsyncPostgresStore, PostgresStore
from sessionward.session.stores.postgres_schema import quoted
from sessionward.session.stores.store import AsyncStore, Store
from tests.session.stores.agreement import Step, agree, steps
from tests.session.stores.conformance import ANA, NOW, digest, newer, record
from tests.session.stores.pgbouncer import pooled
from tests.session.stores.postgres_aside import end, everywhere, run, told
from tests.session.stores.postgres_server import server, started
from tests.session.stores.processes import bounded
from tests.session.stores.suite import Conformance, Races, Reopening

GUIDE = Path(__file__).parents[3] / "docs" / "session" / "postgresql.md"


def scripts(heading: str) -> list[str]:
    """The blocks of SQL below a heading of the guide."""
    (part,) = re.findall(
        rf"^## {heading}$(.*?)(?=^## |\Z)", GUIDE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    return re.findall(r"^```sql\n(.*?)^```$", part, re.MULTILINE | re.DOTALL)


@pytest.fixture
def schema() -> str:
    return server().schema()


@pytest.fixture
def blocking(schema: str) -> Iterator[Store]:
    store = PostgresStore(server().address(), schema=schema)
    yield store
    store.close()


class TestPostgresStore(Conformance, Races, Reopening):
    @pytest.fixture
    def store(self, blocking: Store) -> AsyncStore:
        return Direct(blocking)

    @pytest.fixture
    def opened(self, schema: str) -> Callable[[], AsyncStore]:
        return lambda: Direct(PostgresStore(server().address(), schema=schema))


class TestAsyncPostgresStore(Conformance, Reopening):
    @pytest.fixture
    async def store(self, schema: str) -> AsyncIterator[AsyncStore]:
        store = AsyncPostgresStore(server().address(), schema=schema)
        yield store
        await store.close()

    @pytest.fixture
    def opened(self, schema: str) -> Callable[[], AsyncStore]:
        return lambda: AsyncPostgresStore(server().address(), schema=schema)


class TestBehindPooler(Conformance, Races):
    """The same, where each transaction may come to another of the server's connections."""

    @pytest.fixture
    def blocking(self, schema: str) -> Iterator[Store]:
        store = PostgresStore(pooled(server()), schema=schema, transaction_pooling=True)
        yield store
        store.close()

    @pytest.fixture
    async def store(self, schema: str) -> AsyncIterator[AsyncStore]:
        store = AsyncPostgresStore(pooled(server()), schema=schema, transaction_pooling=True)
        yield store
        await store.close()


def test_a_pooler_that_was_not_told_of_refuses_the_connection(schema: str) -> None:
    with pytest.raises(StoreError, match="unsupported startup parameter: options"):
        PostgresStore(pooled(server()), schema=schema)


@pytest.mark.slow
class TestPartitioned(Conformance, Races):
    """The same, on tables that the guide's own statements have partitioned."""

    @pytest.fixture
    def schema(self) -> str:
        name = server().schema()
        store = PostgresStore(server().address(), schema=name)
        other = Subject(tenant="elsewhere", id="ben")
        store.create(replace(record("before", subject=other), deadline=2 * NOW), limit=None, now=NOW)
        store.audit_append("elsewhere", b"1")
        for script in scripts("Partitioning"):
            run(name, script)
        assert [entry.handle for entry in store.list(other, now=NOW)] == ["before"]
        assert len(store.audit_since("elsewhere", 0, limit=9)) == 1
        store.close()
        parted = run(
            name,
            "SELECT count(*) FROM pg_class WHERE relkind = 'p' AND relnamespace = 'sessionward'::regnamespace",
        )
        assert parted == [(6,)]
        return name

    @pytest.fixture
    def store(self, blocking: Store) -> AsyncStore:
        return Direct(blocking)


BROKEN: dict[str, tuple[str, Callable[[Store], object]]] = {
    "terminate": ("INSERT ON sessionward.termination", end),
    "renew": (
        "UPDATE ON sessionward.session",
        lambda store: store.renew(
            newer(record(), digest=digest("d2")), retired=digest("h1"), grace_until=NOW
        ),
    ),
    "write": (
        "INSERT ON sessionward.value",
        lambda store: store.write("h1", {"a": Change(expected=0, content=b"1")}),
    ),
    "take over": (
        "UPDATE ON sessionward.session",
        lambda store: store.create(record("h2"), limit=1, now=NOW),
    ),
    "epoch": ("INSERT ON sessionward.termination", lambda store: everywhere(store, "h1")),
    "trail": ("INSERT ON sessionward.trail", lambda store: store.audit_append("north", b"1")),
}


@pytest.mark.parametrize("place,call", BROKEN.values(), ids=BROKEN)
def test_a_write_that_breaks_off_in_its_middle_leaves_nothing_behind(
    place: str, call: Callable[[Store], object], blocking: Store, schema: str
) -> None:
    blocking.create(record(), limit=None, now=NOW)
    before = blocking.get(digest("h1"))
    run(
        schema,
        "CREATE FUNCTION sessionward.broken() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION USING ERRCODE = 'disk_full', MESSAGE = 'No space left on device'; END $$; "
        f"CREATE TRIGGER broken AFTER {place} FOR EACH ROW EXECUTE FUNCTION sessionward.broken()",
    )
    with pytest.raises(StoreError, match=r"No space left on device \(53100\)"):
        call(blocking)
    assert blocking.get(digest("h1")) == before
    assert (told(blocking), blocking.epoch(ANA)) == ([], 0)
    assert blocking.audit_since("north", 0, limit=1) == ()
    run(schema, f"DROP TRIGGER broken ON {place.rsplit(maxsplit=1)[-1]}")
    call(blocking)
    assert blocking.get(digest("h1")) != before or blocking.audit_since("north", 0, limit=1)


def test_a_writer_who_does_not_let_go_is_told_and_the_store_serves_again_afterwards(schema: str) -> None:
    store = PostgresStore(server().address(), schema=schema, patience=0.2)
    store.create(record(), limit=None, now=NOW)
    with server().session() as other, other.transaction():
        other.execute(f"SELECT FROM {quoted(schema)}.session FOR UPDATE".encode())
        with pytest.raises(StoreError, match="timeout"):
            end(store)
        assert isinstance(store.get(digest("h1")), Presented)
    assert end(store)
    store.close()


def test_a_record_that_cannot_be_read_is_an_error_and_not_a_visitor(blocking: Store, schema: str) -> None:
    blocking.create(record(), limit=None, now=NOW)
    run(schema, "UPDATE sessionward.session SET core = '{}'")
    with pytest.raises(StoreError, match="cannot be read"):
        blocking.get(digest("h1"))


@pytest.mark.parametrize("name", ["a\0b", "\ud800"])
def test_text_that_the_database_cannot_keep_is_an_error_of_the_store(blocking: Store, name: str) -> None:
    subject = Subject(tenant="north", id=name)
    with pytest.raises(StoreError):
        blocking.create(record(subject=subject), limit=1, now=NOW)
    with pytest.raises(StoreError):
        blocking.epoch(subject)
    assert blocking.get(digest("h1")) is None


def test_the_role_of_the_guide_that_reads_trails_can_do_nothing_else(schema: str, blocking: Store) -> None:
    entry = blocking.audit_append("north", b"1")
    creation, *grants = scripts("Roles")[1].splitlines()
    run(schema, "\n".join(["DROP ROLE IF EXISTS auditor;", creation, *grants]))
    auditor = PostgresStore(server().address(user="auditor"), schema=schema)
    assert auditor.audit_since("north", 0, limit=9) == (entry,)
    for refused in (
        partial(auditor.audit_append, "north", b"2"),
        partial(end, auditor),
        partial(auditor.get, b""),
    ):
        with pytest.raises(StoreError, match="permission denied for function"):
            refused()
    auditor.close()
    run(schema, "REVOKE ALL ON SCHEMA sessionward FROM auditor; DROP OWNED BY auditor; DROP ROLE auditor")


def test_after_a_backup_was_restored_all_sessions_can_be_ended(blocking: Store, schema: str) -> None:
    blocking.create(record("h0"), limit=None, now=NOW)
    end(blocking, "h0")
    before = blocking.terminations_since(0, limit=9)
    blocking.create(record(), limit=None, now=NOW)
    blocking.create(record("visitor", subject=None, state=State.ANONYMOUS), limit=None, now=NOW)
    (script,) = scripts("Backups")
    assert run(schema, script) == [(2,)]
    assert not isinstance(blocking.get(digest("h1")), Presented)
    assert not isinstance(blocking.get(digest("visitor")), Presented)
    assert (blocking.list(ANA, now=NOW), blocking.epoch(ANA)) == ((), 1)
    after = blocking.terminations_since(before.cursor, limit=9)
    assert (after.terminations, after.complete) == ((), False)
    blocking.create(record("h2", subject=None), limit=None, now=NOW)
    blocking.terminate("h2", owner=None, reason=Reason.LOGOUT, at=NOW)
    again = blocking.terminations_since(after.cursor, limit=9)
    assert ([entry.handle for entry in again.terminations], again.complete) == (["h2"], True)


@pytest.mark.slow
def test_a_standby_is_refused_until_it_is_the_primary_and_is_then_found() -> None:
    primary = started()
    schema = primary.schema()
    standby = started(standby_of=primary)
    for address in (standby.address(), f"{standby.address()}&target_session_attrs=any"):
        with pytest.raises(StoreError, match=r"session is read-only|is a standby"):
            PostgresStore(address, schema=schema)
    both = f"{primary.address()}%2C{quote(str(standby.folder), safe='')}"
    store = PostgresStore(both, schema=schema)
    for handle in ("h1", "h2"):
        store.create(record(handle), limit=None, now=NOW)
    end(store)
    caught_up = "SELECT 1 FROM pg_stat_replication WHERE replay_lsn >= pg_current_wal_flush_lsn()"
    with primary.session() as session:
        while not session.execute(caught_up).fetchall():
            pass
    primary.stop()
    with pytest.raises(StoreError):
        store.get(digest("h2"))
    standby.promote()
    assert isinstance(store.get(digest("h1")), Ended)
    assert isinstance(store.get(digest("h2")), Presented)
    assert (told(store), end(store, "h2")) == (["h1"], True)
    store.close()
    standby.stop()


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["none", "feed", "store"])
def test_no_process_serves_a_request_that_starts_later_than_the_bound_after_an_end(
    fault: str, schema: str
) -> None:
    shown = bounded(partial(PostgresStore, server().address(), schema=schema), fault)
    assert all((one.refused > 0) == (fault == "store") for one in shown.seen)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(taken=steps())
def test_it_answers_as_the_store_in_memory_does(taken: list[Step]) -> None:
    schema = agreeing()
    run(schema, EMPTY)
    store = PostgresStore(server().address(), schema=schema)
    try:
        agree(MemoryStore(), store, taken)
    finally:
        store.close()


@cache
def agreeing() -> str:
    return server().schema()


EMPTY = """
TRUNCATE sessionward.session, sessionward.token, sessionward.value, sessionward.epoch, sessionward.once,
    sessionward.termination, sessionward.purged, sessionward.trail, sessionward.trail_end;
INSERT INTO sessionward.purged VALUES (0);
ALTER SEQUENCE sessionward.termination_position RESTART;
"""
