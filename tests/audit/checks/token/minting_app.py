"""A model of an app that makes tokens as it is told to, and believes what it is told to believe."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sessionward.audit.observation import LoggedOut, Sampled, Samples, Session
from sessionward.audit.probe import LogIn, LogOut, Probe, Sample
from sessionward.audit.scene import PrivateExchange
from sessionward.http import TokenSet
from tests.audit.checks.fake_app import FakeApp
from tests.audit.checks.fake_server import cookie
from tests.audit.checks.scenes import ORACLE, scene

ONE_WAY = scene(private=(ORACLE,))
"""One page, opened by one cookie."""
IDS = {"owner": "17", "stranger": "18"}
EPOCH = 1_700_000_000.0


def random_token(app: MintingApp, party: str) -> TokenSet:
    """What a sound app gives."""
    del party
    return cookie("sid", app.invent())


@dataclass(slots=True, kw_only=True)
class MintingApp(FakeApp):
    """``mint`` makes the tokens of a login; ``believes`` says whose they are, by default the one who was given them.

    ``idempotent``: a login gives the living session again. ``most``: so many logins of a sample. ``faulty``: what it
    refuses is answered with a fault of the server.
    """

    mint: Callable[[MintingApp, str], TokenSet] = random_token
    believes: Callable[[MintingApp, TokenSet], str] | None = None
    idempotent: bool = False
    ends: bool = True
    most: int = 50
    number: int = 1041
    table: dict[frozenset[str], str] = field(default_factory=dict)
    kept: Samples | None = None

    def answer(self, probe: Probe[Any]) -> Any:
        """As the model does, with samples."""
        if isinstance(probe, Sample):
            self.now += 0.01
            if probe.fresh:
                return self._sample(probe)
            self.kept = self.kept or self._sample(probe)
            return self.kept
        if isinstance(probe, LogOut):
            if self.ends:
                self.table.pop(values(probe.session.tokens), None)
            return LoggedOut(effective=True)
        return FakeApp.answer(self, probe)

    def _sample(self, probe: Sample) -> Samples:
        logins = []
        for number in range(min(probe.size, self.most)):
            party = probe.parties[number % len(probe.parties)]
            sent = EPOCH + self.now
            self.now += 0.02
            tokens = self._mint(party)
            self.now += 0.01
            logins.append(Sampled(party=party, tokens=tokens, sent=sent, answered=EPOCH + self.now))
        reason = "the app holds off" if self.most < probe.size else ""
        return Samples(logins=tuple(logins), reason=reason)

    def _mint(self, party: str) -> TokenSet:
        self.number += 1
        if self.idempotent and (alive := [known for known, who in self.table.items() if who == party]):
            return cookie("sid", next(iter(alive[0])))
        tokens = self.mint(self, party)
        self.table[values(tokens)] = party
        return tokens.merged(cookie("lang", "en"))

    def _log_in(self, probe: LogIn) -> Session:
        tokens = self._mint(probe.party)
        number = self.browser(tokens)
        return Session(id=number, party=probe.party, tokens=tokens, authenticated=True)

    def who(self, exchange: PrivateExchange, tokens: TokenSet) -> str:
        """Whose these tokens are."""
        if self.believes is not None:
            return self.believes(self, tokens)
        return self.table.get(values(tokens.only(exchange.members)), "")


def values(tokens: TokenSet) -> frozenset[str]:
    """The session's own values."""
    return frozenset(t.value for t in tokens if t.name != "lang")


def sid(text: str) -> TokenSet:
    """The session's cookie."""
    return cookie("sid", text)


def held(tokens: TokenSet, name: str = "sid") -> str:
    """The value of a cookie, empty where it is not there."""
    return next((token.value for token in tokens if token.name == name), "")


def minted(make: Callable[[MintingApp, str], str]) -> MintingApp:
    """An app whose session cookie is made like that."""
    return MintingApp(mint=lambda app, party: sid(make(app, party)))


def clock(app: MintingApp) -> float:
    """Seconds since the epoch by the app's clock."""
    return EPOCH + app.now


def part(value: object) -> str:
    """A part of a JWT."""
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def hs256(key: bytes, text: str) -> str:
    """The signature of a JWT."""
    return (
        base64.urlsafe_b64encode(hmac.new(key, text.encode(), hashlib.sha256).digest()).decode().rstrip("=")
    )


@dataclass(slots=True)
class WebTokens:
    """How an app makes and reads JWTs. ``verifies`` false: it only decodes them; ``allows_none``: as it says."""

    key: bytes = b"\x07" * 32
    verifies: bool = True
    allows_none: bool = False
    life: float | None = 900.0
    enforces_end: bool = True
    alg: str = "HS256"
    states: dict[str, Any] = field(default_factory=dict)

    def app(self) -> MintingApp:
        """The app."""
        return MintingApp(mint=self.make, believes=self.read, idle=None)

    def make(self, app: MintingApp, party: str) -> TokenSet:
        """A token of that party."""
        claims: dict[str, Any] = {"sub": IDS[party], "jti": app.invent(), "iat": int(app.now)}
        claims |= {} if self.life is None else {"exp": int(app.now + self.life)}
        claims |= {name: value[party] for name, value in self.states.items()}
        signed = f"{part({'alg': self.alg})}.{part(claims)}"
        return sid(f"{signed}.{hs256(self.key, signed)}")

    def read(self, app: MintingApp, tokens: TokenSet) -> str:
        """Whose it is."""
        try:
            head, body, signature = held(tokens).split(".")
            claims = json.loads(base64.urlsafe_b64decode(body + "=="))
            alg = json.loads(base64.urlsafe_b64decode(head + "=="))["alg"]
        except (ValueError, KeyError):
            return ""
        unsigned = self.allows_none and alg.lower() == "none"
        if self.verifies and not unsigned and signature != hs256(self.key, f"{head}.{body}"):
            return ""
        if self.enforces_end and claims.get("exp", app.now) < app.now:
            return ""
        return next((party for party, number in IDS.items() if number == claims.get("sub")), "")
