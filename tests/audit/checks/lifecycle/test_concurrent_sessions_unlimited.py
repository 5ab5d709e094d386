from sessionward.audit.check import Severity, Verdict
from sessionward.audit.checks.lifecycle.concurrent_sessions_unlimited import CHECK
from sessionward.audit.probe import LogIn, Replay
from tests.audit.checks.fake_app import FakeApp
from tests.audit.checks.scenes import policy, scene
from tests.audit.checks.transcript import play

TWO = scene(policy=policy(concurrent_sessions=2))


def test_more_sessions_than_the_policy_allows_are_a_defect() -> None:
    played = play(CHECK, scene=TWO)
    assert played.verdict is Verdict.FAILED
    assert played.severity is None
    assert played.asked(LogIn) == 3


def test_without_a_policy_no_limit_is_for_information_only() -> None:
    played = play(CHECK)
    assert (played.verdict, played.severity) == (Verdict.FAILED, Severity.INFO)


def test_an_app_that_ends_the_oldest_passes() -> None:
    assert play(CHECK, FakeApp(cap=2), TWO).verdict is Verdict.PASSED


def test_an_app_that_refuses_the_last_login_passes_with_its_words() -> None:
    app = FakeApp(cap=2, cap_refuses=True)
    played = play(CHECK, app, TWO)
    assert played.verdict is Verdict.PASSED
    assert "too many sessions" in played.message


def test_logins_that_are_refused_to_everybody_are_no_limit() -> None:
    played = play(CHECK, FakeApp(logins_until=2), TWO)
    assert played.verdict is Verdict.INCONCLUSIVE
    assert "other account" in played.message


def test_logins_that_share_one_token_cannot_be_counted() -> None:
    assert play(CHECK, FakeApp(static_token=True), TWO).verdict is Verdict.INCONCLUSIVE


def test_a_throttle_while_counting_is_inconclusive() -> None:
    app = FakeApp(breaks=lambda probe: 429 if isinstance(probe, Replay) and not probe.control else 0)
    assert play(CHECK, app, TWO).verdict is Verdict.INCONCLUSIVE
