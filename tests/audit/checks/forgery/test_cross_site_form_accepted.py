import pytest

from sessionward.audit.check import Verdict
from sessionward.audit.checks.forgery.cross_site_form_accepted import CHECK
from sessionward.audit.probe import Alter
from tests.audit.checks.fake_app import FakeApp
from tests.audit.checks.fake_form import TOKENLESS, FakeForm, acting
from tests.audit.checks.scenes import API, scene
from tests.audit.checks.transcript import Played, play


def judged(form: FakeForm) -> Played:
    return play(CHECK, FakeApp(form=form), acting())


def test_a_form_whose_token_nobody_checks_is_accepted_from_another_site() -> None:
    played = judged(FakeForm(token="unchecked"))
    assert played.verdict is Verdict.FAILED
    assert "POST /address by a form without the token" in played.message


def test_a_form_that_takes_the_attackers_own_token_is_accepted_from_another_site() -> None:
    played = judged(FakeForm(token="any"))
    assert played.verdict is Verdict.FAILED
    assert "with the attacker's own token" in played.message


def test_where_saving_logs_out_the_forged_request_is_sent_from_a_browser_that_is_logged_in() -> None:
    played = judged(FakeForm(token="unchecked", logs_out=True))
    assert played.verdict is Verdict.FAILED


def test_a_bound_token_passes_and_both_tries_are_named() -> None:
    played = judged(FakeForm())
    assert played.verdict is Verdict.PASSED
    assert (
        "by a form without the token, POST /address by a form with the attacker's own token" in played.message
    )


def test_a_cookie_that_the_browser_keeps_back_passes_and_says_so() -> None:
    played = judged(FakeForm(token="unchecked", same_site=True))
    assert played.verdict is Verdict.PASSED
    assert "sid was kept back (SameSite)" in played.message


def test_a_form_without_any_token_is_sent_once() -> None:
    app = FakeApp(form=FakeForm(token="unchecked", same_site=True))
    assert play(CHECK, app, acting(TOKENLESS)).asked(Alter) == 2


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_json_that_needs_leave_which_is_not_given_has_no_such_thing(method: str) -> None:
    played = judged(FakeForm(json=True, method=method, token="unchecked"))
    assert played.verdict is Verdict.INAPPLICABLE
    assert "preflight" in played.message


def test_json_that_any_site_is_given_leave_for_is_accepted_by_a_script() -> None:
    played = judged(FakeForm(json=True, method="PUT", token="unchecked", grants=True))
    assert played.verdict is Verdict.FAILED
    assert "PUT /address by a script" in played.message


def test_json_that_is_taken_as_a_plain_form_as_well_is_accepted() -> None:
    played = judged(FakeForm(json=True, token="unchecked", plain_too=True))
    assert played.verdict is Verdict.FAILED
    assert "POST /address by a form" in played.message


@pytest.mark.parametrize(
    "form, why",
    [
        (FakeForm(sends=False, works=False), "the app's own request did not change the field"),
        (FakeForm(works=False), "the app's own request did not change the field"),
        (FakeForm(learnt=False), "the field was gone"),
        (FakeForm(status=500), "status 500"),
        (FakeForm(status=429), "status 429"),
        (FakeForm(seen=False), "could not be seen afterwards"),
    ],
)
def test_where_a_control_is_lost_nothing_follows(form: FakeForm, why: str) -> None:
    played = judged(form)
    assert played.verdict is Verdict.INCONCLUSIVE
    assert why in played.message


def test_a_login_that_no_cookie_holds_has_no_such_thing() -> None:
    assert play(CHECK, FakeApp(cookies=False), acting()).verdict is Verdict.INAPPLICABLE


def test_where_a_header_opens_the_account_it_does_not_matter_that_nothing_is_known_to_change() -> None:
    played = play(CHECK, scene=scene(private=(API,)))
    assert played.verdict is Verdict.INAPPLICABLE
    assert "opened by header authorization and by no cookie" in played.message


def test_without_a_known_action_it_says_why_there_is_none() -> None:
    played = play(CHECK, scene=scene(missing={"action": "no form was found on 3 screens"}))
    assert played.verdict is Verdict.INCONCLUSIVE
    assert "no form was found on 3 screens" in played.message


def test_an_app_that_ends_the_session_over_a_forged_request_is_entered_again_for_the_next() -> None:
    assert judged(FakeForm(ends=True)).verdict is Verdict.PASSED
