from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from threading import Event

import pytest

from sessionward.session.result import Change, Creation, Feed, NotCreated, StoreError, Written
from sessionward.session.state import Ended, Presented, Reason, State, TokenAge, Value
from sessionward.session.stores import postgres_calls as calls
from sessionward.session.stores.encoding import encode
from sessionward.session.stores.postgres import PostgresStore
from sessionward.session.stores.store import FEED_RETENTION, Store
from tests.session.stores.conformance import ANA, NOW, digest, newer, record
from tests.session.stores.postgres_aside import ENDING, UnderWay, end, everywhere, run, told, until_waiting
from tests.session.stores.postgres_server import server
from tests.session.stores.races import together

LIVING = ("h1", encode(record()), 0, 1, NOW, digest("h1"))
NO_DATA = (None, None, None)


def ending_all() -> tuple[calls.Question[object], calls.Question[object]]:
    steps = calls.end_all("north", Reason.LOGOUT, NOW)
    return next(steps), steps.send(1)


def every_question() -> list[calls.Question[object]]:
    return [
        calls.get(digest("h1")),
        calls.create(record(), None, NOW),
        calls.cas(record()),
        calls.renew(record(), digest("h0"), NOW),
        calls.touch("h1", NOW),
        calls.terminate("h1", ANA, Reason.LOGOUT, NOW),
        calls.write("h1", {}),
        calls.epoch(ANA),
        calls.advance_epoch(ANA, Reason.LOGOUT, NOW, None),
        *ending_all(),
        calls.sessions(ANA, NOW),
        calls.consume_once("code", b"1", None, NOW, NOW),
        calls.terminations_since(0, 1),
        calls.audit_append("north", b"1"),
        calls.audit_since("north", 0, 1),
        calls.purge(NOW),
    ]


def test_the_functions_that_are_granted_are_those_that_are_called() -> None:
    called = [question.function for question in every_question()]
    assert sorted([*called, "schema_version"]) == sorted(calls.FUNCTIONS)


def test_nothing_found_is_nothing() -> None:
    assert calls.get(b"").read((None,) * 13) is None
    assert calls.sessions(ANA, NOW).read((None,) * 4) == ()
    assert calls.audit_since("north", 0, 1).read(NO_DATA) == ()
    nothing = calls.terminations_since(4, 1).read((True, 7, *(None,) * 7))
    assert nothing == Feed(terminations=(), cursor=7, complete=True)


@pytest.mark.parametrize(
    "successor,age",
    [(None, TokenAge.CURRENT), (digest("h1"), TokenAge.PREVIOUS), (digest("d9"), TokenAge.RETIRED)],
)
def test_the_age_of_a_token_is_told_by_its_successor(successor: bytes | None, age: TokenAge) -> None:
    found = calls.get(b"").read((*LIVING, successor, NOW, None, None, ["a"], [3], [b"1"]))
    data = {"a": Value(version=3, content=b"1")}
    assert found == Presented(record=record(), age=age, grace_until=NOW, data=data)


def test_what_the_database_changes_by_itself_wins_over_what_was_encoded() -> None:
    found = calls.sessions(ANA, NOW).read(([encode(record())], [5], [9], [NOW + 1]))
    assert found == (replace(record(), epoch=5, version=9, last_active=NOW + 1),)


def test_a_tombstone_is_told_without_reading_the_record() -> None:
    row = ("h1", "{}", 0, 1, NOW, digest("h1"), None, 0.0, "theft", NOW + 1, *NO_DATA)
    assert calls.get(b"").read(row) == Ended(handle="h1", reason=Reason.THEFT, at=NOW + 1)


def test_an_answer_that_nobody_knows_is_an_error() -> None:
    with pytest.raises(ValueError, match="perhaps"):
        calls.cas(record(state=State.ACTIVE)).read(("perhaps",))
    with pytest.raises(StoreError, match="cannot be read"):
        calls.get(b"").read(("h1", "{}", 0, 1, NOW, digest("h1"), None, 0.0, None, None, *NO_DATA))


def test_refusals_of_a_creation_are_read() -> None:
    read = calls.create(record(), 2, NOW).read
    assert read((None, ["h0"])) == Creation(taken_over=("h0",))
    assert read(("exists", [])) == Creation(refused=NotCreated.EXISTS)
    assert calls.cas(record()).read(("gone",)) is Written.GONE


@pytest.fixture
def schema() -> str:
    return server().schema()


@pytest.fixture
def blocking(schema: str) -> Iterator[Store]:
    store = PostgresStore(server().address(), schema=schema)
    yield store
    store.close()


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


def test_a_long_feed_is_forgotten_in_small_steps(blocking: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(7):
        blocking.create(record(f"h{number}"), limit=None, now=NOW)
        blocking.write(f"h{number}", {"a": Change(expected=0, content=b"1")})
        end(blocking, f"h{number}")
    blocking.create(record("late"), limit=None, now=NOW)
    blocking.write("late", {"a": Change(expected=0, content=b"1")})
    blocking.terminate("late", owner=ANA, reason=Reason.LOGOUT, at=NOW + 60)
    monkeypatch.setattr("sessionward.session.stores.postgres_calls.BATCH", 3)
    for number in range(3):
        blocking.consume_once("code", b"%d" % number, owner=None, until=NOW, now=NOW - 1)
    assert blocking.purge(now=NOW + FEED_RETENTION) == 0
    feed = blocking.terminations_since(0, limit=99)
    assert ([entry.handle for entry in feed.terminations], feed.complete) == (["late", "late"], False)
