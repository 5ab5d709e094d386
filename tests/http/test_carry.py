from sessionward.http.carry import (
    bare,
    carry,
    carry_keys,
    collect,
    keys_in,
    path_fits,
    token_headers,
    with_queries,
)
from sessionward.http.cookie import Cookie
from sessionward.http.exchange import Exchange, Request
from sessionward.http.token import Carrier, Token, TokenKey, TokenSet

REQUEST = Request(
    method="GET",
    url="http://h/api/me?x=1",
    headers=(
        ("Accept", "*/*"),
        ("Cookie", "sid=old"),
        ("Authorization", "Bearer old"),
        ("Sec-Fetch-Site", "same-origin"),
        ("X-Requested-With", "XMLHttpRequest"),
    ),
)
SID = Token(carrier=Carrier.COOKIE, name="sid", value="new")
BEARER = Token(carrier=Carrier.HEADER, name="authorization", value="tok", scheme="Bearer")
KEY = Token(carrier=Carrier.QUERY, name="key", value="q7")


def test_only_what_scripts_added_counts_as_a_token_header() -> None:
    assert token_headers(REQUEST) == (
        Token(carrier=Carrier.HEADER, name="authorization", value="old", scheme="Bearer"),
    )


def test_a_bare_request_carries_no_login_and_keeps_the_rest() -> None:
    assert [name for name, _ in bare(REQUEST).headers] == ["Accept", "Sec-Fetch-Site", "X-Requested-With"]


def test_a_request_carries_exactly_the_tokens_given() -> None:
    made = carry(REQUEST, TokenSet((SID, BEARER, KEY)))
    assert made.header("cookie") == "sid=new"
    assert made.header("authorization") == "Bearer tok"
    assert made.url == "http://h/api/me?x=1&key=q7"
    assert carry_keys(made, TokenSet((SID, BEARER, KEY))) == {SID.key, BEARER.key, KEY.key}


def test_a_query_token_replaces_the_one_in_the_address() -> None:
    request = Request(method="GET", url="http://h/?key=old&a=1")
    assert carry(request, TokenSet((KEY,))).url == "http://h/?a=1&key=q7"


def test_a_cookie_goes_only_where_its_path_fits() -> None:
    scoped = Token(carrier=Carrier.COOKIE, name="rt", value="r", path="/auth")
    assert carry(REQUEST, TokenSet((SID, scoped))).header("cookie") == "sid=new"
    assert keys_in(REQUEST, TokenSet((SID, scoped))) == {SID.key}
    assert [path_fits(p, "/auth") for p in ("/auth", "/auth/x", "/authx", "/")] == [True, True, False, False]


def test_everything_that_may_carry_a_login_is_collected_once() -> None:
    exchanges = [Exchange(request=REQUEST), Exchange(request=Request(method="GET", url="http://h/?key=q7"))]
    tokens = collect([Cookie(name="sid", value="c")], exchanges, {"key"})
    assert tokens.keys == {
        TokenKey(Carrier.COOKIE, "sid"),
        TokenKey(Carrier.HEADER, "authorization"),
        TokenKey(Carrier.QUERY, "key"),
    }


def test_an_address_gets_other_values_for_the_query_tokens_that_it_has() -> None:
    own = TokenSet((Token(carrier=Carrier.QUERY, name="key", value="new"), SID))
    assert with_queries("http://h/x?a=&key=old#top", own) == "http://h/x?a=&key=new#top"
    assert with_queries("http://h/x?a=%20b", own) == "http://h/x?a=%20b"
