"""Which object a request names: the ids in its path, its query and its body, and the same request for another one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from sessionward.audit.calibrate.addresses import IDENTIFIER
from sessionward.http import Request

SHORT_CODE = re.compile(r"(?!v\d)[A-Za-z]{1,8}(?:\d{2,}|[-_](?=\w*\d)\w{2,})")
"""A short id such as P17, MRN-1042 or rec-7f3a; v10 is the version of an interface."""
DATE = re.compile(r"\d{4}-\d\d(?:-\d\d)?(?:T.*)?")
SETTING = frozenset(
    """_ cb count date day direction end from height lang language limit locale month offset order page pagesize
    per_page quality rev size skip sort start t take theme timestamp to ts tz until v ver version week width
    year""".split()
)
"""Names of parameters that say how to show something, not what."""
TYPED = re.compile(r"sw[0-9a-f]{12}")
"""What was typed into the app's forms while exploring: a search for it names no object."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """An id in a request. ``place`` is path, query or body, with the position or the name of the parameter."""

    place: tuple[str, str]
    value: str


def names(request: Request, known: Iterable[str] = ()) -> tuple[Name, ...]:
    """The ids in a request, those of its path first. ``known`` are texts that name the account as well: a username."""
    called = frozenset(text.casefold() for text in known if text)
    return tuple(
        name for name in _values(request) if _is_id(name.value) or unquote(name.value).casefold() in called
    )


def with_id(request: Request, name: Name, value: str) -> Request:
    """The same request for another object: ``value`` in the place of that id."""
    where, key = name.place
    if where == "body":
        return replace(request, body=json.dumps(_changed(_body(request), key, value)).encode())
    parts = urlsplit(request.url)
    if where == "path":
        segments = parts.path.split("/")
        segments[int(key)] = quote(value, safe="")
        return replace(request, url=urlunsplit(parts._replace(path="/".join(segments))))
    pairs = [
        (one, value if one == key else old) for one, old in parse_qsl(parts.query, keep_blank_values=True)
    ]
    return replace(request, url=urlunsplit(parts._replace(query=urlencode(pairs))))


def address(request: Request, name: Name) -> str:
    """How a page or an answer would offer the object: the path up to the id, or the parameter with it."""
    where, key = name.place
    if where == "path":
        return "/".join(request.path.split("/")[: int(key) + 1])
    return f"{key}={name.value}"


def collection(request: Request) -> str:
    """The path before the first id in it, without a slash at its end; empty where it names none in its path."""
    first = next((name for name in names(request) if name.place[0] == "path"), None)
    return "/".join(request.path.split("/")[: int(first.place[1])]) if first else ""


def _values(request: Request) -> Iterator[Name]:
    parts = urlsplit(request.url)
    for position, segment in enumerate(parts.path.split("/")):
        if segment:
            yield Name(place=("path", str(position)), value=unquote(segment))
    for key, value in parse_qsl(parts.query):
        if key.lower() not in SETTING and not TYPED.fullmatch(value):
            yield Name(place=("query", key), value=value)
    yield from _in_body("", _body(request))


def _in_body(key: str, data: object) -> Iterator[Name]:
    if isinstance(data, dict):
        for name, value in data.items():
            yield from _in_body(str(name), value)
    elif isinstance(data, str | int) and not isinstance(data, bool) and key.lower() not in SETTING:
        yield Name(place=("body", key), value=str(data))


def _body(request: Request) -> Any:
    if not request.body or "json" not in (request.header("content-type") or "").lower():
        return None
    try:
        return json.loads(request.body)
    except ValueError:
        return None


def _changed(data: object, key: str, value: str) -> object:
    if not isinstance(data, dict):
        return data
    return {
        name: (int(value) if isinstance(old, int) and value.isdecimal() else value)
        if name == key and isinstance(old, str | int)
        else _changed(old, key, value)
        for name, old in data.items()
    }


def _is_id(value: str) -> bool:
    if DATE.fullmatch(value):
        return False
    return bool(IDENTIFIER.fullmatch(value) or SHORT_CODE.fullmatch(value)) and not re.search(r"\s", value)
