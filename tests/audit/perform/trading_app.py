"""The app of the stage with an interface in front: a header opens it, and a cookie is traded for its token."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from sessionward.audit.scene import PrivateExchange, Renewal
from sessionward.http import Carrier, Request, Response, TokenKey
from tests.audit.perform.fake_app import START, FakeApp, sid_of
from tests.audit.perform.stages import PROFILE, SID

BEARER = TokenKey(Carrier.HEADER, "authorization")
RENEWAL = Renewal(
    request=Request(method="POST", url=f"{START}renew", body=b'{"mode": "cookie"}'),
    place="$.data.access",
    key=BEARER,
    scheme="Bearer",
)
ME = replace(
    PROFILE,
    id="me",
    kind="api",
    request=Request(method="GET", url=f"{START}api/me"),
    members=frozenset({BEARER}),
)
RENEWED: PrivateExchange = replace(ME, id="me renewed", members=frozenset({SID}), renewal=RENEWAL)


@dataclass(slots=True, kw_only=True)
class TradingApp(FakeApp):
    """Each trade replaces the cookie. ``for_all``: whoever asks is given a token. ``beside``: a cookie set as well."""

    for_all: bool = False
    beside: str = ""

    def _answer(self, request: Request, line: str) -> Response:
        if line == "POST /renew":
            return self._trade(sid_of(request))
        if urlsplit(request.url).path == "/api/me":
            name = self.sessions.get(
                (request.header("authorization") or "").removeprefix("Bearer access-"), ""
            )
            text = f"<b>{name}@clinic.example</b>" if name else ""
            return Response(status=200 if name else 401, body=text.encode())
        return FakeApp._answer(self, request, line)  # noqa: SLF001 — slots leave no zero-argument super

    def _trade(self, token: str) -> Response:
        name = self.sessions.pop(token, "ana" if self.for_all else "")
        if not name:
            return Response(status=401, headers=(("Content-Type", "application/json"),), body=b"{}")
        fresh = self._mint()
        self.sessions[fresh] = name
        return Response(
            status=200,
            headers=(
                ("Content-Type", "application/json"),
                ("Set-Cookie", f"sid={fresh}; Path=/; HttpOnly"),
                *([("Set-Cookie", self.beside)] if self.beside else []),
            ),
            body=json.dumps({"data": {"access": f"access-{fresh}"}}).encode(),
        )
