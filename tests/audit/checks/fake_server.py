"""The server side of a model of an app: sessions, remembered logins, pages, and a switch for each defect.

The switches stand for a sound app unless set. The clock is its own.
"""

from __future__ import annotations

import base64
import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sessionward.audit.observation import Reaction
from sessionward.audit.probe import Probe
from sessionward.audit.scene import PrivateExchange
from sessionward.http import Carrier, Exchange, Request, Response, Token, TokenKey, TokenSet
from tests.audit.checks.scenes import FURTHER, MARKERS, ORACLE, REMEMBER, START

NOTHING = frozenset[Any]()


def sound(probe: Probe[Any]) -> int:
    """No probe is answered with a status of its own."""
    del probe
    return 0


@dataclass(slots=True, kw_only=True)
class Live:
    """A session on the server. ``ended`` are the carriers that no longer open it."""

    party: str
    sid: str
    bearer: str
    born: float
    touched: float
    ended: set[Carrier] = field(default_factory=set)


@dataclass(slots=True, kw_only=True)
class Switches:
    """What the app does otherwise than a sound one. Times are in seconds."""

    early_token: bool = True
    form_token: bool = False
    keeps_early_token: bool = False
    adopts: frozenset[str] = NOTHING
    strange_addresses: bool = True
    login_works: bool = True
    login_reason: str = ""
    logins_until: int | None = None
    login_sends: tuple[Request, ...] | None = None
    static_token: bool = False
    login_seconds: float = 0.0
    renews: bool = False
    misleads: bool = False
    cookies: bool = True
    late_bearer: bool = False
    cap: int | None = None
    cap_refuses: bool = False
    logout_effective: bool = True
    logout_ends: frozenset[Carrier] = frozenset(Carrier)
    settles: float = 0.0
    ends_later: dict[Carrier, float] = field(default_factory=dict)
    ended_at_birth: frozenset[Carrier] = NOTHING
    resurrects: bool = False
    sends_logout: tuple[Request, ...] = (Request(method="POST", url=f"{START}logout", body=b"csrf=1"),)
    forges: bool = True
    goes_along: frozenset[str] = frozenset({"navigate", "image", "form"})
    forged_logout: frozenset[str] = NOTHING
    overwrites: bool = False
    forged_login: bool = False
    remembers: bool = True
    remembered_opens: bool = True
    one_time: bool = True
    remembered_dies: frozenset[str] = frozenset({"logout", "password"})
    change_works: bool = True
    change_seconds: float = 0.0
    change_reason: str = ""
    change_ends_others: bool = True
    demands_current: frozenset[str] = frozenset({"wrong", "omitted"})
    unclear_changes: frozenset[str] = NOTHING
    wrong_change_ends_session: bool = False
    throttle_after: int | None = 5
    guess_seconds: tuple[float, ...] = ()
    guess_breaks_off: bool = False
    locked_out: bool = False
    guessing_breaks_login: bool = False
    idle: float | None = 900.0
    absolute: float | None = 43_200.0
    jwt_life: float | None = 0.0
    readable_cookies: frozenset[TokenKey] = NOTHING
    readable_storage: frozenset[TokenKey] = NOTHING
    public: frozenset[str] = NOTHING
    cached: bool = False
    leaks: frozenset[tuple[str, str]] = NOTHING
    heads: frozenset[tuple[str, str]] = NOTHING
    known_names: tuple[Reaction, ...] = ()
    unknown_names: tuple[Reaction, ...] = ()
    names_fail: str = ""
    secure: bool = False
    always: tuple[tuple[str, str], ...] = ()
    breaks: Callable[[Probe[Any]], int] = sound


@dataclass(slots=True, kw_only=True)
class FakeServer(Switches):
    """Its state, and who is shown what."""

    now: float = 1000.0
    lives: list[Live] = field(default_factory=list)
    remembered: dict[str, str] = field(default_factory=dict)
    dying: list[tuple[float, Live, frozenset[Carrier]]] = field(default_factory=list)
    rng: random.Random = field(default_factory=lambda: random.Random(7))

    def page(self, exchange: PrivateExchange, tokens: TokenSet) -> Exchange:
        """The answer to a private request; a remembered login is sent round once with a new session."""
        headers: tuple[tuple[str, str], ...] = ()
        party = "owner" if self.cached or exchange.id in self.public else self.who(exchange, tokens)
        if not party and ORACLE.members <= exchange.members and (live := self.recalled(tokens)):
            headers = (("Set-Cookie", f"sid={live.sid}; Path=/"),)
        if self.renews and party and (own := [live for t in tokens if (live := self.live(t))]):
            own[0].sid = self.invent()
            headers = (("Set-Cookie", f"sid={own[0].sid}; Path=/"),)
        if self.misleads:
            headers = (("Set-Cookie", f"sid={self.invent()}; Path=/"),)
        body = f"Hello {greeted(party)}" if party else "Please log in"
        headers = (*headers, *self.always)
        response = Response(status=200 if party else 403, headers=headers, body=body.encode())
        return Exchange(request=exchange.request, response=response, started=self.now)

    def who(self, exchange: PrivateExchange, tokens: TokenSet) -> str:
        """Whose session these tokens open for that request; looking at it is a use of it."""
        found = [token for key in exchange.members if (token := tokens.get(key))]
        lives = [live for token in found if (live := self.live(token))]
        if len(lives) < len(exchange.members):
            return ""
        for live in lives:
            live.touched = self.now
        return lives[0].party

    def live(self, token: Token) -> Live | None:
        """The session that a token opens now."""
        for when, live, carriers in [due for due in self.dying if due[0] <= self.now]:
            live.ended |= carriers
            self.dying.remove((when, live, carriers))
        for live in self.lives:
            if token.value not in {live.sid, live.bearer} or token.carrier in live.ended:
                continue
            idle = self.idle is not None and self.now - live.touched > self.idle
            old = self.absolute is not None and self.now - live.born > self.absolute
            if not idle and not old:
                return live
        return None

    def recalled(self, tokens: TokenSet) -> Live | None:
        """A new session for a remembered login."""
        token = tokens.get(REMEMBER)
        if token is None or token.value not in self.remembered or not self.remembered_opens:
            return None
        party = self.remembered[token.value]
        if self.one_time:
            del self.remembered[token.value]
        return self.begin(party, self.invent())

    def begin(self, party: str, sid: str) -> Live:
        """A new session."""
        bearer = jwt(self.jwt_life, len(self.lives)) if self.jwt_life != 0.0 else self.invent()
        live = Live(party=party, sid=sid, bearer=bearer, born=self.now, touched=self.now)
        live.ended |= self.ended_at_birth
        self.lives.append(live)
        return live

    def end(self, live: Live) -> None:
        """End it for good."""
        live.ended |= set(Carrier)

    def lives_of(self, tokens: TokenSet) -> list[Live]:
        """The sessions that these tokens belong to, dead or alive."""
        values = {token.value for token in tokens}
        return [live for live in self.lives if {live.sid, live.bearer} & values]

    def alive(self, party: str) -> list[Live]:
        """The sessions of a party that were not ended."""
        return [live for live in self.lives if live.party == party and Carrier.COOKIE not in live.ended]

    def invent(self) -> str:
        """A fresh value."""
        return f"{self.rng.getrandbits(128):032x}"


def greeted(party: str) -> str:
    """By what a page tells whose it is."""
    return MARKERS[party][0] if party in MARKERS else FURTHER[party][0]


def cookie(name: str, value: str, *, expires: float | None = None) -> TokenSet:
    """One cookie."""
    return TokenSet((Token(carrier=Carrier.COOKIE, name=name, value=value, expires=expires),))


def tokens_of(live: Live) -> TokenSet:
    """What a browser with that session holds: the session's two tokens, and a cookie that means nothing."""
    bearer = Token(carrier=Carrier.HEADER, name="authorization", value=live.bearer, scheme="Bearer")
    return TokenSet((*cookie("sid", live.sid), *cookie("lang", "en"), bearer))


def jwt(life: float | None, number: int) -> str:
    """A JWT that is good for so long from its issue; None: for ever."""
    claims = {"sub": number, "iat": 1000} | ({} if life is None else {"exp": 1000 + life})
    parts = ({"alg": "HS256"}, claims)
    return (
        ".".join(base64.urlsafe_b64encode(json.dumps(p).encode()).decode().rstrip("=") for p in parts)
        + ".sig"
    )
