import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from sessionward.session.result import Change, StoreError
from sessionward.session.state import Presented, Reason, State
from sessionward.session.stores.direct import Direct
from sessionward.session.stores.sqlite import SQLiteStore
from sessionward.session.stores.store import AsyncStore, Store
from tests.session.stores.conformance import ANA, NOW, digest, newer, record
from tests.session.stores.suite import Conformance, Races, Reopening


class TestSQLiteStore(Conformance, Races, Reopening):
    @pytest.fixture
    def blocking(self, tmp_path: Path) -> Iterator[Store]:
        store = SQLiteStore(tmp_path / "sessions.db")
        yield store
        store.close()

    @pytest.fixture
    def store(self, blocking: Store) -> AsyncStore:
        return Direct(blocking)

    @pytest.fixture
    def opened(self, tmp_path: Path) -> Callable[[], AsyncStore]:
        return lambda: Direct(SQLiteStore(tmp_path / "sessions.db"))


def end(store: Store) -> bool:
    return store.terminate("h1", owner=ANA, reason=Reason.LOGOUT, at=NOW)


def renew(store: Store) -> object:
    return store.renew(newer(record(), digest=digest("d2")), retired=digest("h1"), grace_until=NOW)


BROKEN = {
    "terminate": ("INSERT", "termination", end),
    "renew": ("INSERT", "retired", renew),
    "write": ("INSERT", "value", lambda store: store.write("h1", {"a": Change(expected=0, content=b"1")})),
    "take over": ("INSERT", "session", lambda store: store.create(record("h2"), limit=1, now=NOW)),
    "epoch": (
        "INSERT",
        "termination",
        lambda store: store.advance_epoch(ANA, reason=Reason.LOGOUT_EVERYWHERE, at=NOW, keep="h1"),
    ),
}


@pytest.mark.parametrize("verb,table,call", BROKEN.values(), ids=BROKEN)
def test_a_write_that_breaks_off_in_its_middle_leaves_nothing_behind(
    verb: str, table: str, call: Callable[[Store], object], tmp_path: Path
) -> None:
    path = tmp_path / "sessions.db"
    store = SQLiteStore(path)
    store.create(record(), limit=None, now=NOW)
    before = store.get(digest("h1"))
    with closing(sqlite3.connect(path)) as other:
        other.execute(
            f"CREATE TRIGGER broken BEFORE {verb} ON {table} BEGIN SELECT raise(ABORT, 'power cut'); END"
        )
        with pytest.raises(StoreError, match="power cut"):
            call(store)
        assert store.get(digest("h1")) == before
        assert store.terminations_since(0, limit=9).terminations == ()
        other.execute("DROP TRIGGER broken")
    call(store)
    assert store.get(digest("h1")) != before
    store.close()


def test_a_store_whose_writer_does_not_let_go_is_told_and_serves_again_afterwards(tmp_path: Path) -> None:
    path = tmp_path / "sessions.db"
    store = SQLiteStore(path, patience=0.01)
    store.create(record(), limit=None, now=NOW)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="locked"):
            end(store)
        assert isinstance(store.get(digest("h1")), Presented)
        other.execute("ROLLBACK")
    assert end(store)
    store.close()


def test_a_record_that_cannot_be_read_is_an_error_and_not_a_visitor(tmp_path: Path) -> None:
    path = tmp_path / "sessions.db"
    store = SQLiteStore(path)
    store.create(record(state=State.ACTIVE), limit=None, now=NOW)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("UPDATE session SET core = '{}'")
    with pytest.raises(StoreError, match="cannot be read"):
        store.get(digest("h1"))
    store.close()


def test_the_file_holds_no_token_and_is_its_owners_alone(tmp_path: Path) -> None:
    store = SQLiteStore(tmp_path / "sessions.db")
    store.create(record(), limit=None, now=NOW)
    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    store.close()
    assert set(modes.values()) == {0o600}
    assert "sessions.db" in modes
