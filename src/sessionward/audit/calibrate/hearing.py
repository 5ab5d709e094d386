"""What an account is shown of its own: which objects the app offers to it, and all the texts that it may see."""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote, urlsplit

from sessionward.audit.calibrate.leaves import leaves
from sessionward.audit.calibrate.objects import Name, address, collection, names, with_id
from sessionward.audit.calibrate.replayer import Fetch
from sessionward.audit.calibrate.words import occurrences, spellings
from sessionward.http import Exchange, Request, Response, TokenSet
from sessionward.http.carry import carry

MOST_PAGES = 30
MOST_OWN = 8
"""So many of its own objects are asked for, to know what one of their kind says to everybody."""
LONG = 6
"""An id of so many characters is looked for by itself; a shorter one only in its place."""
AROUND = 300
"""So many characters of a link on either side of a parameter are looked at: a text may have no end to its words."""
BOUND = re.compile(r"[\s\"'<>]")
SCRIPTS = ("javascript", "ecmascript", "css")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """What is known of the owner. ``readings`` are its recorded exchanges that only read, without tokens; ``personal``
    texts are private wherever they turn up, as far as is known; ``known`` names the account. ``tenant`` is the owner's,
    where an account of another one asks, whose own is ``elsewhere``."""

    readings: tuple[Exchange, ...] = field(repr=False)
    canaries: tuple[str, ...] = field(default=(), repr=False)
    personal: tuple[str, ...] = field(default=(), repr=False)
    known: tuple[str, ...] = ()
    tenant: str = ""
    elsewhere: str = ""

    @property
    def called(self) -> tuple[str, ...]:
        """What names the owner or its tenant in an address."""
        return (*self.known, *((self.tenant,) if self.tenant else ()))

    @property
    def plain(self) -> tuple[Exchange, ...]:
        """The readings that name no object."""
        return tuple(one for one in self.readings if not names(one.request, self.called))

    @property
    def named(self) -> tuple[Exchange, ...]:
        """Those that do."""
        return tuple(one for one in self.readings if names(one.request, self.called))

    def at_home(self, exchange: Exchange) -> Request | None:
        """The same page of the asker's own tenant, for one that names nothing but the tenant; else None."""
        request, ids = exchange.request, names(exchange.request, self.called)
        if not self.elsewhere or any(name.value.casefold() != self.tenant.casefold() for name in ids):
            return None
        for name in ids:
            request = with_id(request, name, self.elsewhere)
        return request


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """An account that asks. ``seen`` is what its own browser exchanged, ``called`` are texts that name it."""

    party: str
    tokens: TokenSet = field(repr=False)
    seen: tuple[Exchange, ...] = field(default=(), repr=False)
    called: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """``pairs`` gives for each request that names nothing the owner's answer and this account's; ``texts`` is all that
    it was shown of its own, as one text."""

    pairs: tuple[tuple[Request, Response, Response | None], ...] = field(default=(), repr=False)
    texts: str = field(default="", repr=False)

    def shows(self, text: str) -> bool:
        """Whether the account is shown the text anyway, however it is written."""
        return any(form in self.texts for form in spellings(text))

    def offers(self, request: Request, name: Name) -> bool:
        """Whether the app offers this object to the account: by a link, or where it lists the owner's."""
        return mentions(self.texts, request, name) or any(
            name.value in at(other, places) for _, places, other in self.listing(name) if other
        )

    def listing(self, name: Name) -> Iterator[tuple[Request, frozenset[str], Response | None]]:
        """The requests whose answer to the owner lists the id as a text or number of its own, with its places there."""
        for request, own, other in self.pairs:
            places = frozenset(leaf.place for leaf in leaves(own) if leaf.value == name.value)
            if places:
                yield request, places, other

    def lists(self, request: Request, name: Name) -> Iterator[Request]:
        """The requests where the owner is offered the object, and this account is answered in kind without it."""
        listed = {one.url for one, _, _ in self.listing(name)}
        for one, own, other in self.pairs:
            in_kind = other is not None and other.status == own.status and other.media_type == own.media_type
            if not in_kind or not (one.url in listed or mentions(own.text, request, name)):
                continue
            if other is not None and not mentions(other.text, request, name):
                yield one

    def counterpart(self, request: Request, name: Name) -> str:
        """An id of this account's own for that place, empty where none is known."""
        if name.place[0] == "path":
            before = collection(request) if name in names(request)[:1] else ""
            link = rf"{re.escape(before)}/([\w.~%-]+)" if before else ""
            for found in re.finditer(link, self.texts) if link else ():
                one = unquote(found[1])
                if one != name.value and _alike(one, name.value):
                    return one
        linked = (one for one in _in_links(self.texts, request, name) if name.place[0] == "query")
        listed = (
            one for _, places, other in self.listing(name) if other for one in sorted(at(other, places))
        )
        for one in itertools.chain(linked, listed):
            if one != name.value and _alike(one, name.value):
                return one
        return ""


async def listen(asker: Asker, dossier: Dossier, fetch: Fetch) -> Heard:
    """Ask, as this account, for all that names nothing, for the lists of what is named, for some of its own, and for
    an address that no app knows."""
    pairs, plain, named = [], dossier.plain, dossier.named
    asked = [(one, one.request) for one in plain[:MOST_PAGES]]
    asked += [(one, request) for one in named if (request := dossier.at_home(one))][:MOST_PAGES]
    for exchange, request in asked:
        if exchange.response is not None:
            other = (await fetch(carry(request, asker.tokens))).response
            pairs.append((exchange.request, exchange.response, other))
    lists = [await fetch(carry(request, asker.tokens)) for request in _collections(plain, named)]
    nowhere = [await fetch(carry(request, asker.tokens)) for request in _nowhere(plain)]
    said = [other for _, _, other in pairs]
    said += [exchange.response for exchange in (*lists, *nowhere, *asker.seen)]
    heard = Heard(pairs=tuple(pairs), texts=_joined(said))
    own = [
        (await fetch(carry(request, asker.tokens))).response
        for request in own_objects(heard, named, dossier.called)
    ]
    return Heard(pairs=heard.pairs, texts=_joined([*said, *own]))


def own_objects(heard: Heard, named: Iterable[Exchange], known: Iterable[str]) -> tuple[Request, ...]:
    """The same requests for objects of the account's own, one of a kind."""
    found: dict[str, Request] = {}
    for exchange in named:
        request, kind, called = exchange.request, collection(exchange.request), tuple(known)
        others = [(name, heard.counterpart(request, name)) for name in names(request, called)]
        if kind not in found and others and all(value for _, value in others):
            for name, value in others:
                request = with_id(request, name, value)
            found[kind] = request
    return tuple(found.values())[:MOST_OWN]


def mentions(text: str, request: Request, name: Name) -> bool:
    """Whether a text offers the object: by its address, or by an id that is long enough to stand for itself."""
    long = len(name.value) >= LONG and not (name.value.isdecimal() and len(name.value) < LONG + 2)
    if long and next(occurrences(name.value, text), None) is not None:
        return True
    if name.place[0] == "query":
        return name.value in _in_links(text, request, name)
    return next(occurrences(address(request, name), text), None) is not None


def _in_links(text: str, request: Request, name: Name) -> tuple[str, ...]:
    """The ids that links of the request's kind have in that parameter: index.php?page=doctor&id=12 is no letter 12."""
    pairs = parse_qsl(urlsplit(request.url).query)
    beside = [(key, value) for key, value in pairs if key != name.place[1] and value.isalpha()]
    found = []
    for start in re.finditer(rf"\b{re.escape(name.place[1])}=", text):
        before = BOUND.split(text[max(0, start.start() - AROUND) : start.start()])[-1]
        after = BOUND.split(text[start.start() : start.end() + AROUND])[0]
        said = parse_qsl(html.unescape(before + after).rpartition("?")[2])
        if all(pair in said for pair in beside):
            found += [value for key, value in said if key == name.place[1]]
    return tuple(dict.fromkeys(found))


def at(response: Response, places: Iterable[str]) -> frozenset[str]:
    """The texts of an answer at these places."""
    wanted = frozenset(places)
    return frozenset(leaf.value for leaf in leaves(response) if leaf.place in wanted)


def _alike(one: str, other: str) -> bool:
    """Whether two ids are of one kind by their looks: new, edit and the like are none."""
    return one.isdecimal() == other.isdecimal() and any(character.isdigit() for character in one)


def _collections(plain: Iterable[Exchange], named: Iterable[Exchange]) -> Iterator[Request]:
    """The lists that are known only by what they list, such as /letters of /letters/12."""
    seen = {urlsplit(exchange.request.url).path.rstrip("/") for exchange in plain}
    for exchange in named:
        path = collection(exchange.request)
        if path and path not in seen and exchange.request.safe:
            seen.add(path)
            headers = tuple(exchange.request.headers)
            yield Request(method="GET", url=f"{exchange.request.origin}{path}", headers=headers)


def _nowhere(plain: Iterable[Exchange]) -> Iterator[Request]:
    """An address that no app knows, beside the first page: what its answer says belongs to the frame of the pages."""
    for exchange in plain:
        if exchange.response is not None and "html" in exchange.response.media_type:
            headers = tuple(exchange.request.headers)
            yield Request(method="GET", url=f"{exchange.request.origin}/sessionward-nowhere", headers=headers)
            return


def _joined(responses: Iterable[Response | None]) -> str:
    return "\n".join(
        response.text
        for response in responses
        if response is not None and not any(kind in response.media_type for kind in SCRIPTS)
    )
