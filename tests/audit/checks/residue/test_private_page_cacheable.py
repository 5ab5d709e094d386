from dataclasses import replace

from sessionward.audit.check import Confidence, Verdict
from sessionward.audit.checks.residue.private_page_cacheable import CHECK, loaded_by
from sessionward.audit.probe import Recall
from sessionward.http import Exchange, Request
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


def test_an_address_with_a_new_number_each_time_is_looked_for_as_the_browser_asked_for_it() -> None:
    url = f"{API.request.url}?_="
    known = replace(API, request=Request(method="GET", url=f"{url}17"))
    made = [
        Exchange(request=Request(method="GET", url=one)) for one in (f"{url}18", f"{url}19", f"{url}19&x=1")
    ]
    assert [one.request.url for one in loaded_by(made, (known,))] == [f"{url}19"]
    same = Exchange(request=known.request)
    assert [one.request.url for one in loaded_by([same, *made], (known,))] == [f"{url}17"]
