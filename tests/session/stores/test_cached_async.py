import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sessionward.session.result import Change, Feed, StoreError
from sessionward.session.state import Ended, Presented, Reason, Session, State
from sessionward.session.stores.cached_async import AsyncCachedStore
from sessionward.session.stores.direct import Direct
from sessionward.session.stores.memory import MemoryStore
from sessionward.session.stores.sqlite import SQLiteStore
from sessionward.session.stores.store import AsyncStore
from tests.session.stores.conformance import ANA, NOW, digest, end, newer, plain, put, record
from tests.session.stores.suite import Conformance

ANY = float("inf")


class FromMemory(AsyncCachedStore):
    """One that answers from memory whenever it can, so that the suite sees whatever would be told too late."""

    async def get(self, digest: bytes) -> Session:
        found = self.recall(digest, ANY)
        return await super().get(digest) if found is None else plain(found)


class Held(Direct):
    """Holds up its answers until it is let go, and its feed likewise."""

    def __init__(self, store: MemoryStore) -> None:
        super().__init__(store)
        self.asked = asyncio.Event()
        self.go_on = asyncio.Event()
        self.was_read = asyncio.Event()

    async def get(self, digest: bytes) -> Session:
        found = await super().get(digest)
        self.asked.set()
        await self.go_on.wait()
        return found

    async def terminations_since(self, cursor: int, *, limit: int) -> Feed:
        found = await super().terminations_since(cursor, limit=limit)
        self.was_read.set()
        return found


class TestAsyncCachedStore(Conformance):
    @pytest.fixture
    async def store(self, tmp_path: Path) -> AsyncIterator[AsyncStore]:
        store = FromMemory(SQLiteStore(tmp_path / "sessions.db"), bound=60.0)
        await store.read_feed()
        yield store
        await store.close()


async def recalled(store: AsyncCachedStore, name: str = "h1") -> Presented | None:
    """What is recalled of the session `name` once it was asked for."""
    await store.get(digest(name))
    return store.recall(digest(name), ANY)


async def test_what_was_read_is_recalled_until_the_feed_tells_of_a_change() -> None:
    beneath = Direct(MemoryStore())
    store = AsyncCachedStore(beneath, bound=60.0)
    await put(store, record())
    await store.read_feed()
    assert await recalled(store) is not None
    await beneath.cas(newer(record(), state=State.LOCKED))
    await store.read_feed()
    assert store.recall(digest("h1"), ANY) is None
    await store.close()


async def test_what_changes_here_is_known_at_once() -> None:
    store = AsyncCachedStore(MemoryStore(), bound=60.0)
    await put(store, record(), record("h2"))
    await store.read_feed()
    assert await recalled(store) is not None
    await store.write("h1", {"a": Change(expected=0, content=b"1")})
    assert store.recall(digest("h1"), ANY) is None
    assert await recalled(store) is not None
    assert await end(store)
    assert store.recall(digest("h1"), ANY) is None
    assert await recalled(store, "h2") is not None
    await store.advance_epoch(ANA, reason=Reason.ADMINISTRATOR, at=NOW, keep="h2")
    assert store.recall(digest("h2"), ANY) is None
    assert await recalled(store, "h2") is not None
    await store.end_all(None, reason=Reason.ADMINISTRATOR, at=NOW)
    assert store.recall(digest("h2"), ANY) is None
    await store.close()


async def test_an_answer_under_way_while_the_session_ends_is_not_remembered() -> None:
    beneath = Held(MemoryStore())
    store = AsyncCachedStore(beneath, bound=60.0)
    await put(store, record())
    slow = asyncio.create_task(store.get(digest("h1")))
    await beneath.asked.wait()
    await beneath.terminate("h1", owner=ANA, reason=Reason.LOGOUT, at=NOW)
    await store.read_feed()
    beneath.go_on.set()
    assert isinstance(await slow, Presented)
    assert store.recall(digest("h1"), ANY) is None
    assert isinstance(await store.get(digest("h1")), Ended)
    await store.close()


async def test_a_task_reads_the_feed_from_the_first_question_until_the_end() -> None:
    beneath = Held(MemoryStore())
    beneath.go_on.set()
    store = AsyncCachedStore(beneath, bound=0.2)
    await put(store, record())
    assert not beneath.was_read.is_set()
    await store.get(digest("h1"))
    await beneath.terminate("h1", owner=ANA, reason=Reason.LOGOUT, at=NOW)
    for _ in range(2):
        beneath.was_read.clear()
        await beneath.was_read.wait()
    assert store.recall(digest("h1"), ANY) is None
    before = asyncio.all_tasks()
    await store.close()
    await asyncio.wait(before - {asyncio.current_task()})
    assert asyncio.all_tasks() == {asyncio.current_task()}
    with pytest.raises(StoreError):
        await store.get(digest("h1"))
    assert asyncio.all_tasks() == {asyncio.current_task()}


def test_in_another_event_loop_another_task_reads() -> None:
    store = AsyncCachedStore(MemoryStore(), bound=60.0)

    async def tasks() -> list[str]:
        await store.get(digest("h1"))
        return sorted(task.get_name() for task in asyncio.all_tasks() - {asyncio.current_task()})

    assert [asyncio.run(tasks()), asyncio.run(tasks())] == [["sessionward-feed"]] * 2
