from sessionward.audit.check import Verdict
from sessionward.audit.checks.lifecycle.password_change_keeps_sessions import CHECK
from sessionward.audit.probe import ChangePassword, Replay
from tests.audit.checks.fake_app import FakeApp
from tests.audit.checks.scenes import policy, scene
from tests.audit.checks.transcript import play


def test_a_session_that_outlives_the_change_is_a_defect() -> None:
    played = play(CHECK, FakeApp(change_ends_others=False))
    assert played.verdict is Verdict.FAILED
    assert played.asked(ChangePassword) == 1


def test_tokens_that_each_answer_renews_are_followed() -> None:
    assert play(CHECK, FakeApp(change_ends_others=False, renews=True)).verdict is Verdict.FAILED


def test_a_session_that_had_time_to_idle_out_does_not_pass() -> None:
    app = FakeApp(change_seconds=11.0)
    played = play(CHECK, app, scene(policy=policy(inactivity_timeout=12.0)))
    assert played.verdict is Verdict.INCONCLUSIVE
    assert "left unused for 11" in played.message


def test_a_change_that_ends_the_other_session_passes() -> None:
    assert play(CHECK).verdict is Verdict.PASSED


def test_a_session_that_a_cap_may_have_pushed_out_does_not_pass() -> None:
    app = FakeApp(change_ends_others=False, cap=2)
    played = play(CHECK, app, scene(session_cap=2))
    assert played.verdict is Verdict.INCONCLUSIVE
    assert "pushed it out" in played.message


def test_one_session_at_a_time_leaves_nothing_to_keep() -> None:
    assert play(CHECK, scene=scene(session_cap=1)).verdict is Verdict.INAPPLICABLE


def test_a_change_that_did_not_happen_proves_nothing() -> None:
    app = FakeApp(change_works=False, change_reason="the new password is too short")
    played = play(CHECK, app)
    assert played.verdict is Verdict.INCONCLUSIVE
    assert "too short" in played.message


def test_an_app_that_breaks_afterwards_is_inconclusive() -> None:
    app = FakeApp(breaks=lambda probe: 502 if isinstance(probe, Replay) and not probe.control else 0)
    assert play(CHECK, app).verdict is Verdict.INCONCLUSIVE


def test_without_a_form_to_change_it_the_reason_is_handed_on() -> None:
    played = play(CHECK, scene=scene(password_change=None, missing={"password-change": "an admin does it"}))
    assert "an admin does it" in played.message
