"""What every store must hold to where all sessions of a tenant, or of all tenants, are ended in one call."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from sessionward.session.result import Change, NotCreated, Written
from sessionward.session.state import Ended, Reason, Subject
from sessionward.session.stores.store import AsyncStore
from tests.session.stores.conformance import ANA, NAMESAKE, NOW, digest, living, newer, put, reason, record

LATER = NOW + 5
BEN = Subject(tenant=ANA.tenant, id="ben")
TENANTS = [ANA.tenant, None]


async def all_of(store: AsyncStore, tenant: str | None) -> Mapping[str | None, int]:
    return await store.end_all(tenant, reason=Reason.ADMINISTRATOR, at=LATER)


class Everybody:
    """`end_all`: nobody is left, and nobody comes in who began before."""

    async def test_the_end_of_a_tenant_ends_all_of_it_and_nobody_elses(self, store: AsyncStore) -> None:
        await put(store, record("h1"), record("h2"), record("b1", subject=BEN))
        await put(store, record("s1", subject=NAMESAKE), record("v1", subject=None))
        await store.write("h1", {"note": Change(expected=0, content=b"private")})
        assert dict(await all_of(store, ANA.tenant)) == {ANA.tenant: 3}
        found = [await store.get(digest(handle)) for handle in ("h1", "h2", "b1")]
        assert found == [
            Ended(handle=handle, reason=Reason.ADMINISTRATOR, at=LATER) for handle in ("h1", "h2", "b1")
        ]
        assert await store.list(ANA, now=NOW) == ()
        assert [(await living(store, handle)).record.handle for handle in ("s1", "v1")] == ["s1", "v1"]

    async def test_the_end_of_everybody_ends_visitors_too(self, store: AsyncStore) -> None:
        await put(store, record("h1"), record("s1", subject=NAMESAKE), record("v1", subject=None))
        ended = dict(await all_of(store, None))
        assert ended.items() >= {ANA.tenant: 1, NAMESAKE.tenant: 1, None: 1}.items()
        found = [reason(await store.get(digest(handle))) for handle in ("h1", "s1", "v1")]
        assert found == [Reason.ADMINISTRATOR] * 3

    @pytest.mark.parametrize("tenant", TENANTS)
    async def test_what_was_under_way_when_all_ended_changes_and_revives_nothing(
        self, store: AsyncStore, tenant: str | None
    ) -> None:
        await put(store, record())
        await all_of(store, tenant)
        late = newer(record(), epoch=await store.epoch(ANA))
        assert await store.cas(late) is Written.GONE
        renewed = replace(late, digest=digest("d2"))
        assert await store.renew(renewed, retired=digest("h1"), grace_until=LATER) is Written.GONE
        assert not await store.touch("h1", last_active=LATER)
        assert await store.write("h1", {"note": Change(expected=0, content=b"x")}) is Written.GONE
        await store.advance_epoch(ANA, reason=Reason.PASSWORD_CHANGE, at=LATER + 1, keep="h1")
        assert reason(await store.get(digest("h1"))) is Reason.ADMINISTRATOR

    @pytest.mark.parametrize("tenant", TENANTS)
    @pytest.mark.parametrize("known", [True, False])
    async def test_a_login_under_way_is_refused_and_the_next_one_lives(
        self, store: AsyncStore, tenant: str | None, *, known: bool
    ) -> None:
        if known:
            await store.advance_epoch(ANA, reason=Reason.LOGOUT_EVERYWHERE, at=NOW, keep=None)
        before = await store.epoch(ANA)
        await all_of(store, tenant)
        late = await store.create(record("late", epoch=before), limit=None, now=LATER)
        assert late.refused is NotCreated.EPOCH_PASSED
        await put(store, record("next", epoch=await store.epoch(ANA)))
        assert (await living(store, "next")).record.handle == "next"

    async def test_a_tenants_end_holds_up_no_login_of_another(self, store: AsyncStore) -> None:
        before = await store.epoch(NAMESAKE)
        await all_of(store, ANA.tenant)
        await put(store, record("s1", subject=NAMESAKE, epoch=before))
        assert (await living(store, "s1")).record.handle == "s1"

    async def test_the_ends_of_subject_tenant_and_everybody_do_not_hide_one_another(
        self, store: AsyncStore
    ) -> None:
        for number, tenant in enumerate((ANA.tenant, None, ANA.tenant, None)):
            handle, kept = f"h{number}", f"k{number}"
            epoch = await store.epoch(ANA)
            await put(store, record(handle, epoch=epoch), record(kept, epoch=epoch))
            await store.advance_epoch(ANA, reason=Reason.PASSWORD_CHANGE, at=LATER, keep=kept)
            assert reason(await store.get(digest(handle))) is Reason.PASSWORD_CHANGE
            assert (await living(store, kept)).record.epoch == await store.epoch(ANA)
            assert (await all_of(store, tenant))[ANA.tenant] == 1
            assert reason(await store.get(digest(kept))) is Reason.ADMINISTRATOR

    async def test_the_feed_is_told_of_each_end(self, store: AsyncStore) -> None:
        await put(store, record("h1"), record("v1", subject=None))
        cursor = (await store.terminations_since(0, limit=9)).cursor
        await all_of(store, None)
        told = (await store.terminations_since(cursor, limit=9)).terminations
        assert {(entry.handle, entry.subject, entry.reason) for entry in told} >= {
            ("h1", ANA, Reason.ADMINISTRATOR),
            ("v1", None, Reason.ADMINISTRATOR),
        }

    async def test_as_many_as_no_single_call_would_end_are_ended(self, store: AsyncStore) -> None:
        handles = [f"h{number:04}" for number in range(1205)]
        await put(store, *(record(handle) for handle in handles))
        assert dict(await all_of(store, ANA.tenant)) == {ANA.tenant: len(handles)}
        assert await store.list(ANA, now=NOW) == ()

    async def test_a_tenant_without_anybody_is_no_matter(self, store: AsyncStore) -> None:
        assert dict(await all_of(store, "nowhere")) == {}
