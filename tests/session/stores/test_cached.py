import os
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from sessionward.session.result import Change, Feed, StoreError, Written
from sessionward.session.state import Ended, Presented, Reason, Recalled, Record, Session, State
from sessionward.session.stores.cached import CachedStore
from sessionward.session.stores.direct import Direct
from sessionward.session.stores.memory import MemoryStore
from sessionward.session.stores.sqlite import SQLiteStore
from sessionward.session.stores.store import AsyncStore, Store
from tests.session.stores.conformance import ANA, NOW, digest, newer, plain, record
from tests.session.stores.processes import bounded
from tests.session.stores.suite import Conformance, Races

ANY = float("inf")
PATIENCE = 20.0


class FromMemory(CachedStore):
    """One that answers from memory whenever it can, so that the suite sees whatever would be told too late."""

    recalled = 0

    def get(self, digest: bytes) -> Session:
        found = self.recall(digest, ANY)
        if found is None:
            return super().get(digest)
        self.recalled += 1
        return plain(found)


class Watched(MemoryStore):
    """Tells by events when its feed was read, breaks where it is told to, and counts what it is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.was_read = threading.Event()
        self.feed_is_broken = False
        self.writes_are_broken = False
        self.asked = 0

    def get(self, digest: bytes) -> Session:
        self.asked += 1
        return super().get(digest)

    def cas(self, record: Record) -> Written:
        written = super().cas(record)
        if self.writes_are_broken:
            raise StoreError("lost after the write")
        return written

    def terminations_since(self, cursor: int, *, limit: int) -> Feed:
        if self.feed_is_broken:
            raise StoreError("no feed")
        found = super().terminations_since(cursor, limit=limit)
        self.was_read.set()
        return found


class TestCachedStore(Conformance, Races):
    @pytest.fixture
    def blocking(self, tmp_path: Path) -> Iterator[Store]:
        store = FromMemory(SQLiteStore(tmp_path / "sessions.db"), bound=60.0)
        store.read_feed()
        yield store
        store.close()

    @pytest.fixture
    def store(self, blocking: Store) -> AsyncStore:
        return Direct(blocking)


@pytest.fixture
def beneath() -> Watched:
    return Watched()


@pytest.fixture
def store(beneath: Watched) -> Iterator[CachedStore]:
    made = CachedStore(beneath, bound=60.0)
    beneath.create(record(), limit=None, now=NOW)
    made.read_feed()
    yield made
    made.close()


def test_the_suite_is_answered_from_memory(tmp_path: Path) -> None:
    store = FromMemory(SQLiteStore(tmp_path / "sessions.db"), bound=60.0)
    store.create(record(), limit=None, now=NOW)
    store.read_feed()
    assert store.get(digest("h1")) == store.get(digest("h1"))
    assert store.recalled == 1
    store.close()


def test_what_was_read_is_recalled_without_asking(store: CachedStore, beneath: Watched) -> None:
    assert store.recall(digest("h1"), ANY) is None
    found = store.get(digest("h1"))
    assert isinstance(found, Presented)
    recalled = store.recall(digest("h1"), ANY)
    assert recalled is not None
    assert plain(recalled) == found
    assert beneath.asked == 1
    assert store.get(digest("h1")) == found
    assert beneath.asked == 2


def test_what_another_client_did_is_known_when_the_feed_was_read(
    store: CachedStore, beneath: Watched
) -> None:
    store.get(digest("h1"))
    beneath.terminate("h1", owner=ANA, reason=Reason.LOGOUT, at=NOW)
    assert store.recall(digest("h1"), ANY) is not None
    store.read_feed()
    assert store.recall(digest("h1"), ANY) is None
    assert isinstance(store.get(digest("h1")), Ended)


def test_a_write_whose_outcome_is_unknown_is_looked_up(store: CachedStore, beneath: Watched) -> None:
    store.get(digest("h1"))
    beneath.writes_are_broken = True
    with pytest.raises(StoreError):
        store.cas(newer(record(), state=State.LOCKED))
    assert store.recall(digest("h1"), ANY) is None


def test_what_changes_here_is_known_at_once(store: CachedStore) -> None:
    def read() -> Presented:
        found = store.recall(digest("h1"), ANY) or store.get(digest("h1"))
        assert isinstance(found, Presented)
        return found

    read()
    store.write("h1", {"a": Change(expected=0, content=b"1")})
    assert read().data["a"].content == b"1"
    store.touch("h1", last_active=NOW + 9)
    assert isinstance(read(), Recalled)
    assert read().record.last_active == NOW + 9
    store.cas(newer(record(), state=State.LOCKED))
    assert read().record.state is State.LOCKED
    store.create(record("h2"), limit=1, now=NOW)
    assert isinstance(store.recall(digest("h1"), ANY) or store.get(digest("h1")), Ended)
    store.get(digest("h2"))
    store.advance_epoch(ANA, reason=Reason.LOGOUT_EVERYWHERE, at=NOW, keep=None)
    assert store.recall(digest("h2"), ANY) is None
    store.create(record("h3", epoch=store.epoch(ANA)), limit=None, now=NOW)
    store.get(digest("h3"))
    assert store.recall(digest("h3"), ANY) is not None
    store.end_all(ANA.tenant, reason=Reason.ADMINISTRATOR, at=NOW)
    assert store.recall(digest("h3"), ANY) is None


def test_a_thread_reads_the_feed_from_the_first_question_on(beneath: Watched) -> None:
    beneath.create(record(), limit=None, now=NOW)
    store = CachedStore(beneath, bound=0.2)
    assert not beneath.was_read.is_set()
    store.get(digest("h1"))
    assert beneath.was_read.wait(PATIENCE)
    beneath.terminate("h1", owner=ANA, reason=Reason.LOGOUT, at=NOW)
    for _ in range(2):
        beneath.was_read.clear()
        assert beneath.was_read.wait(PATIENCE)
    assert store.recall(digest("h1"), ANY) is None
    store.close()


def test_a_feed_that_is_lost_means_asking_and_one_that_is_back_recalls_again(beneath: Watched) -> None:
    beneath.create(record(), limit=None, now=NOW)
    moment = [0.0]
    store = CachedStore(beneath, bound=1.0, clock=lambda: moment[0])
    store.read_feed()
    store.get(digest("h1"))
    assert store.recall(digest("h1"), ANY) is not None
    beneath.feed_is_broken = True
    moment[0] += 1.0
    with pytest.raises(StoreError):
        store.read_feed()
    assert store.recall(digest("h1"), ANY) is None
    assert isinstance(store.get(digest("h1")), Presented)
    beneath.feed_is_broken = False
    store.read_feed()
    assert store.recall(digest("h1"), ANY) is not None
    store.close()


def test_a_closed_store_remembers_nothing_and_reads_no_more(beneath: Watched) -> None:
    beneath.create(record(), limit=None, now=NOW)
    store = CachedStore(beneath, bound=60.0)
    store.get(digest("h1"))
    store.close()
    assert store.recall(digest("h1"), ANY) is None
    with pytest.raises(StoreError):
        store.get(digest("h1"))


@pytest.mark.parametrize("fault", ["none", "feed", "store"])
def test_no_process_serves_a_request_that_starts_later_than_the_bound_after_an_end(
    fault: str, tmp_path: Path
) -> None:
    shown = bounded(partial(SQLiteStore, tmp_path / "sessions.db"), fault)
    assert all((one.refused > 0) == (fault == "store") for one in shown.seen)


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")  # threads and forks are what is tested here
@pytest.mark.skipif(not hasattr(os, "fork"), reason="This system has no fork; nothing needs to begin anew.")
def test_a_forked_process_remembers_nothing_and_reads_the_feed_itself(beneath: Watched) -> None:
    beneath.create(record(), limit=None, now=NOW)
    store = CachedStore(beneath, bound=60.0)
    store.get(digest("h1"))
    store.read_feed()
    store.get(digest("h1"))
    assert store.recall(digest("h1"), ANY) is not None
    child = os.fork()
    if child == 0:
        os._exit(what_a_child_sees(store, beneath))
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert store.recall(digest("h1"), ANY) is not None
    store.close()


def what_a_child_sees(store: CachedStore, beneath: Watched) -> int:
    """In the child: 0 if nothing is recalled at first and a thread of the child's own reads the feed."""
    if store.recall(digest("h1"), ANY) is not None:
        return 1
    beneath.was_read.clear()
    store.get(digest("h1"))
    return 0 if beneath.was_read.wait(PATIENCE) else 2
