from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessionward.session.adapters.cookie_header import SessionCookie
from sessionward.session.digest import Token
from sessionward.session.policy import PolicyError

COOKIE = SessionCookie()
TOKEN = Token.mint()


def sent(*values: str) -> list[tuple[bytes, bytes]]:
    return [(b"cookie", value.encode("latin-1")) for value in values]


@pytest.mark.parametrize("header", ["{}", "a=b; {}; c=d", "a=b;{};c=d", " {} ", "x__Host-session=1; {}"])
def test_the_token_is_found_among_other_cookies(header: str) -> None:
    assert COOKIE.read(sent(header.format(f"__Host-session={TOKEN.text}"))) == TOKEN


@pytest.mark.parametrize(
    "values",
    [
        [],
        [""],
        ["__Host-session="],
        ["__Host-session=garbage"],
        ['__Host-session="' + TOKEN.text + '"'],
        ["session=" + TOKEN.text],
        ["__host-session=" + TOKEN.text],
        ["__Host-session=" + "A" * 100_000],
        ["__Host-session=\xff\xfe"],
        [f"__Host-session={TOKEN.text}; __Host-session={TOKEN.text}"],
        [f"__Host-session={TOKEN.text}", "__Host-session=x"],
    ],
)
def test_garbage_foreign_oversized_and_duplicated_cookies_are_no_token(values: list[str]) -> None:
    assert COOKIE.read(sent(*values)) is None


PIECES = (b"__Host-session", b"=", b";", b" ", b"\t", b"\x0b", b"\xa0", b"x", b"\n")


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=12).map(b"".join), max_size=3))
def test_the_values_are_those_of_the_parts_between_semicolons_without_the_space_around(
    lines: list[bytes],
) -> None:
    parts = [part.strip() for line in lines for part in line.split(b";")]
    wanted = b"__Host-session="
    assert COOKIE.values([(b"cookie", line) for line in lines]) == [
        part.removeprefix(wanted) for part in parts if part.startswith(wanted)
    ]


def test_also_nonsense_is_a_cookie_that_the_answer_depends_on() -> None:
    assert COOKIE.present(sent("__Host-session=garbage"))
    assert not COOKIE.present(sent("other=1"))


def test_the_cookie_has_every_protection() -> None:
    line = COOKIE.set(TOKEN).decode()
    assert line == f"__Host-session={TOKEN.text}; Path=/; Secure; HttpOnly; SameSite=Lax; Priority=High"
    assert COOKIE.forget().decode().endswith("; Max-Age=0")


def test_a_domain_takes_the_weaker_prefix_and_an_embedded_app_a_cookie_of_its_own() -> None:
    shared = SessionCookie(name="__Secure-session", domain="example.org")
    assert shared.set(TOKEN).decode().endswith("; SameSite=Lax; Priority=High; Domain=example.org")
    assert shared.forget().decode().endswith("; Domain=example.org; Max-Age=0")
    embedded = SessionCookie(same_site="none", partitioned=True)
    assert embedded.set(TOKEN).decode().endswith("; SameSite=None; Priority=High; Partitioned")


@pytest.mark.parametrize(
    "chosen",
    [
        {"name": "session"},
        {"name": "__Host-"},
        {"name": "__Host-a;b"},
        {"same_site": "none"},
        {"same_site": "loose"},
        {"partitioned": True},
        {"domain": "example.org"},
        {"name": "__Secure-a"},
        {"name": "__Secure-a", "domain": "example.org; Secure"},
        {"name": "__Secure-a", "domain": "org"},
    ],
)
def test_a_weaker_cookie_is_refused_at_the_start(chosen: Any) -> None:
    with pytest.raises(PolicyError):
        SessionCookie(**chosen)
