"""Words that the reports share: durations, numbers, and what the terms mean to somebody who never met them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from sessionward.audit.check import Confidence, Severity, Verdict

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR

OUTCOMES: dict[Verdict, tuple[str, str]] = {
    Verdict.FAILED: ("Failed", "the defect was shown"),
    Verdict.PASSED: ("Held", "the attack was really made and refused"),
    Verdict.INCONCLUSIVE: ("Could not be judged", "no answer either way, and why"),
    Verdict.INAPPLICABLE: ("Does not apply", "this app has no such thing"),
    Verdict.CRASHED: ("Crashed", "a fault of the check itself; never counts as held"),
}
"""For each outcome its heading and what it means."""

CONFIDENCES: dict[Confidence, tuple[str, str]] = {
    Confidence.CONFIRMED: ("Confirmed", "carried out twice, with every control in place"),
    Confidence.SUSPECTED: ("Suspected", "there is evidence, but nothing was carried out that proves it"),
}

SEVERITIES: tuple[Severity, ...] = tuple(sorted(Severity, key=lambda severity: -severity.rank))
"""The worst first."""

CONTROLS: dict[str, tuple[str, str]] = {
    "positive control": ("a living token opens it", "own"),
    "before the event": ("it opens nothing yet", "nobody"),
    "random token": ("an invented token opens nothing", "nobody"),
    "no token": ("without a token nothing opens", "nobody"),
    "other account": ("another account sees itself", "own"),
    "untouched twin": ("a session that nobody touched lives on", "own"),
    "delayed repeat": ("asked again later", ""),
    "after the logout": ("logged out, it opens nothing", "nobody"),
    "harmless forged request": ("a forged request alone changes nothing", ""),
}
"""What each control is for, and whose data it must show: of the party that it brings (own), of nobody, or either."""

SHOWN = {
    "owner": "the owner's data",
    "stranger": "the stranger's data",
    "neighbour": "the neighbour's data",
    "staff": "the data of staff",
    "administrator": "the administrator's data",
    "nobody": "nobody's data",
    "unclear": "unclear whose data",
    "error": "an error",
}
"""Whose data an answer shows, in words."""

TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs that make a reader see letters in another order than they stand (Unicode Standard Annex 9)."""

TIMEOUTS: dict[str, tuple[str, str]] = {
    "inactivity": ("Left idle", "inactivity_timeout"),
    "absolute": ("Kept in use", "absolute_lifetime"),
}
"""For each kind of timeout its name to a reader, and the figure of the policy that it is held against."""


def duration(seconds: float) -> str:
    """A span of time as a person says it: 0.4 s, 12 s, 90 s, 15 min, 3 min 20 s, 12 h, 30 days."""
    if seconds < MINUTE / 6:
        return f"{seconds:.1f}".removesuffix(".0") + " s"
    whole = round(seconds)
    if whole < 2 * MINUTE and whole != MINUTE:
        return f"{whole} s"
    if whole < HOUR:
        return _two(whole, MINUTE, "min", 1, "s")
    if whole < 2 * DAY:
        return _two(whole, HOUR, "h", MINUTE, "min")
    return _two(whole, DAY, "days", HOUR, "h")


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: no defects, 1 defect, 3 defects."""
    return f"{number or 'no'} {one if number == 1 else many or one + 's'}"


def listed(words: Sequence[str]) -> str:
    """Words as a person lists them: a, b and c."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def first_sentence(text: str) -> str:
    """The text up to its first full stop that ends a sentence."""
    head, stop, _ = text.partition(". ")
    return head + "." if stop else text


def sentence(text: str) -> str:
    """``text`` as a sentence: with a capital at its beginning and a full stop, unless it ends in a sign already.

    An address at its beginning stays as it is.
    """
    ended = not text or text.rstrip()[-1:] in ".!?…”"
    first = text[:1] if "://" in text.partition(" ")[0] else text[:1].upper()
    return first + text[1:] + ("" if ended else ".")


def tallied(texts: Iterable[str]) -> tuple[str, ...]:
    """Each text once, with how often it came: ten sessions of one kind are one line."""
    counts: dict[str, int] = {}
    for text in texts:
        plain = text.strip().removesuffix(":")
        counts[plain] = counts.get(plain, 0) + 1
    return tuple(f"{text} ({number} times)" if number > 1 else text for text, number in counts.items())


def label(key: str) -> str:
    """A key of the data as a heading: ``private_exchanges`` becomes Private exchanges."""
    words = key.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def printable(text: str) -> str:
    """``text`` without what would steer a terminal: an app's answer may hold escape sequences."""
    return "".join(
        " " if unicodedata.category(sign) == "Cc" else "" if sign in TURNING else sign for sign in text
    )


def told(value: object) -> str:
    """A value of the data in words: lists with commas, tables as name: value, yes and no."""
    match value:
        case None:
            return "not stated"
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:g}"
        case dict():
            return "; ".join(f"{label(str(key))}: {told(inner)}" for key, inner in value.items()) or "none"
        case list() | tuple() | set() | frozenset():
            return (
                ", ".join(
                    sorted(map(told, value)) if isinstance(value, set | frozenset) else map(told, value)
                )
                or "none"
            )
        case _:
            return str(value)


def _two(whole: int, big: int, big_name: str, small: int, small_name: str) -> str:
    head, tail = divmod(round(whole / small), big // small)
    return f"{head} {big_name} {tail} {small_name}" if tail else f"{head} {big_name}"
