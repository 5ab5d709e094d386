import pytest

from sessionward.audit.check import Severity, Verdict
from sessionward.audit.checks.forgery.csrf_token_not_bound import CHECK
from tests.audit.checks.fake_app import FakeApp
from tests.audit.checks.fake_form import TOKENLESS, FakeForm, acting
from tests.audit.checks.scenes import API, scene
from tests.audit.checks.transcript import play


@pytest.mark.parametrize(
    "form, told",
    [
        (FakeForm(token="unchecked"), "without the token"),
        (FakeForm(token="any"), "with the token of another account"),
        (FakeForm(token="static"), "with the token of another account"),
        (FakeForm(token="account"), "with the token of another session of the same account"),
    ],
    ids=["unchecked", "any", "static", "account"],
)
def test_a_token_that_does_not_bind_is_found_by_the_first_wrong_one_that_is_taken(
    form: FakeForm, told: str
) -> None:
    played = play(CHECK, FakeApp(form=form), acting())
    assert played.verdict is Verdict.FAILED
    assert told in played.message


def test_a_token_that_is_bound_to_the_account_alone_is_the_lesser_evil() -> None:
    assert play(CHECK, FakeApp(form=FakeForm(token="account")), acting()).severity is Severity.LOW
    assert play(CHECK, FakeApp(form=FakeForm(token="unchecked")), acting()).severity is None


def test_a_token_of_the_session_passes_and_all_four_wrong_ones_were_tried() -> None:
    played = play(CHECK, FakeApp(form=FakeForm()), acting())
    assert played.verdict is Verdict.PASSED
    assert played.message.count("POST /address") == 4


def test_a_request_without_a_token_has_no_such_thing() -> None:
    assert play(CHECK, FakeApp(), acting(TOKENLESS)).verdict is Verdict.INAPPLICABLE


def test_a_login_that_no_cookie_holds_is_judged_all_the_same() -> None:
    assert play(CHECK, FakeApp(cookies=False), acting()).verdict is not Verdict.INAPPLICABLE


def test_where_a_header_opens_the_account_and_nothing_is_known_to_change_there_is_no_such_thing() -> None:
    assert play(CHECK, scene=scene(private=(API,))).verdict is Verdict.INAPPLICABLE


def test_an_app_that_ends_the_session_over_a_wrong_token_passes() -> None:
    assert play(CHECK, FakeApp(form=FakeForm(ends=True)), acting()).verdict is Verdict.PASSED


def test_an_app_that_goes_by_the_origin_needs_no_token_from_its_own_pages() -> None:
    form = FakeForm(token="unchecked", asks_origin=True)
    assert play(CHECK, FakeApp(form=form), acting()).verdict is Verdict.PASSED
