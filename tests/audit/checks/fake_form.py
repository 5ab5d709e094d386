"""The form of a model of an app that changes the owner's address, and what other origins may do with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import parse_qsl, urlencode, urlsplit

from sessionward.audit.observation import Altered, Held, Lured, Readout, Session
from sessionward.audit.probe import Alter, HoldBack, Lure, Probe, ReadAcross
from sessionward.audit.scene import Action, Scene
from sessionward.http import Carrier, Request
from tests.audit.checks.fake_server import FakeServer
from tests.audit.checks.scenes import SID, START, scene

URLENCODED = (("Content-Type", "application/x-www-form-urlencoded"),)
JSON = (("Content-Type", "application/json"),)
TEXT = "swcafe01a1b2"
ACTION = Action(
    id="POST /address",
    request=Request(method="POST", url=f"{START}address", headers=URLENCODED),
    page=f"{START}address",
    field="Home address",
    secrets=("body csrf",),
)
UNDRAWN = Lured(rendered=False, reason="its X-Frame-Options says “DENY”")
TOKENLESS = Action(id=ACTION.id, request=ACTION.request, page=ACTION.page, field=ACTION.field)


def acting(action: Action = ACTION, **changes: Any) -> Scene:
    """The scene with an action."""
    return scene(actions=(action,), **changes)


@dataclass(slots=True, kw_only=True)
class FakeForm:
    """Sound as it stands. ``token``: whose token is asked for: the session's own, that of the account, any that was
    handed out, one for all (static), or none at all (unchecked). ``same_site``: the browser keeps the cookie back.
    ``status`` is given to what is refused; ``ends``: refusing ends the session;
    ``logs_out``: saving does. ``asks_origin``: what says that another site sends it is refused, and nothing else.
    """

    token: Literal["session", "account", "any", "static", "unchecked"] = "session"
    same_site: bool = False
    by_get: bool = False
    json: bool = False
    plain_too: bool = False
    method: str = "POST"
    grants: bool = False
    sends: bool = True
    learnt: bool = True
    works: bool = True
    seen: bool = True
    status: int = 403
    ends: bool = False
    logs_out: bool = False
    framed: Lured = UNDRAWN
    heard: frozenset[str] = frozenset()
    asks_origin: bool = False

    def answer(self, probe: Probe[Any], server: FakeServer) -> Any:
        """What the engine would give back."""
        match probe:
            case HoldBack():
                return self._held(probe.session) if self.learnt else Held(reason="the field was gone")
            case Alter():
                return self._altered(probe, server)
            case ReadAcross():
                read = probe.origin in self.heard
                reason = "" if read else "sid was kept back (SameSite)"
                return Readout(readable=read, shows="owner" if read else "nobody", reason=reason)
            case Lure():
                return self.framed
            case _:
                raise AssertionError(f"no probe of a form: {probe}")

    def token_of(self, session: Session) -> str:
        """The token that the page of that session holds."""
        sid = session.tokens.get(SID)
        value = sid.value if sid else "nobody"
        name = {"account": session.party, "static": "everybody"}.get(self.token, value)
        return f"tok-{name}"

    def _held(self, session: Session) -> Held:
        url, token = f"{START}address", self.token_of(session)
        if self.json:
            body = f'{{"address":"{TEXT}","csrf":"{token}"}}'.encode()
            return Held(request=Request(method=self.method, url=url, headers=JSON, body=body), text=TEXT)
        body = urlencode({"address": TEXT, "csrf": token}).encode()
        return Held(request=Request(method=self.method, url=url, headers=URLENCODED, body=body), text=TEXT)

    def _altered(self, probe: Alter, server: FakeServer) -> Altered:
        own, request = probe.how == "own", probe.request
        simple = request.method == "POST" and request.headers == URLENCODED
        if not self.sends or (probe.how == "fetch" and not simple and not self.grants):
            return Altered(changed=False, sent=False, reason="The request never left the browser: preflight.")
        if self.asks_origin and request.header("Origin") not in {None, START.rstrip("/")}:
            return Altered(changed=False, status=self.status)
        goes = own or not self.same_site or probe.how == "navigate"
        note = "" if goes else "sid was kept back (SameSite)"
        alive = any(Carrier.COOKIE not in live.ended for live in server.lives_of(probe.session.tokens))
        changed = goes and (
            self.works if own and probe.control else alive and self._takes(request, probe.session)
        )
        ended = self.logs_out if changed else self.ends
        if ended:
            for live in server.lives_of(probe.session.tokens):
                server.end(live)
        return Altered(
            changed=changed,
            seen=self.seen or bool(probe.control),
            ended=ended,
            status=200 if changed else self.status,
            reason=note,
        )

    def _takes(self, request: Request, session: Session) -> bool:
        if request.method == "GET":
            sent = dict(parse_qsl(urlsplit(request.url).query)) if self.by_get else {}
        elif self.json and request.headers != JSON and not self.plain_too:
            sent = {}
        else:
            body = (request.body or b"").decode()
            sent = dict(parse_qsl(body.replace('","', "&").replace('":"', "=").strip('{"}')))
        token = sent.get("csrf", "")
        if self.token == "any":
            fits = token.startswith("tok-")
        else:
            fits = self.token == "unchecked" or token == self.token_of(session)
        return fits and "address" in sent
