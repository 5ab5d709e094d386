import pytest

from sessionward.audit.check import Confidence, Verdict
from sessionward.audit.checks.transport.token_echoed_in_body import CHECK, echoed
from sessionward.audit.probe import Replay
from sessionward.http import Carrier, Exchange, Request, Response, Token, TokenSet
from tests.audit.checks.fake_app import FakeApp
from tests.audit.checks.scenes import API, SID, START, scene
from tests.audit.checks.transcript import play

VALUE = 'a"b<c>/dé-0123456789'
TOKENS = TokenSet((Token(carrier=Carrier.COOKIE, name="sid", value=VALUE),))


def test_a_body_that_repeats_the_cookie_is_a_defect() -> None:
    played = play(CHECK, FakeApp(body="<script>var session = '{}'</script>"))
    assert (played.verdict, played.confidence) == (Verdict.FAILED, Confidence.CONFIRMED)


def test_bodies_without_it_pass_and_an_error_page_was_provoked() -> None:
    played = play(CHECK)
    assert played.verdict is Verdict.PASSED
    asked = [probe.exchange.request.url for probe in played.probes if isinstance(probe, Replay)]
    assert any("sessionward-3" in url for url in asked)


def test_an_app_whose_scripts_carry_the_token_has_no_such_thing() -> None:
    assert play(CHECK, scene=scene(private=(API,))).verdict is Verdict.INAPPLICABLE


@pytest.mark.parametrize("body", [VALUE, "a&quot;b&lt;c&gt;/dé-0123456789", r"a\"b<c>/d\u00e9-0123456789"])
def test_it_is_recognised_as_texts_and_json_write_it(body: str) -> None:
    answer = Response(status=200, headers=(("Content-Type", "text/html; charset=utf-8"),), body=body.encode())
    made = Exchange(request=Request(method="GET", url=START), response=answer)
    assert echoed(TOKENS, frozenset({SID}), [made]) == {SID}


def test_a_cookie_that_is_only_set_is_not_repeated() -> None:
    answer = Response(status=200, headers=(("Set-Cookie", f"sid={VALUE}"),))
    made = Exchange(request=Request(method="GET", url=START), response=answer)
    assert echoed(TOKENS, frozenset({SID}), [made]) == frozenset()
