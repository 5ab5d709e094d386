"""Telling texts by their looks: whole words, e-mail addresses, moments, secrets; and the spellings of a text."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

EMAIL = re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+\.[^\s@<>\"']+")
UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
PHONE = re.compile(r"\+?[\d(][\d\s()./-]{6,}\d")
MOMENT = re.compile(
    r"\d{4}-\d\d?-\d\d?|\d\d?[./]\d\d?[./]\d{2,4}|\b\d\d?:\d\d\b|^1[4-9]\d{8}(?:\d{3})?$|\bago\b|\bGMT\b|\bUTC\b"
)
OPAQUE = re.compile(r"[A-Za-z0-9+/=_.~%:|-]{16,}")
DIGITS_ENOUGH = 2


JOINTS = ".-+@"
"""Between two letters or digits these join them into one word: ana is no word of ana.reyes@example.org."""


def occurrences(needle: str, text: str, *, most: int = 40, joined: bool = True) -> Iterator[int]:
    """Where ``needle`` stands in ``text`` as a whole word, case kept. Unless ``joined``, joints part words as well."""
    start, seen = text.find(needle), 0
    while needle and start >= 0 and seen < most:
        if _edge(text, start - 1, -1, needle[0], joined) and _edge(
            text, start + len(needle), 1, needle[-1], joined
        ):
            seen += 1
            yield start
        start = text.find(needle, start + 1)


def _edge(text: str, at: int, step: int, inner: str, joined: bool) -> bool:  # noqa: FBT001 — of the caller's making
    """Whether a word whose last character is ``inner`` ends before ``at``, looking in the direction of ``step``."""
    if not 0 <= at < len(text) or not _wordy(inner):
        return True
    if joined and text[at] in JOINTS and 0 <= at + step < len(text):
        return not _wordy(text[at + step])
    return not _wordy(text[at])


def _wordy(character: str) -> bool:
    return character.isalnum() or character == "_"


def stands_in(needle: str, text: str) -> bool:
    """Whether ``needle`` is a word of ``text``, without regard to case, joined to others or not."""
    return next(occurrences(needle.casefold(), text.casefold(), joined=False), None) is not None


def stands_in_any(needles: Iterable[str], text: str) -> bool:
    """Whether one of several does."""
    return any(stands_in(needle, text) for needle in needles)


def spellings(value: str) -> tuple[str, ...]:
    """How a text may be written in an answer: plain, in HTML, in JSON, in an address."""
    forms = (
        value,
        html.escape(value),
        html.escape(value, quote=False),
        json.dumps(value)[1:-1],
        json.dumps(value, ensure_ascii=False)[1:-1],
        json.dumps(value)[1:-1].replace("/", "\\/"),
        quote(value, safe=""),
    )
    return tuple(dict.fromkeys(forms))


def is_moment(value: str) -> bool:
    """Whether a text looks like a point in time, which changes by itself."""
    return bool(MOMENT.search(value))


def is_opaque(value: str) -> bool:
    """Whether a text looks like a secret or a digest. A UUID does not: apps use it for accounts."""
    if UUID.fullmatch(value) or EMAIL.fullmatch(value) or not OPAQUE.fullmatch(value):
        return False
    mixed = any(c.isdigit() for c in value) and any(c.isalpha() for c in value)
    cased = any(c.isupper() for c in value[1:]) and any(c.islower() for c in value)
    return (mixed and sum(c.isdigit() for c in value) >= DIGITS_ENOUGH) or (cased and "/" not in value)
