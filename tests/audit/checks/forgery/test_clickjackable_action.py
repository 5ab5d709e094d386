import pytest

from sessionward.audit.check import Confidence, Verdict
from sessionward.audit.checks.forgery.clickjackable_action import CHECK
from sessionward.audit.observation import Lured
from tests.audit.checks.fake_app import FakeApp
from tests.audit.checks.fake_form import FakeForm, acting
from tests.audit.checks.transcript import Played, play


def judged(framed: Lured) -> Played:
    return play(CHECK, FakeApp(form=FakeForm(framed=framed)), acting())


def test_a_click_in_the_frame_that_sends_the_request_is_a_defect() -> None:
    played = judged(Lured(rendered=True, sent=True, status=303))
    assert (played.verdict, played.confidence) == (Verdict.FAILED, Confidence.CONFIRMED)


@pytest.mark.parametrize("status", [0, 400, 403, 503])
def test_a_click_that_the_app_did_not_take_is_no_proof(status: int) -> None:
    played = judged(Lured(rendered=True, sent=True, status=status))
    assert (played.verdict, played.confidence) == (Verdict.FAILED, Confidence.SUSPECTED)


def test_a_click_that_the_app_answers_otherwise_than_its_own_page_is_no_proof() -> None:
    played = judged(Lured(rendered=True, sent=True, status=302, otherwise="led to /login"))
    assert (played.verdict, played.confidence) == (Verdict.FAILED, Confidence.SUSPECTED)
    assert "(status 302, which led to /login)" in played.message


def test_a_frame_in_which_a_click_sends_nothing_is_a_sign_only() -> None:
    assert judged(Lured(rendered=True)).confidence is Confidence.SUSPECTED


def test_a_page_that_is_not_drawn_in_a_frame_passes_and_says_why() -> None:
    played = judged(Lured(rendered=False, reason="its X-Frame-Options says “DENY”"))
    assert played.verdict is Verdict.PASSED
    assert "X-Frame-Options says “DENY”" in played.message


def test_a_form_that_does_not_work_by_itself_is_inconclusive() -> None:
    form = FakeForm(works=False, framed=Lured(rendered=True, sent=True, status=200))
    assert play(CHECK, FakeApp(form=form), acting()).verdict is Verdict.INCONCLUSIVE
