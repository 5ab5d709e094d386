from collections.abc import AsyncIterator, Callable, Iterator
from functools import partial

import pytest

from sessionward.session.stores.direct import Direct
from sessionward.session.stores.redis import AsyncRedisStore, RedisStore
from sessionward.session.stores.store import AsyncStore, Store
from tests.session.stores.processes import bounded
from tests.session.stores.redis_server import cluster, fresh, server
from tests.session.stores.suite import Conformance, Races, Reopening


@pytest.fixture(params=["server", "cluster"])
def address(request: pytest.FixtureRequest) -> str:
    return (server() if request.param == "server" else cluster()).address


@pytest.fixture
def name() -> str:
    return fresh()


class TestRedisStore(Conformance, Races, Reopening):
    @pytest.fixture
    def blocking(self, address: str, name: str) -> Iterator[Store]:
        store = RedisStore(address, name=name)
        yield store
        store.close()

    @pytest.fixture
    def store(self, blocking: Store) -> AsyncStore:
        return Direct(blocking)

    @pytest.fixture
    def opened(self, address: str, name: str) -> Callable[[], AsyncStore]:
        return lambda: Direct(RedisStore(address, name=name))


class TestAsyncRedisStore(Conformance, Reopening):
    @pytest.fixture
    async def store(self, address: str, name: str) -> AsyncIterator[AsyncStore]:
        store = AsyncRedisStore(address, name=name)
        yield store
        await store.close()

    @pytest.fixture
    def opened(self, address: str, name: str) -> Callable[[], AsyncStore]:
        return lambda: AsyncRedisStore(address, name=name)


@pytest.mark.parametrize("fault", ["none", "feed", "store"])
def test_no_process_serves_a_request_that_starts_later_than_the_bound_after_an_end(fault: str) -> None:
    shown = bounded(partial(RedisStore, server().address, name=fresh()), fault)
    assert all((one.refused > 0) == (fault == "store") for one in shown.seen)
