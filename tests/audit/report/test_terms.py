"""Words that all reports share."""

import pytest

from sessionward.audit.check import Confidence, Severity, Verdict
from sessionward.audit.report.terms import (
    CONFIDENCES,
    OUTCOMES,
    SEVERITIES,
    count,
    duration,
    first_sentence,
    label,
    listed,
    printable,
    sentence,
    tallied,
    told,
)


@pytest.mark.parametrize(
    "seconds,text",
    [
        (0, "0 s"),
        (0.44, "0.4 s"),
        (9.96, "10 s"),
        (12.4, "12 s"),
        (60, "1 min"),
        (90, "90 s"),
        (119.7, "2 min"),
        (200, "3 min 20 s"),
        (900, "15 min"),
        (3599.8, "1 h"),
        (3600, "1 h"),
        (3700, "1 h 2 min"),
        (7199, "2 h"),
        (43200, "12 h"),
        (86400, "24 h"),
        (30 * 86400, "30 days"),
    ],
)
def test_a_span_of_time_reads_as_a_person_says_it(seconds: float, text: str) -> None:
    assert duration(seconds) == text


def test_a_number_agrees_with_its_noun() -> None:
    assert [count(n, "defect") for n in (0, 1, 2)] == ["no defects", "1 defect", "2 defects"]
    assert count(2, "entry", "entries") == "2 entries"


@pytest.mark.parametrize(
    "words,text", [((), ""), (("a",), "a"), (("a", "b"), "a and b"), (("a", "b", "c"), "a, b and c")]
)
def test_words_are_listed_with_an_and(words: tuple[str, ...], text: str) -> None:
    assert listed(words) == text


def test_the_first_sentence_ends_at_its_full_stop() -> None:
    assert first_sentence("End it. Then clear it.") == "End it."
    assert first_sentence("Set v1.2 at least") == "Set v1.2 at least"


@pytest.mark.parametrize(
    "value,text",
    [
        (None, "not stated"),
        (True, "yes"),
        (False, "no"),
        (3, "3"),
        (2.50, "2.5"),
        ((), "none"),
        (("b", "a"), "b, a"),
        (frozenset({"b", "a"}), "a, b"),
        ({"deep_links": 3}, "Deep links: 3"),
        ({}, "none"),
    ],
)
def test_a_value_is_told_in_words(value: object, text: str) -> None:
    assert told(value) == text


def test_a_key_becomes_a_heading() -> None:
    assert label("private_exchanges") == "Private exchanges"


def test_nothing_steers_the_terminal() -> None:
    assert "\x1b" not in printable("\x1b[2Jgone\x07\r\u202eover")
    assert printable("Å – “a” ‹token 1a›") == "Å – “a” ‹token 1a›"


def test_each_outcome_confidence_and_severity_has_its_words() -> None:
    assert set(OUTCOMES) == set(Verdict)
    assert set(CONFIDENCES) == set(Confidence)
    assert tuple(sorted(Severity, key=lambda severity: severity.rank, reverse=True)) == SEVERITIES


@pytest.mark.parametrize(
    "text,whole",
    [
        ("", ""),
        ("a patient walks away", "A patient walks away."),
        ("Seen.", "Seen."),
        ("Too many. “Try again.”", "Too many. “Try again.”"),
        ("why?", "Why?"),
        ("http://app.test/ is silent", "http://app.test/ is silent."),
    ],
)
def test_a_text_becomes_a_sentence(text: str, whole: str) -> None:
    assert sentence(text) == whole


def test_what_came_often_is_said_once() -> None:
    assert tallied(["stranger: ", "owner: refused", "stranger: "]) == ("stranger (2 times)", "owner: refused")
