import re
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event

import psycopg
import pytest

from sessionward.session.result import Change, StoreError, Written
from sessionward.session.state import Presented, Reason, State, Subject
from sessionward.session.stores.direct import Direct
from sessionward.session.stores.postgres import AsyncPostgresStore, PostgresStore
from sessionward.session.stores.postgres_schema import quoted
from sessionward.session.stores.store import AsyncStore, Store
from tests.session.stores.conformance import ANA, NOW, digest, newer, record
from tests.session.stores.pgbouncer import pooled
from tests.session.stores.postgres_server import server
from tests.session.stores.races import together
from tests.session.stores.suite import Conformance, Races, Reopening

GUIDE = Path(__file__).parents[3] / "docs" / "session" / "postgresql.md"


def scripts(heading: str) -> list[str]:
    """The blocks of SQL below a heading of the guide."""
    (part,) = re.findall(
        rf"^## {heading}$(.*?)(?=^## |\Z)", GUIDE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    return re.findall(r"^```sql\n(.*?)^```$", part, re.MULTILINE | re.DOTALL)


def run(schema: str, statement: str) -> list[tuple[object, ...]]:
    """The rows of `statement`, in which the schema has its usual name."""
    with server().session() as session:
        cursor = session.execute(re.sub(r"\bsessionward\b", quoted(schema), statement).encode())
        return cursor.fetchall() if cursor.description else []


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


def end(store: Store, handle: str = "h1") -> bool:
    return store.terminate(handle, owner=ANA, reason=Reason.LOGOUT, at=NOW)


def everywhere(store: Store, keep: str | None = None) -> int:
    return store.advance_epoch(ANA, reason=Reason.LOGOUT_EVERYWHERE, at=NOW, keep=keep)


def told(store: Store, cursor: int = 0) -> list[str | None]:
    return [entry.handle for entry in store.terminations_since(cursor, limit=99).terminations]


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


def test_a_reader_from_before_a_restored_backup_is_told_so(blocking: Store) -> None:
    blocking.create(record(), limit=None, now=NOW)
    end(blocking)
    assert not blocking.terminations_since(1000, limit=9).complete


def test_a_reader_who_begins_anew_passes_over_nothing_that_is_under_way(schema: str) -> None:
    store = PostgresStore(server().address(), schema=schema, patience=0.2)
    assert not store.terminations_since(1, limit=9).complete
    store.create(record(), limit=None, now=NOW)
    early = UnderWay(schema, ENDING)
    with pytest.raises(StoreError, match="timeout"):
        store.terminations_since(1000, limit=9)
    early.commit()
    assert store.terminations_since(1000, limit=9).cursor == 1
    store.close()


class UnderWay:
    """A transaction past the store that has called a function of it and is not over."""

    def __init__(self, schema: str, call: str) -> None:
        self._connection = psycopg.connect(server().address())
        self._connection.execute(f"SELECT {quoted(schema)}.{call}".encode())

    def commit(self) -> None:
        self._connection.commit()
        self._connection.close()

    def roll_back(self) -> None:
        self._connection.rollback()
        self._connection.close()


def until_waiting(schema: str) -> None:
    """Until a connection of the store waits for a lock."""
    with server().session() as session:
        waiting = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE %s"
        while not session.execute(waiting, (f"%{schema}%",)).fetchall():
            pass


ENDING = "terminate('h1', 'north', 'ana', 'logout', 0)"


def test_a_reader_waits_for_an_end_that_is_committed_after_a_later_one(blocking: Store, schema: str) -> None:
    for handle in ("h1", "h2"):
        blocking.create(record(handle), limit=None, now=NOW)
    early = UnderWay(schema, ENDING)
    assert end(blocking, "h2")
    read = Event()

    def reader() -> list[str | None]:
        found = told(blocking)
        read.set()
        return found

    def committer() -> None:
        until_waiting(schema)
        assert not read.is_set()
        early.commit()

    found, _ = together(reader, committer)
    assert found == ["h1", "h2"]


def test_a_reader_who_would_wait_too_long_is_told_nothing_rather_than_a_part(schema: str) -> None:
    store = PostgresStore(server().address(), schema=schema, patience=0.2)
    for handle in ("h1", "h2"):
        store.create(record(handle), limit=None, now=NOW)
    early = UnderWay(schema, ENDING)
    end(store, "h2")
    with pytest.raises(StoreError, match="timeout"):
        store.terminations_since(0, limit=9)
    early.commit()
    assert told(store) == ["h1", "h2"]
    store.close()


def test_a_position_that_was_given_up_stops_nobody(blocking: Store, schema: str) -> None:
    for handle in ("h1", "h2", "h3"):
        blocking.create(record(handle), limit=None, now=NOW)
    UnderWay(schema, ENDING).roll_back()
    end(blocking, "h2")
    feed = blocking.terminations_since(0, limit=9)
    assert ([entry.handle for entry in feed.terminations], feed.complete) == (["h2"], True)
    late = UnderWay(schema, ENDING)
    assert told(blocking, feed.cursor) == []
    late.commit()
    assert told(blocking, feed.cursor) == ["h1"]


def test_a_strangers_long_transaction_holds_nothing_back(blocking: Store) -> None:
    blocking.create(record(), limit=None, now=NOW)
    with server().session() as stranger, stranger.transaction():
        stranger.execute("SELECT pg_current_xact_id()")
        end(blocking)
        assert told(blocking) == ["h1"]


@pytest.mark.parametrize("ending", [end, everywhere])
def test_what_is_written_while_the_session_ends_is_wiped_too(
    ending: Callable[[Store], object], blocking: Store, schema: str
) -> None:
    blocking.create(record(), limit=None, now=NOW)
    writing = UnderWay(schema, "write_values('h1', '{a}', '{0}', '{x}')")

    def committer() -> None:
        until_waiting(schema)
        writing.commit()

    together(partial(ending, blocking), committer)
    assert run(schema, "SELECT count(*) FROM sessionward.value") == [(0,)]


def test_nobody_waits_in_a_circle(schema: str) -> None:
    deadlocks = "SELECT deadlocks FROM pg_stat_database WHERE datname = 'postgres'"
    before = run(schema, deadlocks)
    store = PostgresStore(server().address(), schema=schema, connections=12, patience=20)
    for number in range(12):
        epoch = store.epoch(ANA)
        first, second = (
            record(f"{number}.1", epoch=epoch),
            record(f"{number}.2", epoch=epoch, last_active=NOW - 9),
        )
        for entry in (first, second):
            store.create(entry, limit=None, now=NOW)
        renewed = newer(first, digest=digest(f"{number}.new"))
        together(
            partial(store.create, record(f"{number}.3", epoch=epoch), limit=1, now=NOW),
            partial(store.create, record(f"{number}.4", epoch=epoch), limit=1, now=NOW),
            partial(everywhere, store, f"{number}.3"),
            partial(everywhere, store),
            partial(end, store, first.handle),
            partial(end, store, second.handle),
            partial(store.renew, renewed, retired=first.digest, grace_until=NOW),
            partial(store.write, second.handle, {"a": Change(expected=0, content=b"1")}),
            partial(store.purge, now=NOW + 100_000),
            partial(told, store),
        )
    store.close()
    assert run(schema, deadlocks) == before


def test_a_purge_forgets_in_small_steps_and_leaves_what_is_being_written(
    blocking: Store, schema: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sessionward.session.stores.postgres_calls.BATCH", 2)
    for number in range(5):
        blocking.create(record(f"h{number}"), limit=None, now=NOW)
    writing = UnderWay(schema, "write_values('h1', '{a}', '{0}', '{x}')")
    assert blocking.purge(now=NOW + 100_000) == 4
    writing.commit()
    assert blocking.purge(now=NOW + 100_000) == 1
    assert blocking.write("h1", {}) is Written.GONE
    left = (
        "SELECT handle FROM sessionward.session UNION ALL SELECT handle FROM sessionward.token "
        "UNION ALL SELECT handle FROM sessionward.value"
    )
    assert run(schema, left) == []
