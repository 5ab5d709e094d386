from sessionward.audit.check import Verdict
from sessionward.audit.checks.forgery.state_change_by_get import CHECK
from sessionward.audit.probe import Alter
from tests.audit.checks.fake_app import FakeApp
from tests.audit.checks.fake_form import FakeForm, acting
from tests.audit.checks.transcript import play


def test_a_link_with_the_values_of_the_form_that_changes_the_field_is_a_defect_whatever_samesite_says() -> (
    None
):
    played = play(CHECK, FakeApp(form=FakeForm(token="unchecked", by_get=True, same_site=True)), acting())
    assert played.verdict is Verdict.FAILED
    assert "GET /address by a link" in played.message


def test_a_link_that_needs_no_more_than_the_attackers_own_token_is_one_as_well() -> None:
    played = play(CHECK, FakeApp(form=FakeForm(token="any", by_get=True)), acting())
    assert played.verdict is Verdict.FAILED
    assert "with the attacker's own token" in played.message


def test_a_link_that_needs_the_owners_token_passes() -> None:
    assert play(CHECK, FakeApp(form=FakeForm(by_get=True)), acting()).verdict is Verdict.PASSED


def test_an_app_that_reads_no_values_from_addresses_passes_and_the_values_were_there() -> None:
    played = play(CHECK, FakeApp(form=FakeForm(token="unchecked")), acting())
    assert played.verdict is Verdict.PASSED
    links = [probe.request for probe in played.probes if isinstance(probe, Alter) and not probe.control]
    assert [request.method for request in links] == ["GET", "GET", "GET"]
    assert links[0].url == "http://app.test/address?address=swcafe01a1b2"
    assert links[0].body is None


def test_an_app_that_fails_over_the_link_is_inconclusive() -> None:
    assert play(CHECK, FakeApp(form=FakeForm(status=502)), acting()).verdict is Verdict.INCONCLUSIVE
