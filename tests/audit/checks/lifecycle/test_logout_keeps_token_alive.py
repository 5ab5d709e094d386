from sessionward.audit.check import Confidence, Verdict
from sessionward.audit.checks.lifecycle.logout_keeps_token_alive import CHECK
from sessionward.audit.experiment import Guard
from sessionward.audit.probe import LogOut, Replay
from sessionward.http import Carrier
from tests.audit.checks.fake_app import FakeApp
from tests.audit.checks.scenes import API, scene
from tests.audit.checks.transcript import play

KEEPS = frozenset[Carrier]()


def test_tokens_that_outlive_the_logout_are_a_defect() -> None:
    played = play(CHECK, FakeApp(logout_ends=KEEPS))
    assert (played.verdict, played.confidence) == (Verdict.FAILED, Confidence.CONFIRMED)
    assert played.waited == 17
    assert {Guard.RANDOM, Guard.EMPTY, Guard.OTHER} <= {probe.control for probe in played.probes}


def test_the_positive_control_stands_right_before_the_logout() -> None:
    played = play(CHECK)
    logout = next(n for n, probe in enumerate(played.probes) if isinstance(probe, LogOut))
    assert played.probes[logout - 1].control == Guard.POSITIVE


def test_a_logout_that_ends_the_session_passes_without_waiting() -> None:
    played = play(CHECK)
    assert played.verdict is Verdict.PASSED
    assert played.waited == 0


def test_a_logout_that_takes_a_moment_passes_and_says_so() -> None:
    played = play(CHECK, FakeApp(settles=5.0))
    assert played.verdict is Verdict.PASSED
    assert "7 s" in played.message


def test_a_self_contained_token_is_reported_with_its_life() -> None:
    played = play(CHECK, FakeApp(logout_ends=KEEPS, jwt_life=900.0), scene(private=(API,)))
    assert played.verdict is Verdict.FAILED
    assert "good for 15 min" in played.message


def test_a_page_that_a_cache_serves_to_everybody_is_not_accused() -> None:
    played = play(CHECK, FakeApp(cached=True))
    assert played.verdict is Verdict.INCONCLUSIVE
    assert "no page" not in played.message


def test_a_throttle_after_the_logout_is_neither_pass_nor_defect() -> None:
    app = FakeApp(breaks=lambda probe: 429 if isinstance(probe, Replay) and not probe.control else 0)
    played = play(CHECK, app)
    assert played.verdict is Verdict.INCONCLUSIVE
    assert "429" in played.message


def test_an_app_that_dies_after_the_logout_does_not_pass() -> None:
    app = FakeApp(breaks=lambda probe: 503 if probe.control == Guard.OTHER else 0)
    assert play(CHECK, app).verdict is Verdict.INCONCLUSIVE


def test_a_logout_that_does_nothing_is_inconclusive() -> None:
    assert "did nothing" in play(CHECK, FakeApp(logout_effective=False)).message


def test_without_a_logout_the_reason_is_handed_on() -> None:
    played = play(CHECK, scene=scene(logout=None, missing={"logout": "no control looks like it"}))
    assert played.verdict is Verdict.INCONCLUSIVE
    assert "no control looks like it" in played.message


def test_a_lost_login_is_inconclusive_with_the_words_of_the_app() -> None:
    assert (
        "come back later" in play(CHECK, FakeApp(login_works=False, login_reason="come back later")).message
    )
