"""Probes and their results in words, redacted: the evidence of a finding and the line that reproduces it."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sessionward.audit.events import EvidenceStep
from sessionward.audit.phrases import asked, held, told
from sessionward.audit.probe import (
    ChangePassword,
    Close,
    Forge,
    Guess,
    LogIn,
    LogOut,
    Look,
    OpenBrowser,
    Probe,
    Replay,
    ReplayPersonal,
    Resident,
    Visit,
)
from sessionward.http import Carrier, Redactor, Request, TokenSet
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
    response, shows = told(step.result)
    return EvidenceStep(
        probe=redact(asked(step.probe)),
        party=_party(step.probe),
        request=redact(_request(step.probe)),
        response=redact(response),
        shows=shows,
        control=step.probe.control,
        seconds=round(step.seconds, 2),
    )


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
            return f"{_line(probe.exchange.request)} with {held(probe.tokens)}"
        case Visit() if probe.exchange:
            return _line(probe.exchange.request)
        case Forge():
            return _line(probe.request)
        case _:
            return ""


def _line(request: Request) -> str:
    return f"{request.method} {request.url}"


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
    parts += [
        f"-H {shlex.quote(f'{n}: {v}')}"
        for n, v in request.headers
        if n.lower() in {"accept", "content-type"}
    ]
    if request.body:
        parts.append(f"--data-raw {shlex.quote(request.body.decode(errors='replace'))}")
    return redact(" ".join([*parts, shlex.quote(request.url)]))


def _variable(name: str) -> str:
    return "TOKEN_" + "".join(c if c.isalnum() else "_" for c in name).upper()
