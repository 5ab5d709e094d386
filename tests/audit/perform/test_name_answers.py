import pytest

from sessionward.audit.perform.name_answers import (
    at_once,
    carries,
    jar,
    reaction,
    refilled,
    tokens_in,
    with_cookies,
)
from sessionward.http import Exchange, Request, Response

HTML = (("Content-Type", "text/html"),)
FORM = (
    b'<meta name="csrf-token" content="aaaabbbbccccdddd"><input type="hidden" name="_csrf" value="1111222233334444">'
    b'<input type="hidden" name="step" value="1"><input name="email"></form>'
)


def shown(body: bytes, *headers: tuple[str, str], status: int = 200) -> Exchange:
    request = Request(method="GET", url="http://app.test/login")
    return Exchange(
        request=request, response=Response(status=status, headers=(*HTML, *headers), body=body), seconds=0.2
    )


def test_the_tokens_of_a_form_are_its_hidden_fields_and_meta_elements() -> None:
    assert tokens_in(shown(FORM)) == {
        "meta csrf-token": "aaaabbbbccccdddd",
        "input _csrf": "1111222233334444",
    }
    assert tokens_in(Exchange(request=Request(method="GET", url="http://app.test/"))) == {}


@pytest.mark.parametrize(
    "body",
    [b"email=qx%40ex.org&p=1", b'{"email": "qx@ex.org"}', b"email=qx@ex.org"],
)
def test_a_name_is_replaced_however_it_is_written(body: bytes) -> None:
    request = Request(method="POST", url="http://app.test/login?u=qx%40ex.org", body=body)
    assert carries(request, "qx@ex.org")
    changed = at_once(request, "qx@ex.org", "ana+x@ex.org")
    assert carries(changed, "ana+x@ex.org")
    assert not carries(changed, "qx@ex.org")
    assert b"%2B" in (changed.body or b"") or b"+" in (changed.body or b"")


def test_form_tokens_are_taken_from_the_fresh_page_in_body_and_headers() -> None:
    sent = Request(
        method="POST",
        url="http://app.test/login",
        headers=(("X-CSRF-Token", "aaaabbbbccccdddd"), ("Content-Length", "99")),
        body=b"_csrf=1111222233334444&step=1",
    )
    fresh = {"meta csrf-token": "eeeeffff00001111", "input _csrf": "5555666677778888"}
    filled = refilled(sent, tokens_in(shown(FORM)), fresh)
    assert filled.header("x-csrf-token") == "eeeeffff00001111"
    assert filled.body == b"_csrf=5555666677778888&step=1"
    assert filled.header("content-length") is None


def test_cookies_of_an_answer_take_the_place_of_former_ones() -> None:
    request = Request(method="GET", url="http://app.test/", headers=(("Cookie", "a=1; b=2"),))
    held = jar(request, shown(b"", ("Set-Cookie", "b=3; Path=/")))
    assert held == {"a": "1", "b": "3"}
    assert with_cookies(request, held).header("cookie") == "a=1; b=3"
    assert with_cookies(request, {}).header("cookie") is None


def test_the_name_numbers_and_what_changes_are_taken_out_of_what_was_said() -> None:
    body = b"<p>ana@ex.org has 3 tries left</p><p>2026-11-21 10:00</p><p>a1b2c3d4e5f6a7b8c9d0</p>"
    said = reaction(shown(body), None, ("ana@ex.org",))
    assert said.texts == {"‹name› has # tries left"}
    assert (said.status, said.seconds, said.held_off) == (200, 0.2, False)


def test_a_page_that_speaks_of_a_doctor_says_the_same_to_one_who_is_called_so() -> None:
    page = shown(b"<p>Doctor login, bananas</p>")
    known, unknown = (
        reaction(page, None, names)
        for names in (("doctor@x.org", "ana@x.org"), ("qq@x.org", "doctor@x.org", "ana@x.org"))
    )
    assert known.texts == unknown.texts == {"‹name› login, bananas"}


def test_the_page_that_an_answer_leads_to_is_heard_as_well() -> None:
    moved = shown(b"", ("Location", "http://app.test/login?failed=1"), status=302)
    said = reaction(moved, shown(b"<p>Wrong password</p>", status=429), ("ana",))
    assert (said.location, said.held_off) == ("/login?failed=#", True)
    assert "Wrong password" in said.texts
