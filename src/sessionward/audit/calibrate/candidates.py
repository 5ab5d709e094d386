"""Which recorded exchanges are worth being made again: answers to reading requests, most telling first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal
from urllib.parse import unquote, unquote_plus, urlsplit

from sessionward.audit.calibrate.addresses import identifies, last_part, pattern, reads_only, words
from sessionward.audit.calibrate.material import Material
from sessionward.audit.calibrate.words import stands_in, stands_in_any
from sessionward.http import Exchange, Request, TokenKey
from sessionward.http.carry import bare, cookie_tokens, token_headers
from sessionward.http.exchange import without_header

MOST = 40
MOST_POSTS = 8
SHORTEST = 3
NOT_MODIFIED = 304
PAGE = 20_000
"""Bytes of an ordinary answer: each further one costs a point."""

DROPPED = (
    "cache-control",
    "connection",
    "content-length",
    "host",
    "if-match",
    "if-modified-since",
    "if-none-match",
    "if-range",
    "if-unmodified-since",
    "keep-alive",
    "pragma",
    "range",
    "referer",
    "transfer-encoding",
)
"""Headers of the recorded request that a replay must not repeat: conditions would be answered by 304,
framing is the client's own, a referer may hold a token or a name."""

ME = frozenset("me self whoami userinfo viewer identity myself current_user currentuser".split())
ACCOUNT = frozenset(
    "account dashboard home member my overview person preferences prefs profile session settings user".split()
)
TEXTUAL = frozenset({"", "application/xml", "application/xhtml+xml", "text/html", "text/plain", "text/xml"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A recorded exchange with its request as a template without tokens.

    ``carried`` are the places of the tokens that the recorded request had.
    """

    exchange: Exchange = field(repr=False)
    request: Request
    kind: Literal["page", "api"]
    carried: frozenset[TokenKey]
    score: float = 0.0

    @property
    def name(self) -> str:
        """Method and path for a reader."""
        return f"{self.request.method.upper()} {self.request.path}"


def candidates(material: Material, queries: Iterable[str] = ()) -> tuple[Candidate, ...]:
    """The best recorded exchange of each address pattern, best first, at most ``MOST``."""
    names, public = tuple(queries), _public_answers(material)
    best: dict[str, Candidate] = {}
    for exchange in (*material.owner.exchanges, *material.owner_again.exchanges):
        if not _eligible(exchange, material) or _seen_by_all(exchange, public):
            continue
        candidate = _candidate(exchange, names, material)
        key = pattern(candidate.request)
        if key not in best or candidate.score > best[key].score:
            best[key] = candidate
    return tuple(_bounded(sorted(best.values(), key=lambda found: (-found.score, found.name))))


def template(request: Request, queries: Iterable[str] = ()) -> Request:
    """The request as it can be made again by anybody: no token, no condition, past every cache.

    The referer shrinks to the start page, which is all that a check against forged requests looks at.
    """
    plain = bare(request, queries)
    headers = [(name, value) for name, value in without_header(plain.headers, *DROPPED) if name[:1] != ":"]
    if not plain.safe:
        headers.append(("Referer", f"{plain.origin}/"))
    headers.append(("Cache-Control", "no-cache"))
    return replace(plain, headers=tuple(headers))


def is_json(exchange: Exchange) -> bool:
    """Whether the answer calls itself JSON."""
    return exchange.response is not None and "json" in exchange.response.media_type


def request_text(request: Request) -> str:
    """Everything in a request that an answer may echo, decoded and raw."""
    body = (request.body or b"").decode("utf-8", errors="replace")
    values = " ".join(value for _, value in request.headers)
    return "\n".join(
        (request.url, unquote(request.url), unquote_plus(request.url), body, unquote_plus(body), values)
    )


def _bounded(found: list[Candidate]) -> Iterator[Candidate]:
    posts = 0
    for candidate in found[:MOST]:
        posts += not candidate.request.safe
        if candidate.request.safe or posts <= MOST_POSTS:
            yield candidate


def _eligible(exchange: Exchange, material: Material) -> bool:
    response = exchange.response
    if response is None or exchange.request.method.upper() not in {"GET", "POST"}:
        return False
    if response.status not in range(200, 300) and not (
        response.status == NOT_MODIFIED and exchange.request.safe
    ):
        return False
    if any(text and text in exchange.request.url for text in material.avoid):
        return False
    kind = response.media_type
    if "script" in kind or exchange.resource == "script":
        return _written_for(exchange, material) and reads_only(exchange.request)
    if kind not in TEXTUAL and "json" not in kind and response.status != NOT_MODIFIED:
        return False
    if exchange.resource in {"stylesheet", "image", "font", "media", "websocket"}:
        return False
    if (response.header("content-disposition") or "").lower().startswith("attachment"):
        return False
    return reads_only(exchange.request)


def _written_for(exchange: Exchange, material: Material) -> bool:
    """Whether a script names the owner: some apps hand the account to their pages in one."""
    return stands_in_any((v for v in material.known_of("owner") if len(v) >= SHORTEST), exchange.text)


def _public_answers(material: Material) -> dict[tuple[str, str], list[bytes]]:
    answers: dict[tuple[str, str], list[bytes]] = {}
    for exchange in material.anonymous:
        if exchange.response is not None and exchange.response.body:
            key = (exchange.request.method.upper(), exchange.request.url)
            answers.setdefault(key, []).append(exchange.response.body)
    return answers


def _seen_by_all(exchange: Exchange, public: dict[tuple[str, str], list[bytes]]) -> bool:
    body = exchange.response.body if exchange.response else b""
    return body in public.get((exchange.request.method.upper(), exchange.request.url), [])


def _candidate(exchange: Exchange, queries: tuple[str, ...], material: Material) -> Candidate:
    request = template(exchange.request, queries)
    carried = {token.key for token in (*cookie_tokens(exchange.request), *token_headers(exchange.request))}
    html = exchange.response is not None and "html" in exchange.response.media_type
    page = html or (exchange.navigation and not is_json(exchange))
    return Candidate(
        exchange=exchange,
        request=request,
        kind="page" if page else "api",
        carried=frozenset(carried),
        score=_score(exchange, request, material),
    )


def _score(exchange: Exchange, request: Request, material: Material) -> float:
    """Points for what makes a good oracle: it names the account, is small, is the same address for everybody."""
    response = exchange.response
    if response is None:
        return 0.0
    echo, text = request_text(request), response.text
    hits = [
        value for value in material.known_of("owner") if len(value) >= SHORTEST and stands_in(value, text)
    ]
    told = [value for value in hits if not stands_in(value, echo)]
    score = (40.0 if told else 0.0) + min(10, 5 * (len(told) - 1 if told else 0))
    score += 12 if is_json(exchange) else 8 if response.media_type.endswith("html") else 2
    score += _address_score(request)
    score += (5 if request.safe else -15) + (0 if identifies(request) or len(hits) > len(told) else 8)
    score -= min(15.0, len(response.body) / PAGE) + (20 if response.truncated else 0)
    score -= 10 if not response.body else 0
    return score - (30 if _same_for_stranger(exchange, material) else 0)


def _address_score(request: Request) -> float:
    last = last_part(request).lower()
    if last.removesuffix(".json") in ME:
        return 15.0
    query = urlsplit(request.url).query
    return 8.0 if ACCOUNT & frozenset((*words(last), *words(query))) else 0.0


def _same_for_stranger(exchange: Exchange, material: Material) -> bool:
    body = exchange.response.body if exchange.response else b""
    return bool(body) and any(
        other.request.url == exchange.request.url
        and other.request.method == exchange.request.method
        and other.request.body == exchange.request.body
        and other.response is not None
        and other.response.body == body
        for other in material.stranger.exchanges
    )
