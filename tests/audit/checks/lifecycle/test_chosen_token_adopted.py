import pytest

from sessionward.audit.check import Verdict
from sessionward.audit.checks.lifecycle.chosen_token_adopted import CHECK, in_path, in_query
from sessionward.audit.probe import LogIn, Replay
from tests.audit.checks.fake_app import FakeApp, cookie
from tests.audit.checks.scenes import API, SID, TRADED, scene
from tests.audit.checks.transcript import play


@pytest.mark.parametrize("way", ["cookie", "query", "path"])
def test_a_made_up_token_that_is_adopted_is_a_defect(way: str) -> None:
    assert play(CHECK, FakeApp(adopts=frozenset({way}))).verdict is Verdict.FAILED


def test_made_up_tokens_that_are_not_adopted_pass_after_three_tries() -> None:
    played = play(CHECK)
    assert played.verdict is Verdict.PASSED
    assert played.asked(LogIn) == 3


def test_the_planted_value_has_the_right_format_and_is_new() -> None:
    played = play(CHECK)
    planted = [p.plant.get(SID) for p in played.probes if isinstance(p, LogIn) and p.plant]
    assert planted[0] is not None
    assert len(planted[0].value) == 32
    assert set(planted[0].value) <= set("0123456789abcdef")


def test_an_app_that_logs_in_through_no_cookie_has_no_such_thing() -> None:
    assert play(CHECK, scene=scene(private=(API,))).verdict is Verdict.INAPPLICABLE


def test_a_cookie_that_is_traded_for_a_token_can_be_planted_as_well() -> None:
    apart = scene(private=(API,), renewing=(TRADED,))
    assert play(CHECK, FakeApp(adopts=frozenset({"cookie"})), apart).verdict is Verdict.FAILED
    assert play(CHECK, FakeApp(), apart).verdict is Verdict.PASSED


def test_a_page_that_is_open_before_the_login_is_not_accused() -> None:
    played = play(CHECK, FakeApp(cached=True))
    assert played.verdict is Verdict.INCONCLUSIVE
    assert "before anybody logged in" in played.message


def test_a_throttle_is_inconclusive() -> None:
    app = FakeApp(breaks=lambda probe: 429 if isinstance(probe, Replay) and not probe.control else 0)
    assert play(CHECK, app).verdict is Verdict.INCONCLUSIVE


def test_an_app_that_knows_no_such_address_is_no_worse_for_it() -> None:
    played = play(CHECK, FakeApp(strange_addresses=False))
    assert played.verdict is Verdict.PASSED
    assert "address" not in played.message


def test_an_address_takes_the_token_beside_what_it_has() -> None:
    values = cookie("JSESSIONID", "a b")
    assert in_query("http://app.test/in?next=%2F", values) == "http://app.test/in?next=%2F&JSESSIONID=a%20b"
    assert in_path("http://app.test/in?next=%2F", values) == "http://app.test/in;jsessionid=a%20b?next=%2F"
