"""The parts of a request that a form or a script fills in, what of them is secret, and the request without those."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from sessionward.http import Request, TokenKey
from sessionward.http.carry import token_headers

URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
NAMED = re.compile(
    r"csrf|xsrf|forgery|authenticity|nonce|sectok|verification|(^|[_.-])(form)?_?tok(en)?([_.-]|$)|token$|^form_?key$",
    re.IGNORECASE,
)
"""How tokens against forgery are called."""
AGAINST_FORGERY = re.compile(r"csrf|xsrf|forgery|authenticity", re.IGNORECASE)
"""In the name of a cookie or a header: scripts read it by design and send it back (double submit). It may be needed
beside the token of the session, but it is no part of that: who attacks can have one of his own."""
OPAQUE = re.compile(r"[!-~]{8,}")
"""Visible characters of any kind without a blank: some apps end their tokens in a backslash on purpose."""
TIME = re.compile(r"\d{1,13}(\.\d+)?|\d{4}-\d\d-\d\d[T0-9:.Z+-]*")
BOUNDARY = re.compile(r"boundary=\"?([^\";]+)", re.IGNORECASE)
NAME = re.compile(rb'name="([^"]*)"')

Change = Callable[[str, str], str | None]
"""Gives the value that a part (its key and value) is to have, None for none at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One value of a request. ``key`` says where it stands: query, body or header, a blank, and its name there.

    Those of nested JSON are named by their way.
    """

    key: str
    value: str

    @property
    def place(self) -> str:
        """query, body or header."""
        return self.key.partition(" ")[0]

    @property
    def name(self) -> str:
        """The name alone."""
        return self.key.partition(" ")[2]


def is_named(key: str) -> bool:
    """Whether what stands there is called as tokens against forgery are."""
    return bool(NAMED.search(key.partition(" ")[2]))


def bearing(keys: Iterable[TokenKey]) -> frozenset[TokenKey]:
    """Those of the places that say whose session it is: all but tokens against forgery."""
    return frozenset(key for key in keys if not AGAINST_FORGERY.search(key.name))


def parts_of(request: Request) -> tuple[Part, ...]:
    """All values that a page filled in."""
    found: list[Part] = []

    def note(key: str, value: str) -> str:
        found.append(Part(key=key, value=value))
        return value

    changed(request, note)
    return tuple(found)


def secret_parts(
    own: Request, others: Iterable[Request], *, typed: str, bearers: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """The keys of values that another site cannot know: named as tokens, or otherwise in another session.

    ``others`` are the same request of other sessions of the same account. ``typed`` is what was typed into the field,
    ``bearers`` are headers that carry a login.
    """
    elsewhere = [{part.key: part.value for part in parts_of(other)} for other in others]
    found: dict[str, None] = {}
    for part in parts_of(own):
        if typed in part.value or (part.place == "header" and part.name in bearers):
            continue
        differs = any(values.get(part.key, part.value) != part.value for values in elsewhere)
        opaque = OPAQUE.fullmatch(part.value) and not TIME.fullmatch(part.value)
        if opaque and (is_named(part.key) or differs):
            found[part.key] = None
    return tuple(found)


def without(request: Request, keys: Iterable[str]) -> Request:
    """The request less the parts at these keys."""
    dropped = frozenset(keys)
    return changed(request, lambda key, value: None if key in dropped else value)


def with_values(request: Request, values: Mapping[str, str]) -> Request:
    """The request with other values at these keys."""
    return changed(request, values.get)


def sent_from(request: Request, origin: str) -> Request:
    """The request with what browsers say of a form that a page of that origin sends (W3C Fetch Metadata; RFC 6454)."""
    said = {"Referer": f"{origin}/", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    if not request.safe:
        said["Origin"] = origin
    for name, value in said.items():
        request = request.with_header(name, value)
    return request


def changed(request: Request, change: Change) -> Request:
    """The request with each part as ``change`` says."""
    headers = []
    own = {token.name for token in token_headers(request)}
    for name, value in request.headers:
        if name.lower() not in own:
            headers.append((name, value))
        elif (new := change(f"header {name.lower()}", value)) is not None:
            headers.append((name, new))
    parts = urlsplit(request.url)
    url = urlunsplit(parts._replace(query=_pairs(parts.query, "query", change)))
    return replace(request, url=url, headers=tuple(headers), body=_body(request, change))


def flat(request: Request) -> Request | None:
    """The request with its body as a plain form sends it, where the values of its JSON have names without a way."""
    if not request.body or not isinstance(json_of(request), dict):
        return None
    pairs = [(part.name, part.value) for part in parts_of(request) if part.place == "body"]
    plain = replace(request, body=urlencode(pairs).encode())
    return plain.with_header("Content-Type", URLENCODED)


def as_query(request: Request) -> Request:
    """The request by GET, with what stood in its body behind its address."""
    pairs = [(part.name, part.value) for part in parts_of(request) if part.place != "header"]
    url = urlunsplit(urlsplit(request.url)._replace(query=urlencode(pairs)))
    return replace(request, method="GET", url=url, body=None).with_header("Content-Type", None)


def json_of(request: Request) -> Any:
    """The body as JSON, None where it is none."""
    try:
        return json.loads(request.body or b"")
    except ValueError:
        return None


def media_type(request: Request) -> str:
    """The media type of the body in lower case, without its parameters."""
    return (request.header("content-type") or "").partition(";")[0].strip().lower()


def _body(request: Request, change: Change) -> bytes | None:
    if not request.body:
        return request.body
    kind = media_type(request)
    if kind == URLENCODED:
        return _pairs(request.body.decode(errors="replace"), "body", change).encode()
    if kind == MULTIPART:
        return _multipart(request, change)
    if isinstance(known := json_of(request), dict | list):
        new = _nested(known, "", change)
        return request.body if new == known else json.dumps(new, separators=(",", ":")).encode()
    return request.body


def _pairs(text: str, place: str, change: Change) -> str:
    old = parse_qsl(text, keep_blank_values=True)
    new = [(name, to) for name, value in old if (to := change(f"{place} {name}", value)) is not None]
    return text if new == old else urlencode(new)


def _nested(value: Any, way: str, change: Change) -> Any:
    if isinstance(value, dict):
        made = {name: _nested(one, f"{way}.{name}" if way else name, change) for name, one in value.items()}
        return {name: one for name, one in made.items() if one is not _GONE}
    if isinstance(value, list):
        ones = [_nested(one, f"{way}.{n}" if way else str(n), change) for n, one in enumerate(value)]
        return [one for one in ones if one is not _GONE]
    text = value if isinstance(value, str) else json.dumps(value)
    new = change(f"body {way}", text)
    return _GONE if new is None else value if new == text else new


_GONE = object()


def _multipart(request: Request, change: Change) -> bytes:
    found = BOUNDARY.search(request.header("content-type") or "")
    body = request.body or b""
    if not found:
        return body
    line = b"--" + found.group(1).encode()
    first, *chunks = body.split(line)
    return line.join([first, *_chunks(chunks, change)])


def _chunks(chunks: Iterable[bytes], change: Change) -> Iterator[bytes]:
    for chunk in chunks:
        head, gap, value = chunk.partition(b"\r\n\r\n")
        name = NAME.search(head)
        if not gap or not name or b"filename=" in head:
            yield chunk
            continue
        text = value.removesuffix(b"\r\n").decode(errors="replace")
        new = change(f"body {name.group(1).decode(errors='replace')}", text)
        if new is not None:
            yield chunk if new == text else head + gap + new.encode() + b"\r\n"
