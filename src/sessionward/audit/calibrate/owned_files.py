"""The owner's files: which of what was downloaded is a document of the owner's, and how that is known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

from sessionward.audit.calibrate.addresses import pattern, reads_only
from sessionward.audit.calibrate.file_contents import digest, is_blank_table, text_in
from sessionward.audit.calibrate.hearing import Asker, Heard
from sessionward.audit.calibrate.leaves import leaves
from sessionward.audit.calibrate.objects import names
from sessionward.audit.calibrate.replayer import Fetch
from sessionward.audit.calibrate.words import occurrences, spellings
from sessionward.audit.scene import Document
from sessionward.http import Exchange, Request, TokenSet
from sessionward.http.carry import carry

MOST = 12
A_PATTERN = 2
FILE_TYPES = re.compile(
    r"application/(?:pdf|zip|rtf|dicom|msword|octet-stream|vnd\.(?:ms-|oasis|openxml).*)|text/csv"
    r"|image/(?!svg|x-icon|vnd\.microsoft\.icon).*"
)
"""Calendars that one subscribes to are left out: their secret addresses are meant to open without a session."""
FURNITURE = re.compile(
    r"static|assets?|dist|build|_next|themes?|skins?|vendor|lib|icons?|logos?|favicon|avatars?|gravatar|sprites?"
    r"|branding|banners?|fonts?|captcha|profile[-_]?(?:pic|photo|image)s?",
    re.IGNORECASE,
)
"""As a part of a path: it belongs to the app, or is a picture that a person shows to everybody."""
RELATIVE = r"""\b(?:href|src)\s*=\s*((?:\\?["'])?)(?:\./)?{}(?:\1(?:[\s>]|/>)|#)"""
"""How an address stands in HTML that is written without its folder. A mere number in quotes may be anything."""
EXPIRES = frozenset("expires expiry exp expire e x-expires expires_at".split())
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?:[-_.]?[01]\d(?:[-_.]?[0-3]\d)?)?(?!\d)")
SECONDS = 1_000_000_000
MILLISECONDS = 1_000_000_000_000


async def documents(
    exchanges: Sequence[Exchange],
    owner: TokenSet,
    stranger: Asker,
    heard: Heard,
    public: str,
    texts: tuple[str, ...],
    fetch: Fetch,
) -> tuple[Document, ...]:
    """The files among what the owner's browser was given, a few of each pattern. Its requests are without tokens.

    ``heard`` is what the stranger is shown of its own, ``public`` all texts that were shown without a session.
    ``texts`` are private ones of the owner. A file that is another each time and holds none of them is left out, and so
    is a table without entries, which holds nothing of anybody.
    """
    found: dict[str, Document] = {}
    counted: dict[str, int] = {}
    for exchange in exchanges:
        request = exchange.request
        key, kind = request.url, pattern(request)
        if key in found or counted.get(kind, 0) >= A_PATTERN or len(found) == MOST:
            continue
        if not is_file(exchange) or (exchange.resource == "image" and exchange.request.url in public):
            continue
        counted[kind] = counted.get(kind, 0) + 1
        known = await _document(exchange, owner, texts, fetch)
        if known is not None:
            known = replace(known, shared=_is_offered(request, heard.texts) or _is_offered(request, public))
            alone = not known.shared and is_numbered(request)
            own = alone and await _has_another(known, heard, stranger, fetch)
            found[key] = replace(known, own=own)
    return tuple(found.values())


def is_file(exchange: Exchange) -> bool:
    """Whether it is a document or a picture that somebody may have put there, and nothing that belongs to the app."""
    response = exchange.response
    if response is None or response.status not in range(200, 300) or not reads_only(exchange.request):
        return False
    if exchange.request.method.upper() != "GET" or not response.body:
        return False
    if any(FURNITURE.fullmatch(part.partition(".")[0]) for part in exchange.request.path.split("/")):
        return False
    attached = (response.header("content-disposition") or "").lower().startswith("attachment")
    return attached or bool(FILE_TYPES.fullmatch(response.media_type))


def is_numbered(request: Request) -> bool:
    """Whether the address names one file among many by an id. One that is called by a word, such as premium.pdf beside
    basic.pdf, is the app's and there for many, though each account is led to another."""
    file = unquote(request.path.rpartition("/")[2])
    numbered = any(character.isdigit() for character in YEAR.sub("", file.partition(".")[0]))
    return numbered or any(name.value != file for name in names(request))


async def _document(
    exchange: Exchange, owner: TokenSet, texts: tuple[str, ...], fetch: Fetch
) -> Document | None:
    """The file with what proves that it is the same one again. None where nothing does."""
    first, again = exchange.response, (await fetch(carry(exchange.request, owner))).response
    if first is None or again is None or again.status not in range(200, 300):
        return None
    lasting = digest(first) == digest(again)
    said = text_in(again)
    held = tuple(text for text in texts if any(form in said for form in spellings(text)))
    if not held and (not lasting or is_blank_table(again)):
        return None
    return Document(
        request=exchange.request,
        page=exchange.page,
        digest=digest(again) if lasting else "",
        texts=held,
        expires=expiry(exchange.request.url),
        embedded=exchange.resource == "image",
    )


def _is_offered(request: Request, texts: str) -> bool:
    """Whether these texts link to the file, by its path and query, or by what is left of them in its own folder."""
    parts = urlsplit(request.url)
    address = f"{parts.path}?{parts.query}" if parts.query else parts.path
    if any(next(occurrences(form, texts), None) is not None for form in spellings(address)):
        return True
    relative = address[len(parts.path.rpartition("/")[0]) + 1 :]
    forms = spellings(relative) if relative else ()
    return any(re.search(RELATIVE.format(re.escape(form)), texts, re.IGNORECASE) for form in forms)


async def _has_another(document: Document, heard: Heard, stranger: Asker, fetch: Fetch) -> bool:
    """Whether the stranger's page has another file at the place where the owner's links to this one."""
    for request in _others(document, heard):
        other = (await fetch(carry(request, stranger.tokens))).response
        if other is not None and other.status in range(200, 300):
            return digest(other) != document.digest
    return False


def _others(document: Document, heard: Heard) -> Iterator[Request]:
    kind = pattern(document.request)
    for request, own, other in heard.pairs:
        places = {
            leaf.place for leaf in leaves(own) if urljoin(request.url, leaf.value) == document.request.url
        }
        for leaf in leaves(other) if other and places else ():
            url = urljoin(request.url, leaf.value)
            if leaf.place in places and url != document.request.url:
                there = replace(document.request, url=url)
                if pattern(there) == kind or _ending(url) == _ending(document.request.url):
                    yield there


def _ending(url: str) -> str:
    return urlsplit(url).path.rpartition(".")[2]


def expiry(url: str) -> float | None:
    """When a signed address says that it ends, in seconds of Unix time; None where it says nothing of that.

    Known are Unix times, the life in seconds beside the moment of signing (AWS, Google), and a moment (Azure).
    """
    query = {name.lower(): value for name, value in parse_qsl(urlsplit(url).query)}
    for vendor in ("x-amz", "x-goog"):
        signed, life = _moment(query.get(f"{vendor}-date", "")), query.get(f"{vendor}-expires", "")
        if signed is not None and life.isdecimal():
            return signed + float(life)
    if "sig" in query and (ends := _moment(query.get("se", ""))) is not None:
        return ends
    for name in EXPIRES & query.keys():
        if query[name].isdecimal() and float(query[name]) > SECONDS:
            return float(query[name]) / (1000 if float(query[name]) > MILLISECONDS else 1)
    return None


def _moment(text: str) -> float | None:
    for form in ("%Y%m%dT%H%M%SZ", "%Y-%m-%dT%H:%M:%SZ"):
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC).timestamp()
        except ValueError:
            continue
    return None
