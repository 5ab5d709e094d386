"""Requests with one name in place of another, and what an answer says once the name and what changes are taken out."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from html.parser import HTMLParser
from urllib.parse import quote, quote_plus, urlsplit

from sessionward.audit.calibrate.leaves import leaves
from sessionward.audit.calibrate.words import is_moment, is_opaque
from sessionward.audit.observation import Reaction
from sessionward.http import Exchange, Request, parse_set_cookie
from sessionward.http.carry import cookie_tokens
from sessionward.http.exchange import header_values

HELD_OFF = frozenset({423, 429, 503})
SHORTEST = 8
"""Shorter values of hidden fields are no tokens."""
NUMBER = re.compile(r"\d+")
NAME = "‹name›"


class _Tokens(HTMLParser):
    """The values of hidden fields and of meta elements, by name."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        had = dict(attrs)
        hidden = tag == "input" and (had.get("type") or "").lower() == "hidden"
        value = had.get("value") if hidden else had.get("content") if tag == "meta" else None
        name = had.get("name") or had.get("id")
        if name and value and len(value) >= SHORTEST:
            self.found.setdefault(f"{tag} {name}", value)


def tokens_in(page: Exchange) -> dict[str, str]:
    """The form tokens of a page, by the place where they stand."""
    if page.response is None or "html" not in page.response.media_type:
        return {}
    reader = _Tokens()
    reader.feed(page.text)
    return reader.found


def jar(request: Request, *answers: Exchange) -> dict[str, str]:
    """The cookies of a request, with those of the answers put over them."""
    held = {token.name: token.value for token in cookie_tokens(request)}
    for answer in answers:
        for line in header_values(answer.response.headers, "set-cookie") if answer.response else ():
            if cookie := parse_set_cookie(line):
                held[cookie.name] = cookie.value
    return held


def with_cookies(request: Request, held: Mapping[str, str]) -> Request:
    """The request with these cookies and no others."""
    line = "; ".join(f"{name}={value}" for name, value in held.items())
    return request.with_header("Cookie", line or None)


def refilled(request: Request, old: Mapping[str, str], new: Mapping[str, str]) -> Request:
    """The request with fresh form tokens: each value of ``old`` replaced by the one of the same place in ``new``."""
    for place, value in old.items():
        fresh = new.get(place, value)
        if len(value) >= SHORTEST and fresh != value:
            request = at_once(request, value, fresh)
    return request


def at_once(request: Request, old: str, new: str) -> Request:
    """The request with a text replaced in its address, its body and the headers that scripts add, however written."""
    url, body = request.url, request.body
    headers = [(name, value.replace(old, new)) for name, value in request.headers if name.lower() != "cookie"]
    for write in (_in_json, lambda text: quote(text, safe=""), quote_plus, str):
        url = url.replace(write(old), write(new)) if write is not _in_json else url
        body = body.replace(write(old).encode(), write(new).encode()) if body else body
    kept = [(name, value) for name, value in headers if name.lower() != "content-length"]
    return Request(method=request.method, url=url, headers=tuple(kept), body=body)


def carries(request: Request, name: str) -> bool:
    """Whether the request says the name, in its body or its query."""
    said = f"{urlsplit(request.url).query} {(request.body or b'').decode(errors='replace')}"
    return any(form in said for form in (name, quote(name, safe=""), quote_plus(name), _in_json(name)))


def reaction(made: Exchange, after: Exchange | None, names: Sequence[str]) -> Reaction:
    """What the app said: its answer, and the page that it leads to.

    ``names`` is the name that was sent, and all others of accounts, so that a page that speaks of a doctor says the
    same to one who is called so and to another.
    """
    texts: set[str] = set()
    for exchange in (made, after):
        if exchange is not None and exchange.response is not None:
            texts |= {
                _masked(leaf.value, names)
                for leaf in leaves(exchange.response)
                if not is_opaque(leaf.value) and not is_moment(leaf.value)
            }
    to = (made.response.header("location") or "") if made.response else ""
    final = after or made
    return Reaction(
        status=made.status,
        location=_masked(urlsplit(to)._replace(scheme="", netloc="").geturl(), names),
        texts=frozenset(text for text in texts if len(text) > 1),
        seconds=made.seconds,
        held_off=made.status in HELD_OFF or final.status in HELD_OFF,
    )


def _masked(text: str, names: Sequence[str]) -> str:
    for name in names:
        for form in dict.fromkeys((name, quote(name, safe=""), quote_plus(name), name.partition("@")[0])):
            text = re.sub(rf"(?<!\w){re.escape(form)}(?!\w)", NAME, text, flags=re.IGNORECASE)
    return NUMBER.sub("#", text)


def _in_json(text: str) -> str:
    return json.dumps(text)[1:-1]
