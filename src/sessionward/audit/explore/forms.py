"""Filling fields with what a careful tester would type, and telling private fields from others."""

from __future__ import annotations

import random
from typing import Literal

from sessionward.audit.driver import Element
from sessionward.audit.explore.groups import is_field, is_password, label
from sessionward.audit.explore.lexicon import Concept
from sessionward.audit.explore.words.fields import EMAIL
from sessionward.audit.explore.words.own_data import (
    ABOUT,
    BIRTH,
    EMERGENCY,
    INSURANCE,
    MEDICAL,
    PERSON,
    PHONE,
    STREET,
)

Personal = Literal[
    "", "medical", "emergency", "address", "insurance", "birth", "phone", "about", "name", "email"
]
"""What personal data a field holds; the first in the list are the most private, the last two identify."""

PRIVATE: frozenset[Personal] = frozenset({"medical", "emergency", "address", "insurance", "birth", "phone"})
"""The kinds that only the account and those who treat it may see."""

_AUTOCOMPLETE: tuple[tuple[str, Personal], ...] = (
    ("street-address", "address"),
    ("address-line", "address"),
    ("postal-code", "address"),
    ("tel", "phone"),
    ("bday", "birth"),
    ("email", "email"),
    ("name", "name"),
    ("organization", "about"),
)
_CANARY_BYTES = 6
_PREFIX = "sw"
_TYPED: dict[str, str] = {
    "email": "{canary}@example.com",
    "url": "https://example.com/{canary}",
    "tel": "+15550100{two}",
    "number": "{two}",
    "range": "{two}",
    "date": "1980-05-17",
    "month": "1980-05",
    "week": "1980-W20",
    "time": "10:30",
    "datetime-local": "1980-05-17T10:30",
    "color": "#336699",
}


def personal_kind(element: Element) -> Personal:
    """What personal data a field holds, by what the browser would fill in, its type, its label and its name."""
    if is_password(element) or element.type in {"checkbox", "radio", "file", "search"}:
        return ""
    token = element.autocomplete.split()[-1] if element.autocomplete else ""
    for beginning, kind in _AUTOCOMPLETE:
        if token.startswith(beginning) or (beginning == "name" and token.endswith("-name")):
            return kind
    words, own = f"{label(element)} {element.placeholder}", f"{element.field} {element.id}"
    if element.type == "email" or EMAIL.within(words):
        return "email"
    if not is_field(element):
        return ""
    nothing: Personal = ""
    said = next((kind for kind, meaning in _MEANINGS if meaning.within(words)), nothing)
    marked = next((kind for kind, meaning in _MEANINGS if meaning.marks(own)), nothing)
    return said or marked or ("phone" if element.type == "tel" else "")


_MEANINGS: tuple[tuple[Personal, Concept], ...] = (
    ("emergency", EMERGENCY),
    ("insurance", INSURANCE),
    ("medical", MEDICAL),
    ("birth", BIRTH),
    ("phone", PHONE),
    ("address", STREET),
    ("email", EMAIL),
    ("name", PERSON),
    ("about", ABOUT),
)


class Filler:
    """Values for fields, the same for the same seed. Every free text holds a canary: ``sw`` and twelve hex digits."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self.canaries: list[str] = []

    def canary(self) -> str:
        """A new text that stands nowhere else."""
        made = _PREFIX + self._random.randbytes(_CANARY_BYTES).hex()
        self.canaries.append(made)
        return made

    def value(self, element: Element) -> str:
        """What to type into a field; for a list, the value of an option, empty where it has none to choose."""
        if element.tag == "select":
            return next((each for each in element.options[1:] + element.options[:1] if each), "")
        shaped = _TYPED.get(element.type) or _TYPED.get(_typed_by_words(element), "{canary}")
        text = shaped.format(canary=self.canary(), two=self._random.randint(10, 99))
        return _cut(text, element)


def _typed_by_words(element: Element) -> str:
    kind = personal_kind(element)
    if kind == "email":
        return "email"
    if kind == "phone":
        return "tel"
    if kind == "birth":
        return "date"
    return "number" if element.inputmode in {"numeric", "decimal"} else ""


def _cut(text: str, element: Element) -> str:
    return text if element.maxlength < 0 else text[: element.maxlength]
