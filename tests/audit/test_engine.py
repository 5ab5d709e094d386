import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from sessionward.audit.check import (
    Check,
    Confidence,
    Detection,
    Disturbance,
    Outcome,
    Place,
    Severity,
    Verdict,
    failed,
    inapplicable,
    inconclusive,
    passed,
    suspected,
)
from sessionward.audit.driver import DriverError, TargetUnreachable
from sessionward.audit.engine import Engine, Run, settled
from sessionward.audit.events import CheckStarted, Event, Finding, Judged, TimeoutMeasured
from sessionward.audit.observation import Session
from sessionward.audit.probe import OpenBrowser, Probe, Together, Wait
from sessionward.audit.scene import LogoutFacts, PolicyFacts, Scene
from sessionward.http import Redactor, Token, TokenSet
from sessionward.http.token import Carrier

POLICY = PolicyFacts(profile="patient-portal", inactivity_timeout=900, absolute_lifetime=43200)
SCENE = Scene(start="http://127.0.0.1/", policy=POLICY, wait=1, calibrated=True)
SECRET = "k3f9a0c1d2e3f405"


class FakePerformer:
    """Answers every probe with a session; keeps what was asked and tidied."""

    def __init__(self, fail: Exception | None = None) -> None:
        self.asked: list[tuple[str, str]] = []
        self.tidied: list[str] = []
        self.pictured: list[str] = []
        self.fail = fail
        self.gate: asyncio.Event | None = None
        self.inside = asyncio.Event()

    async def perform(self, probe: Probe[Any], run: str) -> Any:
        self.asked.append((type(probe).__name__, run))
        self.inside.set()
        if self.gate:
            await self.gate.wait()
        if self.fail:
            raise self.fail
        tokens = TokenSet((Token(carrier=Carrier.COOKIE, name="sid", value=SECRET),))
        return None if isinstance(probe, Wait) else Session(id=1, party="anonymous", tokens=tokens)

    async def tidy(self, run: str) -> None:
        self.tidied.append(run)

    async def picture(self, probe: Probe[Any], result: object) -> bytes:
        del result
        self.pictured.append(type(probe).__name__)
        return f"picture {len(self.pictured)}".encode()

    async def put_back(self) -> None:
        self.asked.append(("put back", ""))
        if self.fail:
            raise self.fail


def make(name: str, detect: Callable[[Scene], Detection], **more: Any) -> Check:
    return Check(
        id=name,
        family="lifecycle",
        title=name,
        why="",
        proof="",
        severity=Severity.HIGH,
        requirements=(),
        personas=(),
        fix="",
        detect=detect,
        **more,
    )


def returning(*outcomes: Outcome, control: str = "positive control") -> Callable[[Scene], Detection]:
    """A detection that makes one controlled probe and gives the next of the outcomes at each run."""
    left = list(outcomes)

    def detect(scene: Scene) -> Detection:
        yield from OpenBrowser(control=control)
        yield from OpenBrowser()
        return left.pop(0)

    return detect


async def judge(
    *checks: Check, performer: FakePerformer | None = None, scene: Scene = SCENE
) -> tuple[list[Finding], list[Event]]:
    events: list[Event] = []
    redact = Redactor()
    redact.add(SECRET)
    engine = Engine(scene=scene, performer=performer or FakePerformer(), emit=events.append, redact=redact)
    await engine.run(checks)
    return [event.finding for event in events if isinstance(event, Judged)], events


async def test_a_defect_is_confirmed_only_by_a_second_run() -> None:
    performer = FakePerformer()
    (finding,), _ = await judge(make("a", returning(failed("x"), failed("x"))), performer=performer)
    assert (finding.verdict, finding.confidence, finding.runs) == (Verdict.FAILED, Confidence.CONFIRMED, 2)
    assert performer.tidied == ["a#1", "a#2"]


async def test_only_the_repetition_of_what_failed_is_pictured() -> None:
    performer = FakePerformer()
    (finding,), _ = await judge(make("a", returning(failed("x"), failed("x"))), performer=performer)
    assert performer.pictured == ["OpenBrowser", "OpenBrowser"]
    assert [picture.jpeg for picture in finding.pictures] == [b"picture 1", b"picture 2"]


async def test_what_held_or_did_not_come_back_has_no_picture() -> None:
    held = FakePerformer()
    (finding,), _ = await judge(make("a", returning(passed("x"))), performer=held)
    assert (held.pictured, finding.pictures) == ([], ())
    (finding,), _ = await judge(make("a", returning(failed("x"), passed("x"))))
    assert finding.pictures == ()


async def test_everything_is_put_back_before_an_account_may_be_throttled() -> None:
    performer = FakePerformer()
    last = make("b", returning(passed("y")), last=True)
    await judge(last, make("a", returning(passed("x"))), performer=performer)
    assert [who for _, who in performer.asked] == ["a#1", "a#1", "", "b#1", "b#1"]


async def test_where_nothing_can_be_put_back_yet_the_last_check_is_made_all_the_same() -> None:
    (finding,), _ = await judge(
        make("b", returning(passed("y")), last=True), performer=FakePerformer(DriverError("the page crashed"))
    )
    assert "the page crashed" in finding.message


async def test_a_defect_that_does_not_come_back_is_inconclusive() -> None:
    (finding,), _ = await judge(make("a", returning(failed("it opened"), passed("it held"))))
    assert finding.verdict is Verdict.INCONCLUSIVE
    assert "it opened" in finding.message
    assert "it held" in finding.message


async def test_a_suspicion_and_a_pass_need_no_second_run() -> None:
    findings, _ = await judge(make("a", returning(suspected("x"))), make("b", returning(passed("y"))))
    assert [(finding.runs, finding.confidence) for finding in findings] == [
        (1, Confidence.SUSPECTED),
        (1, None),
    ]


@pytest.mark.parametrize("outcome", [failed("x"), passed("x")])
async def test_judging_without_a_single_control_counts_as_a_crash(outcome: Outcome) -> None:
    (finding,), _ = await judge(make("a", returning(outcome, outcome, control="")))
    assert finding.verdict is Verdict.CRASHED


async def test_an_inapplicable_check_needs_no_control() -> None:
    (finding,), _ = await judge(make("a", returning(inapplicable("no cookie"), control="")))
    assert finding.verdict is Verdict.INAPPLICABLE


async def test_a_crash_of_one_check_is_reported_and_the_others_go_on() -> None:
    def broken(scene: Scene) -> Detection:
        yield from OpenBrowser()
        raise ZeroDivisionError("oops")

    findings, _ = await judge(make("a", broken), make("b", returning(passed("y"))))
    assert {finding.check.id: finding.verdict for finding in findings} == {
        "a": Verdict.CRASHED,
        "b": Verdict.PASSED,
    }
    assert "oops" in next(f.message for f in findings if f.check.id == "a")


async def test_a_broken_browser_makes_the_check_inconclusive() -> None:
    performer = FakePerformer(fail=DriverError("the page crashed"))
    (finding,), _ = await judge(make("a", returning(passed("y"))), performer=performer)
    assert finding.verdict is Verdict.INCONCLUSIVE
    assert "the page crashed" in finding.message


async def test_once_the_app_is_gone_no_further_check_begins() -> None:
    performer = FakePerformer(fail=TargetUnreachable("connection refused"))
    one = make("a", returning(passed("y")), disturbs=frozenset({Disturbance.CREDENTIALS}))
    two = make("b", returning(passed("y")), last=True)
    findings, _ = await judge(one, two, performer=performer)
    assert [finding.verdict for finding in findings] == [Verdict.INCONCLUSIVE] * 2
    assert [run for _, run in performer.asked] == ["a#1"]


async def test_without_calibration_nothing_active_is_tried() -> None:
    performer = FakePerformer()
    scene = Scene(start="http://127.0.0.1/", policy=POLICY, wait=1, reason="both saw the same page")
    (finding,), _ = await judge(make("a", returning(passed("y"))), performer=performer, scene=scene)
    assert finding.verdict is Verdict.INCONCLUSIVE
    assert "both saw the same page" in finding.message
    assert performer.asked == []


async def test_evidence_shows_no_secret_and_names_its_controls() -> None:
    (finding,), _ = await judge(make("a", returning(passed(f"token {SECRET} was refused"))))
    assert SECRET not in repr(finding)
    assert [step.control for step in finding.evidence] == ["positive control", ""]


async def test_what_is_done_together_comes_back_in_order() -> None:
    def both(scene: Scene) -> Detection:
        one, two = yield from Together(probes=(Wait(seconds=0), OpenBrowser(control="positive control")))
        yield from OpenBrowser()
        return passed(f"{one} {type(two).__name__}")

    (finding,), _ = await judge(make("a", both))
    assert finding.message == "None Session"


async def test_browsers_used_together_take_one_place_and_give_it_back() -> None:
    def crowd(scene: Scene) -> Detection:
        yield from Together(probes=tuple(OpenBrowser(control="positive control") for _ in range(3)))
        yield from OpenBrowser()
        return passed("x")

    async with asyncio.timeout(5):  # a place that is lost would keep the later checks waiting for ever
        findings, _ = await judge(*(make(name, crowd) for name in "abcd"))
    assert [finding.verdict for finding in findings] == [Verdict.PASSED] * 4


async def test_where_one_of_several_fails_the_others_are_broken_off_before_tidying() -> None:
    class OneFails(FakePerformer):
        def __init__(self) -> None:
            super().__init__()
            self.ended: list[str] = []

        async def perform(self, probe: Probe[Any], run: str) -> Any:
            if isinstance(probe, Wait):
                raise DriverError("the page crashed")
            try:
                await asyncio.Event().wait()
            finally:
                self.ended.append("broken off")

        async def tidy(self, run: str) -> None:
            self.ended.append("tidied")

    def both(scene: Scene) -> Detection:
        yield from Together(probes=(OpenBrowser(), Wait(seconds=0)))
        return passed("x")

    performer = OneFails()
    (finding,), _ = await judge(make("a", both), performer=performer)
    assert "the page crashed" in finding.message
    assert performer.ended == ["broken off", "tidied"]


async def test_measured_timeouts_are_told() -> None:
    outcome = Outcome(verdict=Verdict.INCONCLUSIVE, message="", timeouts=(("inactivity", 30.0, None),))
    _, events = await judge(make("a", returning(outcome)))
    assert TimeoutMeasured(kind="inactivity", alive_after=30.0, dead_after=None) in events


async def test_a_stopped_audit_reports_what_was_under_way_and_tidies_up() -> None:
    performer = FakePerformer()
    performer.gate = asyncio.Event()
    events: list[Event] = []
    engine = Engine(scene=SCENE, performer=performer, emit=events.append, redact=Redactor())
    task = asyncio.create_task(engine.run([make("a", returning(passed("y")))]))
    await performer.inside.wait()
    engine.stopped = "it was stopped by hand"
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    (finding,) = [event.finding for event in events if isinstance(event, Judged)]
    assert "stopped by hand" in finding.message
    assert performer.tidied == ["a#1"]


async def test_checks_that_throttle_an_account_come_when_all_else_is_over() -> None:
    _, events = await judge(
        make("a", returning(passed("y")), last=True), make("b", returning(passed("y")), patient=True)
    )
    assert [event.check.id for event in events if isinstance(event, CheckStarted)] == ["b", "a"]


def test_of_several_places_only_those_shown_twice_are_confirmed() -> None:
    here, there = Place(method="GET", url="/a"), Place(method="GET", url="/b")
    first = Run(outcomes=(failed("x", where=(here,)), failed("x", where=(there,)), inconclusive("z")))
    second = Run(outcomes=(failed("x", where=(here,)), passed("x", where=(there,)), inconclusive("z")))
    assert [outcome.verdict for outcome in settled((first, second))] == [
        Verdict.FAILED,
        Verdict.INCONCLUSIVE,
        Verdict.INCONCLUSIVE,
    ]


async def test_what_is_tidied_up_is_tidied_to_the_end_though_several_are_stopped_at_once() -> None:
    class TidiesSlowly(FakePerformer):
        async def tidy(self, run: str) -> None:
            for _ in range(20 if run.startswith("a") else 2):
                await asyncio.sleep(0)
            await super().tidy(run)

    performer = TidiesSlowly()
    performer.gate = asyncio.Event()
    work = asyncio.create_task(
        judge(*(make(name, returning(passed("x"))) for name in ("a", "b")), performer=performer)
    )
    await performer.inside.wait()
    await asyncio.sleep(0)
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    assert set(performer.tidied) == {"a#1", "b#1"}


@pytest.mark.parametrize(
    "cap,frees,shares", [(None, False, True), (5, True, True), (5, False, False), (2, True, False)]
)
async def test_under_a_cap_two_checks_share_an_account_only_where_a_logout_makes_room(
    cap: int | None, *, frees: bool, shares: bool
) -> None:
    logout = LogoutFacts(found_on="", control="Log out", frees=frees)
    scene = replace(SCENE, session_cap=cap, logout=logout)
    started: list[str] = []

    def emit(event: Event) -> None:
        if isinstance(event, CheckStarted):
            started.append(event.check.id)

    performer = FakePerformer()
    performer.gate = asyncio.Event()
    playing = asyncio.create_task(
        Engine(scene=scene, performer=performer, emit=emit, redact=Redactor()).run(
            [make("one", returning(passed("x"))), make("two", returning(passed("y")))]
        )
    )
    await performer.inside.wait()
    for _ in range(20):
        await asyncio.sleep(0)
    begun = len(started)
    performer.gate.set()
    await playing
    assert (begun, len(started)) == (2 if shares else 1, 2)
