"""An app that holds off after our own wrong passwords is waited for, once."""

from pathlib import Path

import pytest

from sessionward.audit.perform.own_tries import OwnTries
from sessionward.audit.probe import LogIn
from tests.audit.perform.fake_app import FakeApp
from tests.audit.perform.stages import RUN, World, world


class Clock:
    """Time that passes by sleeping alone."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    known = Clock()
    monkeypatch.setattr("sessionward.audit.perform.own_tries.sleep", known.sleep)
    return known


async def test_it_waits_from_the_last_refusal_on(clock: Clock) -> None:
    tries = OwnTries(clock)
    tries.refused("ana")
    clock.now += 15
    assert await tries.wait_out("ana", 21)
    assert clock.slept == [6]


async def test_nothing_is_waited_for_where_nothing_was_refused_lately(clock: Clock) -> None:
    tries = OwnTries(clock)
    assert not await tries.wait_out("ana")
    tries.refused("ben")
    clock.now += 121
    assert not await tries.wait_out("ben")
    assert clock.slept == []


async def test_an_account_that_stays_shut_is_waited_for_once(clock: Clock) -> None:
    tries = OwnTries(clock)
    tries.refused("ana")
    assert await tries.wait_out("ana")
    tries.refused("ana")
    assert not await tries.wait_out("ana")
    tries.opened("ana")
    assert tries.recent("ana")


async def test_there_is_an_end_to_waiting_for_one_account(clock: Clock) -> None:
    tries = OwnTries(clock)
    for _ in range(20):
        tries.refused("ana")
        await tries.wait_out("ana", 21)
        tries.opened("ana")
    assert sum(clock.slept) == 252
    tries.refused("ben")
    assert tries.recent("ben")


def opening_after(here: World, clock: Clock, seconds: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """The app's lock ends when so much time has passed."""

    async def sleep(pause: float) -> None:
        await clock.sleep(pause)
        if clock.now >= seconds:
            here.app.locks = None

    monkeypatch.setattr("sessionward.audit.perform.own_tries.sleep", sleep)
    here.performer.sessions.own_tries = OwnTries(clock)


@pytest.mark.parametrize(
    "opens, slept, let_in", [(110.0, [21.0], True), (150.0, [21.0, 61.0], True), (900.0, [21.0, 61.0], False)]
)
async def test_the_right_password_is_tried_again_when_the_app_may_have_forgotten_the_wrong_ones(
    tmp_path: Path,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
    opens: float,
    slept: list[float],
    let_in: bool,  # noqa: FBT001 — a column of the table
) -> None:
    here = world(tmp_path, FakeApp(locks=1))
    opening_after(here, clock, opens, monkeypatch)
    await here.performer.sessions.log_in(LogIn(party="owner", password="wrong"), RUN)
    assert clock.slept == []
    assert (await here.log_in()).authenticated is let_in
    assert clock.slept == slept


async def test_a_right_password_that_is_refused_at_once_is_not_tried_again(
    tmp_path: Path, clock: Clock
) -> None:
    here = world(tmp_path, FakeApp(locks=0))
    assert not (await here.log_in()).authenticated
    assert clock.slept == []


async def test_a_login_that_is_refused_for_another_reason_is_waited_for_once(
    tmp_path: Path, clock: Clock
) -> None:
    here = world(tmp_path, FakeApp(most_logins=1))
    here.performer.sessions.own_tries = OwnTries(clock)
    await here.performer.sessions.log_in(LogIn(party="owner", password="wrong"), RUN)
    for _ in range(3):
        here.app.sessions.clear()
        assert (await here.log_in()).authenticated
        clock.now += 10
        assert not (await here.log_in()).authenticated
    assert clock.slept == [11.0, 61.0]
