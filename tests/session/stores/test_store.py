import inspect

from sessionward.session.stores.cached import CachedStore
from sessionward.session.stores.cached_async import AsyncCachedStore
from sessionward.session.stores.direct import Direct
from sessionward.session.stores.memory import MemoryStore
from sessionward.session.stores.postgres import AsyncPostgresStore, PostgresStore
from sessionward.session.stores.redis import AsyncRedisStore, RedisStore
from sessionward.session.stores.sqlite import SQLiteStore
from sessionward.session.stores.store import FIRST_LINK, AsyncStore, Store, link


def contract(kind: type) -> dict[str, str]:
    """The signature of each public method."""
    methods = inspect.getmembers(kind, inspect.isfunction)
    return {name: str(inspect.signature(method)) for name, method in methods if not name.startswith("_")}


def test_the_two_contracts_are_word_for_word_the_same() -> None:
    assert contract(Store) == contract(AsyncStore)
    for name in contract(Store):
        assert inspect.getdoc(getattr(Store, name)) == inspect.getdoc(getattr(AsyncStore, name))
        assert inspect.iscoroutinefunction(getattr(AsyncStore, name))
        assert not inspect.iscoroutinefunction(getattr(Store, name))


def test_our_stores_offer_the_contract_and_nothing_else() -> None:
    for kind in (
        MemoryStore,
        SQLiteStore,
        PostgresStore,
        AsyncPostgresStore,
        RedisStore,
        AsyncRedisStore,
    ):
        assert contract(kind) == contract(Store)


def test_what_stands_before_a_store_offers_all_of_the_contract() -> None:
    for kind in (CachedStore, AsyncCachedStore, Direct):
        assert contract(kind).items() >= contract(Store).items()
        assert "recall" in contract(kind)


def test_there_is_no_way_to_write_blindly() -> None:
    assert not {"set", "save", "put", "upsert", "delete", "update"} & set(contract(Store))


def test_a_link_tells_tenant_from_content_and_depends_on_what_was_before() -> None:
    first = link(FIRST_LINK, "north", b"1")
    assert (
        len(
            {
                first,
                link(FIRST_LINK, "north1", b""),
                link(first, "north", b"1"),
                link(FIRST_LINK, "nort", b"h1"),
            }
        )
        == 4
    )
