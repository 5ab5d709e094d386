from datetime import UTC, datetime

import pytest

from sessionward.http.cookie import Cookie, expired, parse_set_cookie


def test_all_attributes_are_read() -> None:
    cookie = parse_set_cookie(
        "s=v=1; Path=/app; Domain=.Example.org; Secure; HttpOnly; SameSite=lax; Max-Age=60", now=100
    )
    assert cookie == Cookie(
        name="s",
        value="v=1",
        domain="example.org",
        path="/app",
        expires=160,
        secure=True,
        http_only=True,
        same_site="Lax",
        host_only=False,
    )


def test_without_attributes_it_belongs_to_the_host_and_ends_with_the_browser() -> None:
    cookie = parse_set_cookie("s=v", host="h")
    assert cookie is not None
    assert (cookie.domain, cookie.host_only, cookie.persistent, cookie.path) == ("h", True, False, "/")


def test_max_age_wins_over_expires() -> None:
    line = "s=v; Expires=Wed, 21 Oct 2015 07:28:00 GMT; Max-Age=5"
    cookie = parse_set_cookie(line, now=1)
    assert cookie is not None
    assert cookie.expires == 6


def test_a_past_expiry_has_expired() -> None:
    cookie = parse_set_cookie("s=; Expires=Thu, 01 Jan 1970 00:00:00 GMT")
    assert cookie is not None
    assert expired(cookie, datetime(2026, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize("line", ["", "novalue", "=v", "; Path=/"])
def test_what_a_browser_ignores_is_none(line: str) -> None:
    assert parse_set_cookie(line) is None


def test_a_broken_date_is_no_date() -> None:
    cookie = parse_set_cookie("s=v; Expires=whenever")
    assert cookie is not None
    assert not cookie.persistent


def test_the_value_never_shows_in_a_repr() -> None:
    assert "topsecret" not in repr(parse_set_cookie("s=topsecret"))
