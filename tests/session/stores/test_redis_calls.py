import asyncio
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessionward.session.result import Change, StoreError, Written
from sessionward.session.state import Presented, Reason, State, Subject
from sessionward.session.stores import redis_calls, redis_scripts
from sessionward.session.stores.redis import AsyncRedisStore, RedisStore
from sessionward.session.stores.redis_calls import BATCH
from sessionward.session.stores.store import FEED_RETENTION, FIRST_LINK, PURGE_MARGIN, link
from tests.session.stores.conformance import ANA, NOW, RACERS, digest, newer, put, record
from tests.session.stores.redis_aside import ended
from tests.session.stores.redis_server import fresh, gone, server, started


@pytest.fixture
def name() -> str:
    return fresh()


@pytest.fixture
def store(name: str) -> Iterator[RedisStore]:
    made = RedisStore(server().address, name=name)
    yield made
    made.close()


TEXT = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)


@settings(deadline=None, max_examples=60, derandomize=True)
@given(content=st.binary(max_size=300), tenant=TEXT)
def test_the_server_makes_the_same_links_as_we_do(content: bytes, tenant: str) -> None:
    made = RedisStore(server().address, name=fresh())
    first = made.audit_append(tenant, b"1")
    made._ends[tenant] = b"wrong"  # noqa: SLF001 - as of a process that did not see the last entry
    second = made.audit_append(tenant, content)
    assert second.link == link(first.link, tenant, content)
    assert made.audit_since(tenant, 0, limit=9) == (first, second)
    made.close()


def test_two_processes_that_append_in_turns_make_one_chain(store: RedisStore, name: str) -> None:
    other = RedisStore(server().address, name=name)
    before = FIRST_LINK
    for number in range(6):
        entry = (store, other)[number % 2].audit_append("north", b"%d" % number)
        assert (entry.position, entry.link) == (number + 1, link(before, "north", b"%d" % number))
        before = entry.link
    other.close()


@settings(deadline=None, max_examples=60, derandomize=True)
@given(one=st.tuples(TEXT, TEXT), other=st.tuples(TEXT, TEXT))
def test_no_two_subjects_are_kept_in_one_place(one: tuple[str, str], other: tuple[str, str]) -> None:
    subjects = [Subject(tenant=tenant, id=who) for tenant, who in (one, other)]
    made = RedisStore(server().address, name=fresh())
    made.create(record("h1", subject=subjects[0]), limit=None, now=NOW)
    made.advance_epoch(subjects[0], reason=Reason.DISABLED, at=NOW, keep=None)
    assert made.epoch(subjects[1]) == int(one == other)
    (told,) = made.terminations_since(0, limit=9).terminations
    assert told.subject == subjects[0]
    made.close()


def test_times_are_kept_to_the_last_bit(store: RedisStore) -> None:
    odd = replace(record(), created=1.1, last_active=NOW + 1 / 3, deadline=NOW + 2e5 / 7)
    store.create(odd, limit=None, now=NOW)
    store.touch("h1", last_active=NOW + 0.1 + 0.7)
    (found,) = store.list(ANA, now=NOW)
    assert found == replace(odd, last_active=NOW + 0.1 + 0.7)
    assert store.list(ANA, now=odd.deadline) == ()


def test_a_lone_surrogate_is_an_error_of_the_store(store: RedisStore) -> None:
    subject = Subject(tenant="north", id="\ud800")
    for question in (
        lambda: store.epoch(subject),
        lambda: store.create(record(subject=subject), limit=1, now=NOW),
        lambda: store.audit_append("\ud800", b""),
    ):
        with pytest.raises(StoreError, match="UTF-8"):
            question()


def test_a_record_that_cannot_be_read_is_an_error_and_not_a_visitor(store: RedisStore, name: str) -> None:
    store.create(record(), limit=None, now=NOW)
    with server().client() as client:
        for broken in (b"\x91\xa1x", b"\xff", b""):
            client.hset(f"{{{name}}}:sessions", "h1", broken)
            for question in (lambda: store.get(digest("h1")), lambda: ended(store)):
                with pytest.raises(StoreError):
                    question()


def test_a_store_of_another_version_is_refused(store: RedisStore, name: str) -> None:
    with server().client() as client:
        client.hset(f"{{{name}}}:meta", "format", "9")
    with pytest.raises(StoreError, match="has the format"):
        RedisStore(server().address, name=name)


def test_stores_of_two_names_know_nothing_of_each_other(store: RedisStore) -> None:
    other = RedisStore(server().address, name=fresh())
    store.create(record(), limit=None, now=NOW)
    assert other.get(digest("h1")) is None
    assert not ended(other)
    other.close()


def test_logins_clear_away_what_is_long_over_where_nothing_purges(store: RedisStore, name: str) -> None:
    first = record("h0")
    store.create(first, limit=None, now=NOW)
    store.renew(newer(first, digest=digest("d0")), retired=digest("h0"), grace_until=NOW)
    ended(store, "h0")
    over = first.deadline + PURGE_MARGIN
    store.create(replace(record("h1"), deadline=over + 9), limit=None, now=over - 1)
    assert store.get(digest("h0")) is not None
    store.create(replace(record("h2"), deadline=over + 9), limit=None, now=over)
    assert [store.get(digest(token)) for token in ("h0", "d0")] == [None, None]
    assert isinstance(store.get(digest("h1")), Presented)
    with server().client() as client:
        assert client.hlen(f"{{{name}}}:sessions") == client.zcard(f"{{{name}}}:deadlines") == 2
        assert not client.exists(f"{{{name}}}:retired")


def test_a_purge_of_much_leaves_nothing_behind(store: RedisStore, name: str) -> None:
    for number in range(2 * BATCH + 1):
        store.create(record(f"h{number}"), limit=None, now=NOW)
    store.renew(newer(record("h1"), digest=digest("d1")), retired=digest("h1"), grace_until=NOW)
    store.write("h1", {"a": Change(expected=0, content=b"1")})
    store.consume_once("code", b"1", owner=ANA, until=NOW, now=NOW)
    ended(store, "h1")
    with server().client() as client:
        assert store.purge(now=record().deadline + PURGE_MARGIN + FEED_RETENTION) == 2 * BATCH + 1
        left = {key.decode().rpartition(":")[2] for key in client.keys(f"{{{name}}}:*")}
    assert left <= {"meta", "feed"}
    assert store.terminations_since(0, limit=9).terminations == ()


def test_a_feed_that_nobody_purges_stays_bounded_and_tells_who_fell_behind(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    redis_scripts.script.cache_clear()
    monkeypatch.setattr(redis_scripts, "FEED_BOUND", 50)
    monkeypatch.setattr(redis_scripts, "FEED_BATCH", 10)
    store = RedisStore(server().address, name=name)
    store.create(record(), limit=None, now=NOW)
    cursors = []
    for number in range(75):
        store.write("h1", {"a": Change(expected=number, content=b"1")})
        cursors.append(store.terminations_since(2**52, limit=1).cursor)
    redis_scripts.script.cache_clear()
    feed = store.terminations_since(0, limit=999)
    assert 40 <= len(feed.terminations) <= 50
    assert not feed.complete
    behind = [store.terminations_since(cursor, limit=1).complete for cursor in cursors]
    assert behind == sorted(behind)
    assert behind.count(True) == len(feed.terminations) + 1
    store.close()


@pytest.mark.parametrize("batch", [1, 2, 3, 100])
def test_the_feed_is_purged_alike_in_batches_of_any_size(
    batch: int, store: RedisStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redis_calls, "FEED_BATCH", batch)
    store.create(record("h0"), limit=None, now=NOW)
    store.write("h0", {"a": Change(expected=0, content=b"1")})
    for number in range(1, 6):
        store.create(record(f"h{number}"), limit=None, now=NOW)
        store.cas(newer(record(f"h{number}"), state=State.LOCKED))
        store.terminate(f"h{number}", owner=ANA, reason=Reason.LOGOUT, at=NOW + number)
    store.purge(now=NOW + 3 + FEED_RETENTION)
    feed = store.terminations_since(0, limit=99)
    assert [entry.handle for entry in feed.terminations] == ["h4", "h4", "h5", "h5"]
    assert not feed.complete


def test_a_store_that_lost_everything_revives_nothing_and_tells_readers_of_the_feed() -> None:
    own = started()
    store = RedisStore(own.address)
    for number in range(3):
        store.create(record(f"h{number}"), limit=None, now=NOW)
        ended(store, f"h{number}")
    store.advance_epoch(ANA, reason=Reason.DISABLED, at=NOW, keep=None)
    store.create(replace(record("h9"), epoch=1), limit=None, now=NOW)
    cursors = [entry.position for entry in store.terminations_since(0, limit=99).terminations]
    own.stop()
    own.start()
    assert [store.get(digest(f"h{number}")) for number in (0, 1, 2, 9)] == [None] * 4
    assert store.cas(newer(record("h9"))) is Written.GONE
    assert not store.touch("h9", last_active=NOW)
    store.create(record("x1"), limit=None, now=NOW)
    for number in range(len(cursors) + 2):
        store.write("x1", {"a": Change(expected=number, content=b"1")})
    assert not any(store.terminations_since(cursor, limit=99).complete for cursor in cursors)
    store.close()
    gone(own)


def test_epochs_that_were_lost_revive_no_session_they_had_ended(store: RedisStore, name: str) -> None:
    store.create(record(), limit=None, now=NOW)
    store.advance_epoch(ANA, reason=Reason.DISABLED, at=NOW, keep=None)
    with server().client() as client:
        client.delete(f"{{{name}}}:epochs")
    assert not isinstance(store.get(digest("h1")), Presented)
    assert store.cas(newer(record())) is Written.GONE


def test_nothing_that_was_answered_is_lost_by_a_server_that_appends_each_write_to_a_file() -> None:
    own = started(options="--appendonly yes --appendfsync always")
    store = RedisStore(own.address)
    store.create(record(), limit=None, now=NOW)
    store.write("h1", {"a": Change(expected=0, content=b"\0\xff")})
    store.advance_epoch(ANA, reason=Reason.DISABLED, at=NOW, keep="h1")
    before = (store.get(digest("h1")), store.terminations_since(0, limit=9))
    own.stop()
    own.start()
    assert (store.get(digest("h1")), store.terminations_since(0, limit=9)) == before
    store.close()
    gone(own)


async def test_entries_of_many_processes_make_one_chain(name: str) -> None:
    stores = [AsyncRedisStore(server().address, name=name) for _ in range(3)]
    await put(stores[0], record())
    await asyncio.gather(
        *(stores[number % 3].audit_append("north", b"%d" % number) for number in range(3 * RACERS))
    )
    before = FIRST_LINK
    for entry in await stores[0].audit_since("north", 0, limit=99):
        assert entry.link == link(before, "north", entry.content)
        before = entry.link
    for store in stores:
        await store.close()
