"""A small web app in memory, for tests: it answers requests as told, and counts them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from sessionward.audit.calibrate import Calibration, Material, Witness, calibrate
from sessionward.http import Carrier, Exchange, Request, Response, Token, TokenKey, TokenSet
from sessionward.http.carry import carry, cookie_tokens

ORIGIN = "http://clinic.test"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    username: str
    email: str
    full_name: str
    number: int

    @property
    def known(self) -> tuple[str, ...]:
        return self.username, self.email


OWNER = Person(username="ana", email="ana.reyes@example.org", full_name="Ana Reyes", number=12)
STRANGER = Person(username="bob", email="bob.stone@example.org", full_name="Bob Stone", number=13)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A request as the app's code sees it."""

    request: Request
    path: str
    query: dict[str, str]
    cookies: dict[str, str]

    def header(self, name: str) -> str:
        return self.request.header(name) or ""

    @property
    def bearer(self) -> str:
        return self.header("authorization").removeprefix("Bearer ")


def page(body: str, *, status: int = 200, cookies: Iterable[str] = ()) -> Response:
    text = f"<!doctype html><html><head><title>Clinic</title></head><body>{body}</body></html>"
    headers = (("Content-Type", "text/html; charset=utf-8"), *(("Set-Cookie", line) for line in cookies))
    return Response(status=status, headers=headers, body=text.encode())


def data(value: Any, *, status: int = 200) -> Response:
    return Response(
        status=status, headers=(("Content-Type", "application/json"),), body=json.dumps(value).encode()
    )


def redirect(to: str = "/login") -> Response:
    return Response(status=302, headers=(("Location", to),))


LOGIN_FORM = '<h1>Log in</h1><form method="post"><input name="u"><input type="password" name="p"></form>'


@dataclass(slots=True, kw_only=True)
class App:
    """``answer`` is the app; ``asked`` every request that it was sent."""

    answer: Callable[[Call], Response | None]
    asked: list[Request] = field(default_factory=list)

    async def fetch(self, request: Request) -> Exchange:
        return self.send(request)

    def send(self, request: Request) -> Exchange:
        self.asked.append(request)
        parts = urlsplit(request.url)
        cookies = {token.name: token.value for token in cookie_tokens(request)}
        call = Call(request=request, path=parts.path, query=dict(parse_qsl(parts.query)), cookies=cookies)
        response = self.answer(call)
        return Exchange(request=request, response=response, error="" if response else "connection reset")

    def witness(self, party: str, tokens: TokenSet, requests: Iterable[Request | str]) -> Witness:
        """A browser with these tokens that made the requests."""
        made = (get(each) if isinstance(each, str) else each for each in requests)
        return Witness(
            party=party, tokens=tokens, exchanges=tuple(self.send(carry(request, tokens)) for request in made)
        )

    def material(
        self,
        owner: TokenSet,
        owner_again: TokenSet,
        stranger: TokenSet,
        requests: Iterable[Request | str],
        **more: Any,
    ) -> Material:
        """What three browsers would bring home that each made the requests."""
        paths = tuple(requests)
        more.setdefault("known", {"owner": OWNER.known, "stranger": STRANGER.known})
        material = Material(
            owner=self.witness("owner", owner, paths),
            owner_again=self.witness("owner", owner_again, paths),
            stranger=self.witness("stranger", stranger, paths),
            **more,
        )
        self.asked.clear()
        return material


def get(path: str, **headers: str) -> Request:
    return Request(
        method="GET", url=ORIGIN + path, headers=tuple((k.replace("_", "-"), v) for k, v in headers.items())
    )


def post(path: str, value: Any) -> Request:
    return Request(
        method="POST",
        url=ORIGIN + path,
        headers=(("Content-Type", "application/json"),),
        body=json.dumps(value).encode(),
    )


def cookies(**values: str) -> TokenSet:
    return TokenSet(
        tuple(Token(carrier=Carrier.COOKIE, name=k, value=v, http_only=True) for k, v in values.items())
    )


def bearer(value: str) -> TokenSet:
    return TokenSet((Token(carrier=Carrier.HEADER, name="authorization", value=value, scheme="Bearer"),))


SESSIONS = {"s3a9f01c7b2e4": OWNER, "s77bc0d1e9f20": OWNER, "s5e6a7b8c9d0e": STRANGER}
"""Two sessions of the owner and one of the stranger."""

ONE, TWO, THEIRS = SESSIONS


def plain(call: Call) -> Response:
    """A small clinic: a page that greets by the username, a redirect to the login for anybody else."""
    person = SESSIONS.get(call.cookies.get("sid", ""))
    if person is None:
        return redirect()
    return page(f"<header>Hello <b>{person.username}</b></header><p>Your visits</p>")


async def calibrated(app: App, paths: Iterable[Request | str], *tokens: TokenSet, **more: Any) -> Calibration:
    """Calibrates an app whose three browsers made these requests with these tokens, by default a cookie sid."""
    owner, again, stranger = tokens or (cookies(sid=ONE), cookies(sid=TWO), cookies(sid=THEIRS))
    return await calibrate(app.material(owner, again, stranger, paths, **more), app.fetch, seed=7)


SID = TokenKey(Carrier.COOKIE, "sid")
AUTHORIZATION = TokenKey(Carrier.HEADER, "authorization")
