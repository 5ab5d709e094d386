from sessionward.http.exchange import Exchange, Request, Response, header_values, without_header


def test_header_names_are_compared_without_regard_to_case() -> None:
    request = Request(method="GET", url="http://h/", headers=(("X-A", "1"), ("x-a", "2")))
    assert request.header("x-A") == "1"
    assert header_values(request.headers, "X-a") == ("1", "2")
    assert without_header(request.headers, "x-A") == ()


def test_a_header_is_replaced_or_dropped() -> None:
    request = Request(method="GET", url="http://h/", headers=(("A", "1"), ("B", "2")))
    assert request.with_header("a", "3").headers == (("B", "2"), ("a", "3"))
    assert request.with_header("a", None).headers == (("B", "2"),)


def test_safe_methods_are_those_of_the_standard() -> None:
    assert [Request(method=m, url="http://h/").safe for m in ("get", "HEAD", "POST", "DELETE")] == [
        True,
        True,
        False,
        False,
    ]


def test_text_is_decoded_by_the_charset_that_is_named() -> None:
    headers = (("Content-Type", 'text/html; charset="ISO-8859-1"'),)
    assert Response(status=200, headers=headers, body=b"\xe9").text == "é"
    assert Response(status=200, headers=headers, body=b"\xe9").media_type == "text/html"


def test_an_unknown_charset_is_read_as_utf_8_and_broken_bytes_never_raise() -> None:
    headers = (("Content-Type", "text/html; charset=klingon"),)
    assert Response(status=200, headers=headers, body="é\xff".encode() + b"\xff").text.startswith("é")


def test_a_body_that_is_no_json_is_none() -> None:
    assert Response(status=200, body=b"<html>").json is None
    assert Response(status=200, body=b'{"a":1}').json == {"a": 1}


def test_an_exchange_without_an_answer_has_status_zero_and_no_text() -> None:
    exchange = Exchange(request=Request(method="GET", url="http://h:8/a"), error="refused")
    assert (exchange.status, exchange.text) == (0, "")
    assert (exchange.request.origin, exchange.request.path) == ("http://h:8", "/a")


def test_no_repr_shows_headers_or_bodies() -> None:
    request = Request(
        method="POST", url="http://h/", headers=(("Cookie", "s=topsecret"),), body=b"pw=hunter2"
    )
    assert "topsecret" not in repr(Exchange(request=request))
    assert "hunter2" not in repr(Exchange(request=request, response=Response(status=200, body=b"hunter2")))
