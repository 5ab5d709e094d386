from sessionward.audit.check import Confidence, Verdict
from sessionward.audit.checks.transport.cookie_without_secure import CHECK
from tests.audit.checks.fake_app import FakeApp
from tests.audit.checks.scenes import API, BEARER, ORACLE, SID, needing, scene
from tests.audit.checks.transcript import play

HTTPS = scene(start="https://app.test/")


def test_a_cookie_that_goes_over_the_line_and_opens_the_account_is_a_defect() -> None:
    played = play(CHECK, FakeApp(in_the_clear=frozenset({SID})), HTTPS)
    assert (played.verdict, played.confidence) == (Verdict.FAILED, Confidence.CONFIRMED)


def test_a_cookie_that_stays_with_https_passes() -> None:
    assert play(CHECK, scene=HTTPS).verdict is Verdict.PASSED


def test_a_secure_cookie_that_the_browser_sends_to_its_own_machine_is_not_accused() -> None:
    assert play(CHECK, FakeApp(in_the_clear=frozenset({SID}), secure=True), HTTPS).verdict is Verdict.PASSED


def test_a_part_of_what_carries_the_login_is_suspected_only() -> None:
    both = scene(start="https://app.test/", private=(needing(ORACLE, SID, BEARER),))
    assert play(CHECK, FakeApp(in_the_clear=frozenset({SID})), both).confidence is Confidence.SUSPECTED


def test_an_app_over_plain_http_has_no_such_thing() -> None:
    assert play(CHECK, FakeApp(in_the_clear=frozenset({SID}))).verdict is Verdict.INAPPLICABLE


def test_an_app_without_a_login_cookie_has_no_such_thing() -> None:
    assert play(CHECK, scene=scene(start="https://app.test/", private=(API,))).verdict is Verdict.INAPPLICABLE
