from sessionward.audit.check import Verdict
from sessionward.audit.checks.credentials.login_not_throttled import CHECK
from sessionward.audit.experiment import Guard
from sessionward.audit.probe import Guess
from tests.audit.checks.fake_app import FakeApp
from tests.audit.checks.scenes import policy, scene
from tests.audit.checks.transcript import play


def test_guesses_that_are_all_answered_at_once_are_a_defect() -> None:
    played = play(CHECK, FakeApp(throttle_after=None))
    assert played.verdict is Verdict.FAILED
    assert "11 wrong passwords" in played.message


def test_one_guess_more_than_the_policy_allows_is_made() -> None:
    played = play(CHECK, FakeApp(throttle_after=None), scene(policy=policy(failed_logins=3)))
    (guess,) = (probe for probe in played.probes if isinstance(probe, Guess))
    assert guess.times == 4


def test_an_app_that_holds_off_passes_even_if_the_owner_must_wait_too() -> None:
    played = play(CHECK)
    assert played.verdict is Verdict.PASSED
    assert "number 6" in played.message


def test_answers_that_grow_slower_pass() -> None:
    slower = tuple(0.2 * 1.5**n for n in range(11))
    assert play(CHECK, FakeApp(throttle_after=None, guess_seconds=slower)).verdict is Verdict.PASSED


def test_answers_that_were_slow_from_the_first_are_no_throttle() -> None:
    assert play(CHECK, FakeApp(throttle_after=None, guess_seconds=(3.0,) * 11)).verdict is Verdict.FAILED


def test_jitter_is_no_throttle() -> None:
    jitter = (0.1, 0.2, 0.1, 0.3, 0.2, 0.1, 0.4, 0.2, 0.5, 0.1, 0.6)
    assert play(CHECK, FakeApp(throttle_after=None, guess_seconds=jitter)).verdict is Verdict.FAILED


def test_an_account_that_is_locked_without_a_word_passes_while_others_get_in() -> None:
    assert play(CHECK, FakeApp(throttle_after=None, locked_out=True)).verdict is Verdict.PASSED


def test_a_login_that_works_for_nobody_any_more_is_inconclusive() -> None:
    app = FakeApp(throttle_after=None, locked_out=True, guessing_breaks_login=True)
    assert play(CHECK, app).verdict is Verdict.INCONCLUSIVE


def test_guesses_that_broke_off_are_inconclusive() -> None:
    app = FakeApp(throttle_after=None, guess_breaks_off=True)
    played = play(CHECK, app)
    assert played.verdict is Verdict.INCONCLUSIVE
    assert "3 of 11" in played.message


def test_a_lost_control_is_inconclusive() -> None:
    app = FakeApp(throttle_after=None, breaks=lambda probe: 500 if probe.control == Guard.POSITIVE else 0)
    assert play(CHECK, app).verdict is Verdict.INCONCLUSIVE
