import json

from sessionward.http import Carrier, Exchange, Request, Response, Token, TokenKey, TokenSet
from sessionward.http.repeat import Recipe, Repetition, filled, handed_out, login_recipe, request_recipe

SID, BEARER = TokenKey(Carrier.COOKIE, "sid"), TokenKey(Carrier.HEADER, "authorization")
FORM = "application/x-www-form-urlencoded"
URL = "http://app.test/login"


def page(form: str, cookie: str = "") -> Response:
    headers = [("Content-Type", "text/html")] + ([("Set-Cookie", cookie)] if cookie else [])
    return Response(status=200, headers=tuple(headers), body=form.encode())


def got(response: Response, url: str = URL, cookie: str = "") -> Exchange:
    headers = (("Cookie", cookie),) if cookie else ()
    return Exchange(request=Request(method="GET", url=url, headers=headers), response=response)


def posted(body: str, response: Response, *headers: tuple[str, str], kind: str = FORM) -> Exchange:
    request = Request(method="POST", url=URL, headers=(("Content-Type", kind), *headers), body=body.encode())
    return Exchange(request=request, response=response)


def cookie(value: str) -> TokenSet:
    return TokenSet((Token(carrier=Carrier.COOKIE, name="sid", value=value),))


def proves(request: Request) -> bool:
    return b"secret" in (request.body or b"")


LANDING = got(page("<p>welcome</p>"), "http://app.test/")
FORM_PAGE = got(page('<input type="hidden" name="csrf" value="aaa111">', "pre=p1"))
SENT = posted(
    "user=ana&password=secret&csrf=aaa111",
    Response(status=302, headers=(("Set-Cookie", "sid=s1; Path=/"), ("Location", "/"))),
    ("Cookie", "pre=p1"),
)


def recipe() -> Recipe:
    found = login_recipe([LANDING, FORM_PAGE, SENT, LANDING], cookie("s1"), {SID}, proves)
    assert found is not None
    return found


def test_only_the_form_and_what_sends_it_are_made_again() -> None:
    assert [step.request.method for step in recipe().steps] == ["GET", "POST"]
    assert recipe().goal == 1


def test_form_tokens_and_cookies_are_those_of_the_repetition() -> None:
    repetition = Repetition()
    first, second = recipe().steps
    repetition.take(first, got(page('<input type="hidden" name="csrf" value="bbb222">', "pre=p2")))
    request = repetition.next(second)
    assert request.body == b"user=ana&password=secret&csrf=bbb222"
    assert request.header("cookie") == "pre=p2"
    repetition.take(second, posted("", Response(status=302, headers=(("Set-Cookie", "sid=s2"),))))
    sid = repetition.tokens(recipe()).get(SID)
    assert sid is not None
    assert sid.value == "s2"


def test_the_password_is_sent_again_even_where_the_login_page_gave_the_token() -> None:
    early = got(page("<form>", "sid=s1"))
    sent = posted("user=ana&password=secret", Response(status=302), ("Cookie", "sid=s1"))
    found = login_recipe([early, sent], cookie("s1"), {SID}, proves)
    assert found is not None
    assert [step.request.method for step in found.steps] == ["GET", "POST"]


def test_a_token_from_json_is_read_from_the_same_place() -> None:
    answer = Response(
        status=200, headers=(("Content-Type", "application/json"),), body=b'{"data":{"access":"tok-1"}}'
    )
    sent = posted('{"password":"secret"}', answer, kind="application/json")
    tokens = TokenSet((Token(carrier=Carrier.HEADER, name="authorization", value="tok-1", scheme="Bearer"),))
    found = login_recipe([sent], tokens, {BEARER}, proves)
    assert found is not None
    repetition = Repetition()
    again = Response(status=200, headers=answer.headers, body=b'{"data":{"access":"tok-2"}}')
    repetition.take(sent, posted("", again))
    bearer = repetition.tokens(found).get(BEARER)
    assert bearer is not None
    assert (bearer.value, bearer.scheme) == ("tok-2", "Bearer")


def test_what_no_answer_handed_out_cannot_be_repeated() -> None:
    assert login_recipe([FORM_PAGE, SENT], cookie("made by a script"), {SID}, proves) is None
    assert login_recipe([FORM_PAGE], TokenSet(), {SID}, proves) is None


def test_a_cookie_that_a_script_copies_into_a_header_is_followed() -> None:
    first = got(page("<form>", "XSRF-TOKEN=a%3D1"))
    sent = posted(
        '{"password":"secret"}', SENT.response or page(""), ("X-XSRF-TOKEN", "a=1"), kind="application/json"
    )
    repetition = Repetition()
    repetition.take(first, got(page("<form>", "XSRF-TOKEN=b%3D2")))
    assert repetition.next(sent).header("x-xsrf-token") == "b=2"


def test_a_logout_goes_again_with_another_sessions_tokens_and_form() -> None:
    home = got(page('<input type=hidden name=csrf value="one1">'), "http://app.test/", "sid=s1")
    out = posted("csrf=one1", Response(status=302), ("Cookie", "sid=s1"))
    found = request_recipe([LANDING, home, out], [out.request])
    assert found.steps == (home, out)
    repetition = Repetition(held=cookie("s2"))
    assert repetition.next(home).header("cookie") == "sid=s2"
    repetition.take(home, got(page('<input type=hidden name=csrf value="two2">')))
    assert repetition.next(out).body == b"csrf=two2"


def test_a_cookie_that_the_answer_ends_is_dropped() -> None:
    repetition = Repetition(held=cookie("s2"))
    repetition.take(LANDING, got(page("", "sid=; Max-Age=0")))
    assert not repetition.held


def test_values_are_replaced_in_query_json_and_other_bodies() -> None:
    swap = {"aaa111": "bbb222"}
    request = Request(
        method="POST", url="http://app.test/?t=aaa111&x=1", body=json.dumps({"a": ["aaa111"]}).encode()
    )
    assert filled(request, swap).url.endswith("?t=bbb222&x=1")
    assert filled(request, swap).body == b'{"a": ["bbb222"]}'
    plain = Request(method="POST", url=URL, body=b"--b aaa111 --b")
    assert filled(plain, swap).body == b"--b bbb222 --b"


def test_meta_entries_scripts_and_redirects_hand_out_values() -> None:
    body = "<meta name='csrf-token' content='m-1'><script>var csrfToken = 'script-1';</script>"
    places = handed_out(got(page(body)))
    assert places["meta", "csrf-token"] == "m-1"
    assert places["script", "csrfToken"] == "script-1"
    away = Response(status=302, headers=(("Location", "/next?ticket=t-1"),))
    assert handed_out(got(away))["location", "ticket"] == "t-1"
