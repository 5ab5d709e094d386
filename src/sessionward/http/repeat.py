"""Making recorded requests again without a browser: which of them are needed, and what each takes from answers before.

A form carries a hidden token of its page, a script copies a cookie into a header, an interface hands out a token as
JSON. Such a value is known by its place in an answer; whatever equals it in a later request is taken from the same
place of the new answer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from sessionward.http.carry import carry, cookie_token, cookie_tokens, token_headers
from sessionward.http.cookie import parse_set_cookie
from sessionward.http.exchange import Exchange, Request, header_values
from sessionward.http.layers import scalars
from sessionward.http.token import Carrier, Token, TokenKey, TokenSet

URLENCODED = "application/x-www-form-urlencoded"
IN_SCRIPT = re.compile(
    r"[\"']?(\w*(?:csrf|xsrf|nonce|token)\w*)[\"']?\s*[:=]\s*[\"']([^\"'\s]{6,512})[\"']", re.IGNORECASE
)
SHORTEST = 3
"""Shorter texts ("1", "en") stand in many places by chance, save in a form's field of the same name."""
STATIC = frozenset({"image", "stylesheet", "font", "script", "media", "manifest", "websocket", "ping"})

EMPTY = TokenSet()

Place = tuple[str, str]
"""Where a value stands in an answer: the kind of place and the name there."""


class _Fields(HTMLParser):
    """Hidden fields and meta entries of a page; the first of a name counts."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[Place, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        had = dict(attrs)
        name, value = had.get("name") or "", had.get("value") or ""
        if tag == "input" and (had.get("type") or "").lower() == "hidden" and name and value:
            self.found.setdefault(("field", name), value)
        elif tag == "meta" and name and had.get("content"):
            self.found.setdefault(("meta", name), had["content"] or "")


def handed_out(exchange: Exchange) -> dict[Place, str]:
    """The values in an answer that a later request may repeat."""
    response = exchange.response
    if response is None:
        return {}
    found: dict[Place, str] = {}
    if "html" in response.media_type:
        page = _Fields()
        page.feed(response.text)
        found |= page.found
        for name, value in IN_SCRIPT.findall(response.text):
            found.setdefault(("script", name), value)
    elif "json" in response.media_type:
        found |= {
            ("json", "/".join(map(str, path))): text
            for path, text in scalars(response.json)
            if isinstance(text, str) and len(text) >= SHORTEST
        }
    for name, value in parse_qsl(urlsplit(response.header("location") or "").query):
        found["location", name] = value
    for cookie in _set(exchange):
        found["cookie", cookie.name] = cookie.value
    return found


def _set(exchange: Exchange) -> Iterator[Token]:
    for line in header_values(exchange.response.headers, "set-cookie") if exchange.response else ():
        for one in line.split("\n"):
            if cookie := parse_set_cookie(one, now=0.0):
                yield cookie_token(cookie)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """The requests to make again, in order, and from which place of which answer each token comes in the end."""

    steps: tuple[Exchange, ...] = field(repr=False)
    sources: Mapping[TokenKey, Place]
    shapes: Mapping[TokenKey, Token] = field(repr=False)
    goal: int
    """The step whose answer hands out the last of them."""


def login_recipe(
    exchanges: Sequence[Exchange],
    tokens: TokenSet,
    keys: Iterable[TokenKey],
    proves: Callable[[Request], bool],
) -> Recipe | None:
    """How to get these tokens again as this login got them; None where that cannot be read from what it sent.

    Everything that changes state goes again, and the pages that it takes values from. ``proves`` knows the request that
    carries the password: it always goes, as an app may let in the token of its login page.
    """
    made = [e for e in exchanges if e.resource not in STATIC and e.response is not None]
    sources: dict[TokenKey, Place] = {}
    goals: set[int] = set()
    for key in keys:
        token = tokens.get(key)
        found = _origin(made, token) if token else None
        if token is None or found is None:
            return None
        sources[key] = found[1]
        goals.add(found[0])
    goals |= (proofs := {number for number, e in enumerate(made) if proves(e.request)})
    last = max(goals, default=-1)
    if not proofs:
        return None
    goals |= {number for number in range(last) if not made[number].request.safe}
    needed = sorted(_with_suppliers(made, goals))
    return Recipe(
        steps=tuple(made[number] for number in needed),
        sources=sources,
        shapes={token.key: token for token in tokens},
        goal=needed.index(last) if needed else -1,
    )


def request_recipe(exchanges: Sequence[Exchange], goals: Iterable[Request]) -> Recipe:
    """How to send these recorded requests again, with the pages before them that they take values from."""
    wanted = tuple(goals)
    made = [e for e in exchanges if e.resource not in STATIC]
    numbers = {number for number, e in enumerate(made) if any(e.request is one for one in wanted)}
    needed = sorted(_with_suppliers(made, numbers))
    steps = tuple(made[number] for number in needed)
    return Recipe(steps=steps, sources={}, shapes={}, goal=len(steps) - 1)


def _origin(made: Sequence[Exchange], token: Token) -> tuple[int, Place] | None:
    """The last answer that handed out this value, and where in it."""
    for number in reversed(range(len(made))):
        places = handed_out(made[number])
        if token.carrier is Carrier.COOKIE:
            if places.get(("cookie", token.name)) == token.value:
                return number, ("cookie", token.name)
            continue
        for place, value in places.items():
            if value == token.value or unquote(value) == token.value:
                return number, place
    return None


def _with_suppliers(made: Sequence[Exchange], goals: set[int]) -> set[int]:
    needed, waiting = set(goals), sorted(goals)
    while waiting:
        number = waiting.pop()
        for value, cookie in _taken(made[number].request):
            supplier = _supplier(made[:number], value, cookie)
            if supplier is not None and supplier not in needed:
                needed.add(supplier)
                waiting.append(supplier)
    return needed


def _supplier(before: Sequence[Exchange], value: str, cookie: str) -> int | None:
    for number in reversed(range(len(before))):
        places = handed_out(before[number])
        if (places.get(("cookie", cookie)) == value) if cookie else (value in places.values()):
            return number
    return None


def _taken(request: Request) -> Iterator[tuple[str, str]]:
    """The values in a request that may come from an answer, each with its cookie's name where it is one."""
    for token in cookie_tokens(request):
        yield token.value, token.name
    for token in token_headers(request):
        yield token.value, ""
    texts = [*parse_qsl(urlsplit(request.url).query), *_body_values(request)]
    yield from ((value, "") for _, value in texts if len(value) >= SHORTEST)


def _body_values(request: Request) -> list[tuple[str, str]]:
    body = (request.body or b"").decode(errors="replace")
    if (request.header("content-type") or "").lower().startswith(URLENCODED):
        return parse_qsl(body)
    try:
        whole = json.loads(body)
    except ValueError:
        return []
    return [("", text) for _, text in scalars(whole) if isinstance(text, str)]


@dataclass(slots=True)
class Repetition:
    """One repetition under way: what this client holds by now. Give it each answer, ask it for each request."""

    held: TokenSet = EMPTY
    old: dict[Place, str] = field(default_factory=dict, repr=False)
    new: dict[Place, str] = field(default_factory=dict, repr=False)

    def next(self, recorded: Exchange) -> Request:
        """The recorded request with the values of this repetition."""
        swap = {was: self.new[place] for place, was in self.old.items() if place in self.new and was}
        swap |= {unquote(was): unquote(now) for was, now in swap.items() if "%" in was}
        fresh = filled(recorded.request, swap)
        headers = [token for token in token_headers(fresh) if token.key not in self.held.keys]
        return carry(fresh, TokenSet((*headers, *self.held)))

    def take(self, recorded: Exchange, answer: Exchange) -> None:
        """Keep what the answer handed out, beside what it had handed out when it was recorded."""
        self.old |= handed_out(recorded)
        self.new |= handed_out(answer)
        for cookie in _set(answer):
            dead = not cookie.value or (cookie.expires is not None and cookie.expires <= 0)
            self.held = self.held.without({cookie.key})
            if not dead:
                self.held = self.held.merged(TokenSet((cookie,)))

    def tokens(self, recipe: Recipe) -> TokenSet:
        """What a browser would hold after it: the cookies, and the tokens that stood elsewhere in the answers."""
        others = tuple(
            replace(recipe.shapes[key], value=unquote(value) if "%" in value else value)
            for key, place in recipe.sources.items()
            if key.carrier is not Carrier.COOKIE and (value := self.new.get(place))
        )
        return self.held.merged(TokenSet(others))


def filled(request: Request, swap: Mapping[str, str]) -> Request:
    """The request with every value that equals an old one replaced by the new one: in its query, headers and body."""
    parts = urlsplit(request.url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    url = request.url
    if any(value in swap for _, value in pairs):
        url = urlunsplit(parts._replace(query=urlencode([(n, swap.get(v, v)) for n, v in pairs])))
    added = {token.name for token in token_headers(request)}
    headers = tuple(
        (name, _swapped(value, swap) if name.lower() in added else value) for name, value in request.headers
    )
    return replace(request, url=url, headers=headers, body=_filled_body(request, swap))


def _swapped(value: str, swap: Mapping[str, str]) -> str:
    if value in swap:
        return swap[value]
    scheme, space, rest = value.partition(" ")
    return f"{scheme} {swap[rest]}" if space and rest in swap else value


def _filled_body(request: Request, swap: Mapping[str, str]) -> bytes | None:
    if not request.body:
        return request.body
    text = request.body.decode(errors="replace")
    if (request.header("content-type") or "").lower().startswith(URLENCODED):
        pairs = parse_qsl(text, keep_blank_values=True)
        if not any(value in swap for _, value in pairs):
            return request.body
        return urlencode([(name, swap.get(value, value)) for name, value in pairs]).encode()
    try:
        whole = json.loads(text)
    except ValueError:
        for was, now in swap.items():
            if len(was) >= 2 * SHORTEST:
                text = text.replace(was, now)
        return text.encode() if text.encode() != request.body else request.body
    changed = _filled_json(whole, swap)
    return request.body if changed == whole else json.dumps(changed).encode()


def _filled_json(whole: Any, swap: Mapping[str, str]) -> Any:
    if isinstance(whole, dict):
        return {key: _filled_json(part, swap) for key, part in whole.items()}
    if isinstance(whole, list):
        return [_filled_json(part, swap) for part in whole]
    return swap.get(whole, whole) if isinstance(whole, str) else whole
