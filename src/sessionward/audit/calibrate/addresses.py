"""What an address tells before it is requested: its pattern, and whether requesting it may end or change something."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from sessionward.http import Request

LEAVING = re.compile(
    r"log[-_ ]?(?:out|off)|sign[-_ ]?(?:out|off)|(?:end|close|kill|destroy)[-_]?session|d[eé]connexion|d[eé]connecter"
    r"|abmeld|ausloggen|cerrar[-_ ]?ses|desconect|salir\b|uitlog|afmeld|wylog|odhl[aá]s|logga[-_]?ut|logg?[-_]?ud"
    r"|kirjaudu[-_]?ulos|kijelentkez|deconect|cikis|çıkış|disconnetti|esci\b|\bsair\b",
    re.IGNORECASE,
)
"""Ends a session, in the languages in which addresses are written."""

ENTERING = re.compile(
    r"(?:user|account|auth|session|do|wp)?[-_]?(?:log[-_]?[io]n|sign[-_]?(?:in|up)|register|registration|refresh|renew"
    r"|refresh[-_]?tokens?|token[-_]?refresh|authenticate|authorize|sso|callback)(?:\.\w+)?",
    re.IGNORECASE,
)
"""As the last part of a path, or as the value of a parameter: begins or renews a session."""

CHANGING = frozenset(
    """accept activate add analytics approve archive assign beacon book cancel change clear collect confirm create
    deactivate decline delete destroy disable dismiss enable erase import impersonate insert invite log mark modify
    mutation pay post publish purge register reject remove rename reset restore revoke save send set store submit
    subscribe switch telemetry terminate toggle track trash unlink unsubscribe update upload vote wipe write""".split()
)
DESTROYING = frozenset(
    """cancel clear deactivate delete destroy disable erase impersonate purge remove reset revoke terminate trash
    unlink unsubscribe wipe""".split()
)
"""For a GET: words that a sane app, and some that are not, would act on. Editing pages stay allowed."""

READING = frozenset(
    """browse count current fetch filter find get graphql info is list load lookup me my profile query read search self
    session show user userinfo view viewer whoami""".split()
)

IDENTIFIER = re.compile(r"\d+|[0-9a-f-]{8,}|(?=\S*\d)[\w.~-]{9,}|\S{25,}|\S*@\S*|\d[\d.,:-]*", re.IGNORECASE)
PASSWORD = re.compile(r"passw|passwd|\bpwd\b|kennwort|contrase|mot[-_]?de[-_]?passe", re.IGNORECASE)


def pattern(request: Request) -> str:
    """The address with what looks like an identifier replaced, equal for two pages of one kind.

    A request with a body has the body's digest in it, because the body says what is asked for.
    """
    parts = urlsplit(request.url)
    path = "/".join(_general(part) for part in parts.path.split("/"))
    query = "&".join(
        f"{name}={_general(value)}" for name, value in sorted(parse_qsl(parts.query, keep_blank_values=True))
    )
    body = f" {sha256(request.body).hexdigest()[:8]}" if request.body else ""
    return f"{request.method.upper()} {path or '/'}{'?' if query else ''}{query}{body}"


def described(request: Request) -> str:
    """Method, path and query."""
    query = urlsplit(request.url).query
    return f"{request.method.upper()} {request.path}{'?' if query else ''}{query}"


def unique(name: str, taken: set[str]) -> str:
    """The name, with a number behind it where it is taken already; it is taken then."""
    number, result = 1, name
    while result in taken:
        number += 1
        result = f"{name} ({number})"
    taken.add(result)
    return result


def _general(part: str) -> str:
    return "{id}" if IDENTIFIER.fullmatch(unquote(part)) else part


def identifies(request: Request) -> bool:
    """Whether the address names one thing among many, such as /users/12."""
    parts = urlsplit(request.url)
    return any(
        IDENTIFIER.fullmatch(unquote(part))
        for part in (*parts.path.split("/"), *(value for _, value in parse_qsl(parts.query)))
        if part
    )


def words(text: str) -> tuple[str, ...]:
    """The words of an address or a name, in lower case, camelCase taken apart."""
    return tuple(word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", unquote(text)))


def last_part(request: Request) -> str:
    """The last part of the path that is no identifier."""
    parts = [
        part for part in urlsplit(request.url).path.split("/") if part and not IDENTIFIER.fullmatch(part)
    ]
    return unquote(parts[-1]) if parts else ""


def ends_or_begins_session(request: Request) -> bool:
    """Whether the address looks like a logout, a login or the renewal of a token."""
    parts = urlsplit(request.url)
    if LEAVING.search(unquote(f"{parts.path}?{parts.query}")):
        return True
    values = (value for _, value in parse_qsl(parts.query))
    return any(ENTERING.fullmatch(part) for part in (last_part(request), *values))


def reads_only(request: Request) -> bool:
    """Whether making the request again changes nothing, as far as its looks go.

    A GET is trusted unless its address speaks of destruction; a POST only where it plainly is a query.
    """
    if ends_or_begins_session(request):
        return False
    spoken = frozenset(_spoken(request.url))
    if request.method.upper() == "GET":
        return not spoken & DESTROYING
    if request.method.upper() != "POST" or spoken & CHANGING or request.body is None:
        return False
    return _is_query(request)


def _spoken(url: str) -> Iterator[str]:
    parts = urlsplit(url)
    yield from words(parts.path)
    for name, value in parse_qsl(parts.query, keep_blank_values=True):
        yield from (*words(name), *words(value))


def _is_query(request: Request) -> bool:
    text = (request.body or b"").decode("utf-8", errors="replace")
    if "json" not in (request.header("content-type") or "").lower() or PASSWORD.search(text):
        return False
    try:
        data = json.loads(text)
    except ValueError:
        return False
    asked = data if isinstance(data, list) else [data]
    if not asked or not all(isinstance(entry, dict) for entry in asked):
        return False
    return all(_reads(entry, request) for entry in asked)


def _reads(entry: dict[str, Any], request: Request) -> bool:
    graph = entry.get("query")
    if isinstance(graph, str) and "{" in graph:
        return not re.search(r"\b(?:mutation|subscription)\b", graph)
    named = entry.get("operationName") or entry.get("method") or last_part(request)
    if not isinstance(named, str):
        return False
    spoken = words(named)
    return bool(frozenset(spoken) & READING) and not frozenset(spoken) & CHANGING
