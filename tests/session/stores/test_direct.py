import inspect

from sessionward.session.stores.cached import CachedStore
from sessionward.session.stores.direct import Direct, awaited
from sessionward.session.stores.memory import MemoryStore
from tests.session.stores.conformance import ANA, NOW, digest, record


async def test_what_is_awaited_is_what_the_store_answers() -> None:
    blocking = MemoryStore()
    store = Direct(blocking)
    await store.create(record(), limit=None, now=NOW)
    assert await store.get(digest("h1")) == blocking.get(digest("h1"))
    assert await store.list(ANA, now=NOW) == (record(),)


def test_every_method_is_awaited() -> None:
    methods = [value for name, value in inspect.getmembers(Direct, inspect.isfunction) if name[0] != "_"]
    assert [method.__name__ for method in methods if not inspect.iscoroutinefunction(method)] == ["recall"]


def test_what_a_store_remembers_is_recalled_and_one_that_does_not_remembers_nothing() -> None:
    blocking = CachedStore(MemoryStore(), bound=60.0)
    blocking.create(record(), limit=None, now=NOW)
    blocking.read_feed()
    blocking.get(digest("h1"))
    assert Direct(blocking).recall(digest("h1"), 60.0) == blocking.recall(digest("h1"), 60.0) is not None
    assert Direct(MemoryStore()).recall(digest("h1"), 60.0) is None
    assert (Direct(blocking).remembered, Direct(MemoryStore()).remembered) == (blocking.recall, None)
    blocking.close()


def test_an_awaited_store_is_left_as_it_is() -> None:
    store = awaited(MemoryStore())
    assert isinstance(store, Direct)
    assert awaited(store) is store
