"""A model of an app that answers probes in microseconds, with a switch for each defect and each near miss.

It keeps what a server keeps (sessions, remembered logins, a throttle) and what browsers hold; the clock is its own.
"""

from __future__ import annotations

import base64
import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit

from sessionward.audit.probe import (
    Answer,
    ChangePassword,
    Close,
    Forge,
    Forged,
    Guess,
    Guesses,
    LoggedOut,
    LogIn,
    LogOut,
    Look,
    OpenBrowser,
    PasswordChanged,
    Probe,
    Replay,
    ReplayPersonal,
    Resident,
    Session,
    Storage,
    Together,
    Visit,
    Wait,
)
from sessionward.audit.scene import PrivateExchange, identify
from sessionward.http import Carrier, Exchange, Request, Response, Token, TokenKey, TokenSet
from tests.audit.checks.scenes import BEARER, MARKERS, ORACLE, REMEMBER, SID, START, USERNAMES

YEAR = 31_536_000.0


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
class FakeApp:
    """The switches stand for a sound app unless set."""

    # what it does at login and logout
    keeps_early_token: bool = False
    adopts: frozenset[str] = frozenset()
    early_token: bool = True
    login_works: bool = True
    login_reason: str = ""
    static_token: bool = False
    cap: int | None = None
    cap_refuses: bool = False
    logout_ends: frozenset[Carrier] = frozenset(Carrier)
    logout_effective: bool = True
    resurrects: bool = False
    sends_logout: tuple[Request, ...] = (Request(method="POST", url=f"{START}logout", body=b"csrf=1"),)
    forged_logout: frozenset[str] = frozenset()
    forged_login: bool = False
    forges: bool = True
    # remembered logins
    remembers: bool = True
    one_time: bool = True
    remembered_dies: frozenset[str] = frozenset({"logout", "password"})
    # passwords
    change_ends_others: bool = True
    demands_current: frozenset[str] = frozenset({"wrong", "omitted"})
    change_works: bool = True
    change_reason: str = ""
    throttle_after: int | None = 5
    guess_seconds: tuple[float, ...] = ()
    locked_out: bool = False
    # ends of sessions, in seconds
    idle: float | None = 900.0
    absolute: float | None = 43_200.0
    settles: float = 0.0
    ends_later: dict[Carrier, float] = field(default_factory=dict)
    ended_at_birth: frozenset[Carrier] = frozenset()
    jwt_life: float | None = 0.0
    # what scripts and strangers see
    readable_cookies: frozenset[TokenKey] = frozenset()
    readable_storage: frozenset[TokenKey] = frozenset()
    bearer_alone: bool = True
    public: frozenset[str] = frozenset()
    cached: bool = False
    breaks: Callable[[Probe[Any]], int] = lambda _: 0
    # what it knows
    now: float = 1000.0
    lives: list[Live] = field(default_factory=list)
    remembered: dict[str, str] = field(default_factory=dict)
    browsers: dict[int, TokenSet] = field(default_factory=dict)
    residents: dict[str, Session] = field(default_factory=dict)
    dying: list[tuple[float, Live, frozenset[Carrier]]] = field(default_factory=list)
    rng: random.Random = field(default_factory=lambda: random.Random(7))

    def answer(self, probe: Probe[Any]) -> Any:
        """What the engine would give back for this probe."""
        self.now += 0.01
        match probe:
            case Together():
                return tuple(self.answer(one) for one in probe.probes)
            case Wait():
                self.now += probe.seconds
                return None
            case Replay():
                return self._replay(probe, probe.exchange, probe.tokens)
            case Visit():
                return self._replay(probe, probe.exchange or ORACLE, self.browsers[probe.session.id])
            case ReplayPersonal():
                return self._personal(probe)
            case LogIn():
                return self._log_in(probe)
            case OpenBrowser():
                return self._open_browser()
            case Resident():
                return self._resident(probe.party)
            case _:
                return self._act(probe)

    def _act(self, probe: Probe[Any]) -> Any:
        match probe:
            case LogOut():
                return self._log_out(probe.session)
            case ChangePassword():
                return self._change(probe)
            case Forge():
                return self._forge(probe)
            case Guess():
                return self._guess(probe)
            case Look():
                return Storage(readable_cookies=self.readable_cookies, readable_storage=self.readable_storage)
            case Close():
                return None
            case _:
                raise AssertionError(f"no such probe: {probe}")

    # --- answering requests ----------------------------------------------------------------------

    def _replay(self, probe: Probe[Any], exchange: PrivateExchange, tokens: TokenSet) -> Answer:
        status = self.breaks(probe)
        made = self._broken(exchange.request, status) if status else self._page(exchange, tokens)
        return Answer(exchange=made, shows=identify(exchange.markers, made))

    def _broken(self, request: Request, status: int) -> Exchange:
        return Exchange(request=request, response=Response(status=status), started=self.now)

    def _page(self, exchange: PrivateExchange, tokens: TokenSet) -> Exchange:
        headers: tuple[tuple[str, str], ...] = ()
        party = "owner" if self.cached or exchange.id in self.public else self._who(exchange, tokens)
        if not party and ORACLE.members <= exchange.members:
            live = self._recall(tokens)
            if live:
                headers, party = (("Set-Cookie", f"sid={live.sid}; Path=/"),), live.party
        if headers:  # a remembered login redirects to itself once
            party = ""
        body = f"Hello {MARKERS[party][0]}" if party else "Please log in"
        response = Response(status=200 if party else 403, headers=headers, body=body.encode())
        return Exchange(request=exchange.request, response=response, started=self.now)

    def _who(self, exchange: PrivateExchange, tokens: TokenSet) -> str:
        found = [token for key in exchange.members if (token := tokens.get(key))]
        lives = [live for token in found if (live := self._live(token))]
        if len(lives) < len(exchange.members):
            return ""
        for live in lives:
            live.touched = self.now
        return lives[0].party

    def _live(self, token: Token) -> Live | None:
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

    def _recall(self, tokens: TokenSet) -> Live | None:
        token = tokens.get(REMEMBER)
        if token is None or token.value not in self.remembered:
            return None
        party = self.remembered[token.value]
        if self.one_time:
            del self.remembered[token.value]
        return self._begin(party, self._hex())

    def _personal(self, probe: ReplayPersonal) -> Answer:
        known = probe.exchange
        status = self.breaks(probe)
        shown = known.id in self.public or self._who(ORACLE, probe.tokens) == "owner"
        body = " ".join(known.texts) if shown else "Please log in"
        response = Response(status=status or 200, body=b"" if status else body.encode())
        made = Exchange(request=known.request, response=response, started=self.now)
        return Answer(exchange=made, shows=identify({"owner": known.texts}, made))

    # --- logging in and out ----------------------------------------------------------------------

    def _log_in(self, probe: LogIn) -> Session:
        held = (self.browsers[probe.browser.id] if probe.browser else TokenSet()).merged(probe.plant)
        if not self.login_works or probe.password == "wrong":
            return Session(id=self._id(held), party=probe.party, tokens=held, reason=self.login_reason)
        if self.cap is not None and len(alive := self._alive(probe.party)) >= self.cap:
            if self.cap_refuses:
                reason = "too many sessions"
                return Session(id=self._id(held), party=probe.party, tokens=held, reason=reason)
            min(alive, key=lambda live: live.touched).ended |= set(Carrier)
        live = self._begin(probe.party, self._sid_for(probe, held))
        tokens = self._tokens_of(live)
        if probe.remember and self.remembers:
            value = self._hex()
            self.remembered[value] = probe.party
            tokens = tokens.merged(cookie("remember", value, expires=self.now + YEAR))
        if self.resurrects:
            for old in self.lives:
                if old.party == probe.party:
                    old.ended.clear()
        return Session(
            id=self._id(tokens),
            party=probe.party,
            tokens=tokens,
            before=held,
            authenticated=True,
            exchanges=login_exchanges(probe.party),
        )

    def _sid_for(self, probe: LogIn, held: TokenSet) -> str:
        planted, early = probe.plant.get(SID), held.get(SID)
        way = "path" if ";sid=" in probe.address else "query" if "sid=" in probe.address else ""
        if self.static_token:
            return f"{probe.party}-forever"
        if planted and "cookie" in self.adopts:
            return planted.value
        if way and way in self.adopts:
            return probe.address.partition("sid=")[2].partition("?")[0]
        if early and not planted and self.keeps_early_token:
            return early.value
        return self._hex()

    def _begin(self, party: str, sid: str) -> Live:
        bearer = jwt(self.jwt_life, len(self.lives)) if self.jwt_life != 0.0 else self._hex()
        live = Live(party=party, sid=sid, bearer=bearer, born=self.now, touched=self.now)
        live.ended |= self.ended_at_birth
        self.lives.append(live)
        return live

    def _tokens_of(self, live: Live) -> TokenSet:
        bearer = Token(carrier=Carrier.HEADER, name="authorization", value=live.bearer, scheme="Bearer")
        return TokenSet((*cookie("sid", live.sid), *cookie("lang", "en"), bearer))

    def _open_browser(self) -> Session:
        tokens = cookie("sid", self._hex()) if self.early_token else cookie("lang", "en")
        return Session(id=self._id(tokens), party="nobody", tokens=tokens, before=tokens)

    def _resident(self, party: str) -> Session:
        known = self.residents.get(party)
        if known is None or self._who(ORACLE, known.tokens) != party:
            known = self.residents[party] = self._log_in(LogIn(party=party, keep=False))
        return known

    def _log_out(self, session: Session) -> LoggedOut:
        if not self.logout_effective:
            return LoggedOut(effective=False, reason="the control did nothing")
        for live in self._lives_of(session.tokens):
            self.dying.append((self.now + self.settles, live, self.logout_ends))
            for carrier, seconds in self.ends_later.items():
                self.dying.append((self.now + seconds, live, frozenset({carrier})))
        if "logout" in self.remembered_dies and (token := session.tokens.get(REMEMBER)):
            self.remembered.pop(token.value, None)
        self.browsers[session.id] = TokenSet()
        line = "; ".join(f"{t.name}={t.value}" for t in session.tokens if t.carrier is Carrier.COOKIE)
        return LoggedOut(
            effective=True, requests=tuple(r.with_header("Cookie", line) for r in self.sends_logout)
        )

    # --- passwords -------------------------------------------------------------------------------

    def _change(self, probe: ChangePassword) -> PasswordChanged:
        if not self.change_works:
            return PasswordChanged(effective=False, reason=self.change_reason)
        if probe.current in self.demands_current:
            return PasswordChanged(effective=False, refused=True, reason="wrong password")
        own = self._lives_of(probe.session.tokens)
        for live in own:
            live.touched = self.now
        if self.change_ends_others:
            for live in self._alive(probe.session.party):
                if live not in own:
                    live.ended |= set(Carrier)
        if "password" in self.remembered_dies:
            self.remembered = {v: p for v, p in self.remembered.items() if p != probe.session.party}
        self._log_in(LogIn(party=probe.session.party))  # the new password is tried in a fresh browser
        return PasswordChanged(effective=True, tokens=probe.session.tokens)

    def _guess(self, probe: Guess) -> Guesses:
        seconds = self.guess_seconds or (0.1,) * probe.times
        if self.throttle_after is not None and self.throttle_after < probe.times:
            made = self.throttle_after + 1
            return Guesses(made=made, seconds=seconds[:made], refused_at=made, statuses=(429,))
        return Guesses(made=probe.times, seconds=seconds, then_right=not self.locked_out)

    # --- another site ----------------------------------------------------------------------------

    def _forge(self, probe: Forge) -> Forged:
        if not self.forges:
            return Forged(sent=False, reason="the browser asks first (preflight)")
        path, held = urlsplit(probe.request.url).path, self.browsers[probe.session.id]
        assert probe.request.header("cookie") is None
        assert probe.request.header("authorization") is None
        if path.endswith("logout") and probe.how in self.forged_logout:
            for live in self._lives_of(held):
                live.ended |= set(Carrier)
            self.browsers[probe.session.id] = TokenSet()
        if path.endswith("login") and self.forged_login and probe.request.method == "POST":
            party = next(p for p, name in USERNAMES.items() if name.encode() in (probe.request.body or b""))
            self.browsers[probe.session.id] = self._tokens_of(self._begin(party, self._hex()))
        return Forged(sent=True, status=200, cookies=("sid",))

    # --- small things ----------------------------------------------------------------------------

    def _lives_of(self, tokens: TokenSet) -> list[Live]:
        values = {token.value for token in tokens}
        return [live for live in self.lives if {live.sid, live.bearer} & values]

    def _alive(self, party: str) -> list[Live]:
        return [live for live in self.lives if live.party == party and Carrier.COOKIE not in live.ended]

    def _id(self, tokens: TokenSet) -> int:
        number = len(self.browsers) + 1
        self.browsers[number] = tokens
        return number

    def _hex(self) -> str:
        return f"{self.rng.getrandbits(128):032x}"


def cookie(name: str, value: str, *, expires: float | None = None) -> TokenSet:
    """One cookie."""
    return TokenSet((Token(carrier=Carrier.COOKIE, name=name, value=value, expires=expires),))


def jwt(life: float | None, number: int) -> str:
    """An unsigned-looking JWT that is good for so long; None: for ever."""
    claims = {"sub": number, "iat": 1000} | ({} if life is None else {"exp": 1000 + life})
    parts = ({"alg": "HS256"}, claims)
    return (
        ".".join(base64.urlsafe_b64encode(json.dumps(p).encode()).decode().rstrip("=") for p in parts)
        + ".sig"
    )


def login_exchanges(party: str) -> tuple[Exchange, ...]:
    """What a browser sent to log in."""
    form = Request(method="GET", url=f"{START}login")
    headers = (("Content-Type", "application/x-www-form-urlencoded"), ("Cookie", "sid=early"))
    body = f"user={USERNAMES[party]}&password=secret&csrf=1".encode()
    sent = Request(method="POST", url=f"{START}login", headers=headers, body=body)
    return (
        Exchange(request=form, response=Response(status=200), resource="document", navigation=True),
        Exchange(request=sent, response=Response(status=303), resource="document", navigation=True),
        Exchange(request=replace(form, url=START), response=Response(status=200), resource="document"),
    )


__all__ = ["BEARER", "FakeApp", "Live", "cookie", "jwt"]
