from pathlib import Path

import pytest

from sessionward.audit.driver import DriverError, TargetUnreachable
from sessionward.audit.observation import Guesses
from sessionward.audit.probe import Guess
from tests.audit.perform.fake_app import FakeApp
from tests.audit.perform.stages import RUN, World, world


async def guesses(here: World, times: int = 5) -> Guesses:
    return await here.performer.perform(Guess(party="owner", times=times), RUN)  # type: ignore[no-any-return]


async def test_an_app_that_never_holds_off_lets_the_right_password_in(tmp_path: Path) -> None:
    seen = await guesses(world(tmp_path))
    assert (seen.made, seen.refused_at, seen.then_right) == (5, None, True)
    assert seen.statuses == (401,) * 5
    assert len(seen.seconds) == 5


async def test_no_wrong_password_is_tried_twice(tmp_path: Path) -> None:
    here = world(tmp_path)
    await guesses(here)
    assert len(set(here.app.given)) == 6
    assert here.app.given[-1] == here.ana.password


async def test_a_throttle_is_seen_at_its_first_try(tmp_path: Path) -> None:
    seen = await guesses(world(tmp_path, FakeApp(tries=3)))
    assert (seen.made, seen.refused_at, seen.then_right) == (4, 4, False)
    assert seen.statuses[-1] == 429


async def test_an_account_that_is_throttled_from_the_start_is_seen_at_once(tmp_path: Path) -> None:
    seen = await guesses(world(tmp_path, FakeApp(tries=0)))
    assert seen.refused_at == 1


@pytest.mark.parametrize("locks,refused_at", [(3, 3), (None, None)])
async def test_a_message_that_changes_is_a_sign_only_where_the_right_password_is_then_refused(
    tmp_path: Path, locks: int | None, refused_at: int | None
) -> None:
    words = ("Wrong password.", "Wrong password.", "Your account is locked.")
    seen = await guesses(world(tmp_path, FakeApp(words=words, locks=locks)))
    assert (seen.refused_at, seen.then_right) == (refused_at, refused_at is None)


async def test_the_reason_is_what_the_right_password_was_answered(tmp_path: Path) -> None:
    words = ("Wrong password.", "Wrong password, one try left.", "Wait twenty seconds.")
    seen = await guesses(world(tmp_path, FakeApp(words=words, locks=2)))
    assert (seen.refused_at, "Wait twenty seconds" in seen.reason) == (2, True)


async def test_a_number_that_changes_in_a_message_costs_no_further_try(tmp_path: Path) -> None:
    here = world(tmp_path, FakeApp(words=("Wrong, 4 tries left.", "Wrong, 3 tries left.")))
    seen = await guesses(here)
    assert (seen.made, seen.refused_at, len(here.app.given)) == (5, None, 6)


async def test_messages_that_differ_each_time_hide_no_missing_throttle(tmp_path: Path) -> None:
    noise = tuple(f"Wrong password, request {chr(97 + number) * 6}." for number in range(20))
    seen = await guesses(world(tmp_path, FakeApp(words=noise)))
    assert (seen.made, seen.refused_at, seen.then_right) == (5, None, True)


async def test_messages_that_differ_each_time_hide_no_throttle(tmp_path: Path) -> None:
    noise = tuple(f"Wrong password, request {chr(97 + number) * 6}." for number in range(20))
    seen = await guesses(world(tmp_path, FakeApp(words=noise, locks=3)))
    assert (seen.made, seen.then_right) == (5, False)


async def test_a_wrong_password_that_is_let_in_ends_it_and_its_session_is_ended(tmp_path: Path) -> None:
    here = world(tmp_path, FakeApp(lax=True))
    seen = await guesses(here)
    assert seen.reason == "a wrong password was let in"
    await here.performer.tidy(RUN)
    assert here.app.sessions == {}


@pytest.mark.parametrize("fault", [DriverError("the page crashed"), TargetUnreachable("gone")])
async def test_a_browser_that_fails_is_no_sign_of_a_throttle(tmp_path: Path, fault: DriverError) -> None:
    here = world(tmp_path)
    here.driver.faults["go"] = [fault]
    with pytest.raises(DriverError):
        await guesses(here)


async def test_no_browser_stays_open(tmp_path: Path) -> None:
    here = world(tmp_path)
    await guesses(here)
    assert here.driver.living == []
