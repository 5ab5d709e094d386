"""What only an account of a higher role was shown: its own readings, less all that the others are shown or offered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal
from urllib.parse import urlsplit

from sessionward.audit.calibrate.addresses import described, pattern, unique
from sessionward.audit.calibrate.candidates import request_text
from sessionward.audit.calibrate.hearing import Dossier, Heard
from sessionward.audit.calibrate.leaves import leaves
from sessionward.audit.calibrate.records import tells, usual_texts
from sessionward.audit.calibrate.replayer import Fetch
from sessionward.audit.calibrate.words import occurrences, spellings, stands_in
from sessionward.audit.scene import PersonalExchange
from sessionward.http import Exchange, Request, TokenSet
from sessionward.http.carry import carry

MOST = 24
MOST_TEXTS = 8


async def privileged(
    party: str,
    higher: Sequence[Exchange],
    owner: Dossier,
    heard: Heard,
    fetch: Fetch,
) -> tuple[PersonalExchange, ...]:
    """The readings of the higher role (``party``) that hold a text of their own, at most ``MOST``.

    ``owner`` is of the lower role, ``heard`` what another account of it was shown. Where the higher role is shown
    private texts of the owner, they are looked for before all others.
    """
    known = {pattern(exchange.request) for exchange in owner.readings}
    private = (*owner.canaries, *owner.personal)
    usual = frozenset(usual_texts(higher))
    found, taken = list[PersonalExchange](), set[str]()
    whose: Literal["staff", "administrator"] = "administrator" if party == "administrator" else "staff"
    for exchange in higher:
        if len(found) == MOST or pattern(exchange.request) in known or _is_linked(exchange.request, heard):
            continue
        public = (await fetch(carry(exchange.request, TokenSet()))).text
        texts = tuple(dict.fromkeys(_own(exchange, heard, public, usual, private)))[:MOST_TEXTS]
        if texts:
            name = unique(described(exchange.request), taken)
            found.append(
                PersonalExchange(id=name, request=exchange.request, evidence="role", texts=texts, whose=whose)
            )
    return tuple(found)


def _is_linked(request: Request, heard: Heard) -> bool:
    """Whether the lower role's pages lead there: by the path, and where a query says what is meant, by that."""
    query = urlsplit(request.url).query
    if not query:
        return len(request.path) > 1 and next(occurrences(request.path, heard.texts), None) is not None
    return any(next(occurrences(form, heard.texts), None) is not None for form in spellings(f"?{query}"))


def _own(
    exchange: Exchange, heard: Heard, public: str, usual: frozenset[str], private: tuple[str, ...]
) -> Iterator[str]:
    echo, body = request_text(exchange.request), exchange.text
    said = (
        {leaf.value for leaf in leaves(exchange.response) if not leaf.number} if exchange.response else set()
    )
    worthy = sorted((text for text in said - usual if tells(text)), key=lambda text: (-len(text), text))
    for text in (*(text for text in private if text in body), *worthy):
        form = next((f for f in spellings(text) if f in body), "")
        if form and form not in public and not stands_in(text, echo) and not heard.shows(text):
            yield form
