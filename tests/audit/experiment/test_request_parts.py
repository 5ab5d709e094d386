import json

import pytest

from sessionward.audit.experiment import (
    as_query,
    bearing,
    flat,
    is_named,
    parts_of,
    secret_parts,
    sent_from,
    with_values,
    without,
)
from sessionward.http import Carrier, Request, TokenKey

URL = "http://app.test/save?step=2"
LINE = "----WebKitFormBoundaryabc"
MULTI = (
    "".join(
        f'--{LINE}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in (("address", "swtext"), ("csrf", "tok-one-1"))
    ).encode()
    + f"--{LINE}--\r\n".encode()
)


def form(**fields: str) -> Request:
    body = "&".join(f"{name}={value}" for name, value in fields.items()).encode()
    kind = (("Content-Type", "application/x-www-form-urlencoded"),)
    return Request(method="POST", url=URL, headers=kind, body=body)


def script(data: object, **headers: str) -> Request:
    own = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    kind = (("Content-Type", "application/json"), ("User-Agent", "Browser"))
    return Request(method="PUT", url=URL, headers=(*kind, *own), body=json.dumps(data).encode())


MULTIPART = Request(
    method="POST", url=URL, headers=(("Content-Type", f"multipart/form-data; boundary={LINE}"),), body=MULTI
)


def test_the_parts_of_a_request_are_those_that_a_page_fills_in() -> None:
    request = script({"user": {"address": "swtext", "tags": ["a", 1]}}, X_CSRF_Token="tok-one-1")
    assert [(part.key, part.value) for part in parts_of(request)] == [
        ("header x-csrf-token", "tok-one-1"),
        ("query step", "2"),
        ("body user.address", "swtext"),
        ("body user.tags.0", "a"),
        ("body user.tags.1", "1"),
    ]


@pytest.mark.parametrize(
    "request_", [form(address="swtext", csrf="tok-one-1"), MULTIPART], ids=["plain", "multipart"]
)
def test_a_part_is_left_out_or_given_another_value_and_the_rest_stays(request_: Request) -> None:
    bare = without(request_, ["body csrf"])
    assert [part.key for part in parts_of(bare)] == ["query step", "body address"]
    other = with_values(request_, {"body csrf": "tok-two-2"})
    assert {part.name: part.value for part in parts_of(other)}["csrf"] == "tok-two-2"
    assert without(request_, []).body == request_.body


def test_the_parts_of_nested_json_and_headers_are_left_out_as_well() -> None:
    bare = without(script({"a": {"t": "x", "u": "y"}}, X_T="z"), ["body a.t", "header x-t"])
    assert bare.body == b'{"a":{"u":"y"}}'
    assert bare.header("x-t") is None
    assert bare.header("user-agent") == "Browser"


def test_json_that_is_not_touched_keeps_its_bytes() -> None:
    request = script({"a": 1})
    assert without(request, ["body b"]).body == request.body


@pytest.mark.parametrize(
    "name",
    ["csrf", "_csrf_token", "csrfmiddlewaretoken", "authenticity_token", "sectok", "_wpnonce", "__FORM_TOKEN",
     "__RequestVerificationToken", "form_token", "x-xsrf-token", "wpEditToken", "forgery_token", "requesttoken"],
)  # fmt: skip
def test_tokens_against_forgery_are_known_by_their_names(name: str) -> None:
    assert is_named(f"body {name}")


@pytest.mark.parametrize("name", ["address", "name", "tokens_left", "state", "country", "id"])
def test_other_fields_are_not(name: str) -> None:
    assert not is_named(f"body {name}")


def test_secrets_are_what_is_called_so_or_differs_between_sessions() -> None:
    own = form(
        address="swtext12", csrf="same-token", build="form-a1b2c3d4", user="1234567890ab", at="1763724000"
    )
    other = form(
        address="swtext34", csrf="same-token", build="form-z9y8x7w6", user="1234567890ab", at="1763724999"
    )
    assert secret_parts(own, (other,), typed="swtext12") == ("body csrf", "body build")


@pytest.mark.parametrize(
    "token", ["c0ffee5e55101701%2B%5C", "{c0ffee:5e551017}", 'W/"c0ffee5e"', "c0ffee,5e55,1017"]
)
def test_a_token_is_a_secret_whatever_signs_it_is_made_of(token: str) -> None:
    assert secret_parts(form(address="swtext12", wpToken=token), (), typed="swtext12") == ("body wpToken",)


def test_a_login_in_a_header_is_no_token_against_forgery() -> None:
    own = script({"a": "swtext12"}, Authorization="Bearer one-one-one", X_CSRF="tok-one-1")
    found = secret_parts(own, (), typed="swtext12", bearers=frozenset({"authorization"}))
    assert found == ("header x-csrf",)


def test_a_short_value_or_a_sentence_is_no_secret() -> None:
    own = form(csrf="1", token_note="two words here")
    assert secret_parts(own, (), typed="swtext12") == ()


def test_json_becomes_a_plain_form() -> None:
    plain = flat(script({"address": "swtext", "n": 1}))
    assert plain
    assert plain.body == b"address=swtext&n=1"
    assert plain.header("content-type") == "application/x-www-form-urlencoded"
    assert flat(form(a="b")) is None


def test_a_form_becomes_a_link() -> None:
    link = as_query(form(address="swtext"))
    assert (link.method, link.url, link.body) == ("GET", "http://app.test/save?step=2&address=swtext", None)


def test_tokens_against_forgery_say_not_whose_a_session_is() -> None:
    session = TokenKey(Carrier.COOKIE, "sid")
    guards = [TokenKey(Carrier.COOKIE, name) for name in ("XSRF-TOKEN", "csrftoken", "__Host-antiforgery")]
    assert bearing([session, *guards, TokenKey(Carrier.HEADER, "x-csrf-token")]) == {session}
    assert bearing([TokenKey(Carrier.COOKIE, "auth_token")]) == {TokenKey(Carrier.COOKIE, "auth_token")}


def test_what_another_site_sends_says_so_as_browsers_make_it_say() -> None:
    own = (
        form(address="swtext")
        .with_header("Origin", "http://app.test")
        .with_header("Sec-Fetch-Site", "same-origin")
    )
    made = sent_from(own, "http://other.test")
    said = {name: made.header(name) for name in ("Origin", "Referer", "Sec-Fetch-Site")}
    assert said == {
        "Origin": "http://other.test",
        "Referer": "http://other.test/",
        "Sec-Fetch-Site": "cross-site",
    }
    assert sent_from(Request(method="GET", url=URL), "http://other.test").header("Origin") is None
