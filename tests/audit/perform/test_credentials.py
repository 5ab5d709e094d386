"""The password of an account must be known at every moment, and be the original one again in the end."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from unittest.mock import AsyncMock

import pytest

from sessionward.audit.driver import DriverError, TargetUnreachable
from sessionward.audit.journal import NAME, Journal, JournalError
from sessionward.audit.observation import PasswordChanged
from sessionward.audit.probe import ChangePassword
from tests.audit.perform.fake_app import FakeApp
from tests.audit.perform.stages import RUN, World, world

ORIGINAL = "Ana-1-secret"


async def changed(here: World, current: str = "right", run: str = RUN) -> PasswordChanged:
    session = await here.log_in(run=run)
    probe = ChangePassword(session=session, current=current)  # type: ignore[arg-type]
    return await here.performer.changes.change(probe, run)


def raising(error: BaseException) -> Callable[[], None]:
    def what() -> None:
        raise error

    return what


async def test_a_change_is_shown_by_logins_with_both_passwords(tmp_path: Path) -> None:
    here = world(tmp_path)
    result = await changed(here)
    assert (result.effective, result.refused) == (True, False)
    assert here.ana.password == here.app.passwords["ana"] != ORIGINAL
    assert [change.undo["now"] for change in Journal(tmp_path).pending] == [here.ana.password]


async def test_a_change_is_on_disk_before_it_is_sent(tmp_path: Path) -> None:
    here = world(tmp_path)
    seen: list[str] = []
    here.app.after["POST /password"] = lambda: seen.append((tmp_path / NAME).read_text())
    await changed(here)
    assert here.ana.password in seen[0]


async def test_where_the_disk_refuses_nothing_is_changed(tmp_path: Path) -> None:
    here = world(tmp_path / "gone")
    with pytest.raises(JournalError):
        await changed(here)
    assert here.app.passwords["ana"] == here.ana.password == ORIGINAL
    assert here.performer.changes.unrestored == ()


async def test_the_login_that_proved_a_change_puts_it_back_as_well(tmp_path: Path) -> None:
    here = world(tmp_path)
    await changed(here)
    here.app.asked.clear()
    await here.performer.changes.restore(RUN)
    assert here.app.asked.count("POST /login") == 1  # the proof that the original password opens the account


async def test_where_that_login_has_ended_another_one_puts_it_back(tmp_path: Path) -> None:
    here = world(tmp_path)
    await changed(here)
    here.app.sessions.clear()
    await here.performer.changes.restore(RUN)
    assert here.app.passwords["ana"] == here.ana.password == ORIGINAL
    assert here.performer.changes.unrestored == ()


async def test_a_change_is_put_back_and_the_journal_knows(tmp_path: Path) -> None:
    here = world(tmp_path)
    await changed(here)
    await here.performer.changes.restore(RUN)
    assert here.app.passwords["ana"] == here.ana.password == ORIGINAL
    assert Journal(tmp_path).pending == ()


async def test_several_changes_of_one_run_go_back_to_the_original_in_one_step(tmp_path: Path) -> None:
    here = world(tmp_path, FakeApp(history=0))
    await changed(here)
    await changed(here)
    here.app.asked.clear()
    await here.performer.changes.restore(RUN)
    assert here.app.asked.count("POST /password") == 1
    assert here.app.passwords["ana"] == ORIGINAL
    assert Journal(tmp_path).pending == ()


@pytest.mark.parametrize("current", ["wrong", "omitted"])
async def test_a_change_without_the_present_password_is_refused_by_a_sound_app(
    tmp_path: Path, current: str
) -> None:
    here = world(tmp_path)
    result = await changed(here, current)
    assert (result.effective, result.refused) == (False, True)
    assert "not changed" in result.reason
    assert here.ana.password == ORIGINAL
    assert here.stage.journal.pending == ()


@pytest.mark.parametrize("current", ["wrong", "omitted"])
async def test_an_app_that_does_not_ask_changes_it_and_it_is_put_back(tmp_path: Path, current: str) -> None:
    here = world(tmp_path, FakeApp(checks_current=False))
    assert (await changed(here, current)).effective
    await here.performer.changes.restore(RUN)
    assert here.app.passwords["ana"] == ORIGINAL


async def test_a_form_that_was_never_sent_was_refused_by_nobody(tmp_path: Path) -> None:
    here = world(tmp_path)
    session = await here.log_in()
    here.app.passwords["ana"] = ORIGINAL
    del here.app.sessions[next(iter(here.app.sessions))]  # the form is behind the login now
    result = await here.performer.changes.change(ChangePassword(session=session), RUN)
    assert (result.effective, result.refused) == (False, False)
    assert result.reason
    assert here.stage.journal.pending == ()


async def test_a_page_that_does_not_send_its_form_is_named_and_not_the_login_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sessionward.audit.perform.credentials.change_password", AsyncMock(return_value=""))
    result = await changed(world(tmp_path), "omitted")
    assert (result.effective, result.refused) == (False, False)
    assert result.reason == "the page did not send the form without the present password"


async def test_an_old_password_that_still_works_is_no_effective_change(tmp_path: Path) -> None:
    here = world(tmp_path, FakeApp(change="unlearned"))
    result = await changed(here)
    assert (result.effective, result.refused) == (False, False)
    assert here.ana.password == here.app.passwords["ana"]
    await here.performer.changes.restore(RUN)
    assert here.ana.password == ORIGINAL


@pytest.mark.parametrize("moment", ["POST /password", "POST /login"])
@pytest.mark.parametrize(
    "error", [asyncio.CancelledError(), TargetUnreachable("gone"), DriverError("crashed")]
)
async def test_whatever_breaks_in_it_is_put_back(tmp_path: Path, moment: str, error: BaseException) -> None:
    here = world(tmp_path)
    session = await here.log_in()
    here.app.after[moment] = raising(error)
    try:
        await here.change(session)
    except (asyncio.CancelledError, DriverError):
        assert len(here.stage.journal.pending) == 1
    here.app.after.clear()
    await here.performer.tidy(RUN)
    assert here.app.passwords["ana"] == here.ana.password == ORIGINAL
    assert here.stage.journal.pending == ()
    assert here.driver.living == []


async def test_restoring_that_breaks_off_is_tried_again_at_the_end(tmp_path: Path) -> None:
    here = world(tmp_path)
    await changed(here)
    here.app.down = True
    await here.performer.tidy(RUN)
    assert len(here.stage.journal.pending) == 1
    assert here.ana.password == here.app.passwords["ana"]
    here.app.down = False
    assert await here.performer.leave() == ()
    assert here.app.passwords["ana"] == here.ana.password == ORIGINAL
    assert here.performer.changes.unrestored == ()


async def test_a_browser_that_fails_after_it_put_the_password_back_does_no_harm(tmp_path: Path) -> None:
    here = world(tmp_path)
    await changed(here)
    here.app.after["POST /password"] = raising(DriverError("the page crashed"))
    await here.performer.changes.restore(RUN)
    assert here.ana.password == here.app.passwords["ana"] == ORIGINAL
    assert here.stage.journal.pending == ()


async def test_an_app_that_refuses_the_original_password_is_said_plainly(tmp_path: Path) -> None:
    here = world(tmp_path, FakeApp(history=24))
    await changed(here)
    await here.performer.tidy(RUN)
    await here.performer.leave()
    (said,) = here.performer.changes.unrestored
    assert said.startswith("ana: the password could not be set back")
    assert "not changed" in said
    assert str(tmp_path / NAME) in said
    assert here.ana.password == here.app.passwords["ana"] != ORIGINAL
    assert here.ana.password not in said
    assert (await here.log_in()).authenticated


async def test_an_app_that_remembers_a_few_former_passwords_is_made_to_forget_the_original(
    tmp_path: Path,
) -> None:
    here = world(tmp_path, FakeApp(history=3))
    await changed(here)
    await here.performer.tidy(RUN)
    assert here.app.passwords["ana"] == here.ana.password == ORIGINAL
    assert here.performer.changes.unrestored == ()
    assert Journal(tmp_path).pending == ()


async def test_an_app_that_remembers_many_is_not_worn_out_a_second_time(tmp_path: Path) -> None:
    here = world(tmp_path, FakeApp(history=24))
    await changed(here)
    await here.performer.tidy(RUN)
    here.app.asked.clear()
    await here.performer.leave()
    assert here.app.asked.count("POST /password") == 1


async def test_nothing_more_is_changed_where_the_journal_cannot_be_written(tmp_path: Path) -> None:
    here = world(tmp_path, FakeApp(history=3))
    await changed(here)
    (tmp_path / NAME).unlink()
    (tmp_path / NAME).mkdir()
    present = here.app.passwords["ana"]
    await here.performer.tidy(RUN)
    assert here.app.passwords["ana"] == present
    (tmp_path / NAME).rmdir()


async def test_after_one_failure_the_account_is_not_changed_again(tmp_path: Path) -> None:
    here = world(tmp_path, FakeApp(history=24))
    await changed(here)
    await here.performer.tidy(RUN)
    here.app.asked.clear()
    result = await changed(here, run="other#1")
    assert "could not be put back" in result.reason
    assert "POST /password" not in here.app.asked


async def test_an_account_whose_name_begins_like_a_stuck_one_may_be_changed(tmp_path: Path) -> None:
    here = world(tmp_path, FakeApp(history=24))
    await changed(here)
    await here.performer.tidy(RUN)
    here.stage.people["stranger"].name = "an"
    session = await here.log_in("stranger")
    assert (await here.performer.changes.change(ChangePassword(session=session), RUN)).effective


async def test_where_neither_password_opens_the_account_it_stays_open_in_the_journal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, slept = world(tmp_path), list[float]()

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr("sessionward.audit.perform.own_tries.sleep", sleep)
    session = await here.log_in()
    here.app.after["POST /password"] = lambda: here.app.passwords.update(ana="set by somebody else")
    result = await here.performer.changes.change(ChangePassword(session=session), RUN)
    assert (result.effective, result.refused) == (False, False)
    await here.performer.tidy(RUN)
    (said,) = here.performer.changes.unrestored
    assert "no password that it had opens the account" in said
    assert len(slept) == 1


async def test_without_a_form_for_it_the_reason_is_that_of_the_survey(tmp_path: Path) -> None:
    here = world(tmp_path)
    here.stage.password = None
    assert (await changed(here)).reason == "no password change was found"
    assert here.stage.journal.pending == ()


async def test_a_closed_browser_changes_nothing(tmp_path: Path) -> None:
    here = world(tmp_path)
    session = await here.log_in(keep=False)
    with pytest.raises(DriverError, match="keep=True"):
        await here.change(session)
    assert here.stage.journal.pending == ()


async def test_the_browser_that_changed_it_is_told_with_the_tokens_it_holds_now(tmp_path: Path) -> None:
    here = world(tmp_path)
    session = await here.log_in()
    tab = here.driver.opened[0]
    here.app.after["POST /password"] = lambda: tab.jar.update(sid="renewed-token-1")
    result = await here.performer.changes.change(ChangePassword(session=session), RUN)
    assert [token.value for token in result.tokens] == ["renewed-token-1"]


async def test_every_browser_of_a_change_is_closed_and_every_session_ended(tmp_path: Path) -> None:
    here = world(tmp_path, FakeApp(ends_others=False))
    await changed(here)
    await here.performer.tidy(RUN)
    assert here.driver.living == []
    assert here.app.sessions == {}


@pytest.mark.parametrize("wrong", [3, 4])
async def test_an_app_that_holds_off_over_the_wrong_passwords_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: int
) -> None:
    here = world(tmp_path)
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        here.app.locks = None

    monkeypatch.setattr("sessionward.audit.perform.own_tries.sleep", sleep)
    session = await here.log_in()
    here.app.locks, here.app.wrong["ana"] = 3, wrong
    result = await here.performer.changes.change(ChangePassword(session=session, current="right"), RUN)
    assert (result.effective, len(slept)) == (True, 1)
    here.app.locks = 0
    await here.performer.changes.restore(RUN)
    assert (here.app.passwords["ana"], here.performer.changes.unrestored) == (ORIGINAL, ())
