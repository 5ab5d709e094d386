"""A model of an app that answers probes in microseconds, near misses included."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from email.utils import formatdate
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from sessionward.audit.observation import (
    Answer,
    Forged,
    Guesses,
    LoggedOut,
    PasswordChanged,
    Reaction,
    Reactions,
    Session,
)
from sessionward.audit.probe import (
    Alter,
    ChangePassword,
    Close,
    Download,
    Forge,
    Guess,
    HoldBack,
    LogIn,
    LogOut,
    Lure,
    OpenBrowser,
    Probe,
    ReadAcross,
    Replay,
    ReplayPersonal,
    Resident,
    Together,
    TryNames,
    Visit,
    Wait,
)
from sessionward.audit.scene import PrivateExchange, identify
from sessionward.http import Carrier, Exchange, Request, Response, TokenSet
from tests.audit.checks.fake_form import FakeForm
from tests.audit.checks.fake_pages import FakePages
from tests.audit.checks.fake_server import Live, cookie, tokens_of
from tests.audit.checks.scenes import BEARER, ORACLE, REMEMBER, SID, START, USERNAMES

YEAR = 31_536_000.0


@dataclass(slots=True, kw_only=True)
class FakeApp(FakePages):
    """The server, and the browsers that the engine would hold.

    ``one_time``: the token of a login form, which is bound to nothing, is good for one login only; ``spent`` were used.
    """

    residents: dict[str, Session] = field(default_factory=dict)
    form: FakeForm = field(default_factory=FakeForm)
    one_time: bool = False
    forms: int = 0
    spent: set[str] = field(default_factory=set)

    def answer(self, probe: Probe[Any]) -> Any:
        """What the engine would give back for this probe."""
        self.now += 0.01
        match probe:
            case Together():
                return tuple(self.answer(one) for one in probe.probes)
            case Wait():
                self.wait(probe.seconds)
                return None
            case Replay():
                return self._replay(probe, probe.exchange, probe.tokens)
            case Visit():
                return self._visit(probe)
            case ReplayPersonal():
                return self._personal(probe)
            case LogIn():
                return self._log_in(probe)
            case OpenBrowser():
                tokens = cookie("sid", self.invent()) if self.early_token else cookie("lang", "en")
                number, (form, _) = self.browser(tokens), self._form()
                return Session(id=number, party="nobody", tokens=tokens, before=tokens, exchanges=(form,))
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
            case Download():
                return self._download(probe)
            case TryNames():
                return self._try_names(probe)
            case Close():
                return None
            case HoldBack() | Alter() | ReadAcross() | Lure():
                return self.form.answer(probe, self)
            case _:
                return self.look_at(probe)

    def _replay(self, probe: Probe[Any], exchange: PrivateExchange, tokens: TokenSet) -> Answer:
        if status := self.breaks(probe):
            made = Exchange(request=exchange.request, response=Response(status=status), started=self.now)
        else:
            made = self.page(exchange, tokens)
        return Answer(exchange=made, shows=identify(exchange.markers, made))

    def _visit(self, probe: Visit) -> Answer:
        held = self.browsers[probe.session.id]
        if self.late_bearer and (own := self.lives_of(held)):
            held = self.browsers[probe.session.id] = held.merged(tokens_of(own[0]).only({BEARER}))
        seen = self._replay(probe, probe.exchange or ORACLE, held)
        return replace(seen, tokens=held)

    def _personal(self, probe: ReplayPersonal) -> Answer:
        known, status = probe.exchange, self.breaks(probe)
        party = self.who(ORACLE, probe.tokens)
        shown = known.id in self.public or party == known.whose or (known.id, party) in self.leaks
        head = known.texts[:2] if (known.id, party) in self.heads else ()
        found = known.texts if shown else head
        body = " ".join(found) or "Please log in"
        response = Response(status=status or 200, body=b"" if status else body.encode())
        made = Exchange(request=known.request, response=response, started=self.now)
        return Answer(
            exchange=made,
            shows=identify({known.whose: known.texts}, made),
            found=found,
        )

    def _download(self, probe: Download) -> Answer:
        document, status = probe.document, self.breaks(probe)
        address = document.request.url
        over = document.expires is not None and self.now >= document.expires
        own = self.who(ORACLE, probe.tokens) == "owner" or document.expires is not None
        shown = address in self.public or (own and not over)
        headers = (("Date", formatdate(self.now, usegmt=True)),)
        response = Response(status=status or (200 if shown else 403), headers=headers, body=b"%PDF-")
        made = Exchange(request=document.request, response=response, started=self.now)
        return Answer(exchange=made, shows="error" if status else "owner" if shown else "nobody")

    def _try_names(self, probe: TryNames) -> Reactions:
        if self.names_fail or probe.form == "reset":
            return Reactions(reason=self.names_fail or "there is no such form")
        made: list[Reaction] = []
        for name in probe.names:
            pool = self.known_names if name in USERNAMES else self.unknown_names
            made.append(pool[len(made) % len(pool)])
            if made[-1].held_off:
                break
        return Reactions(made=tuple(made), url=f"{START}login")

    def _log_in(self, probe: LogIn) -> Session:
        self.now += self.login_seconds
        held = (self.browsers[probe.browser.id] if probe.browser else TokenSet()).merged(probe.plant)
        if self.form_token and not held.get(SID):
            held = held.merged(cookie("sid", self.invent()))
        if problem := self._problem(probe):
            return Session(id=self.browser(held), party=probe.party, tokens=held, reason=problem)
        live = self.begin(probe.party, self._sid_for(probe, held))
        tokens = tokens_of(live).without({BEARER} if self.late_bearer else {})
        tokens = tokens if self.cookies else tokens.only({BEARER})
        tokens = TokenSet(tuple(replace(token, secure=True) for token in tokens)) if self.secure else tokens
        if probe.remember and self.remembers:
            value = self.invent()
            self.remembered[value] = probe.party
            tokens = tokens.merged(cookie("remember", value, expires=self.now + YEAR))
        if self.resurrects:
            for old in self.lives:
                if old.party == probe.party:
                    old.ended.clear()
        return Session(
            id=self.browser(tokens),
            party=probe.party,
            tokens=tokens,
            before=held,
            authenticated=True,
            exchanges=self._login_exchanges(probe.party),
        )

    def _problem(self, probe: LogIn) -> str:
        """Why this login is refused; a cap may end the session that was used longest ago instead."""
        closed = self.logins_until is not None and len(self.lives) >= self.logins_until
        if not self.login_works or closed or probe.password == "wrong":
            return self.login_reason or "refused"
        if probe.address and not self.strange_addresses:
            return "status 404"
        if self.cap is not None and len(alive := self.alive(probe.party)) >= self.cap:
            if self.cap_refuses:
                return "too many sessions"
            self.end(min(alive, key=lambda live: live.touched))
        return ""

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
        return self.invent()

    def _login_exchanges(self, party: str) -> tuple[Exchange, ...]:
        form, token = self._form()
        self.spent.add(token)
        headers = (("Content-Type", "application/x-www-form-urlencoded"), ("Cookie", "sid=early"))
        body = f"user={USERNAMES.get(party, party)}&password=secret&csrf={token}".encode()
        sent = (Request(method="POST", url=f"{START}login", headers=headers, body=body),)
        home = Request(method="GET", url=START)
        made = (*(sent if self.login_sends is None else self.login_sends), home)
        return (form, *(Exchange(request=request, response=Response(status=200)) for request in made))

    def _form(self) -> tuple[Exchange, str]:
        """The login page and the token in its form, a new one each time."""
        self.forms += 1
        token = f"{self.forms:04}"
        body = f'<form><input type="hidden" name="csrf" value="{token}"></form>'.encode()
        response = Response(status=200, headers=(("Content-Type", "text/html"),), body=body)
        return Exchange(request=Request(method="GET", url=f"{START}login"), response=response), token

    def _resident(self, party: str) -> Session:
        known = self.residents.get(party)
        if known is None or self.who(ORACLE, known.tokens) != party:
            known = self.residents[party] = self._log_in(LogIn(party=party, keep=False))
        return known

    def _log_out(self, session: Session) -> LoggedOut:
        if not self.logout_effective:
            return LoggedOut(effective=False, reason="the control did nothing")
        for live in self.lives_of(session.tokens):
            self.dying.append((self.now + self.settles, live, self.logout_ends))
            for carrier, seconds in self.ends_later.items():
                self.dying.append((self.now + seconds, live, frozenset({carrier})))
        if "logout" in self.remembered_dies and (token := session.tokens.get(REMEMBER)):
            self.remembered.pop(token.value, None)
        held, self.browsers[session.id] = self.browsers[session.id], TokenSet()
        line = "; ".join(f"{t.name}={t.value}" for t in session.tokens if t.carrier is Carrier.COOKIE)
        requests = tuple(r.with_header("Cookie", line) for r in self.sends_logout)
        return LoggedOut(effective=True, requests=requests, tokens=held)

    def _change(self, probe: ChangePassword) -> PasswordChanged:
        self.now += self.change_seconds
        if not self.change_works:
            return PasswordChanged(effective=False, reason=self.change_reason)
        if probe.current in self.unclear_changes:
            return PasswordChanged(effective=False, reason="the page went blank")
        own = self.lives_of(probe.session.tokens)
        if probe.current in self.demands_current:
            for live in own if self.wrong_change_ends_session else ():
                self.end(live)
            return PasswordChanged(effective=False, refused=True, reason="wrong password")
        for live in own:
            live.touched = self.now
        for live in self.alive(probe.session.party) if self.change_ends_others else ():
            if live not in own:
                self.end(live)
        if "password" in self.remembered_dies:
            self.remembered = {v: p for v, p in self.remembered.items() if p != probe.session.party}
        self._log_in(LogIn(party=probe.session.party))  # the new password is tried in a fresh browser
        return PasswordChanged(effective=True, tokens=probe.session.tokens)

    def _guess(self, probe: Guess) -> Guesses:
        seconds = self.guess_seconds or (0.1,) * probe.times
        self.login_works = not self.guessing_breaks_login
        if self.guess_breaks_off:
            return Guesses(made=3, seconds=seconds[:3], reason="the form was gone")
        if self.throttle_after is not None and self.throttle_after < probe.times:
            made = self.throttle_after + 1
            return Guesses(made=made, seconds=seconds[:made], refused_at=made, statuses=(429,))
        return Guesses(made=probe.times, seconds=seconds, then_right=not self.locked_out)

    def _forge(self, probe: Forge) -> Forged:
        if not self.forges:
            return Forged(sent=False, reason="the browser asks first (preflight)")
        path, held = urlsplit(probe.request.url).path, self.browsers[probe.session.id]
        if path.endswith("logout") and probe.how in self.forged_logout:
            for live in self.lives_of(held):
                live.ended |= self.logout_ends
            self.browsers[probe.session.id] = TokenSet()
            if self.overwrites:
                self.browsers[probe.session.id] = cookie(SID.name, "a-fresh-session-of-nobody")
                return Forged(sent=True, status=200, reason="sid was kept back (SameSite)")
        body = (probe.request.body or b"").decode()
        used = self.one_time and parse_qs(body).get("csrf", [""])[0] in self.spent
        if path.endswith("login") and self.forged_login and probe.request.method == "POST" and not used:
            party = next(p for p, name in USERNAMES.items() if quote(name) in body or name in body)
            self.browsers[probe.session.id] = tokens_of(self.begin(party, self.invent()))
        return Forged(sent=True, status=200, cookies=("sid",) if probe.how in self.goes_along else ())


__all__ = ["FakeApp", "Live", "cookie"]
