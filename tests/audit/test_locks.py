import asyncio
from collections.abc import Iterable

from sessionward.audit.check import Check, Detection, Disturbance, Severity, inapplicable
from sessionward.audit.locks import AccountLocks
from sessionward.audit.probe import Wait
from sessionward.audit.scene import Scene


def nothing(scene: Scene) -> Detection:
    yield from Wait(seconds=0)
    return inapplicable("nothing")


def check(
    name: str,
    *,
    disturbs: Iterable[Disturbance] = (),
    account: str = "owner",
    sessions: int | None = 1,
) -> Check:
    return Check(
        id=name,
        family="lifecycle",
        title=name,
        why="",
        proof="",
        severity=Severity.LOW,
        requirements=(),
        personas=(),
        fix="",
        detect=nothing,
        disturbs=frozenset(disturbs),
        account=account,
        uses=frozenset({account}),
        sessions=sessions,
    )


async def overlap(locks: AccountLocks, one: Check, two: Check) -> bool:
    """Whether the second gets in while the first is inside."""
    inside, leave, second = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def first() -> None:
        async with locks.held(one):
            inside.set()
            await leave.wait()

    async def other() -> None:
        await inside.wait()
        async with locks.held(two):
            second.set()

    tasks = [asyncio.create_task(first()), asyncio.create_task(other())]
    await inside.wait()
    for _ in range(10):
        await asyncio.sleep(0)
    got_in = second.is_set()
    leave.set()
    await asyncio.gather(*tasks)
    assert second.is_set()
    return got_in


async def test_two_checks_that_upset_nothing_share_an_account() -> None:
    assert await overlap(AccountLocks(), check("a"), check("b"))


async def test_a_check_that_changes_the_password_has_the_account_alone() -> None:
    upset = check("a", disturbs={Disturbance.CREDENTIALS})
    assert not await overlap(AccountLocks(), upset, check("b"))
    assert not await overlap(AccountLocks(), check("b"), upset)


async def test_other_accounts_are_not_kept_waiting() -> None:
    upset = check("a", disturbs={Disturbance.CREDENTIALS})
    assert await overlap(AccountLocks(), upset, check("b", account="stranger"))


async def test_where_a_logout_ends_all_sessions_everyone_has_the_account_alone() -> None:
    assert not await overlap(AccountLocks(alone=True), check("a"), check("b"))


async def test_where_sessions_are_capped_checks_share_an_account_while_there_is_room_for_all() -> None:
    assert await overlap(AccountLocks(room=3), check("a"), check("b", sessions=2))
    assert not await overlap(AccountLocks(room=3), check("a", sessions=2), check("b", sessions=2))
    assert not await overlap(AccountLocks(room=1), check("a"), check("b"))


async def test_one_that_needs_more_than_there_is_room_for_still_gets_in_by_itself() -> None:
    async with asyncio.timeout(5), AccountLocks(room=1).held(check("a", sessions=3)):
        assert not await overlap(AccountLocks(room=1), check("a", sessions=3), check("b"))


async def test_one_that_takes_what_there_is_has_all_the_room_that_a_cap_leaves() -> None:
    every = check("a", sessions=None)
    assert not await overlap(AccountLocks(room=3), every, check("b"))
    assert not await overlap(AccountLocks(room=3), check("b"), every)
    assert await overlap(AccountLocks(), every, check("b"))
