from sessionward.audit.check import Confidence, Verdict
from sessionward.audit.checks.transport.cookie_without_httponly import CHECK
from sessionward.audit.experiment import Guard
from sessionward.http import Carrier, TokenKey
from tests.audit.checks.fake_app import FakeApp
from tests.audit.checks.scenes import API, BEARER, ORACLE, SID, needing, scene
from tests.audit.checks.transcript import play

READABLE = frozenset({SID})


def test_a_readable_cookie_that_opens_the_account_alone_is_a_defect() -> None:
    played = play(CHECK, FakeApp(readable_cookies=READABLE))
    assert (played.verdict, played.confidence) == (Verdict.FAILED, Confidence.CONFIRMED)


def test_a_cookie_that_scripts_cannot_read_passes() -> None:
    assert play(CHECK).verdict is Verdict.PASSED


def test_a_readable_cookie_that_carries_no_login_is_not_accused() -> None:
    language = TokenKey(Carrier.COOKIE, "lang")
    assert play(CHECK, FakeApp(readable_cookies=frozenset({language}))).verdict is Verdict.PASSED


def test_a_readable_part_is_suspected_only() -> None:
    both = scene(private=(needing(ORACLE, SID, BEARER),))
    assert play(CHECK, FakeApp(readable_cookies=READABLE), both).confidence is Confidence.SUSPECTED


def test_an_app_without_a_login_cookie_has_no_such_thing() -> None:
    assert play(CHECK, scene=scene(private=(API,))).verdict is Verdict.INAPPLICABLE


def test_a_lost_control_is_inconclusive() -> None:
    app = FakeApp(breaks=lambda probe: 500 if probe.control == Guard.OTHER else 0)
    assert play(CHECK, app).verdict is Verdict.INCONCLUSIVE
