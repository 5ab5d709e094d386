"""No value of a login-carrying header leaves, in whatever dress it comes."""

import pytest

from sessionward.audit.report.masking import HIDDEN, masked

SECRET = "s3cr3t-value-of-a-token"


@pytest.mark.parametrize(
    "text",
    [
        f"GET / HTTP/1.1\nCookie: sid={SECRET}; theme={SECRET}\nAccept: */*",
        f"authorization: Bearer {SECRET}",
        f"Authorization: {SECRET}",
        f"HTTP/1.1 200 OK\nSet-Cookie: sid={SECRET}; Path=/; HttpOnly\nset-cookie: b={SECRET}",
        f"curl -H 'Cookie: sid={SECRET}' -H \"Authorization: Bearer {SECRET}\" http://127.0.0.1/",
        f"curl -b 'sid={SECRET}' http://127.0.0.1/",
        f"curl --user 'ana:{SECRET}' http://127.0.0.1/",
        f"page.goto(url, headers={{\"Authorization\": \"Bearer {SECRET}\", 'Cookie': 'sid={SECRET}'}})",
        f"X-Api-Key: {SECRET}",
        f"Authorization:\tBasic {SECRET}",
    ],
)
def test_the_value_is_hidden(text: str) -> None:
    assert SECRET not in masked(text)
    assert HIDDEN in masked(text)


@pytest.mark.parametrize(
    "text",
    [
        "Cookie: sid=‹token 1a2b3c4d›; lang=en",
        "Authorization: Bearer ‹token 1a2b3c4d›",
        "Set-Cookie: sid=‹token 1a2b3c4d›; Path=/account; HttpOnly; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
        "Set-Cookie: sid=deleted; Max-Age=0",
        "Set-Cookie: sid=; Max-Age=0",
        "curl -H 'Cookie: sid=$TOKEN' -H 'Accept: text/html' http://127.0.0.1:8000/me",
        "curl -H 'Authorization: Bearer <your token>' http://127.0.0.1:8000/me",
        "The cookie sid opens the account. A cookie: what a browser keeps.",
        "X-Cookie-Banner: sid=something-long-that-is-no-token",
    ],
)
def test_marks_placeholders_attributes_and_prose_stay(text: str) -> None:
    assert masked(text) == text


def test_what_stands_around_a_value_stays() -> None:
    text = f"curl -H 'Cookie: sid={SECRET}' -H 'Accept: text/html' http://127.0.0.1:8000/me"
    assert masked(text) == f"curl -H 'Cookie: sid={HIDDEN}' -H 'Accept: text/html' http://127.0.0.1:8000/me"


def test_masking_twice_is_masking_once() -> None:
    text = f"Set-Cookie: sid={SECRET}; Path=/; HttpOnly"
    assert masked(masked(text)) == masked(text) == f"Set-Cookie: sid={HIDDEN}; Path=/; HttpOnly"
