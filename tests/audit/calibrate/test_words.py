import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessionward.audit.calibrate.words import (
    is_moment,
    is_opaque,
    occurrences,
    spellings,
    stands_in,
    stands_in_any,
)


@pytest.mark.parametrize(
    "needle,text,expected",
    [
        ("ann", "ann and anna and joann", [0]),
        ("ann", "Hello ann.", [6]),
        ("ann", "mail ann.lee@b.org or x.ann", []),
        ("ann", "<b>ann</b>", [3]),
        ("a@b.org", "a@b.org, xa@b.org, a@b.org.uk", [0]),
        ("ann", "Ann", []),
        ("(x)", "a(x)b", [1]),
        ("ann", "", []),
    ],
)
def test_whole_words_are_found(needle: str, text: str, expected: list[int]) -> None:
    assert list(occurrences(needle, text)) == expected


@given(st.text(max_size=5), st.text(max_size=40))
def test_what_is_found_is_there(needle: str, text: str) -> None:
    assert all(text.startswith(needle, at) for at in occurrences(needle, text))


def test_parts_of_joined_words_are_said_as_well() -> None:
    assert stands_in("ann", "Ann.Lee@b.org")
    assert not stands_in("ann", "anna")
    assert stands_in_any(("x", "lee"), "ann.lee")


def test_a_text_is_spelled_as_answers_write_it() -> None:
    assert {"a&b", "a&amp;b"} <= set(spellings("a&b"))
    assert "\\u00fc" in spellings("ü")
    assert "a\\/b" in spellings("a/b")


@pytest.mark.parametrize("value", ["2025-01-02T10:00", "10:35", "1.2.2025", "1736341234", "3 minutes ago"])
def test_moments_are_recognised(value: str) -> None:
    assert is_moment(value)


@pytest.mark.parametrize("value", ["Ana Reyes", "12", "Room 4", "10 visits"])
def test_other_texts_are_no_moments(value: str) -> None:
    assert not is_moment(value)


@pytest.mark.parametrize(
    "value",
    [
        "9f86d081884c7d659a2feaa0c55ad015",
        "dGhpcyBpcyBhIHRva2Vu",
        "eyJhbGciOi.J9.abc12345",
        "csrf-81ab-92cd-x7",
    ],
)
def test_secrets_are_recognised(value: str) -> None:
    assert is_opaque(value)


@pytest.mark.parametrize(
    "value",
    [
        "Ana Reyes",
        "ana.reyes@example.org",
        "1f0c2d9e-1111-2222-3333-444455556666",
        "patient-portal",
        "short1",
    ],
)
def test_ordinary_texts_are_no_secrets(value: str) -> None:
    assert not is_opaque(value)
