import base64

import pytest

from sessionward.audit.browser import shelf
from sessionward.audit.browser.shelf import Shelf
from sessionward.http import Response

STYLE = "http://127.0.0.1:8000/style.css"
LONG = ("Cache-Control", "public, max-age=3600")


def answer(*headers: tuple[str, str], status: int = 200) -> Response:
    return Response(status=status, headers=headers)


@pytest.mark.parametrize("kind", ["Stylesheet", "Script", "Font", "Image"])
def test_what_the_app_says_is_the_same_for_everybody_is_kept_and_given_again(kind: str) -> None:
    kept = Shelf()
    head = answer(LONG, ("Content-Type", "text/css"), ("Content-Encoding", "br"), ("Content-Length", "9"))
    assert kept.wants("GET", kind, STYLE, head)
    kept.keep(STYLE, head, b"body { }")
    found = kept.get("GET", kind, STYLE)
    assert found is not None
    given = found.fulfilment("7")
    assert (given["requestId"], given["responseCode"]) == ("7", 200)
    assert base64.b64decode(given["body"]) == b"body { }"
    assert [header["name"] for header in given["responseHeaders"]] == ["Cache-Control", "Content-Type"]


@pytest.mark.parametrize(
    "header", [LONG, ("ETag", '"1"'), ("Last-Modified", "Mon, 02 Jan 2023 10:00:00 GMT"), ("Expires", "0")]
)
def test_any_sign_that_a_cache_may_keep_it_is_enough(header: tuple[str, str]) -> None:
    assert Shelf().wants("GET", "script", STYLE, answer(header))


@pytest.mark.parametrize(
    "headers",
    [
        (),
        (("Cache-Control", "no-store"), ("ETag", '"1"')),
        (("Cache-Control", "private, max-age=60"),),
        (("Cache-Control", "max-age=0"), ("ETag", '"1"')),
        (LONG, ("Set-Cookie", "sid=1")),
        (LONG, ("Vary", "Accept, Cookie")),
        (LONG, ("Vary", "*")),
    ],
)
def test_what_may_differ_from_one_person_to_the_next_is_never_kept(
    headers: tuple[tuple[str, str], ...],
) -> None:
    assert not Shelf().wants("GET", "script", STYLE, answer(*headers))


@pytest.mark.parametrize(
    "method,kind,status",
    [
        ("GET", "Document", 200),
        ("GET", "XHR", 200),
        ("GET", "Fetch", 200),
        ("POST", "Script", 200),
        ("GET", "Script", 404),
        ("GET", "Script", 304),
    ],
)
def test_pages_calls_and_failures_are_never_kept(method: str, kind: str, status: int) -> None:
    assert not Shelf().wants(method, kind, STYLE, answer(LONG, status=status))


def test_what_is_kept_is_given_to_no_other_kind_of_request() -> None:
    kept = Shelf()
    kept.keep(STYLE, answer(LONG), b"x")
    assert kept.get("POST", "stylesheet", STYLE) is None
    assert kept.get("GET", "document", STYLE) is None
    assert kept.get("GET", "stylesheet", f"{STYLE}?v=2") is None
    assert not kept.wants("GET", "stylesheet", STYLE, answer(LONG))


def test_the_shelf_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "LARGEST", 10)
    monkeypatch.setattr(shelf, "ROOM", 15)
    kept = Shelf()
    for name, size in (("a", 8), ("b", 11), ("c", 8), ("d", 7)):
        kept.keep(name, answer(LONG), b"x" * size)
    assert [name for name in "abcd" if kept.get("GET", "script", name)] == ["a", "d"]


def test_no_content_shows_in_a_repr() -> None:
    kept = Shelf()
    kept.keep(STYLE, answer(LONG), b"secret")
    assert "secret" not in repr(kept.get("GET", "script", STYLE))
