"""Probes and their results in words, redacted: the evidence of a finding and the line that reproduces it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from sessionward.audit.events import EvidenceStep, Picture
from sessionward.audit.phrases import asked, held, told
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
    Look,
    Lure,
    Observe,
    OpenBrowser,
    Overhear,
    Probe,
    ReadAcross,
    Recall,
    Replay,
    ReplayPersonal,
    Resident,
    Restart,
    Visit,
)
from sessionward.http import Carrier, Redactor, Request, Token
from sessionward.http.carry import bare

SECRET_NAME = re.compile(
    r"token|tok$|nonce|csrf|xsrf|sess|secret|passw|pwd|auth|signature|ticket|jwt|otp|(^|[_.-])(sid|sig|code|key)$",
    re.IGNORECASE,
)
"""Names of query parameters whose values nobody should read in a report."""
PICTURES = 3
"""So many pictures of one experiment are told: the last ones, where it is decided."""
SHORTEST = 6
"""Shorter values are no secrets ("key=name", "code=de")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One probe with its result; ``seconds`` since the run began. ``picture`` is a JPEG of the page after it."""

    probe: Probe[Any]
    result: object
    seconds: float
    picture: bytes = field(default=b"", repr=False)


def evidence_of(trace: Sequence[Step], redact: Redactor) -> tuple[EvidenceStep, ...]:
    """The trace as a reader may see it."""
    return tuple(_step(step, redact) for step in trace)


def pictures_of(trace: Sequence[Step], redact: Redactor) -> tuple[Picture, ...]:
    """The last few pictures of a trace, each page once."""
    pictures: dict[bytes, Picture] = {}
    for step in trace:
        if step.picture:
            pictures.pop(step.picture, None)
            pictures[step.picture] = Picture(caption=redact(asked(step.probe)), jpeg=step.picture)
    return tuple(pictures.values())[-PICTURES:]


def up_to_decision(trace: Sequence[Step]) -> Sequence[Step]:
    """The trace as far as the last step of the experiment itself that showed somebody's data; all of it if none did.

    What comes after it (other addresses that held, for one) does not reproduce the defect.
    """
    deciding = [
        number
        for number, step in enumerate(trace, 1)
        if not step.probe.control and told(step.result)[1] in {"owner", "stranger"}
    ]
    return trace[: deciding[-1]] if deciding else trace


def _step(step: Step, redact: Redactor) -> EvidenceStep:
    response, shows = told(step.result)
    return EvidenceStep(
        probe=redact(asked(step.probe)),
        party=_party(step.probe),
        request=_request(step.probe, redact),
        response=redact(response),
        shows=shows,
        control=step.probe.control,
        seconds=round(step.seconds, 2),
    )


def _party(probe: Probe[Any]) -> str:
    match probe:
        case LogIn() | Resident() | Replay() | ReplayPersonal() | Guess() | Download():
            return probe.party
        case (
            LogOut()
            | Visit()
            | Look()
            | Observe()
            | Recall()
            | Restart()
            | Overhear()
            | ChangePassword()
            | Close()
            | HoldBack()
        ):
            return probe.session.party
        case Alter() if probe.how == "own":
            return probe.session.party
        case Forge() | Alter() | ReadAcross() | Lure():
            return "another site"
        case _:
            return "anonymous" if isinstance(probe, OpenBrowser) else ""


def _request(probe: Probe[Any], redact: Redactor) -> str:
    match probe:
        case Recall():
            return _line(probe.exchange.request, redact)
        case Observe() if probe.exchange or probe.url:
            request = probe.exchange.request if probe.exchange else Request(method="GET", url=probe.url)
            return _line(request, redact)
        case Replay() | ReplayPersonal():
            clicked = ", after a click on its page" if isinstance(probe, Replay) and probe.used else ""
            return f"{_line(probe.exchange.request, redact)} with {held(probe.tokens)}{clicked}"
        case Download():
            return f"{_line(probe.document.request, redact)} with {held(probe.tokens)}"
        case Visit() if probe.exchange:
            return _line(probe.exchange.request, redact)
        case Forge() | Alter():
            return _line(probe.request, redact)
        case HoldBack() | Lure():
            return f"GET {shown_address(probe.action.page, redact)}"
        case ReadAcross():
            return _line(probe.exchange.request, redact)
        case _:
            return ""


def _line(request: Request, redact: Redactor) -> str:
    return f"{request.method} {shown_address(request.url, redact)}"


def shown_address(url: str, redact: Redactor) -> str:
    """An address as evidence may show it: known secrets by their mark, and no value that its name calls a secret.

    A forgery token or a reset code is nothing that the auditor minted, so it is known by its name alone.
    """
    parts = urlsplit(redact(url))
    return urlunsplit(
        parts._replace(
            netloc=parts.netloc.rpartition("@")[2],
            query="&".join(_without_secret(pair) for pair in parts.query.split("&")),
            fragment="&".join(_without_secret(pair) for pair in parts.fragment.split("&")),
        )
    )


def _without_secret(pair: str) -> str:
    name, equals, value = pair.partition("=")
    plain = len(value) < SHORTEST or value.startswith("‹") or not SECRET_NAME.search(name)
    return pair if plain else f"{name}{equals}‹hidden›"


def reproduce(trace: Sequence[Step], redact: Redactor) -> str:
    """A curl line for the last replay of the experiment itself, with variables where the tokens were; or empty."""
    asking = Replay | ReplayPersonal | Download
    replays = [s.probe for s in trace if isinstance(s.probe, asking) and not s.probe.control]
    if not replays:
        return ""
    probe = replays[-1]
    asked_for = probe.document.request if isinstance(probe, Download) else probe.exchange.request
    request = bare(asked_for, [t.name for t in probe.tokens if t.carrier is Carrier.QUERY])
    words = ["curl", "-i"] + (["-X", request.method] if request.method != "GET" else [])
    parts = [shlex.quote(word) for word in words]
    cookies = [token for token in probe.tokens if token.carrier is Carrier.COOKIE]
    if cookies:
        parts.append('-b "' + "; ".join(_assigned(token) for token in cookies) + '"')
    for token in probe.tokens:
        if token.carrier is Carrier.HEADER:
            scheme = f"{token.scheme} " if token.scheme else ""
            parts.append(f'-H "{_quoted(f"{token.name}: {scheme}")}${_variable(token)}"')
    kept = {"accept", "content-type"}
    parts += [f"-H {shlex.quote(f'{n}: {v}')}" for n, v in request.headers if n.lower() in kept]
    if request.body:
        parts.append(f"--data-raw {shlex.quote(redact(request.body.decode(errors='replace')))}")
    address = shlex.quote(shown_address(request.url, redact))
    queries = [token for token in probe.tokens if token.carrier is Carrier.QUERY]
    if queries:
        joint = "&" if "?" in request.url else "?"
        address += f'"{joint}{"&".join(_assigned(token) for token in queries)}"'
    return redact(" ".join([*parts, address]))


def _assigned(token: Token) -> str:
    return f"{_quoted(token.name)}=${_variable(token)}"


def _variable(token: Token) -> str:
    return "TOKEN_" + "".join(c if c.isascii() and c.isalnum() else "_" for c in token.name).upper()


def _quoted(text: str) -> str:
    """For within double quotes of a shell: an app that calls its cookie ``$(…)`` must not run anything."""
    return re.sub(r'([\\"$`])', r"\\\1", text)
