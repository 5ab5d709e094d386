"""Recognising a thing by its words, in any of some thirty languages.

A concept is a list of phrases by language. Texts are compared without case, accents and punctuation. Languages that
do not put blanks between words (Chinese, Japanese, Thai …) are searched for the phrase anywhere, the others for
whole words; a phrase that ends in ``*`` matches any ending, because many languages bend their words.
A phrase that begins with ``~`` is a root that counts only in identifiers (class names, addresses, field names), where
words are often glued together.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

WHOLE = 3
"""The text is the phrase and nothing else."""
SHORT = 2
"""The phrase stands in a text of a few words, as on a button."""
INSIDE = 1
"""The phrase stands somewhere in a longer text."""

FEW_WORDS = 4
FEW_LETTERS = 14

_FOLDED = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NOT_WORD = re.compile(r"[\W_]+")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@lru_cache(maxsize=20_000)
def normal(text: str) -> str:
    """The text in lower case without accents, its words parted by single blanks; camelCase counts as words."""
    return flat(_HUMP.sub(" ", text))


@lru_cache(maxsize=20_000)
def flat(text: str) -> str:
    """As ``normal``, but capitals within a word do not part it, for names such as GitHub."""
    bare = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", text).casefold()
        if unicodedata.category(letter) not in {"Mn", "Cf"}
    )
    return " ".join(_NOT_WORD.sub(" ", unicodedata.normalize("NFKC", bare).translate(_FOLDED)).split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """What a control, a field or a message may be about. Made by ``concept``."""

    name: str
    languages: frozenset[str]
    whole: re.Pattern[str]
    inside: re.Pattern[str]
    roots: re.Pattern[str]

    def strength(self, text: str) -> int:
        """How plainly a text that people read says it: WHOLE, SHORT, INSIDE or 0."""
        return max(self._strength(normal(text)), self._strength(flat(text)))

    def within(self, text: str) -> bool:
        """Whether a text that people read says it anywhere."""
        return bool(self.inside.search(normal(text)) or self.inside.search(flat(text)))

    def marks(self, identifier: str) -> bool:
        """Whether an identifier (class names, an address, a field's name) says it, glued words included."""
        plain = normal(identifier)
        return bool(self.inside.search(plain) or self.roots.search(plain.replace(" ", "")))

    def _strength(self, plain: str) -> int:
        if not plain:
            return 0
        if self.whole.fullmatch(plain):
            return WHOLE
        if not self.inside.search(plain):
            return 0
        if _UNSPACED.search(plain):
            return SHORT if len(plain) <= FEW_LETTERS else INSIDE
        return SHORT if plain.count(" ") < FEW_WORDS else INSIDE


def concept(name: str, phrases: str) -> Concept:
    """A concept from lines of ``language: phrase, phrase; language: …``.

    Raises ValueError where a line names no language.
    """
    languages: set[str] = set()
    plain: dict[str, None] = {}
    roots: list[str] = []
    for part in re.split(r"[;\n]", phrases):
        if not part.strip():
            continue
        language, colon, listed = part.partition(":")
        if not colon:
            raise ValueError(f"{name}: no language in {part!r}")
        languages.add(language.strip())
        for phrase in filter(None, (each.strip() for each in listed.split(","))):
            if phrase.startswith("~"):
                roots.append(phrase[1:])
            else:
                plain[phrase] = None
    return Concept(
        name=name,
        languages=frozenset(languages),
        whole=re.compile("|".join(_open(phrase) for phrase in plain)),
        inside=re.compile("|".join(_bounded(phrase) for phrase in plain)),
        roots=re.compile("|".join(map(re.escape, roots)) or r"(?!)"),
    )


def _open(phrase: str) -> str:
    """The phrase as a pattern, whose last word may be bent where it ends in a star."""
    return re.escape(normal(phrase)) + (r"\w*" if phrase.endswith("*") else "")


def _bounded(phrase: str) -> str:
    if _UNSPACED.search(phrase):
        return re.escape(normal(phrase))
    return rf"\b{_open(phrase)}\b"
