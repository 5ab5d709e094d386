from dataclasses import replace

from sessionward.audit.check import Confidence, Verdict
from sessionward.audit.checks.credentials.credential_change_without_reauthentication import CHECK, RECENT
from sessionward.audit.probe import ChangePassword, Wait
from sessionward.audit.scene import PasswordChangeFacts
from tests.audit.checks.fake_app import FakeApp
from tests.audit.checks.scenes import START, scene
from tests.audit.checks.transcript import play

NEVER_ASKS = scene(password_change=PasswordChangeFacts(url=f"{START}password", asks_current=False))


def test_a_form_that_takes_a_wrong_present_password_is_a_defect() -> None:
    played = play(CHECK, FakeApp(demands_current=frozenset({"omitted"})))
    assert played.verdict is Verdict.FAILED
    assert "wrong present password" in played.message


def test_a_form_that_works_without_the_field_is_a_defect() -> None:
    played = play(CHECK, FakeApp(demands_current=frozenset({"wrong"})))
    assert played.verdict is Verdict.FAILED
    assert "leaving out the field" in played.message


def test_a_form_that_never_asks_is_only_suspected_right_after_the_login() -> None:
    """An app that takes a login of the last minutes for the proof is sound."""
    played = play(CHECK, FakeApp(demands_current=frozenset()), NEVER_ASKS)
    assert (played.verdict, played.confidence) == (Verdict.FAILED, Confidence.SUSPECTED)
    assert "--wait 6m" in played.message


def test_a_form_that_never_asks_is_a_defect_once_the_login_is_old() -> None:
    patient = replace(NEVER_ASKS, wait=360.0)
    played = play(CHECK, FakeApp(demands_current=frozenset()), patient)
    assert (played.verdict, played.confidence) == (Verdict.FAILED, Confidence.CONFIRMED)
    assert "does not ask" in played.message
    assert sum(probe.seconds for probe in played.probes if isinstance(probe, Wait)) >= RECENT


def test_a_form_that_refuses_both_and_takes_the_right_one_passes() -> None:
    played = play(CHECK)
    assert played.verdict is Verdict.PASSED
    assert [p.current for p in played.probes if isinstance(p, ChangePassword)] == [
        "wrong",
        "omitted",
        "right",
    ]


def test_a_form_that_asks_in_a_second_step_passes() -> None:
    assert play(CHECK, FakeApp(demands_current=frozenset({"omitted"})), NEVER_ASKS).verdict is Verdict.PASSED


def test_a_form_that_refuses_everything_proves_nothing() -> None:
    played = play(CHECK, FakeApp(demands_current=frozenset({"wrong", "omitted", "right"})))
    assert played.verdict is Verdict.INCONCLUSIVE


def test_a_change_that_cannot_be_told_is_inconclusive() -> None:
    played = play(CHECK, FakeApp(change_works=False, change_reason="no message came"))
    assert played.verdict is Verdict.INCONCLUSIVE
    assert "no message came" in played.message


def test_one_way_that_cannot_be_told_keeps_the_others_from_passing() -> None:
    played = play(CHECK, FakeApp(unclear_changes=frozenset({"omitted"})))
    assert played.verdict is Verdict.INCONCLUSIVE
    assert "went blank" in played.message


def test_a_session_that_is_ended_over_a_wrong_password_is_replaced() -> None:
    played = play(CHECK, FakeApp(wrong_change_ends_session=True))
    assert played.verdict is Verdict.PASSED
    used = {p.session.id for p in played.probes if isinstance(p, ChangePassword)}
    assert len(used) == 3


def test_without_a_form_to_change_it_the_reason_is_handed_on() -> None:
    assert play(CHECK, scene=scene(password_change=None)).verdict is Verdict.INCONCLUSIVE
