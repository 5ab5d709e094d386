import pytest

from sessionward.session.result import StoreError
from sessionward.session.stores.direct import Direct
from sessionward.session.stores.memory import MemoryStore
from sessionward.session.stores.store import AsyncStore, Store
from tests.session.stores.suite import Conformance, Races


class TestMemoryStore(Conformance, Races):
    @pytest.fixture
    def blocking(self) -> Store:
        return MemoryStore()

    @pytest.fixture
    def store(self, blocking: Store) -> AsyncStore:
        return Direct(blocking)


def test_a_closed_store_answers_nothing() -> None:
    store = MemoryStore()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.get(b"")
