"""What every store must hold to about subjects: epochs, limits, lists, single use, the feed, and reopening."""

import asyncio
from collections.abc import Callable

import pytest

from sessionward.session.result import Change, Feed, NotCreated, StoreError, Written
from sessionward.session.state import Ended, Reason, State, Subject
from sessionward.session.stores.store import FEED_RETENTION, AsyncStore
from tests.session.stores.conformance import (
    ANA,
    NAMESAKE,
    NOW,
    RACERS,
    digest,
    end,
    living,
    newer,
    put,
    reason,
    record,
)


async def everywhere(store: AsyncStore, subject: Subject = ANA, *, keep: str | None = None) -> int:
    return await store.advance_epoch(subject, reason=Reason.LOGOUT_EVERYWHERE, at=NOW + 5, keep=keep)


async def once(store: AsyncStore, purpose: str = "code", owner: Subject = ANA, now: float = NOW) -> bool:
    return await store.consume_once(purpose, b"1", owner=owner, until=NOW + 60, now=now)


async def feed(store: AsyncStore, cursor: int = 0, limit: int = 100) -> Feed:
    return await store.terminations_since(cursor, limit=limit)


class Subjects:
    """Epochs, limits, lists: never beyond the tenant."""

    async def test_ending_everywhere_ends_all_of_the_subject_and_nobody_elses(
        self, store: AsyncStore
    ) -> None:
        await put(store, record("h1"), record("h2"), record("s1", subject=NAMESAKE))
        assert await everywhere(store) == 1
        found = [reason(await store.get(digest(name))) for name in ("h1", "h2")]
        assert found == [Reason.LOGOUT_EVERYWHERE] * 2
        assert (await living(store, "s1")).record.epoch == 0
        assert (await store.epoch(ANA), await store.epoch(NAMESAKE)) == (1, 0)

    async def test_what_ended_with_its_epoch_is_not_revived(self, store: AsyncStore) -> None:
        await put(store, record())
        await everywhere(store)
        assert await store.cas(newer(record(), epoch=1)) is Written.GONE
        assert not await store.touch("h1", last_active=NOW + 9)
        renewed = newer(record(), digest=digest("d2"), epoch=1)
        assert await store.renew(renewed, retired=digest("h1"), grace_until=NOW) is Written.GONE
        assert await store.write("h1", {"a": Change(expected=0, content=b"1")}) is Written.GONE
        assert not await end(store)
        assert await everywhere(store, keep="h1") == 2
        assert isinstance(await store.get(digest("h1")), Ended)

    async def test_one_session_can_be_kept_and_its_readers_read_again(self, store: AsyncStore) -> None:
        await put(store, record("h1"), record("h2"))
        await store.write("h1", {"a": Change(expected=0, content=b"1")})
        await store.touch("h1", last_active=NOW + 9)
        before = (await living(store)).record
        await everywhere(store, keep="h1")
        after = await living(store)
        assert (after.record.epoch, after.record.last_active, len(after.data)) == (1, NOW + 9, 1)
        assert isinstance(await store.get(digest("h2")), Ended)
        assert await store.cas(newer(before)) is Written.CONFLICT
        assert await store.cas(newer(after.record)) is Written.STORED

    async def test_a_session_of_another_subject_cannot_be_kept(self, store: AsyncStore) -> None:
        await put(store, record("s1", subject=NAMESAKE))
        await everywhere(store, ANA, keep="s1")
        assert (await living(store, "s1")).record == record("s1", subject=NAMESAKE)

    async def test_a_login_begun_before_all_was_ended_is_refused(self, store: AsyncStore) -> None:
        await everywhere(store)
        refused = await store.create(record(), limit=None, now=NOW)
        assert refused.refused is NotCreated.EPOCH_PASSED
        assert await store.get(digest("h1")) is None
        await put(store, record(epoch=1))

    async def test_logins_racing_with_the_end_of_all_leave_nothing_alive(self, store: AsyncStore) -> None:
        names = [f"h{number}" for number in range(RACERS)]
        await asyncio.gather(
            *(store.create(record(name), limit=None, now=NOW) for name in names[:4]),
            everywhere(store),
            *(store.create(record(name), limit=None, now=NOW) for name in names[4:]),
        )
        assert await store.list(ANA, now=NOW) == ()

    async def test_a_session_is_ended_only_as_its_owners(self, store: AsyncStore) -> None:
        await put(store, record())
        for owner in (NAMESAKE, None, Subject(tenant="north", id="ben")):
            assert not await end(store, owner=owner)
        assert await end(store)

    async def test_the_list_is_of_the_subjects_living_sessions_oldest_first(self, store: AsyncStore) -> None:
        await put(store, record("h2"), record("h1"), record("h3"), record("s1", subject=NAMESAKE))
        await store.touch("h2", last_active=NOW + 9)
        await end(store, "h3")
        found = await store.list(ANA, now=NOW)
        assert [(entry.handle, entry.last_active) for entry in found] == [("h1", NOW), ("h2", NOW + 9)]
        assert await store.list(ANA, now=record().deadline) == ()
        assert await store.list(Subject(tenant="nor", id="thana"), now=NOW) == ()

    @pytest.mark.parametrize("limit,kept", [(1, []), (2, ["h2"]), (3, ["h2", "h3"]), (4, ["h1", "h2", "h3"])])
    async def test_a_login_takes_over_from_the_least_active(
        self, store: AsyncStore, limit: int, kept: list[str]
    ) -> None:
        await put(
            store,
            record("h1", last_active=NOW - 30),
            record("h2", last_active=NOW - 60),
            record("h3", last_active=NOW - 20),
            record("pending", state=State.PENDING, last_active=NOW - 99),
            record("s1", subject=NAMESAKE, last_active=NOW - 99),
        )
        await store.touch("h2", last_active=NOW)
        creation = await store.create(record("new"), limit=limit, now=NOW)
        ended = [name for name in ("h1", "h2", "h3") if name not in kept]
        assert sorted(creation.taken_over) == ended
        assert {reason(await store.get(digest(name))) for name in ended} <= {Reason.TAKEN_OVER}
        for name in (*kept, "new", "pending", "s1"):
            assert (await living(store, name)).record.handle == name

    async def test_racing_logins_never_exceed_the_limit(self, store: AsyncStore) -> None:
        names = [f"h{number}" for number in range(RACERS)]
        await asyncio.gather(*(store.create(record(name), limit=2, now=NOW) for name in names))
        assert len(await store.list(ANA, now=NOW)) == 2


class SingleUse:
    """What may be used once."""

    async def test_of_many_racers_one_consumes(self, store: AsyncStore) -> None:
        assert sorted(await asyncio.gather(*(once(store) for _ in range(RACERS)))) == [
            *[False] * (RACERS - 1),
            True,
        ]

    async def test_purposes_and_owners_are_apart(self, store: AsyncStore) -> None:
        assert [await once(store), await once(store, "challenge"), await once(store, owner=NAMESAKE)] == [
            True
        ] * 3
        assert not await store.consume_once("code", b"1", owner=ANA, until=NOW + 60, now=NOW)
        assert await store.consume_once("code", b"1", owner=None, until=NOW + 60, now=NOW)

    async def test_it_is_remembered_until_it_expires_also_over_a_purge(self, store: AsyncStore) -> None:
        await once(store)
        await store.purge(now=NOW + 59)
        assert not await once(store, now=NOW + 59)

    async def test_a_clock_that_goes_back_gives_no_second_use(self, store: AsyncStore) -> None:
        await once(store)
        assert not await once(store, now=NOW - 3600)


class Endings:
    """The feed of terminations."""

    async def test_each_end_is_told_once_and_in_order(self, store: AsyncStore) -> None:
        await put(store, record("h1"), record("h2"))
        await end(store, "h2")
        await end(store, "h2")
        await everywhere(store)
        told = await feed(store)
        assert [(entry.handle, entry.subject, entry.epoch) for entry in told.terminations] == [
            ("h2", ANA, None),
            (None, ANA, 1),
        ]
        assert [entry.at for entry in told.terminations] == [NOW + 5] * 2
        assert told.complete
        rest = await feed(store, told.cursor)
        assert (rest.terminations, rest.cursor, rest.complete) == ((), told.cursor, True)

    async def test_the_feed_is_read_in_parts(self, store: AsyncStore) -> None:
        await put(store, *(record(f"h{number}") for number in range(5)))
        for number in range(5):
            await end(store, f"h{number}")
        seen: list[str | None] = []
        cursor = 0
        while (part := await feed(store, cursor, 2)).terminations:
            seen += [entry.handle for entry in part.terminations]
            cursor = part.cursor
        assert seen == [f"h{number}" for number in range(5)]

    async def test_a_take_over_is_told(self, store: AsyncStore) -> None:
        await put(store, record("h1"), record("h2"), limit=1)
        assert [entry.reason for entry in (await feed(store)).terminations] == [Reason.TAKEN_OVER]

    async def test_a_reader_who_missed_something_is_told_so(self, store: AsyncStore) -> None:
        await put(store, record("h1"))
        await end(store, "h1")
        before = await feed(store)
        await store.purge(now=NOW + 5 + FEED_RETENTION)
        assert not (await feed(store, 0)).complete
        assert (await feed(store, before.cursor)).complete
        await put(store, record("h2"))
        await end(store, "h2")
        assert [entry.handle for entry in (await feed(store, before.cursor)).terminations] == ["h2"]

    async def test_each_change_is_told_and_activity_is_not(self, store: AsyncStore) -> None:
        await put(store, record("h1"), record("h2"))
        second = newer(record("h1"), state=State.LOCKED)
        await store.cas(second)
        await store.renew(newer(second, digest=digest("d2")), retired=digest("h1"), grace_until=NOW)
        await store.write("h2", {"a": Change(expected=0, content=b"1")})
        await store.touch("h1", last_active=NOW + 9)
        told = (await feed(store)).terminations
        assert [(entry.handle, entry.subject) for entry in told] == [("h1", ANA), ("h1", ANA), ("h2", ANA)]
        assert {(entry.epoch, entry.reason, entry.at) for entry in told} == {(None, None, None)}

    async def test_what_was_refused_changed_nothing_and_is_not_told(self, store: AsyncStore) -> None:
        await put(store, record())
        await store.write("h1", {"a": Change(expected=7, content=b"1")})
        await store.cas(newer(newer(record())))
        await store.renew(newer(record(), digest=digest("d2")), retired=digest("d9"), grace_until=NOW)
        assert (await feed(store)).terminations == ()

    async def test_changes_are_forgotten_with_the_ends_after_them(self, store: AsyncStore) -> None:
        await put(store, record("h1"), record("h2"))
        await store.cas(newer(record("h1")))
        await end(store, "h2")
        await store.cas(newer(newer(record("h1"))))
        await store.purge(now=NOW + 4 + FEED_RETENTION)
        assert len((await feed(store)).terminations) == 3
        await store.purge(now=NOW + 5 + FEED_RETENTION)
        told = await feed(store)
        assert ([entry.handle for entry in told.terminations], told.complete) == (["h1"], False)

    async def test_a_reader_from_beyond_the_end_is_told_so_and_led_back(self, store: AsyncStore) -> None:
        await put(store, record("h1"))
        await end(store, "h1")
        told = await feed(store)
        lost = await feed(store, told.cursor + 1)
        assert (lost.terminations, lost.cursor, lost.complete) == ((), told.cursor, False)


class Reopening:
    """What is kept outlives a client, and clients see each other. `opened` opens the same store once more."""

    async def test_nothing_is_lost_when_the_store_is_lost_and_back(
        self, opened: Callable[[], AsyncStore]
    ) -> None:
        store = opened()
        await put(store, record("h1"), record("h2"), record("h3", subject=NAMESAKE))
        await store.write("h1", {"a": Change(expected=0, content=b"1")})
        await store.renew(newer(record(), digest=digest("d1")), retired=digest("h1"), grace_until=NOW + 9)
        await end(store, "h2")
        await everywhere(store, NAMESAKE)
        assert await once(store)
        entry = await store.audit_append("north", b"1")
        before = [await store.get(digest(name)) for name in ("h1", "d1", "h2", "h3")]
        told = await feed(store)
        await store.close()
        with pytest.raises(StoreError):
            await store.get(digest("d1"))
        back = opened()
        assert [await back.get(digest(name)) for name in ("h1", "d1", "h2", "h3")] == before
        assert await feed(back) == told
        assert not await once(back)
        assert await back.audit_since("north", 0, limit=9) == (entry,)
        assert await back.epoch(NAMESAKE) == 1
        await back.close()

    async def test_an_end_is_seen_by_other_clients_at_once(self, opened: Callable[[], AsyncStore]) -> None:
        here, there = opened(), opened()
        await put(here, record())
        read = (await living(there)).record
        await end(here)
        assert isinstance(await there.get(digest("h1")), Ended)
        assert await there.cas(newer(read)) is Written.GONE
        assert [entry.handle for entry in (await feed(there)).terminations] == ["h1"]
        await here.close()
        await there.close()

    async def test_a_closed_store_answers_nothing(self, opened: Callable[[], AsyncStore]) -> None:
        store = opened()
        await put(store, record())
        await store.close()
        for question in (
            store.get(digest("h1")),
            store.touch("h1", last_active=NOW),
            end(store),
            feed(store),
        ):
            with pytest.raises(StoreError):
                await question
