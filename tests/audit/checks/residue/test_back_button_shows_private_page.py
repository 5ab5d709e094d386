from dataclasses import replace

import pytest

from sessionward.audit.check import Confidence, Verdict
from sessionward.audit.checks.residue.back_button_shows_private_page import CHECK
from sessionward.audit.probe import Observe, Recall
from tests.audit.checks.fake_app import FakeApp
from tests.audit.checks.scenes import MARKERS, ORACLE, SCENE, scene
from tests.audit.checks.transcript import play


def test_a_private_page_that_comes_back_after_the_logout_is_a_defect() -> None:
    played = play(CHECK, FakeApp(back_shows=True))
    assert (played.verdict, played.confidence) == (Verdict.FAILED, Confidence.CONFIRMED)


def test_a_browser_that_shows_nothing_on_going_back_passes_and_was_really_taken_back() -> None:
    played = play(CHECK)
    assert played.verdict is Verdict.PASSED
    assert any(isinstance(probe, Observe) and probe.back for probe in played.probes)


PRIVATE = f"<p>Signed in as {MARKERS['owner'][0]}</p>"


def test_a_page_that_other_browsers_keep_in_memory_is_a_sign() -> None:
    played = play(CHECK, FakeApp(body=PRIVATE, headers=(("Cache-Control", "private, no-cache"),)))
    assert (played.verdict, played.confidence) == (Verdict.FAILED, Confidence.SUSPECTED)
    assert "back/forward cache" in played.message


@pytest.mark.parametrize("header", [("Cache-Control", "no-store"), ("Clear-Site-Data", '"cache"')])
def test_a_page_that_no_browser_keeps_in_memory_passes(header: tuple[str, str]) -> None:
    assert play(CHECK, FakeApp(body=PRIVATE, headers=(header,))).verdict is Verdict.PASSED


@pytest.mark.parametrize("address, asked", [("https://app.test/profile", 1), ("http://app.test/profile", 0)])
def test_by_https_it_passes_only_where_the_browser_would_have_kept_something(
    address: str, asked: int
) -> None:
    """Its cache is read for that: a browser that overlooks the certificate refuses, and the experiment breaks off."""
    known = replace(ORACLE, request=replace(ORACLE.request, url=address))
    played = play(CHECK, scene=replace(SCENE, private=(known,), personal=()))
    assert (played.verdict, played.asked(Recall)) == (Verdict.PASSED, asked)


def test_a_text_that_everybody_sees_is_not_the_owners() -> None:
    assert play(CHECK, FakeApp(names_owner=True)).verdict is Verdict.PASSED


def test_a_logout_that_does_nothing_leaves_nothing_to_go_back_from() -> None:
    assert play(CHECK, FakeApp(back_shows=True, logout_effective=False)).verdict is Verdict.INCONCLUSIVE


def test_without_a_logout_it_cannot_be_told() -> None:
    assert play(CHECK, scene=scene(logout=None)).verdict is Verdict.INCONCLUSIVE
