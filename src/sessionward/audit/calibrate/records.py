"""The owner's objects that another account was not offered, each with texts that would prove a leak."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal
from urllib.parse import parse_qsl, urlsplit

from sessionward.audit.calibrate.addresses import described, pattern, reads_only, unique, words
from sessionward.audit.calibrate.candidates import request_text, template
from sessionward.audit.calibrate.hearing import Asker, Dossier, Heard
from sessionward.audit.calibrate.leaves import leaves
from sessionward.audit.calibrate.objects import Name, address, names, with_id
from sessionward.audit.calibrate.replayer import Fetch
from sessionward.audit.calibrate.words import (
    is_moment,
    is_opaque,
    occurrences,
    spellings,
    stands_in,
    stands_in_any,
)
from sessionward.audit.scene import PersonalExchange, Records
from sessionward.http import Exchange, Request
from sessionward.http.carry import carry
from sessionward.http.token import TokenSet, scramble

MOST = 24
A_PATTERN = 2
"""So many requests of one pattern are taken: the next would be guarded by the same code."""
MOST_TEXTS = 6
SHORTEST, LONGEST = 6, 400
FEW = 3
NAMED = 4
"""A shorter name stands in texts by chance."""
STATIC = frozenset({"image", "font", "media", "stylesheet", "script", "websocket"})
OWNED = frozenset(
    """allergy appointment bill booking chart claim consultation conversation diagnosis encounter immunization inbox
    invoice lab letter mail medication message order patient payment prescription receipt record referral reservation
    result subscription transaction vaccination visit befund befunde rezept rezepte termin termine rechnung
    rechnungen nachricht nachrichten brief briefe diagnosen cita receta factura mensaje informe ordonnance facture
    resultat ricetta ricette fattura fatture referto referti recept recepten afspraak afspraken""".split()
)
"""What an app that lists it for one account and not for the other keeps for that account. Articles, doctors, documents
of a team it may list for one because it thinks that they please: they are not among these."""
ABSENT = "987654321"
INTIMATE = ("allerg", "birth", "blood", "diagnos", "dob", "iban", "insurance_n", "ssn")
"""In the name of a field: it is about one person, and nothing that an office tells of itself."""


def readings(
    exchanges: Iterable[Exchange], queries: Iterable[str] = (), avoid: Iterable[str] = ()
) -> tuple[Exchange, ...]:
    """What was read, without tokens: a few of each pattern, each with its last answer."""
    found: dict[tuple[str, str, bytes | None], Exchange] = {}
    asked, left_alone = tuple(queries), tuple(text for text in avoid if text)
    for exchange in exchanges:
        if not _reads(exchange) or any(text in exchange.request.url for text in left_alone):
            continue
        request = template(exchange.request, asked)
        found[request.method, request.url, request.body] = replace(exchange, request=request)
    kept: dict[str, list[Exchange]] = {}
    for exchange in found.values():
        kept.setdefault(pattern(exchange.request), []).append(exchange)
    return tuple(one for alike in kept.values() for one in alike[:A_PATTERN])


def _reads(exchange: Exchange) -> bool:
    response = exchange.response
    if response is None or response.status not in range(200, 300) or exchange.resource in STATIC:
        return False
    kind = response.media_type
    textual = not kind or kind.startswith("text/") or "json" in kind or "xml" in kind
    return textual and "script" not in kind and "css" not in kind and reads_only(exchange.request)


async def records(
    dossier: Dossier, asker: Asker, heard: Heard, fetch: Fetch, *, everything: bool = False
) -> Records:
    """The owner's objects as this account may try to read them, by at most some fifty requests that only read.

    ``heard`` is what it is shown of its own. ``everything``: what names no object is tried as well, as where the tenant
    is named beside the login.
    """
    called = dossier.called
    named = dossier.readings if everything else dossier.named
    usual, found, shared = frozenset(usual_texts(dossier.readings)), list[PersonalExchange](), 0
    mixed, taken = dict[str, tuple[Request, ...]](), set[str]()
    for one in named[:MOST]:
        if _is_offered(one, heard, called):
            shared += 1
            continue
        public = await _said_to_all(one.request, asker, called, fetch)
        known = _record(one, dossier, heard, usual, public, together=_names_both(one, asker, usual))
        if known is not None:
            known = replace(known, id=unique(known.id, taken))
            found.append(known)
            mixed[known.id] = tuple(_mixed(one.request, heard, called))
    best = sorted(found, key=lambda known: ("canary", "record", "personal").index(known.evidence))
    return Records(known=tuple(best), mixed=mixed, named=len(named), shared=shared)


async def _said_to_all(request: Request, asker: Asker, known: tuple[str, ...], fetch: Fetch) -> str:
    """What the address says without a session, and what it says to the other account of an object that is none."""
    texts = [(await fetch(carry(request, TokenSet()))).text]
    if ids := names(request, known):
        absent = with_id(request, ids[-1], _absent(ids[-1].value))
        texts.append((await fetch(carry(absent, asker.tokens))).text)
    return "\n".join(texts)


def _absent(value: str) -> str:
    """An id of the same looks that no app has given out."""
    return ABSENT if value.isdecimal() else scramble(value, random.Random(value))


def _is_offered(exchange: Exchange, heard: Heard, known: tuple[str, ...]) -> bool:
    """Whether every id in the request is one that the app offers to the other account."""
    ids = names(exchange.request, known)
    return bool(ids) and all(heard.offers(exchange.request, name) for name in ids)


def _names_both(exchange: Exchange, asker: Asker, usual: frozenset[str]) -> bool:
    """Whether the owner's own answer names the other account, as one that it is shared with, say."""
    return any(
        len(name) >= NAMED and stands_in(name, exchange.text) and not stands_in_any([name], "\n".join(usual))
        for name in asker.called
    )


def _record(
    exchange: Exchange, dossier: Dossier, heard: Heard, usual: frozenset[str], public: str, *, together: bool
) -> PersonalExchange | None:
    """``together``: the record names the other account too, so that its texts may rightly be shown to that."""
    echo, body = request_text(exchange.request), exchange.text

    def proving(texts: Iterable[str]) -> Iterator[str]:
        for text in texts:
            form = next((f for f in spellings(text) if next(occurrences(f, body), None) is not None), "")
            if form and form not in public and not stands_in(text, echo) and not heard.shows(text):
                yield form

    owned = tuple(_own_texts(exchange, usual)) if is_owned(exchange, dossier, heard) else ()
    kinds: tuple[tuple[Literal["canary", "record", "personal"], Iterable[str]], ...] = (
        ("canary", dossier.canaries),
        ("personal" if together else "record", owned),
        ("personal", dossier.personal),
    )
    for evidence, texts in kinds:
        if shown := tuple(dict.fromkeys(proving(texts)))[:MOST_TEXTS]:
            name = described(exchange.request)
            return PersonalExchange(id=name, request=exchange.request, evidence=evidence, texts=shown)
    return None


def _own_texts(exchange: Exchange, usual: frozenset[str]) -> Iterator[str]:
    """The texts that this answer says and other answers of the owner's do not, the longest first."""
    response = exchange.response
    said = {leaf.value for leaf in leaves(response) if not leaf.number} if response else set[str]()
    worthy = [text for text in said - usual if tells(text)]
    yield from sorted(worthy, key=lambda text: (-len(text), text))


def tells(text: str) -> bool:
    """Whether a text is fit to prove by that an answer was shown: of some length, lasting, in words.

    Addresses are not: menus, search forms and tokens in links may name the page that was asked for, also where it is
    refused.
    """
    if not SHORTEST <= len(text) <= LONGEST or text.startswith(("/", "./", "../", "?", "#")):
        return False
    return (
        any(c.isalpha() for c in text) and not is_opaque(text) and not is_moment(text) and "://" not in text
    )


def is_owned(exchange: Exchange, dossier: Dossier, heard: Heard) -> bool:
    """Whether the app itself says that the object is the owner's: it lists it for the owner and not for the other
    account, and it is something that people own by its name, or it says whose it is and stands in a list of its kind.

    A doctor whom only the owner's appointments name is listed for the owner alone as well, and is nobody's.
    """
    request = exchange.request
    for name in names(request, dossier.called):
        before = address(request, name).rpartition("/")[0] if name.place[0] == "path" else request.path
        owned = any(_singular(word) in OWNED for word in _around(request, name, before))
        for listing in () if heard.offers(request, name) else heard.lists(request, name):
            if owned or (listing.path.rstrip("/") == before and _says_whose(exchange, dossier)):
                return True
    return False


def _around(request: Request, name: Name, before: str) -> Iterator[str]:
    """The words that say what an id in a request is of: the path before it, and for one in a parameter its name and
    all that the address says beside it, as in index.php?page=letter&id=12."""
    yield from words(before)
    if name.place[0] != "path":
        yield from words(name.place[1])
        for key, value in parse_qsl(urlsplit(request.url).query):
            yield from (*words(key), *(words(value) if key != name.place[1] else ()))


def _says_whose(exchange: Exchange, dossier: Dossier) -> bool:
    found = leaves(exchange.response) if exchange.response else ()
    intimate = any(word in leaf.key.lower() for leaf in found for word in INTIMATE)
    return intimate or ("html" not in _kind(exchange) and stands_in_any(dossier.known, exchange.text))


def _kind(exchange: Exchange) -> str:
    return exchange.response.media_type if exchange.response else ""


def _singular(word: str) -> str:
    return f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")


def usual_texts(found: Sequence[Exchange]) -> Iterator[str]:
    """Texts that stand in half of the owner's answers of a kind: the frame of the pages."""
    for pages in ([e for e in found if "html" in _kind(e)], [e for e in found if "html" not in _kind(e)]):
        counted: dict[str, int] = {}
        for exchange in pages if len(pages) >= FEW else ():
            for text in {leaf.value for leaf in leaves(exchange.response)} if exchange.response else ():
                counted[text] = counted.get(text, 0) + 1
        yield from (text for text, count in counted.items() if 2 * count > len(pages))


def _mixed(request: Request, heard: Heard, known: tuple[str, ...]) -> Iterator[Request]:
    """The request with all ids but one taken from the other account's own objects: what is checked may be the first."""
    ids = names(request, known)
    for kept in ids if len(ids) > 1 else ():
        others = [(name, heard.counterpart(request, name)) for name in ids if name != kept]
        if all(value for _, value in others):
            changed = request
            for name, value in others:
                changed = with_id(changed, name, value)
            yield changed
