"""Audits from the command line's own function down, with a fake browser in front of a small app."""

import asyncio
import json
import os
import signal
import stat
from pathlib import Path
from typing import Any

import pytest

from sessionward.audit.check import Check, Detection, Disturbance, Severity, failed, passed
from sessionward.audit.driver import DriverError
from sessionward.audit.journal import NAME, PASSING, Journal
from sessionward.audit.probe import ChangePassword, LogIn, Replay, Wait
from sessionward.audit.report import read_earlier
from sessionward.audit.scene import Scene
from sessionward.audit.settings import Settings
from sessionward.cli import carry_out as module
from sessionward.cli.carry_out import about, carry_out, make_out
from sessionward.cli.exits import Exit, UsageError
from sessionward.http import TokenSet
from tests.audit.conduct.samples import check, config, settings
from tests.audit.perform.fake_app import START, FakeApp
from tests.cli.fake_browser import Opened, instead_of_a_browser


def failing(scene: Scene) -> Detection:
    """Whatever is tried, it is a defect."""
    session = yield from LogIn(party="owner", keep=False)
    yield from Replay(exchange=scene.oracle, tokens=session.tokens, party="owner", control="positive control")
    yield from Replay(exchange=scene.oracle, tokens=TokenSet(), party="nobody", control="no token")
    yield from Replay(exchange=scene.oracle, tokens=session.tokens, party="owner")
    return failed("it opens")


def changing(scene: Scene) -> Detection:
    """Change the password."""
    session = yield from LogIn(party="owner", control="positive control")
    changed = yield from ChangePassword(session=session)
    return passed(f"{scene.start}: {changed.effective}")


def waiting(scene: Scene) -> Detection:
    """Wait longer than any budget of these tests."""
    del scene
    yield from Wait(seconds=3600)
    return passed("it was worth it")


def stopping(scene: Scene) -> Detection:
    """Press Ctrl-C, and wait for it to be heard."""
    os.kill(os.getpid(), signal.SIGINT)
    return waiting(scene)


FAILING = check("a", failing)
WAITING = check("c", waiting)
STOPPING = check("d", stopping, last=True)
CHANGING = check("b", changing, disturbs={Disturbance.CREDENTIALS})


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Opened:
    return instead_of_a_browser(monkeypatch, "carry_out", FakeApp())


def ran(out: Path, *checks: Check, fail_on: Severity = Severity.HIGH, **more: Any) -> Exit:
    return carry_out(settings(out, checks, **more), fail_on=fail_on)


def report(out: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((out / "report.json").read_text())
    return found


def test_a_sound_app_is_a_clean_exit_with_reports(tmp_path: Path, opened: Opened) -> None:
    assert ran(tmp_path / "out", CHANGING) is Exit.CLEAN
    assert report(tmp_path / "out")["authenticated"] is True
    names = {"report.html", "report.json", "report.sarif", "report.junit.xml", "report.md"}
    assert {path.name for path in (tmp_path / "out").iterdir()} == names
    assert not (tmp_path / "out" / NAME).exists()
    assert opened.app.sessions == {}


def test_a_confirmed_defect_shows_in_the_exit_code(tmp_path: Path, opened: Opened) -> None:
    assert ran(tmp_path, FAILING) is Exit.FINDINGS
    (outcome,) = report(tmp_path)["outcomes"]
    assert (outcome["outcome"], outcome["confidence"]) == ("failed", "confirmed")
    assert outcome["reproduce"].startswith("curl -i -b ")
    assert ran(tmp_path, FAILING, fail_on=Severity.CRITICAL) is Exit.CLEAN
    known = read_earlier((tmp_path / "report.json").read_bytes())
    assert carry_out(settings(tmp_path, (FAILING,)), fail_on=Severity.HIGH, known=known) is Exit.CLEAN
    assert [one["known"] for one in report(tmp_path)["outcomes"]] == [True]


def test_results_go_to_stdout_and_progress_to_stderr(
    tmp_path: Path, opened: Opened, capsys: pytest.CaptureFixture[str]
) -> None:
    ran(tmp_path, FAILING)
    out, err = capsys.readouterr()
    assert "It opens." in out
    assert "report.html" in err
    assert "secret" not in out + err


def test_no_file_of_an_audit_holds_a_secret(tmp_path: Path, opened: Opened) -> None:
    minted: set[str] = set()
    opened.app.after["POST /login"] = lambda: minted.update(opened.app.sessions)
    opened.app.logout = "forgets"
    ran(tmp_path, FAILING, CHANGING)
    told = "".join(path.read_text() for path in tmp_path.rglob("*.*") if path.is_file())
    assert len(minted) > 5
    assert not [token for token in minted if token in told]
    assert "1-secret" not in told


def test_an_app_that_cannot_be_calibrated_is_not_green(tmp_path: Path, opened: Opened) -> None:
    opened.app.same = True
    assert ran(tmp_path, FAILING) is Exit.NOT_CARRIED_OUT
    assert report(tmp_path)["authenticated"] is False


def test_an_app_that_does_not_answer_is_not_green(tmp_path: Path, opened: Opened) -> None:
    opened.app.down = True
    assert ran(tmp_path, FAILING) is Exit.NOT_CARRIED_OUT


def test_a_plan_is_printed_and_changes_nothing(
    tmp_path: Path, opened: Opened, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ran(tmp_path, CHANGING, plan=True) is Exit.CLEAN
    assert "Change the password of ana and set it back (b)." in capsys.readouterr().out
    assert "POST /password" not in opened.app.asked


def test_a_plan_for_an_app_that_cannot_be_calibrated_is_not_green(tmp_path: Path, opened: Opened) -> None:
    opened.app.same = True
    assert ran(tmp_path, CHANGING, plan=True) is Exit.NOT_CARRIED_OUT


def test_the_first_ctrl_c_ends_the_audit_with_its_report(
    tmp_path: Path, opened: Opened, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt() -> None:
        opened.app.after.clear()
        os.kill(os.getpid(), signal.SIGINT)

    opened.app.after["POST /password"] = interrupt
    assert ran(tmp_path, CHANGING) is Exit.NOT_CARRIED_OUT
    assert opened.app.passwords["ana"] == "Ana-1-secret"
    assert "stopped by hand" in report(tmp_path)["outcomes"][0]["message"]
    assert "Ctrl-C again to give up" in capsys.readouterr().err
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_that_comes_twice_at_once_counts_once(
    tmp_path: Path, opened: Opened, number: signal.Signals
) -> None:
    def interrupt() -> None:
        opened.app.after.clear()
        opened.app.after["POST /logout"] = lambda: os.kill(os.getpid(), number)
        os.kill(os.getpid(), number)

    opened.app.after["POST /password"] = interrupt
    assert ran(tmp_path, CHANGING) is Exit.NOT_CARRIED_OUT
    assert opened.app.passwords["ana"] == "Ana-1-secret"


def test_a_signal_that_comes_again_later_gives_up(
    tmp_path: Path, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    signals = ["POST /password", "POST /logout"]

    def interrupt() -> None:
        opened.app.after.clear()
        signals.pop(0)
        opened.app.after.update(dict.fromkeys(signals, interrupt))
        os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(module, "ECHO", 0.0)
    opened.app.after[signals[0]] = interrupt
    with pytest.raises(KeyboardInterrupt):
        ran(tmp_path, CHANGING)


def test_an_exceeded_budget_is_not_green_and_still_reports(
    tmp_path: Path, opened: Opened, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ran(tmp_path, WAITING, budget=3) is Exit.NOT_CARRIED_OUT
    assert "the budget of 3 s ran out" in report(tmp_path)["outcomes"][0]["message"]
    assert (tmp_path / "report.html").exists()
    assert "budget" in capsys.readouterr().out
    assert opened.app.sessions == {}


def test_what_was_confirmed_before_an_audit_was_broken_off_still_counts(
    tmp_path: Path, opened: Opened
) -> None:
    assert ran(tmp_path, FAILING, STOPPING) is Exit.FINDINGS
    assert report(tmp_path)["complete"] is False


def test_an_app_that_dies_in_the_middle_is_told_with_who_was_in_and_how_to_put_back(
    tmp_path: Path, opened: Opened, capsys: pytest.CaptureFixture[str]
) -> None:
    opened.app.after["POST /password"] = lambda: setattr(opened.app, "down", True)
    assert ran(tmp_path, CHANGING) is Exit.NOT_CARRIED_OUT
    told = report(tmp_path)
    assert [account["authenticated"] for account in told["accounts"].values()] == [True, True]
    assert told["outcomes"][0]["outcome"] == "inconclusive"
    assert told["unrestored"]
    assert (tmp_path / "report.html").exists()
    assert f"sessionward restore {tmp_path}" in capsys.readouterr().err
    assert Journal(tmp_path).pending


def test_an_app_that_dies_before_it_is_understood_was_entered_all_the_same(
    tmp_path: Path, opened: Opened, capsys: pytest.CaptureFixture[str]
) -> None:
    opened.app.after["GET /password"] = lambda: setattr(opened.app, "down", True)
    assert ran(tmp_path, CHANGING) is Exit.NOT_CARRIED_OUT
    assert {name: one["authenticated"] for name, one in report(tmp_path)["accounts"].items()} == {
        "ana": True,
        "ben": True,
    }
    out, err = capsys.readouterr()
    assert "never logged in" not in out
    assert "nothing answers at http://app.test/" in err


def test_a_second_ctrl_c_says_what_is_left_and_how_to_put_it_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def given_up(ordered: Settings, journal: Journal, *_: object) -> Exit:
        journal.plan("password", "ana", {"username": "ana", "was": "a", "now": "b"})
        await asyncio.sleep(0)
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "_run", given_up)
    with pytest.raises(KeyboardInterrupt):
        ran(tmp_path, CHANGING)
    assert f"sessionward restore {tmp_path}" in capsys.readouterr().err


def test_what_an_earlier_audit_left_changed_must_be_put_back_first(tmp_path: Path, opened: Opened) -> None:
    Journal(tmp_path).plan("password", "ana", {"username": "ana", "was": "a", "now": "b"})
    with pytest.raises(UsageError, match="sessionward restore"):
        ran(tmp_path, CHANGING)
    assert opened.asked == []


def test_an_app_that_ends_with_its_audit_is_begun_anew_after_a_kill(tmp_path: Path, opened: Opened) -> None:
    undo = {"username": "ana", "was": "a", "now": "b"}
    Journal(tmp_path, about={"url": START, PASSING: "true"}).plan("password", "ana", undo)
    assert ran(tmp_path, CHANGING, passing=True) is not Exit.NOT_CARRIED_OUT
    assert len(opened.asked) == 1
    assert Journal(tmp_path).pending == ()


def test_even_then_what_was_changed_in_another_app_must_be_put_back_first(
    tmp_path: Path, opened: Opened
) -> None:
    Journal(tmp_path, about={"url": START}).plan("password", "ana", {"username": "ana"})
    with pytest.raises(UsageError, match="sessionward restore"):
        ran(tmp_path, CHANGING, passing=True)
    assert opened.asked == []


def test_too_few_accounts_are_told_before_a_browser_opens(tmp_path: Path, opened: Opened) -> None:
    lonely = Settings(
        config=config(names=("ana",)), checks=(), out=tmp_path, policy=settings(tmp_path, ()).policy
    )
    with pytest.raises(UsageError, match="two accounts"):
        carry_out(lonely, fail_on=Severity.HIGH)
    assert opened.asked == []


def test_a_missing_browser_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def none(**_: object) -> None:
        raise DriverError("No browser was found.")

    monkeypatch.setattr(module, "browser", none)
    assert ran(tmp_path, CHANGING) is Exit.NOT_CARRIED_OUT
    assert "sessionward: No browser was found.\n" in capsys.readouterr().err


def test_a_report_that_cannot_be_written_is_one_sentence(
    tmp_path: Path, opened: Opened, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "report.html").mkdir()
    assert ran(tmp_path, CHANGING) is Exit.NOT_CARRIED_OUT
    assert f"the report in {tmp_path} cannot be written" in capsys.readouterr().err
    assert opened.app.passwords["ana"] == "Ana-1-secret"


def test_the_output_directory_is_made_private(tmp_path: Path) -> None:
    make_out(tmp_path / "new")
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700


def test_a_directory_that_was_there_keeps_its_mode(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    make_out(tmp_path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


def test_an_output_directory_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").touch()
    with pytest.raises(UsageError, match="cannot be made"):
        make_out(tmp_path / "out")


def test_the_journal_knows_how_to_come_back_and_no_secret(tmp_path: Path) -> None:
    ordered = settings(tmp_path, (), source=tmp_path / "clinic.toml")
    assert about(ordered) == {
        "url": START,
        "verify_tls": "true",
        "config": str(tmp_path / "clinic.toml"),
    }
    assert "config" not in about(settings(tmp_path, ()))


def test_the_browser_is_opened_as_the_configuration_says(tmp_path: Path, opened: Opened) -> None:
    ran(tmp_path, CHANGING, headed=True)
    ((scope, headed, verify_tls),) = opened.asked
    assert scope.allows(START)
    assert (headed, verify_tls) == (True, True)
