"""Texts that stand in one party's answer and in nobody else's.

What a session makes up (nonces, moments) cannot become one, because two separate logins of the owner must agree; nor
can what the request or a token says, because an answer may echo it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from sessionward.audit.calibrate.candidates import request_text
from sessionward.audit.calibrate.leaves import Leaf, leaves
from sessionward.audit.calibrate.words import (
    EMAIL,
    PHONE,
    UUID,
    is_moment,
    is_opaque,
    occurrences,
    spellings,
    stands_in,
)
from sessionward.http import Request, Response, TokenSet

SHORTEST = 3
LONGEST = 120
MOST = 3
"""More markers would not tell better, and each is one more way to be wrong."""

SHORT = 8
"""A shorter text is never looked for without a character on either side: bob stands in bobsled."""

NEAR = ((0, 0), (1, 1), (2, 2), (4, 2), (8, 4), (16, 4), (32, 8), (64, 8))
WIDE = ((16, 4), (8, 4), (4, 2), (2, 2), (1, 1), (32, 8), (64, 8))
"""Characters left and right, in the order tried. A login name on a page is looked for with what stands around it:
pages that refuse a login repeat the name, but hardly in the same words as the page of the person logged in."""

NAMING = frozenset(
    """email e-mail mail username user_name userName login name fullname full_name fullName displayname display_name
    displayName firstname first_name firstName lastname last_name lastName nickname realname phone mobile tel""".split()
)
NUMBERING = frozenset(
    "id uid user_id userId userid account_id accountId sub uuid guid patient_id patientId".split()
)
CHANGEFUL = (
    "nonce csrf xsrf token secret session expir updated created modified time date etag version hash digest key sid "
    "signature request trace build count total"
).split()
"""In the name of a text: it belongs to the session, the moment or the build."""

NEVER = 99
IDENTIFYING = 3
"""Up to here a text names or numbers the account; further markers must be of that kind."""

VOLATILE = 6
"""Shorter texts of the moment are too ordinary to be kept out of markers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """All that is known of one party's answers to one request.

    ``with_it`` must hold each marker, ``without`` must not; ``doubtful`` are answers to requests that named the party,
    markers absent there are preferred. ``places``: where the other party's markers stand. ``changing`` are places whose
    text differs between sessions. ``held`` is what the party's tokens say, and ``echoes`` the answers to those tokens
    alone that say something known: a known text that a token holds must not stand there as it stands in the answer.
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


def find_markers(side: Side, *, most: int = MOST) -> tuple[str, ...]:
    """The best markers of a party, best first; empty where nothing tells it from the others."""
    first, texts = side.with_it[0], tuple(response.text for response in side.with_it)
    volatile = tuple(
        leaf.value for leaf in leaves(first) if leaf.place in side.changing and len(leaf.value) >= VOLATILE
    )
    wide = "html" in first.media_type
    found: dict[str, None] = {}
    for needle in _needles(side, first):
        if len(found) == most or (found and needle.worth > IDENTIFYING):
            break
        against = (*side.without, *side.echoes) if needle.held else side.without
        margins = WIDE if wide and needle.login else NEAR
        marker = _sharpen(needle.text, texts, against=against, doubtful=side.doubtful, margins=margins)
        if marker and not any(value in marker for value in volatile):
            found.setdefault(marker, None)
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Needle:
    """A text to look for. ``login``: it is a name that one logs in with. ``worth``: how personal it is, 0 best.
    ``held``: a token says it as well."""

    text: str
    login: bool = False
    worth: int = 0
    held: bool = False


def _needles(side: Side, first: Response) -> Iterator[_Needle]:
    """What to look for, best first."""
    echo = request_text(side.request)
    known = [value for value in side.known if len(value) >= SHORTEST and not stands_in(value, echo)]
    for value in sorted(known, key=lambda value: stands_in(value, side.held)):
        held = stands_in(value, side.held)
        for spelling in spellings(value):
            yield _Needle(text=spelling, login="@" not in value, held=held)
    for worth, leaf in _ranked(first, side):
        if not stands_in(leaf.value, echo) and not stands_in(leaf.value, side.held):
            held = any(stands_in(value, leaf.value) for value in known if stands_in(value, side.held))
            yield from (_Needle(text=text, worth=worth, held=held) for text in _as_written(leaf))


def held_text(tokens: TokenSet) -> str:
    """What tokens say, raw and decoded, for whoever echoes them."""
    return "\n".join(part for token in tokens for part in (token.value, unquote(token.value)))


def _as_written(leaf: Leaf) -> tuple[str, ...]:
    if leaf.number:
        return (f'"{leaf.key}":{leaf.value}', f'"{leaf.key}": {leaf.value}')
    return spellings(leaf.value)


def _ranked(first: Response, side: Side) -> list[tuple[int, Leaf]]:
    """The answer's own texts, the most personal first; those where the other party's markers stand are preferred."""
    others = "\n".join(side.without)
    worthy = []
    for leaf in leaves(first):
        worth = _worth(leaf)
        if worth < NEVER and leaf.place not in side.changing and (worth == 0 or leaf.value not in others):
            worthy.append((worth - 2 * (leaf.place in side.places), leaf))
    return sorted(worthy, key=lambda pair: (pair[0], len(pair[1].value)))[:200]


def _worth(leaf: Leaf) -> int:
    """How personal and lasting a text looks, 0 best, ``NEVER`` for what must not be taken."""
    value, key = leaf.value, leaf.key
    if leaf.number:
        return 3 if key in NUMBERING else NEVER
    if not SHORTEST <= len(value) <= LONGEST or is_moment(value) or is_opaque(value):
        return NEVER
    if any(part in key.lower() for part in CHANGEFUL) and key not in NUMBERING:
        return NEVER
    if EMAIL.fullmatch(value) or key in NAMING:
        return 0
    if UUID.fullmatch(value) or key in NUMBERING:
        return 1 if key in NUMBERING else 4
    if PHONE.fullmatch(value):
        return 1
    return 4 if any(c.isalpha() for c in value) else 6


def telling(response: Response) -> frozenset[tuple[str, str]]:
    """The texts of an answer that could tell one account from another, each with its place."""
    return frozenset((leaf.place, leaf.value) for leaf in leaves(response) if _worth(leaf) < NEVER)


def places_of(markers: Iterable[str], response: Response) -> frozenset[str]:
    """Where in an answer the texts stand that the markers are about."""
    wanted = tuple(markers)
    return frozenset(
        leaf.place for leaf in leaves(response) if any(leaf.value in m or m in leaf.value for m in wanted)
    )


def changing_places(first: Response, *others: Response) -> frozenset[str]:
    """The places where some of these answers have no text in common with the first: nonces, moments."""
    here = _by_place(first)
    there = [_by_place(other) for other in others]
    return frozenset(
        place for place, texts in here.items() if any(not texts & other.get(place, texts) for other in there)
    )


def _by_place(response: Response) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for leaf in leaves(response):
        found.setdefault(leaf.place, set()).add(leaf.value)
    return {place: frozenset(texts) for place, texts in found.items()}


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
    """The needle with as much around it as is needed for it to stand in all of ``texts`` and nowhere else."""
    plain = (len(needle) >= SHORT or "@" in needle) and not needle[-1:].isdigit()
    second_best = ""
    for left, right in margins:
        if (left, right) == (0, 0) and not plain:
            continue
        for at in sorted(occurrences(needle, texts[0]), key=lambda at: _in_field(texts[0], at)):
            marker = texts[0][max(0, at - left) : at + len(needle) + right]
            if any(marker not in text for text in texts[1:]) or any(marker in text for text in against):
                continue
            if not any(marker in text for text in doubtful):
                return marker
            second_best = second_best or marker
    return second_best
