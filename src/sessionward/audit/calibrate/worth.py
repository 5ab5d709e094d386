"""How well a single text would do as a mark of an account: whether it looks personal, and whether it looks lasting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sessionward.audit.calibrate.leaves import Leaf, leaves
from sessionward.audit.calibrate.words import EMAIL, PHONE, UUID, is_moment, is_opaque
from sessionward.http import Exchange, Response

SHORTEST = 3
LONGEST = 120
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
"""Up to here a text names or numbers the account."""

ORDINARY = 4
REPEATED = 2
"""A text that only the owner is shown on so many pages is likely to be the name in their heading."""

MOST_PAGES = 30


def worth_of(leaf: Leaf) -> int:
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
        return 1 if key in NUMBERING else ORDINARY
    if PHONE.fullmatch(value):
        return 1
    return ORDINARY if any(c.isalpha() for c in value) else ORDINARY + 2


def telling(response: Response) -> frozenset[tuple[str, str]]:
    """The texts of an answer that could tell one account from another, each with its place."""
    return frozenset((leaf.place, leaf.value) for leaf in leaves(response) if worth_of(leaf) < NEVER)


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


def repeated_texts(
    owner: Iterable[Exchange], owner_again: Iterable[Exchange], others: Sequence[str]
) -> frozenset[str]:
    """Texts that both logins of the owner were shown, on more than one page, and that stand nowhere in ``others``.

    Where the app calls people by names that the audit was not told, these are the best guess at them.
    """
    pages: dict[str, set[str]] = {}
    for exchange in _pages(owner):
        for text in _ordinary(exchange):
            pages.setdefault(text, set()).add(exchange.request.path)
    again = frozenset(text for exchange in _pages(owner_again) for text in _ordinary(exchange))
    return frozenset(
        text
        for text, paths in pages.items()
        if len(paths) >= REPEATED and text in again and not any(text in other for other in others)
    )


def _pages(exchanges: Iterable[Exchange]) -> list[Exchange]:
    found = [
        exchange for exchange in exchanges if exchange.response and "html" in exchange.response.media_type
    ]
    return found[:MOST_PAGES]


def _ordinary(exchange: Exchange) -> frozenset[str]:
    response = exchange.response
    if response is None or exchange.status not in range(200, 300):
        return frozenset()
    return frozenset(
        leaf.value for leaf in leaves(response) if worth_of(leaf) <= ORDINARY and not leaf.number
    )
