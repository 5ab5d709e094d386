import asyncio
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from redis import BlockingConnectionPool, Redis
from redis.asyncio import Redis as AsyncRedis
from redis.asyncio.retry import Retry as AsyncRetry
from redis.backoff import NoBackoff
from redis.retry import Retry

from sessionward.session.result import Change, StoreError
from sessionward.session.state import Presented, State
from sessionward.session.stores.redis import AsyncRedisStore, RedisStore
from sessionward.session.stores.redis_driver import CODES, SENTENCES, Settings
from tests.session.stores.certificate import certified
from tests.session.stores.conformance import ANA, NOW, digest, end, newer, put, record
from tests.session.stores.redis_aside import ended
from tests.session.stores.redis_server import Server, free_port, fresh, gone, server, started

NEVER = Retry(NoBackoff(), 0)
PATIENCE = 0.5
BOUND = 3.0
"""Seconds within which a store that cannot be asked has to say so, with all that slow machines add."""


@pytest.fixture
def own() -> Iterator[Server]:
    """A server that this test alone may stop."""
    made = started()
    yield made
    gone(made)


@pytest.fixture
def store(own: Server) -> Iterator[RedisStore]:
    made = RedisStore(own.address, patience=PATIENCE)
    made.create(record(), limit=None, now=NOW)
    yield made
    made.close()


WRITES: dict[str, Callable[[RedisStore], object]] = {
    "create": lambda store: store.create(record("h2"), limit=1, now=NOW),
    "cas": lambda store: store.cas(newer(record(), state=State.LOCKED)),
    "renew": lambda store: store.renew(
        newer(record(), digest=digest("d2")), retired=digest("h1"), grace_until=NOW
    ),
    "write": lambda store: store.write("h1", {"a": Change(expected=0, content=b"1" * 99)}),
    "consume": lambda store: store.consume_once("code", b"1", owner=ANA, until=NOW + 9, now=NOW),
    "trail": lambda store: store.audit_append("north", b"1"),
}
ENDS: dict[str, Callable[[RedisStore], object]] = {
    "terminate": ended,
    "everywhere": partial(ended, handle=None),
}


def state(store: RedisStore) -> tuple[object, ...]:
    return (
        store.get(digest("h1")),
        store.get(digest("h2")),
        store.get(digest("d2")),
        store.list(ANA, now=NOW),
        store.terminations_since(0, limit=9),
        store.audit_since("north", 0, limit=9),
        store.epoch(ANA),
    )


@pytest.mark.parametrize("write", [*WRITES.values(), *ENDS.values()], ids=[*WRITES, *ENDS])
def test_a_server_that_hangs_is_given_up_in_bounded_time(
    write: Callable[[RedisStore], object], own: Server, store: RedisStore
) -> None:
    with own.halted():
        start = time.monotonic()
        with pytest.raises(StoreError, match="cannot be asked: TimeoutError"):
            write(store)
        assert time.monotonic() - start < BOUND
    assert isinstance(store.get(digest("h1")), object)


def test_a_call_whose_answer_was_lost_is_not_made_twice(own: Server, store: RedisStore) -> None:
    store.audit_append("north", b"1")
    with own.halted(), pytest.raises(StoreError):
        store.audit_append("north", b"2")
    assert len(store.audit_since("north", 0, limit=9)) in {1, 2}
    entry = store.audit_append("north", b"3")
    assert entry.position in {2, 3}


async def test_a_call_that_was_cancelled_leaves_its_answer_to_nobody_else(own: Server) -> None:
    store = AsyncRedisStore(own.address, connections=1)
    await put(store, record("h1"), record("h2"))
    with own.halted():
        task = asyncio.create_task(store.get(digest("h1")))
        await asyncio.wait({task}, timeout=PATIENCE)
        task.cancel()
        await asyncio.wait({task})
    assert task.cancelled()
    found = await store.get(digest("h2"))
    assert isinstance(found, Presented)
    assert found.record.handle == "h2"
    await store.close()


async def test_an_awaited_call_is_given_up_in_bounded_time_and_the_next_is_answered(own: Server) -> None:
    store = AsyncRedisStore(own.address, patience=PATIENCE)
    await put(store, record())
    with own.halted():
        start = time.monotonic()
        with pytest.raises(StoreError, match="cannot be asked"):
            await end(store)
        assert time.monotonic() - start < BOUND
    assert await store.get(digest("h1")) is not None
    await store.close()


def test_a_server_that_is_gone_is_told_and_one_that_is_back_is_asked_again(
    own: Server, store: RedisStore
) -> None:
    own.stop()
    with pytest.raises(StoreError, match="cannot be asked"):
        store.get(digest("h1"))
    with pytest.raises(StoreError, match="cannot be asked"):
        RedisStore(own.address)
    own.start()
    assert store.get(digest("h1")) is None


def test_a_full_server_takes_nothing_more_and_still_ends_sessions(own: Server, store: RedisStore) -> None:
    before = state(store)
    with own.client() as client:
        client.config_set("maxmemory", "1")
        for write in WRITES.values():
            with pytest.raises(StoreError, match="its memory is full"):
                write(store)
        assert state(store) == before
        client.config_set("maxmemory", "0")
    for number, finish in enumerate(ENDS.values()):
        store.create(record(f"e{number}"), limit=None, now=NOW)
        with own.client() as client:
            client.config_set("maxmemory", "1")
            assert finish(store)
            client.config_set("maxmemory", "0")
    assert store.list(ANA, now=NOW) == ()


def test_a_server_that_takes_no_writes_is_told(own: Server, store: RedisStore) -> None:
    with own.client() as client:
        client.config_set("min-replicas-to-write", "1")
    before = state(store)
    for write in (*WRITES.values(), *ENDS.values()):
        with pytest.raises(StoreError, match="too few of its replicas"):
            write(store)
    assert state(store) == before


def test_a_replica_is_told_from_its_primary(own: Server, store: RedisStore) -> None:
    other = started(options="--replica-serve-stale-data yes")
    with other.client() as client:
        client.replicaof("127.0.0.1", "1")
    with pytest.raises(StoreError, match="a replica and takes no writes"):
        RedisStore(other.address)
    gone(other)


@pytest.mark.parametrize("key", ["tokens", "sessions", "activity", "feed", "meta"])
def test_a_key_of_another_kind_is_told_before_anything_is_changed(
    key: str, own: Server, store: RedisStore
) -> None:
    named = f"{{sessionward}}:{key}"
    with own.client() as client:
        kept = client.dump(named)
        client.set(named, "x")
        with pytest.raises(StoreError, match="something of another kind"):
            WRITES["renew"](store)
        client.delete(named)
        if kept is not None:
            client.restore(named, 0, kept)
    assert isinstance(store.get(digest("h1")), Presented)
    assert store.terminations_since(0, limit=9).terminations == ()


@pytest.mark.parametrize("is_cluster", [False, True])
async def test_a_server_that_throws_out_sessions_is_refused(
    is_cluster: bool,  # noqa: FBT001
) -> None:
    own = started(is_cluster=is_cluster)
    for policy in ("allkeys-lru", "allkeys-lfu", "allkeys-random"):
        with own.client() as client:
            client.config_set("maxmemory-policy", policy)
        with pytest.raises(StoreError, match=f"{policy}. Set it to noeviction"):
            RedisStore(own.address)
        store = AsyncRedisStore(own.address)
        for _ in range(2):
            with pytest.raises(StoreError, match=f"{policy}. Set it to noeviction"):
                await store.get(b"")
        await store.close()
    gone(own)


def test_of_several_nodes_one_that_throws_out_sessions_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    nodes = {"a:1": {"maxmemory-policy": "noeviction"}, "b:1": {"maxmemory-policy": b"allkeys-lru"}}
    monkeypatch.setattr(Redis, "config_get", lambda client, policy: nodes)
    with pytest.raises(StoreError, match="allkeys-lru"):
        RedisStore(server().address, name=fresh())


def test_a_server_that_throws_out_only_what_has_a_time_to_live_throws_out_nothing_of_ours(
    own: Server, store: RedisStore
) -> None:
    for write in WRITES.values():
        write(store)
    with own.client() as client:
        client.config_set("maxmemory-policy", "volatile-lru")
        assert {client.ttl(key) for key in client.scan_iter("*")} == {-1}
    RedisStore(own.address).close()


def test_who_may_do_only_what_is_needed_gets_along(own: Server) -> None:
    with own.client() as client:
        client.acl_setuser(
            "app",
            enabled=True,
            passwords=["+s3cret:/@"],
            keys=["{sessionward}:*"],
            categories=["+@read", "+@write", "-@dangerous"],
            commands=["+eval", "+evalsha"],
        )
    address = own.address.replace("unix://", "unix://app@") + "?password=s3cret:/%40"
    made = RedisStore(address)
    made.create(record(), limit=None, now=NOW)
    assert ended(made)
    made.close()


def test_no_password_stands_in_an_error(own: Server) -> None:
    wrong = own.address.replace("unix://", "unix://app@") + "?password=s3cret"
    for address in (
        wrong,
        "redis://app:s3cret@localhost:s3cret/0",
        "postgres://app:s3cret@db",
        "unix://?db=s3cret",
    ):
        with pytest.raises((StoreError, ValueError)) as caught:
            RedisStore(address)
        assert "s3cret" not in repr(caught.value)
        assert caught.value.__cause__ is None


async def test_a_server_is_trusted_for_its_certificate_alone(tmp_path: Path) -> None:
    certificate, key = certified(tmp_path)
    port = free_port()
    files = f"--tls-cert-file {certificate} --tls-key-file {key} --tls-ca-cert-file {certificate}"
    own = started(options=f"--bind 127.0.0.1 --tls-port {port} --tls-auth-clients no {files}")
    address = f"rediss://127.0.0.1:{port}/0"
    with pytest.raises(StoreError, match="cannot be asked"):
        RedisStore(address)
    store = RedisStore(f"{address}?ssl_ca_certs={certificate}")
    store.create(record(), limit=None, now=NOW)
    awaited = AsyncRedisStore(f"{address}?ssl_ca_certs={certificate}")
    assert await awaited.get(digest("h1")) == store.get(digest("h1")) is not None
    store.close()
    await awaited.close()
    gone(own)


def test_a_ready_client_is_taken_and_left_open(own: Server) -> None:
    client = Redis.from_pool(BlockingConnectionPool.from_url(own.address, retry=NEVER))
    store = RedisStore(client)
    store.create(record(), limit=None, now=NOW)
    assert isinstance(store.get(digest("h1")), Presented)
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.get(digest("h1"))
    assert client.ping()
    client.close()


async def test_a_client_that_repeats_calls_or_answers_text_is_refused() -> None:
    with pytest.raises(ValueError, match="repeats a call"):
        RedisStore(Redis())
    with pytest.raises(ValueError, match="repeats a call"):
        AsyncRedisStore(AsyncRedis())
    address = server().address
    with pytest.raises(ValueError, match="answers text"):
        RedisStore(Redis.from_url(address, retry=NEVER, decode_responses=True))
    with pytest.raises(ValueError, match="answers text"):
        AsyncRedisStore(AsyncRedis.from_url(address, retry=AsyncRetry(NoBackoff(), 0), decode_responses=True))


def test_a_server_that_forgot_the_scripts_is_told_them_again() -> None:
    store = RedisStore(server().address, name=fresh())
    store.create(record(), limit=None, now=NOW)
    with server().client() as client:
        client.script_flush()
    assert isinstance(store.get(digest("h1")), Presented)
    store.close()


def test_each_meaning_of_an_error_is_half_a_sentence() -> None:
    for sentence in (*CODES.values(), *SENTENCES.values()):
        assert sentence[0].islower()
        assert not sentence.endswith(".")


@pytest.mark.parametrize("setting", ["patience", "connecting", "connections"])
@pytest.mark.parametrize("figure", [0, -1, float("inf"), float("nan")])
def test_a_figure_that_makes_no_sense_is_refused(setting: str, figure: float) -> None:
    figures: dict[str, Any] = {"patience": 1.0, "connecting": 1.0, "connections": 1, setting: figure}
    with pytest.raises(ValueError, match=setting):
        Settings(**figures)
