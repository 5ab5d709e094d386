"""Probes and their results in words, redacted: the evidence of a finding and the line that reproduces it."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sessionward.audit.events import EvidenceStep
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
    Visit,
    Wait,
)
from sessionward.http import Carrier, Exchange, Redactor, Request, TokenSet
from sessionward.http.carry import carry


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One probe with its result; ``seconds`` since the run began."""

    probe: Probe[Any]
    result: object
    seconds: float


def evidence_of(trace: Sequence[Step], redact: Redactor) -> tuple[EvidenceStep, ...]:
    """The trace as a reader may see it."""
    return tuple(_step(step, redact) for step in trace)


def _step(step: Step, redact: Redactor) -> EvidenceStep:
    response, shows = _told(step.result)
    return EvidenceStep(
        probe=redact(_asked(step.probe)),
        party=_party(step.probe),
        request=redact(_request(step.probe)),
        response=redact(response),
        shows=shows,
        control=step.probe.control,
        seconds=round(step.seconds, 2),
    )


def _asked(probe: Probe[Any]) -> str:  # noqa: PLR0911 — one line of words a kind of probe
    match probe:
        case LogIn():
            extra = " and asks to be remembered" if probe.remember else ""
            planted = " in a browser with planted tokens" if probe.plant or probe.address else ""
            wrong = " with a wrong password" if probe.password == "wrong" else ""
            return f"{probe.party} logs in{wrong}{planted}{extra}"
        case OpenBrowser():
            return "a fresh browser opens the login page"
        case LogOut():
            return f"{probe.session.party} logs out with the app's own control"
        case Resident():
            return f"a living session of {probe.party} is at hand"
        case Replay() | ReplayPersonal():
            held = f"the tokens of {probe.party}" if probe.tokens else "no token"
            return f"the private request is made with {held}"
        case Visit():
            return f"the browser of {probe.session.party} opens the private page"
        case Look():
            return "what scripts of the page can read is read"
        case ChangePassword():
            given = {"right": "the right", "wrong": "a wrong", "omitted": "no"}[probe.current]
            return f"{probe.session.party} changes the password, giving {given} present password"
        case Forge():
            how = {"navigate": "a link", "image": "an image", "form": "a form"}[probe.how]
            return f"another site sends the request by {how} from the browser of {probe.session.party}"
        case Guess():
            return f"{probe.times} wrong passwords for {probe.party}, then the right one"
        case Wait():
            return f"{probe.seconds:g} seconds pass"
        case Close():
            return "the browser is closed without logging out"
        case _:
            return type(probe).__name__


def _party(probe: Probe[Any]) -> str:
    match probe:
        case LogIn() | Resident() | Replay() | ReplayPersonal() | Guess():
            return probe.party
        case LogOut() | Visit() | Look() | ChangePassword() | Close():
            return probe.session.party
        case Forge():
            return "another site"
        case _:
            return "anonymous" if isinstance(probe, OpenBrowser) else ""


def _request(probe: Probe[Any]) -> str:
    match probe:
        case Replay() | ReplayPersonal():
            return f"{_line(probe.exchange.request)} with {_tokens(probe.tokens)}"
        case Visit() if probe.exchange:
            return _line(probe.exchange.request)
        case Forge():
            return _line(probe.request)
        case _:
            return ""


def _told(result: object) -> tuple[str, str]:
    match result:
        case Answer():
            return _answer(result.exchange), result.shows
        case Session():
            state = "logged in" if result.authenticated else "not logged in"
            reason = f": {result.reason}" if result.reason else ""
            return f"{state}{reason}; holds {_tokens(result.tokens)}", ""
        case LoggedOut():
            return ("logged out" if result.effective else f"not logged out: {result.reason}"), ""
        case PasswordChanged():
            word = "changed" if result.effective else "refused" if result.refused else "not told"
            return f"{word}{': ' + result.reason if result.reason else ''}", ""
        case Storage():
            readable = sorted(str(key) for key in result.readable_cookies | result.readable_storage)
            return f"readable by scripts: {', '.join(readable) or 'no token'}", ""
        case Forged():
            along = ", ".join(result.cookies) or "none"
            return (f"sent, status {result.status}, cookies along: {along}" if result.sent else result.reason), ""
        case Guesses():
            held = f"held off at try {result.refused_at}" if result.refused_at else "never held off"
            then = "was let in" if result.then_right else "was not let in"
            return f"{result.made} tries, {held}; the right password then {then}", ""
        case _:
            return "", ""


def _answer(exchange: Exchange) -> str:
    if exchange.response is None:
        return f"no answer: {exchange.error}"
    kind = exchange.response.media_type or "no type"
    return f"status {exchange.status}, {kind}, {len(exchange.response.body)} bytes"


def _line(request: Request) -> str:
    return f"{request.method} {request.url}"


def _tokens(tokens: TokenSet) -> str:
    return ", ".join(token.shown for token in tokens) or "no token"


def reproduce(trace: Sequence[Step], redact: Redactor) -> str:
    """A curl line for the last replay of the experiment itself, with variables where the tokens were; or empty."""
    replays = [s.probe for s in trace if isinstance(s.probe, Replay | ReplayPersonal) and not s.probe.control]
    if not replays:
        return ""
    probe = replays[-1]
    request = carry(probe.exchange.request, TokenSet())
    words = ["curl", "-i"] + (["-X", request.method] if request.method != "GET" else [])
    parts = [shlex.quote(word) for word in words]
    cookies = [t.name for t in probe.tokens if t.carrier is Carrier.COOKIE]
    if cookies:
        parts.append('-b "' + "; ".join(f"{name}=${_variable(name)}" for name in cookies) + '"')
    for token in probe.tokens:
        if token.carrier is Carrier.HEADER:
            scheme = f"{token.scheme} " if token.scheme else ""
            parts.append(f'-H "{token.name}: {scheme}${_variable(token.name)}"')
    parts += [f"-H {shlex.quote(f'{n}: {v}')}" for n, v in request.headers if n.lower() in {"accept", "content-type"}]
    if request.body:
        parts.append(f"--data-raw {shlex.quote(request.body.decode(errors='replace'))}")
    return redact(" ".join([*parts, shlex.quote(request.url)]))


def _variable(name: str) -> str:
    return "TOKEN_" + "".join(c if c.isalnum() else "_" for c in name).upper()
