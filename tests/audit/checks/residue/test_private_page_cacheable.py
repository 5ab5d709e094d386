from sessionward.audit.check import Confidence, Verdict
from sessionward.audit.checks.residue.private_page_cacheable import CHECK
from sessionward.audit.probe import Recall
from tests.audit.checks.fake_app import FakeApp
from tests.audit.checks.scenes import API, SID, needing, scene
from tests.audit.checks.transcript import play


def test_a_page_that_the_browser_keeps_after_the_logout_is_a_defect() -> None:
    played = play(CHECK, FakeApp(cache_keeps=True))
    assert (played.verdict, played.confidence) == (Verdict.FAILED, Confidence.CONFIRMED)


def test_a_page_that_is_stored_and_not_given_out_with_other_cookies_is_a_sign() -> None:
    played = play(CHECK, FakeApp(cache_keeps=True, cache_varies=True))
    assert (played.verdict, played.confidence) == (Verdict.FAILED, Confidence.SUSPECTED)
    assert "(Vary)" in played.message


def test_a_browser_that_keeps_nothing_passes_and_its_cache_was_asked() -> None:
    played = play(CHECK)
    assert played.verdict is Verdict.PASSED
    assert played.asked(Recall) >= 1


def test_an_answer_that_no_page_loaded_is_not_judged() -> None:
    known = scene(private=(needing(API, SID),), personal=())
    assert play(CHECK, FakeApp(cache_keeps=True), known).verdict is Verdict.INCONCLUSIVE


def test_without_a_logout_it_cannot_be_told() -> None:
    assert play(CHECK, scene=scene(logout=None)).verdict is Verdict.INCONCLUSIVE
