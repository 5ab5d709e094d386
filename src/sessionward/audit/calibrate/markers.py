"""Texts that stand in one party's answer and in nobody else's.

What a session makes up (nonces, moments) cannot become one, because two separate logins of the owner must agree; nor
can what the request or a token says, because an answer may echo it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from sessionward.audit.calibrate.candidates import request_text
from sessionward.audit.calibrate.leaves import Leaf, leaves
from sessionward.audit.calibrate.words import occurrences, spellings, stands_in
from sessionward.audit.calibrate.worth import IDENTIFYING, NEVER, SHORTEST, worth_of
from sessionward.http import Request, Response, TokenSet

MOST = 3
"""More markers would not tell better, and each is one more way to be wrong."""

SHORT = 8
"""A shorter text is never looked for without a character on either side: bob stands in bobsled."""

NEAR = ((0, 0), (1, 1), (2, 2), (4, 2), (8, 4), (16, 4), (32, 8), (64, 8))
WIDE = ((16, 4), (8, 4), (4, 2), (2, 2), (1, 1), (32, 8), (64, 8))
"""Characters left and right, in the order tried. A login name on a page is looked for with what stands around it:
pages that refuse a login repeat the name, but hardly in the same words as the page of the person logged in."""

VOLATILE = 6
"""Shorter texts of the moment are too ordinary to be kept out of markers."""

MOST_TRIED = 60
FURTHER = 1
"""Once there is a marker, further ones must be as personal as this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """All that is known of one party's answers to one request.

    ``with_it`` must hold each marker, ``without`` must not; ``doubtful`` are answers to requests that named the party,
    markers absent there are preferred. ``places``: where the other party's markers stand. ``changing`` are places whose
    text differs between sessions. ``held`` is what the party's tokens say, and ``echoes`` the answers to those tokens
    alone that say something known: a known text that a token holds must not stand there as it stands in the answer.
    ``repeated`` are texts that only this party was shown on several pages. ``lonely``: the other party was not let in,
    so that its answer does not show what is the same for both.
    """

    known: tuple[str, ...]
    request: Request
    with_it: tuple[Response, ...] = field(repr=False)
    without: tuple[str, ...] = field(repr=False)
    doubtful: tuple[str, ...] = field(default=(), repr=False)
    places: frozenset[str] = frozenset()
    changing: frozenset[str] = frozenset()
    held: str = field(default="", repr=False)
    echoes: tuple[str, ...] = field(default=(), repr=False)
    repeated: frozenset[str] = field(default=frozenset(), repr=False)
    lonely: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """The markers of a party, best first. ``weak``: they are ordinary words, which tell the parties apart for now."""

    texts: tuple[str, ...] = field(default=(), repr=False)
    weak: bool = False


def find_markers(side: Side) -> Marks:
    """The best markers of a party; none where nothing tells it from the others."""
    first, texts = side.with_it[0], tuple(response.text for response in side.with_it)
    volatile = tuple(
        leaf.value for leaf in leaves(first) if leaf.place in side.changing and len(leaf.value) >= VOLATILE
    )
    wide, best = "html" in first.media_type, NEVER
    found: dict[str, None] = {}
    for needle in _needles(side, first):
        if len(found) == MOST or (found and (needle.worth > FURTHER or (side.lonely and not needle.known))):
            break
        against = (*side.without, *side.echoes) if needle.held else side.without
        margins = WIDE if wide and needle.login else NEAR
        marker = _sharpen(needle.text, texts, against=against, doubtful=side.doubtful, margins=margins)
        if marker and not any(value in marker for value in volatile):
            found.setdefault(marker, None)
            best = min(best, needle.worth)
    return Marks(texts=tuple(found), weak=best > IDENTIFYING)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Needle:
    """A text to look for. ``login``: it is a name that one logs in with. ``worth``: how personal it is, 0 best.
    ``held``: a token says it as well. ``known``: it was known before."""

    text: str
    login: bool = False
    worth: int = 0
    held: bool = False
    known: bool = False


def _needles(side: Side, first: Response) -> Iterator[_Needle]:
    """What to look for, best first."""
    echo = request_text(side.request)
    known = [value for value in side.known if len(value) >= SHORTEST and not stands_in(value, echo)]
    said = [value for value in known if stands_in(value, side.held)]
    for value in sorted(known, key=lambda value: value in said):
        for spelling in spellings(value):
            yield _Needle(text=spelling, login="@" not in value, held=value in said, known=True)
    names = frozenset(value.casefold() for value in known)
    for worth, leaf in _ranked(first, side, known):
        if (
            leaf.value.casefold() not in names
            and not stands_in(leaf.value, echo)
            and not stands_in(leaf.value, side.held)
        ):
            held = any(stands_in(value, leaf.value) for value in said)
            yield from (_Needle(text=text, worth=worth, held=held) for text in _as_written(leaf))


def held_text(tokens: TokenSet) -> str:
    """What tokens say, raw and decoded, for whoever echoes them."""
    return "\n".join(part for token in tokens for part in (token.value, unquote(token.value)))


def _as_written(leaf: Leaf) -> tuple[str, ...]:
    if leaf.number:
        return (f'"{leaf.key}":{leaf.value}', f'"{leaf.key}": {leaf.value}')
    return spellings(leaf.value)


def _ranked(first: Response, side: Side, known: list[str]) -> list[tuple[int, Leaf]]:
    """The answer's own texts that no other answer holds, the most personal first."""
    others = "\n".join(side.without)
    worthy: dict[Leaf, int] = {}
    for leaf in leaves(first):
        worth = worth_of(leaf)
        if worth < NEVER and leaf not in worthy and leaf.place not in side.changing:
            worthy[leaf] = worth - _bonus(leaf, side, known)
    best = sorted(worthy.items(), key=lambda pair: (pair[1], len(pair[0].value)))
    return [(worth, leaf) for leaf, worth in best if not _in_others(leaf, others)][:MOST_TRIED]


def _bonus(leaf: Leaf, side: Side, known: list[str]) -> int:
    """What speaks for an ordinary text: it stands where the other party's marker does, it contains a known name, it is
    on every page."""
    named = any(stands_in(value, leaf.value) for value in known)
    return 3 if named else 2 if leaf.place in side.places or leaf.value in side.repeated else 0


def _in_others(leaf: Leaf, others: str) -> bool:
    if leaf.number:
        return any(next(occurrences(text, others), None) is not None for text in _as_written(leaf))
    return next(occurrences(leaf.value, others, joined=False), None) is not None


def _in_field(text: str, at: int) -> bool:
    """Whether the place is inside the tag of an input: login forms fill in the name that was tried last."""
    start = text.rfind("<", max(0, at - 400), at)
    return text[start : start + 6].lower() == "<input" and ">" not in text[start:at]


def _sharpen(
    needle: str,
    texts: tuple[str, ...],
    *,
    against: tuple[str, ...],
    doubtful: tuple[str, ...],
    margins: tuple[tuple[int, int], ...],
) -> str:
    """The needle with as much around it as is needed for it to stand in all of ``texts`` and nowhere else.

    What stands around it is cut off at digits, which count and date things, unless nothing else will do.
    """
    plain = (len(needle) >= SHORT or "@" in needle) and not needle[-1:].isdigit()
    places = sorted(occurrences(needle, texts[0]), key=lambda at: _in_field(texts[0], at))
    wanted = [margin for margin in margins if plain or margin != (0, 0)]
    second_best = ""
    for cut, (left, right), at in itertools.product((True, False), wanted, places):
        marker = _surrounded(texts[0], at, at + len(needle), left, right, cut=cut)
        if any(marker not in text for text in texts[1:]) or any(marker in text for text in against):
            continue
        if not any(marker in text for text in doubtful):
            return marker
        second_best = second_best or marker
    return second_best


def _surrounded(text: str, start: int, end: int, left: int, right: int, *, cut: bool) -> str:
    before, after = text[max(0, start - left) : start], text[end : end + right]
    if cut:
        before, after = re.split(r"\d", before)[-1], re.split(r"\d", after, maxsplit=1)[0]
    return before + text[start:end] + after
