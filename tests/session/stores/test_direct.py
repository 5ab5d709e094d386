import inspect

from sessionward.session.stores.direct import Direct
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
    assert all(inspect.iscoroutinefunction(method) for method in methods)
