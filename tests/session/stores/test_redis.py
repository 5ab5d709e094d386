import re
from collections.abc import AsyncIterator, Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from sessionward.session.result import Change, StoreError
from sessionward.session.state import Presented
from sessionward.session.stores.direct import Direct
from sessionward.session.stores.redis import AsyncRedisStore, RedisStore
from sessionward.session.stores.store import AsyncStore, Store
from tests.session.stores.conformance import ANA, NAMESAKE, NOW, digest, newer, record
from tests.session.stores.processes import bounded
from tests.session.stores.redis_aside import ended
from tests.session.stores.redis_server import cluster, fresh, server
from tests.session.stores.suite import Conformance, Races, Reopening

GUIDE = Path(__file__).parents[3] / "docs" / "session" / "redis.md"


def commands(word: str) -> list[list[str]]:
    """The commands of the one block in the guide that begins with `word`."""
    (block,) = re.findall(
        rf"^```\n({word} .*?)^```$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    return [line.split() for line in block.splitlines()]


def perform(commands: list[list[str]]) -> None:
    with server().client() as client:
        run: Any = client.execute_command
        for command in commands:
            run(*command)


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


def test_the_user_of_the_guide_may_do_all_that_the_store_does_and_nothing_to_other_keys() -> None:
    perform(commands("ACL"))
    address = server().address.replace("unix://", "unix://app@") + "?password=secret"
    store = RedisStore(address)
    store.create(record(), limit=1, now=NOW)
    store.renew(newer(record(), digest=digest("d2")), retired=digest("h1"), grace_until=NOW)
    store.consume_once("code", b"1", owner=ANA, until=NOW, now=NOW)
    store.audit_append("north", b"1")
    assert len(store.audit_since("north", 0, limit=9)) == len(store.list(ANA, now=NOW)) == 1
    assert ended(store, None)
    assert store.purge(now=2 * NOW) == 1
    with pytest.raises(StoreError, match="its access list does not allow this"):
        RedisStore(address, name="another")
    store.close()
    perform([["ACL", "DELUSER", "app"]])


def test_after_a_backup_was_restored_all_sessions_can_be_ended() -> None:
    store = RedisStore(server().address)
    store.create(record(subject=NAMESAKE), limit=None, now=NOW)
    store.write("h1", {"a": Change(expected=0, content=b"1")})
    entry = store.audit_append("south", b"1")
    cursor = store.terminations_since(0, limit=99).cursor
    perform(commands("UNLINK"))
    assert store.get(digest("h1")) is None
    assert store.list(NAMESAKE, now=NOW) == ()
    assert not store.terminations_since(cursor, limit=99).complete
    assert store.audit_since("south", 0, limit=9) == (entry,)
    store.create(record(subject=NAMESAKE), limit=None, now=NOW)
    assert isinstance(store.get(digest("h1")), Presented)
    store.close()
