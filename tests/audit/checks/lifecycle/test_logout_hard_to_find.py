from sessionward.audit.check import Confidence, Verdict
from sessionward.audit.checks.lifecycle.logout_hard_to_find import CHECK
from tests.audit.checks.fake_app import FakeApp
from tests.audit.checks.scenes import scene
from tests.audit.checks.transcript import play


def test_pages_without_a_way_out_are_a_defect() -> None:
    played = play(CHECK, FakeApp(without_logout=frozenset({"/", "/profile"})))
    assert (played.verdict, played.confidence) == (Verdict.FAILED, Confidence.CONFIRMED)


def test_a_way_out_on_every_page_passes() -> None:
    assert play(CHECK).verdict is Verdict.PASSED


def test_one_page_of_several_without_it_is_told_and_passes() -> None:
    played = play(CHECK, FakeApp(without_logout=frozenset({"/profile"})))
    assert played.verdict is Verdict.PASSED
    assert "on 1 of 2 pages" in played.message


def test_a_page_that_shows_nothing_of_the_account_counts_where_it_offers_the_way_out() -> None:
    hidden = frozenset({"/profile"})
    played = play(CHECK, FakeApp(without_logout=hidden, blank=frozenset({"/"})))
    assert played.verdict is Verdict.PASSED
    assert "on 1 of 2 pages" in played.message
    assert (
        play(CHECK, FakeApp(without_logout=hidden | {"/"}, blank=frozenset({"/"}))).verdict is Verdict.FAILED
    )


def test_a_logout_that_was_not_found_is_suspected_only() -> None:
    known = scene(logout=None, missing={"logout": "no control was found on 5 screens"})
    played = play(CHECK, scene=known)
    assert played.confidence is Confidence.SUSPECTED
    assert "5 screens" in played.message
