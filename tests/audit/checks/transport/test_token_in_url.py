from sessionward.audit.check import Confidence, Verdict
from sessionward.audit.checks.transport.token_in_url import CHECK, in_addresses
from sessionward.http import Carrier, Token, TokenSet
from tests.audit.checks.fake_app import FakeApp
from tests.audit.checks.scenes import BEARER, ORACLE, SID, START, needing, scene
from tests.audit.checks.transcript import play


def test_a_token_that_stands_in_an_address_and_opens_the_account_is_a_defect() -> None:
    played = play(CHECK, FakeApp(address=START + "profile;jsessionid={}"))
    assert (played.verdict, played.confidence) == (Verdict.FAILED, Confidence.CONFIRMED)


def test_addresses_without_the_value_pass() -> None:
    assert play(CHECK, FakeApp(address=START + "profile?sid=5")).verdict is Verdict.PASSED


def test_a_part_of_what_carries_the_login_is_suspected_only() -> None:
    both = scene(private=(needing(ORACLE, SID, BEARER),))
    assert play(CHECK, FakeApp(address=START + "p?s={}"), both).confidence is Confidence.SUSPECTED


def test_a_short_value_in_an_address_is_chance() -> None:
    tokens = TokenSet((Token(carrier=Carrier.COOKIE, name="sid", value="12"),))
    assert in_addresses(tokens, frozenset({SID}), [START + "letters/12"]) == frozenset()


def test_an_escaped_value_is_recognised() -> None:
    tokens = TokenSet((Token(carrier=Carrier.COOKIE, name="sid", value="s:abcdef/ghijkl+mn"),))
    assert in_addresses(tokens, frozenset({SID}), [START + "?s=s%3Aabcdef%2Fghijkl%2Bmn"]) == {SID}
