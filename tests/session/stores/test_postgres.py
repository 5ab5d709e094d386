from collections.abc import AsyncIterator, Callable, Iterator

import pytest

from sessionward.session.stores.direct import Direct
from sessionward.session.stores.postgres import AsyncPostgresStore, PostgresStore
from sessionward.session.stores.store import AsyncStore, Store
from tests.session.stores.postgres_server import server
from tests.session.stores.suite import Conformance, Races, Reopening


@pytest.fixture
def schema() -> str:
    return server().schema()


class TestPostgresStore(Conformance, Races, Reopening):
    @pytest.fixture
    def blocking(self, schema: str) -> Iterator[Store]:
        store = PostgresStore(server().address(), schema=schema)
        yield store
        store.close()

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
