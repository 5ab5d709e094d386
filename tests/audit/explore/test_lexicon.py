"""Recognising a thing by its words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessionward.audit.explore.lexicon import INSIDE, SHORT, WHOLE, concept, normal

GREETING = concept("greeting", "en: good day, hello, ~hellothere\nde: guten tag, begrüß*; ja: こんにちは")


@pytest.mark.parametrize(
    "text,expected",
    [
        ("Log-In!", "log in"),
        ("logInButton", "log in button"),
        ("  Déjà   VU ", "deja vu"),
        ("ÇIKIŞ", "cikis"),
        ("Straße", "strasse"),
        ("user_name", "user name"),
        ("…", ""),
    ],
)
def test_texts_are_compared_without_case_accents_and_signs(text: str, expected: str) -> None:
    assert normal(text) == expected


@given(st.text())
def test_a_normal_text_stays_as_it_is(text: str) -> None:
    assert normal(normal(text)) == normal(text)


@pytest.mark.parametrize(
    "text,strength",
    [
        ("Good day", WHOLE),
        ("A good day, Sir", SHORT),
        ("It was a good day and everybody went home happy", INSIDE),
        ("goodday", 0),
        ("Othello", 0),
        ("", 0),
        ("Begrüßung", WHOLE),
        ("こんにちは", WHOLE),
        ("みなさんこんにちは", SHORT),
        ("みなさんこんにちは、今日はとてもいい天気ですね", INSIDE),
    ],
)
def test_the_strength_tells_how_plainly_it_is_said(text: str, strength: int) -> None:
    assert GREETING.strength(text) == strength


def test_a_root_counts_in_identifiers_only_even_glued() -> None:
    assert GREETING.marks("btnHelloThereNow")
    assert not GREETING.within("btnhellotherenow")


def test_the_languages_are_kept() -> None:
    assert GREETING.languages == {"en", "de", "ja"}


def test_a_line_without_its_language_is_refused() -> None:
    with pytest.raises(ValueError, match="no language"):
        concept("greeting", "hello, good day")
