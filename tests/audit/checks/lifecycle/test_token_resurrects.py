from sessionward.audit.check import Verdict
from sessionward.audit.checks.lifecycle.token_resurrects import CHECK
from sessionward.audit.experiment import Guard
from sessionward.audit.probe import LogIn, Replay
from tests.audit.checks.fake_app import FakeApp
from tests.audit.checks.scenes import scene
from tests.audit.checks.transcript import play


def test_an_old_token_that_comes_back_with_the_next_login_is_a_defect() -> None:
    played = play(CHECK, FakeApp(resurrects=True))
    assert played.verdict is Verdict.FAILED
    assert played.asked(LogIn) == 2


def test_a_token_that_stays_dead_passes() -> None:
    assert play(CHECK).verdict is Verdict.PASSED


def test_a_token_that_never_died_is_left_to_the_other_check() -> None:
    played = play(CHECK, FakeApp(logout_ends=frozenset()))
    assert played.verdict is Verdict.INCONCLUSIVE
    assert "logout-keeps-token-alive" in played.message


def test_a_token_that_every_login_hands_out_again_is_not_accused() -> None:
    played = play(CHECK, FakeApp(static_token=True))
    assert played.verdict is Verdict.INCONCLUSIVE


def test_a_throttle_while_the_old_token_is_tried_is_inconclusive() -> None:
    app = FakeApp(breaks=lambda probe: 429 if isinstance(probe, Replay) and not probe.control else 0)
    assert play(CHECK, app).verdict is Verdict.INCONCLUSIVE


def test_a_lost_control_is_inconclusive() -> None:
    app = FakeApp(breaks=lambda probe: 403 if probe.control == Guard.POSITIVE else 0)
    assert "positive control" in play(CHECK, app).message


def test_without_a_logout_nothing_is_tried() -> None:
    assert play(CHECK, scene=scene(logout=None)).probes == ()
