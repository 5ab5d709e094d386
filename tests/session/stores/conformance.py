"""What every store must hold to. A store's tests inherit these classes and say how the store is opened.

They speak to an `AsyncStore`; a blocking store is wrapped in `Direct`, and put through `races.py` besides.
"""

import asyncio
from dataclasses import replace

import pytest

from sessionward.session.result import Change, NotCreated, Written
from sessionward.session.state import (
    Authentication,
    Ended,
    Presented,
    Reason,
    Recalled,
    Record,
    Session,
    State,
    Subject,
    TokenAge,
    Value,
)
from sessionward.session.stores.store import FEED_RETENTION, FIRST_LINK, PURGE_MARGIN, AsyncStore, link

NOW = 1_700_000_000.0
ANA = Subject(tenant="north", id="ana")
NAMESAKE = Subject(tenant="south", id="ana")
RACERS = 8


def digest(name: str) -> bytes:
    return name.encode().ljust(32, b".")


def record(
    handle: str = "h1",
    *,
    subject: Subject | None = ANA,
    state: State = State.ACTIVE,
    last_active: float = NOW,
    epoch: int = 0,
) -> Record:
    return Record(
        handle=handle,
        digest=digest(handle),
        state=state,
        version=1,
        created=NOW,
        last_active=last_active,
        deadline=NOW + 43_200,
        subject=subject,
        role="nurse",
        epoch=epoch,
        authentications=(Authentication(method="password", at=NOW),),
    )


def newer(before: Record, **changes: object) -> Record:
    made: Record = replace(before, version=before.version + 1, **changes)  # type: ignore[arg-type]
    return made


async def put(store: AsyncStore, *records: Record, limit: int | None = None) -> None:
    for entry in records:
        creation = await store.create(entry, limit=limit, now=NOW)
        assert creation.refused is None


async def living(store: AsyncStore, name: str = "h1") -> Presented:
    found = await store.get(digest(name))
    assert isinstance(found, Presented)
    return found


def plain(found: Recalled) -> Presented:
    """What was recalled, as the store itself would have told it."""
    return Presented(record=found.record, age=found.age, grace_until=found.grace_until, data=found.data)


def reason(found: Session) -> Reason:
    assert isinstance(found, Ended)
    return found.reason


async def end(store: AsyncStore, handle: str = "h1", *, owner: Subject | None = ANA) -> bool:
    return await store.terminate(handle, owner=owner, reason=Reason.LOGOUT, at=NOW + 5)


class Records:
    """Creation, conditional writes, activity, renewal, ends."""

    async def test_what_was_created_is_found_by_its_digest_alone(self, store: AsyncStore) -> None:
        await put(store, record())
        found = await living(store)
        assert (found.record, found.age, dict(found.data)) == (record(), TokenAge.CURRENT, {})
        assert await store.get(b"h1") is None
        assert await store.get(b"") is None

    async def test_an_unknown_token_is_never_adopted(self, store: AsyncStore) -> None:
        assert await store.get(digest("chosen")) is None
        assert await store.cas(newer(record("chosen"))) is Written.GONE
        assert not await store.touch("chosen", last_active=NOW)
        renewed = newer(record("chosen"), digest=digest("next"))
        assert await store.renew(renewed, retired=digest("chosen"), grace_until=NOW) is Written.GONE
        assert await store.write("chosen", {"a": Change(expected=0, content=b"1")}) is Written.GONE
        assert not await end(store, "chosen")
        assert await store.get(digest("chosen")) is None
        assert await store.list(ANA, now=NOW) == ()

    async def test_a_visitor_without_a_subject_is_kept_like_any_other(self, store: AsyncStore) -> None:
        await put(store, record(subject=None, state=State.ANONYMOUS))
        assert (await living(store)).record.subject is None
        assert not await end(store, owner=ANA)
        assert await end(store, owner=None)
        assert reason(await store.get(digest("h1"))) is Reason.LOGOUT

    @pytest.mark.parametrize("ended", [False, True])
    @pytest.mark.parametrize("same", ["handle", "digest", "retired"])
    async def test_a_known_handle_or_digest_is_not_created_again(
        self,
        store: AsyncStore,
        same: str,
        ended: bool,  # noqa: FBT001
    ) -> None:
        await put(store, record())
        await store.renew(newer(record(), digest=digest("d2")), retired=digest("h1"), grace_until=NOW)
        if ended:
            await end(store)
        other = {
            "handle": replace(record(), digest=digest("d9")),
            "digest": replace(record("h9"), digest=digest("d2")),
            "retired": replace(record("h9"), digest=digest("h1")),
        }[same]
        assert (await store.create(other, limit=None, now=NOW)).refused is NotCreated.EXISTS

    async def test_a_write_over_an_older_version_is_refused_and_changes_nothing(
        self, store: AsyncStore
    ) -> None:
        await put(store, record())
        locked = newer(record(), state=State.LOCKED)
        assert await store.cas(locked) is Written.STORED
        assert await store.cas(newer(record(), role="doctor")) is Written.CONFLICT
        assert await store.cas(newer(newer(locked))) is Written.CONFLICT
        assert (await living(store)).record == locked

    async def test_activity_only_grows_and_disturbs_no_other_write(self, store: AsyncStore) -> None:
        await put(store, record())
        for moment, after in ((NOW + 60, NOW + 60), (NOW + 30, NOW + 60), (NOW - 9999, NOW + 60)):
            assert await store.touch("h1", last_active=moment)
            assert (await living(store)).record.last_active == after
        assert await store.cas(newer(record(), state=State.LOCKED)) is Written.STORED
        found = (await living(store)).record
        assert (found.state, found.last_active) == (State.LOCKED, NOW + 60)

    async def test_a_renewed_token_leads_on_for_one_step(self, store: AsyncStore) -> None:
        await put(store, record())
        second = newer(record(), digest=digest("d2"), sealed=b"s" * 32)
        third = newer(second, digest=digest("d3"))
        assert await store.renew(second, retired=digest("h1"), grace_until=NOW + 10) is Written.STORED
        found = await living(store)
        assert (found.age, found.grace_until, found.record) == (TokenAge.PREVIOUS, NOW + 10, second)
        assert await store.renew(third, retired=digest("d2"), grace_until=NOW + 20) is Written.STORED
        ages = [(await living(store, name)).age for name in ("h1", "d2", "d3")]
        assert ages == [TokenAge.RETIRED, TokenAge.PREVIOUS, TokenAge.CURRENT]
        assert ((await living(store)).grace_until, (await living(store, "d2")).grace_until) == (
            NOW + 10,
            NOW + 20,
        )

    async def test_only_the_current_token_can_be_renewed(self, store: AsyncStore) -> None:
        await put(store, record(), record("h2"))
        second = newer(record(), digest=digest("d2"))
        assert await store.renew(second, retired=digest("h1"), grace_until=NOW) is Written.STORED
        again = newer(second, digest=digest("d3"))
        assert await store.renew(again, retired=digest("h1"), grace_until=NOW) is Written.CONFLICT
        taken = newer(second, digest=digest("h2"))
        assert await store.renew(taken, retired=digest("d2"), grace_until=NOW) is Written.CONFLICT
        assert (await living(store, "d2")).record == second
        assert (await living(store, "h2")).record.handle == "h2"

    async def test_racing_renewals_have_one_successor(self, store: AsyncStore) -> None:
        await put(store, record())
        made = [newer(record(), digest=digest(f"new{number}")) for number in range(RACERS)]
        written = await asyncio.gather(
            *(store.renew(entry, retired=digest("h1"), grace_until=NOW + 10) for entry in made)
        )
        assert sorted(written) == [*[Written.CONFLICT] * (RACERS - 1), Written.STORED]
        winner = made[written.index(Written.STORED)]
        assert (await living(store)).record == winner
        assert [await store.get(entry.digest) for entry in made if entry is not winner] == [None] * (
            RACERS - 1
        )

    async def test_what_has_ended_is_not_revived_by_a_request_under_way(self, store: AsyncStore) -> None:
        await put(store, record())
        await store.write("h1", {"a": Change(expected=0, content=b"1")})
        read = (await living(store)).record
        assert await end(store)
        assert await store.cas(newer(read)) is Written.GONE
        assert not await store.touch("h1", last_active=NOW + 99)
        renewed = newer(read, digest=digest("d2"))
        assert await store.renew(renewed, retired=digest("h1"), grace_until=NOW) is Written.GONE
        for expected in (0, 1):
            assert await store.write("h1", {"a": Change(expected=expected, content=b"2")}) is Written.GONE
        assert await store.get(digest("h1")) == Ended(handle="h1", reason=Reason.LOGOUT, at=NOW + 5)
        assert await store.get(digest("d2")) is None

    async def test_the_first_end_stands(self, store: AsyncStore) -> None:
        await put(store, record())
        assert await end(store)
        assert not await store.terminate("h1", owner=ANA, reason=Reason.THEFT, at=NOW + 9)
        await store.advance_epoch(ANA, reason=Reason.ADMINISTRATOR, at=NOW + 9, keep="h1")
        assert reason(await store.get(digest("h1"))) is Reason.LOGOUT

    async def test_all_tokens_of_a_session_end_with_it(self, store: AsyncStore) -> None:
        await put(store, record())
        await store.renew(newer(record(), digest=digest("d2")), retired=digest("h1"), grace_until=NOW + 10)
        await end(store)
        assert [reason(await store.get(digest(name))) for name in ("h1", "d2")] == [Reason.LOGOUT] * 2

    async def test_an_end_racing_with_touches_and_writes_wins(self, store: AsyncStore) -> None:
        await put(store, record())
        await asyncio.gather(
            *(store.touch("h1", last_active=NOW + number) for number in range(RACERS)),
            end(store),
            store.cas(newer(record(), state=State.LOCKED)),
            store.renew(newer(record(), digest=digest("d2")), retired=digest("h1"), grace_until=NOW),
            store.write("h1", {"a": Change(expected=0, content=b"1")}),
        )
        assert isinstance(await store.get(digest("h1")), Ended)
        assert await store.list(ANA, now=NOW) == ()


class Data:
    """Values by key, each with its version."""

    async def test_values_of_different_keys_do_not_overwrite_each_other(self, store: AsyncStore) -> None:
        await put(store, record())
        written = await asyncio.gather(
            *(store.write("h1", {f"k{n}": Change(expected=0, content=b"%d" % n)}) for n in range(RACERS))
        )
        assert written == [Written.STORED] * RACERS
        data = (await living(store)).data
        assert {key: value.content for key, value in data.items()} == {
            f"k{n}": b"%d" % n for n in range(RACERS)
        }

    async def test_of_two_writes_to_one_key_the_second_is_told(self, store: AsyncStore) -> None:
        await put(store, record())
        changes = [{"a": Change(expected=0, content=b"%d" % number)} for number in range(RACERS)]
        written = await asyncio.gather(*(store.write("h1", change) for change in changes))
        assert sorted(written) == [*[Written.CONFLICT] * (RACERS - 1), Written.STORED]
        winner = changes[written.index(Written.STORED)]["a"]
        assert (await living(store)).data["a"].content == winner.content

    async def test_several_values_are_written_together_or_not_at_all(self, store: AsyncStore) -> None:
        await put(store, record())
        await store.write("h1", {"a": Change(expected=0, content=b"1")})
        before = (await living(store)).data
        both = {"b": Change(expected=0, content=b"2"), "a": Change(expected=0, content=b"3")}
        assert await store.write("h1", both) is Written.CONFLICT
        assert (await living(store)).data == before

    async def test_a_version_never_comes_back(self, store: AsyncStore) -> None:
        await put(store, record())
        seen: set[int] = set()
        expected = 0
        for content in (b"1", None, b"1", b"2", None, b""):
            assert (
                await store.write("h1", {"a": Change(expected=expected, content=content)}) is Written.STORED
            )
            value = (await living(store)).data.get("a")
            expected = 0 if value is None else value.version
            assert (value is None) == (content is None)
            assert expected not in seen
            seen |= {expected} - {0}

    async def test_a_removed_value_is_gone_and_removing_nothing_changes_nothing(
        self, store: AsyncStore
    ) -> None:
        await put(store, record())
        assert await store.write("h1", {"a": Change(expected=0, content=None)}) is Written.STORED
        assert await store.write("h1", {"a": Change(expected=7, content=None)}) is Written.CONFLICT
        assert (await living(store)).data == {}

    async def test_values_survive_a_renewal_and_end_with_the_session(self, store: AsyncStore) -> None:
        await put(store, record())
        await store.write("h1", {"ключ": Change(expected=0, content=bytes(range(256)))})
        await store.renew(newer(record(), digest=digest("d2")), retired=digest("h1"), grace_until=NOW)
        value = (await living(store, "d2")).data["ключ"]
        assert isinstance(value, Value)
        assert value.content == bytes(range(256))

    async def test_writing_data_disturbs_no_other_write(self, store: AsyncStore) -> None:
        await put(store, record())
        await store.write("h1", {"a": Change(expected=0, content=b"1")})
        assert await store.cas(newer(record(), state=State.LOCKED)) is Written.STORED


class Upkeep:
    """Trails and forgetting."""

    async def test_a_trail_is_linked_entry_to_entry_and_apart_by_tenant(self, store: AsyncStore) -> None:
        for tenant, content in (("north", b"1"), ("south", b"2"), ("north", b"3")):
            await store.audit_append(tenant, content)
        first, second = await store.audit_since("north", 0, limit=10)
        assert (first.content, second.content) == (b"1", b"3")
        assert first.link == link(FIRST_LINK, "north", b"1")
        assert second.link == link(first.link, "north", b"3")
        assert await store.audit_since("north", first.position, limit=10) == (second,)
        assert await store.audit_since("north", 0, limit=1) == (first,)
        assert await store.audit_since("west", 0, limit=1) == ()

    async def test_racing_entries_make_one_chain(self, store: AsyncStore) -> None:
        await asyncio.gather(*(store.audit_append("north", b"%d" % number) for number in range(RACERS)))
        before = FIRST_LINK
        trail = await store.audit_since("north", 0, limit=100)
        assert {entry.content for entry in trail} == {b"%d" % number for number in range(RACERS)}
        for entry in trail:
            assert entry.link == link(before, "north", entry.content)
            before = entry.link

    async def test_a_tombstone_outlives_its_session_and_is_then_forgotten(self, store: AsyncStore) -> None:
        await put(store, record())
        await store.renew(newer(record(), digest=digest("d2")), retired=digest("h1"), grace_until=NOW)
        await end(store)
        over = record().deadline + PURGE_MARGIN
        assert await store.purge(now=over - 1) == 0
        assert reason(await store.get(digest("h1"))) is Reason.LOGOUT
        assert await store.purge(now=over) == 1
        assert [await store.get(digest(name)) for name in ("h1", "d2")] == [None, None]
        assert await store.purge(now=over) == 0

    async def test_purging_keeps_epochs_so_that_an_old_login_stays_refused(self, store: AsyncStore) -> None:
        await store.advance_epoch(ANA, reason=Reason.PASSWORD_CHANGE, at=NOW, keep=None)
        await store.purge(now=NOW + 10 * FEED_RETENTION)
        assert await store.epoch(ANA) == 1
        assert (await store.create(record(), limit=None, now=NOW)).refused is NotCreated.EPOCH_PASSED
