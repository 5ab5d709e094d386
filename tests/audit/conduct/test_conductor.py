"""Whole audits of a small app in memory: only the browser is a fake."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import pytest

from sessionward.audit.check import Check, Detection, Disturbance, Verdict, passed
from sessionward.audit.conduct import conductor
from sessionward.audit.conduct.conductor import Conductor
from sessionward.audit.driver import DriverError
from sessionward.audit.events import (
    AuditFinished,
    AuditStarted,
    Event,
    Finding,
    Judged,
    Noted,
    Planned,
    SceneReady,
    StageStarted,
)
from sessionward.audit.journal import NAME, Journal
from sessionward.audit.perform.performer import Performer
from sessionward.audit.probe import ChangePassword, LogIn, Replay
from sessionward.audit.scene import Scene
from sessionward.http import TokenSet
from tests.audit.conduct.samples import check, settings
from tests.audit.perform.fake_app import START, FakeApp
from tests.audit.perform.fake_driver import FakeDriver

E = TypeVar("E")
ORIGINAL = {"ana": "Ana-1-secret", "ben": "Ben-1-secret"}


def changing(scene: Scene) -> Detection:
    """Change the password, look whether a stranger's eyes see anything."""
    session = yield from LogIn(party="owner")
    changed = yield from ChangePassword(session=session)
    yield from Replay(exchange=scene.oracle, tokens=TokenSet(), party="nobody", control="positive control")
    return passed(f"effective: {changed.effective}")


CHANGING = check("changes-password", changing, disturbs={Disturbance.CREDENTIALS})


@dataclass(slots=True, kw_only=True)
class Audit:
    """One audit, and what it said."""

    app: FakeApp
    driver: FakeDriver
    journal: Journal
    conductor: Conductor
    events: list[Event]

    def all(self, kind: type[E]) -> list[E]:
        """The events of one kind."""
        return [event for event in self.events if isinstance(event, kind)]

    @property
    def findings(self) -> list[Finding]:
        """What was judged."""
        return [event.finding for event in self.all(Judged)]

    @property
    def end(self) -> AuditFinished:
        """How it ended; it ends once."""
        (end,) = self.all(AuditFinished)
        return end


def audit(path: Path, *checks: Check, app: FakeApp | None = None, **more: Any) -> Audit:
    app = app or FakeApp()
    driver, journal, events = FakeDriver(app), Journal(path), list[Event]()
    ordered = settings(path, checks or (CHANGING,), **more)
    return Audit(
        app=app,
        driver=driver,
        journal=journal,
        conductor=Conductor(ordered, driver, journal, events.append),
        events=events,
    )


def left_in_order(one: Audit) -> None:
    """Nothing is left changed, alive, open, or on disk."""
    assert one.app.passwords == ORIGINAL
    assert one.app.sessions == {}
    assert one.driver.living == []
    assert (one.end.left_alive, one.end.unrestored) == ((), ())
    assert not one.journal.path.exists()


async def test_an_audit_enters_learns_experiments_and_leaves_no_trace(tmp_path: Path) -> None:
    one = audit(tmp_path)
    assert await one.conductor.run() == ""
    assert one.conductor.authenticated
    assert [event.stage for event in one.all(StageStarted)] == [
        "entering",
        "exploring",
        "calibrating",
        "experimenting",
        "leaving",
    ]
    (finding,) = one.findings
    assert (finding.verdict, finding.message) == (Verdict.PASSED, "effective: True")
    assert (one.end.complete, one.end.reason, one.end.requests) == (True, "", one.driver.requests)
    left_in_order(one)


async def test_the_scene_is_told_with_its_accounts_and_figures(tmp_path: Path) -> None:
    one = audit(tmp_path)
    await one.conductor.run()
    (ready,) = one.all(SceneReady)
    assert ready.authenticated
    assert ready.accounts == {"ana": (True, ""), "ben": (True, "")}
    assert ready.coverage["logout"] is True
    assert ready.coverage["password_change"] is True
    assert ready.coverage["private_exchanges"]
    (started,) = one.all(AuditStarted)
    assert (started.target, started.checks) == (START, ("changes-password",))


async def test_no_event_shows_a_secret(tmp_path: Path) -> None:
    one = audit(tmp_path, app=FakeApp(logout="forgets", words=("Not Ana-1-secret!",)))
    minted: list[str] = []
    one.app.after["POST /login"] = lambda: minted.extend(one.app.sessions)
    await one.conductor.run()
    told = repr(one.events)
    assert len(set(minted)) > 5
    assert not [token for token in minted if token in told]
    assert "1-secret" not in told


async def test_a_password_in_the_start_address_is_shown_nowhere(tmp_path: Path) -> None:
    one = audit(tmp_path, plan=True)
    ordered = settings(tmp_path, (CHANGING,))
    target = msgspec.structs.replace(ordered.config.target, url="http://door:hunter2@app.test/")
    config = msgspec.structs.replace(ordered.config, target=target)
    one.conductor = Conductor(replace(ordered, config=config), one.driver, one.journal, one.events.append)
    await one.conductor.run()
    assert "hunter2" not in repr(one.events)
    (started,) = one.all(AuditStarted)
    assert started.target == START


async def test_a_certificate_that_was_not_checked_is_told_on_top(tmp_path: Path) -> None:
    one = audit(tmp_path, plan=True)
    await one.conductor.run()
    assert one.all(Noted) == []
    ordered = settings(tmp_path, (CHANGING,), plan=True)
    target = msgspec.structs.replace(ordered.config.target, verify_tls=False)
    config = msgspec.structs.replace(ordered.config, target=target)
    await Conductor(replace(ordered, config=config), one.driver, Journal(tmp_path), one.events.append).run()
    (note,) = one.all(Noted)
    assert note.warning
    assert "verify_tls = false" in note.text


async def test_a_plan_changes_nothing(tmp_path: Path) -> None:
    one = audit(tmp_path, plan=True)
    assert await one.conductor.run() == ""
    (planned,) = one.all(Planned)
    assert any("Change the password of ana" in line for line in planned.lines)
    assert "POST /password" not in one.app.asked
    assert one.app.asked.count("POST /login") == 4  # no more than entering takes: none to learn a cap
    assert one.findings[0].message == "not carried out: only the plan was asked for"
    left_in_order(one)


async def test_wrong_passwords_end_it_with_a_sentence_and_a_report(tmp_path: Path) -> None:
    one = audit(tmp_path, app=FakeApp(words=("Wrong: Ben-1-secret.",)))
    one.app.passwords["ben"] = "another"
    problem = await one.conductor.run()
    assert problem.startswith("Account ben could not log in")
    assert "Ben-1-secret" not in problem
    (ready,) = one.all(SceneReady)
    assert (ready.authenticated, ready.reason) == (False, problem)
    assert ready.accounts["ana"] == (True, "")
    assert "Ben-1-secret" not in repr(ready)
    assert one.findings[0].verdict is Verdict.INCONCLUSIVE
    assert problem in one.findings[0].message
    assert (one.end.complete, one.end.reason) == (False, problem)
    assert one.driver.living == []


async def test_an_app_that_does_not_answer_is_one_sentence(tmp_path: Path) -> None:
    one = audit(tmp_path, app=FakeApp(down=True))
    assert "nothing answers" in await one.conductor.run()
    assert not one.end.complete


async def test_without_calibration_no_experiment_is_made(tmp_path: Path) -> None:
    one = audit(tmp_path, app=FakeApp(same=True))
    assert await one.conductor.run() == ""
    assert not one.conductor.authenticated
    assert one.findings[0].verdict is Verdict.INCONCLUSIVE
    assert "POST /password" not in one.app.asked
    assert one.app.sessions == {}


def stopping(one: Audit, times: int = 1) -> Callable[[], None]:
    def stop() -> None:
        for _ in range(times):
            one.conductor.stop("it was stopped by hand")

    return stop


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("moment", ["GET /profile", "POST /login", "POST /password", "POST /logout"])
async def test_a_stop_at_any_moment_puts_back_and_reports(tmp_path: Path, moment: str, times: int) -> None:
    one = audit(tmp_path)
    one.app.after[moment] = stopping(one, times)
    assert await one.conductor.run() == ""
    assert (one.end.complete, one.end.reason) == (False, "it was stopped by hand")
    assert "stopped by hand" in one.findings[0].message
    assert len(one.findings) == 1
    assert one.app.passwords == ORIGINAL
    assert not one.journal.path.exists()
    assert one.driver.living == []


async def test_a_stop_before_the_start_does_nothing_but_report(tmp_path: Path) -> None:
    one = audit(tmp_path)
    one.conductor.stop("it was stopped by hand")
    await one.conductor.run()
    assert one.app.asked == []
    assert "stopped by hand" in one.findings[0].message


async def test_a_budget_that_runs_out_ends_it_in_order(tmp_path: Path) -> None:
    one = audit(tmp_path, budget=0.0)
    assert await one.conductor.run() == ""
    assert one.end.reason == "the budget of 0 s ran out"
    assert one.app.passwords == ORIGINAL


async def test_a_cancellation_from_outside_gets_through_after_all_is_put_back(tmp_path: Path) -> None:
    one = audit(tmp_path)
    running = asyncio.create_task(one.conductor.run())

    def cancel() -> None:
        running.cancel()

    one.app.after["POST /password"] = cancel
    with pytest.raises(asyncio.CancelledError):
        await running
    left_in_order(one)
    assert one.end.reason == "it was cancelled"


async def test_a_fault_of_ours_skips_neither_leaving_nor_the_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("Ana-1-secret by nought")

    monkeypatch.setattr(conductor, "survey", broken)
    one = audit(tmp_path)
    problem = await one.conductor.run()
    assert problem.startswith("Sessionward itself failed: ZeroDivisionError: ‹password› by nought")
    assert (one.end.complete, one.end.reason) == (False, problem)
    assert one.driver.living == []


@pytest.mark.parametrize("fault", [DriverError("no more browsers"), ZeroDivisionError("oops")])
async def test_leaving_that_fails_is_said_and_not_raised(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    async def broken(_: object) -> None:
        raise fault

    monkeypatch.setattr(Performer, "leave", broken)
    one = audit(tmp_path)
    assert await one.conductor.run() == ""
    assert one.end.left_alive == ("not all sessions could be ended",)
    (noted,) = one.all(Noted)
    assert noted.warning
    assert str(fault) in noted.text


async def test_leaving_that_takes_for_ever_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def endless(_: object) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(Performer, "leave", endless)
    monkeypatch.setattr(conductor, "LEAVING", 0.01)
    one = audit(tmp_path)
    await one.conductor.run()
    assert one.end.left_alive == ("logging out took more than 0.01 s and was given up",)


async def test_a_password_that_the_app_will_not_take_back_is_told_and_stays_on_disk(tmp_path: Path) -> None:
    one = audit(tmp_path, app=FakeApp(history=24))
    await one.conductor.run()
    (said,) = one.end.unrestored
    assert said.startswith("ana: the password could not be set back")
    assert str(tmp_path / NAME) in said
    assert [change.undo["now"] for change in Journal(tmp_path).pending] == [one.app.passwords["ana"]]
    assert one.app.passwords["ana"] not in repr(one.events)


async def test_an_app_that_dies_in_the_middle_stops_the_experiments(tmp_path: Path) -> None:
    one = audit(tmp_path, CHANGING, check("later", last=True))
    one.app.after["POST /password"] = lambda: setattr(one.app, "down", True)
    problem = await one.conductor.run()
    assert "no longer answers" in problem
    assert {finding.verdict for finding in one.findings} == {Verdict.INCONCLUSIVE}
    assert one.end.left_alive
    assert one.end.unrestored
    assert Journal(tmp_path).pending


async def test_sessions_that_outlive_their_logout_are_told(tmp_path: Path) -> None:
    one = audit(tmp_path, app=FakeApp(logout="forgets"))
    await one.conductor.run()
    assert one.end.left_alive
    assert all("cookie sid ‹" in line for line in one.end.left_alive)


async def test_a_listener_that_fails_at_the_end_leaves_no_journal_behind(tmp_path: Path) -> None:
    one = audit(tmp_path)

    def full(event: Event) -> None:
        if isinstance(event, AuditFinished):
            raise OSError(28, "No space left on device")

    one.conductor = Conductor(settings(tmp_path, (CHANGING,)), one.driver, one.journal, full)
    with pytest.raises(OSError, match="No space"):
        await one.conductor.run()
    assert not one.journal.path.exists()


async def test_a_check_that_crashes_ends_with_its_password_put_back(tmp_path: Path) -> None:
    def crashing(scene: Scene) -> Detection:
        session = yield from LogIn(party="owner")
        yield from ChangePassword(session=session)
        raise ZeroDivisionError(scene.start)

    one = audit(tmp_path, replace(CHANGING, detect=crashing))
    await one.conductor.run()
    assert one.findings[0].verdict is Verdict.CRASHED
    left_in_order(one)
