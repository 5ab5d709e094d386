import pytest

from sessionward.audit.check import Confidence, Verdict
from sessionward.audit.checks.lifecycle.absolute_timeout_missing import CHECK
from sessionward.audit.probe import Replay
from tests.audit.checks.fake_app import FakeApp
from tests.audit.checks.scenes import API, policy, scene
from tests.audit.checks.transcript import play

SHORT = scene(wait=30.0, policy=policy(inactivity_timeout=10.0, absolute_lifetime=20.0))


def test_a_session_that_outlives_the_policy_while_in_use_is_a_defect() -> None:
    played = play(CHECK, FakeApp(absolute=None, idle=10.0), SHORT)
    assert played.verdict is Verdict.FAILED
    assert played.outcome.timeouts[0][1] == pytest.approx(23, abs=1)


def test_a_session_that_ends_at_its_age_passes() -> None:
    played = play(CHECK, FakeApp(absolute=20.0, idle=10.0), SHORT)
    assert played.verdict is Verdict.PASSED
    assert played.outcome.timeouts[0][2] == pytest.approx(21, abs=1.5)


def test_too_little_time_is_inconclusive_and_says_how_much_it_takes() -> None:
    played = play(CHECK, FakeApp(absolute=None))
    assert played.verdict is Verdict.INCONCLUSIVE
    assert "--wait 45365s" in played.message


def test_a_token_that_claims_no_end_is_suspected() -> None:
    played = play(CHECK, FakeApp(jwt_life=None, absolute=None))
    assert (played.verdict, played.confidence) == (Verdict.FAILED, Confidence.SUSPECTED)
    assert "has no end" in played.message


def test_a_token_that_claims_a_longer_life_than_the_policy_is_suspected() -> None:
    played = play(CHECK, FakeApp(jwt_life=30 * 86400.0, absolute=None))
    assert played.confidence is Confidence.SUSPECTED
    assert "30 days" in played.message


def test_a_token_with_a_short_life_is_not_suspected() -> None:
    assert play(CHECK, FakeApp(jwt_life=900.0, absolute=None)).verdict is Verdict.INCONCLUSIVE


def test_an_access_token_that_ends_by_itself_tells_nothing_of_the_session() -> None:
    played = play(CHECK, FakeApp(jwt_life=15.0, absolute=15.0), scene(private=(API,), wait=30.0))
    assert played.verdict is Verdict.INCONCLUSIVE
    assert "renews it" in played.message
    assert played.outcome.timeouts == (("absolute", None, None),)


def test_a_session_that_was_pushed_out_has_not_reached_its_age() -> None:
    app = FakeApp(absolute=None)
    younger: list[str] = []

    def pushed_out(probe: object) -> int:
        if isinstance(probe, Replay) and not probe.control:
            younger.append("looked at")
            return 403 if len(younger) > 3 else 0
        return 0

    app.breaks = pushed_out
    played = play(CHECK, app, SHORT)
    assert played.verdict is Verdict.INCONCLUSIVE
    assert "older one lives on" in played.message
    assert played.outcome.timeouts == (("absolute", None, None),)


def test_a_fault_of_the_server_is_inconclusive() -> None:
    app = FakeApp(breaks=lambda probe: 503 if isinstance(probe, Replay) and not probe.control else 0)
    assert play(CHECK, app, SHORT).verdict is Verdict.INCONCLUSIVE


def test_an_app_that_lets_nobody_in_any_more_does_not_pass() -> None:
    app = FakeApp(absolute=10.0, idle=None)

    def closing(probe: object) -> int:
        app.login_works = app.now < 1005
        return 0

    app.breaks = closing
    assert play(CHECK, app, SHORT).verdict is Verdict.INCONCLUSIVE
