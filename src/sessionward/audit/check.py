"""What a check is and what it may conclude.

A check is a generator: it asks for probes, is given what they showed, and returns its outcomes. It holds no
browser code and no clock, so its logic is tested as a transcript.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any

from sessionward.audit.probe import Probe
from sessionward.audit.scene import Scene

STORY = re.compile(r"(.+?)\n\s*Why:(.+?)\n\s*Proof:(.+)", re.DOTALL)


class Severity(enum.StrEnum):
    """How bad a defect is where it is real, whatever the outcome."""

    INFO = "info"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """0 for info up to 4 for critical."""
        return list(Severity).index(self)


class Confidence(enum.StrEnum):
    """Confirmed: executed with its controls, twice. Suspected: evidence without an executed proof."""

    CONFIRMED = "confirmed"
    SUSPECTED = "suspected"


class Verdict(enum.StrEnum):
    """The outcomes of CHECKS; ``crashed`` is the engine's alone and never counts as passed."""

    FAILED = "failed"
    PASSED = "passed"
    INCONCLUSIVE = "inconclusive"
    INAPPLICABLE = "inapplicable"
    CRASHED = "crashed"


class Disturbance(enum.StrEnum):
    """What a check upsets for others that use the same account at the same time."""

    CREDENTIALS = "credentials"
    SESSIONS = "all sessions of the account"
    THROTTLE = "throttle"
    DATA = "account data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in the app: a method and an address."""

    method: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One conclusion of a check. ``severity`` overrides the check's own where the circumstances say so.

    ``timeouts`` carries measured brackets in seconds, such as ``("inactivity", 900.0, 960.0)``: alive after the
    first figure, dead after the second (None: not seen dead, or not seen alive).
    """

    verdict: Verdict
    message: str
    confidence: Confidence | None = None
    severity: Severity | None = None
    where: tuple[Place, ...] = ()
    timeouts: tuple[tuple[str, float | None, float | None], ...] = ()


def failed(message: str, *, where: tuple[Place, ...] = (), severity: Severity | None = None) -> Outcome:
    """The defect was shown; the engine repeats the experiment before it calls it confirmed."""
    return Outcome(
        verdict=Verdict.FAILED,
        message=message,
        confidence=Confidence.CONFIRMED,
        where=where,
        severity=severity,
    )


def suspected(message: str, *, where: tuple[Place, ...] = (), severity: Severity | None = None) -> Outcome:
    """There is evidence for the defect, but nothing was executed that proves it."""
    return Outcome(
        verdict=Verdict.FAILED,
        message=message,
        confidence=Confidence.SUSPECTED,
        where=where,
        severity=severity,
    )


def passed(message: str, *, where: tuple[Place, ...] = ()) -> Outcome:
    """The attack was really made and refused while its controls were alive."""
    return Outcome(verdict=Verdict.PASSED, message=message, where=where)


def inconclusive(message: str, *, where: tuple[Place, ...] = ()) -> Outcome:
    """Could not tell; the message says why and how to make it judgeable."""
    return Outcome(verdict=Verdict.INCONCLUSIVE, message=message, where=where)


def inapplicable(message: str) -> Outcome:
    """The app has no such thing; the message says how that was established."""
    return Outcome(verdict=Verdict.INAPPLICABLE, message=message)


Outcomes = Outcome | tuple[Outcome, ...]
Detection = Generator[Probe[Any], Any, Outcomes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One defect: how it is found, how bad it is, what it breaks, how it is mended.

    ``why`` and ``proof`` are for people; ``requirements`` are ids of ``sessionward.standards``;
    ``personas`` the kinds of people whose behaviour sets it off; ``account`` is the party whose account is upset;
    ``acts``: it sends a request that changes a field of the account, which each such probe puts back at once, and needs
    one to be learnt. ``needs_calibration`` is False only for a check that judges nothing by who is shown.
    ``uses`` are the parties that it logs in as. ``patient`` marks checks that wait long: they are started first;
    ``last`` those that may leave an account throttled: they run when all else is over. ``sessions`` is how many of one
    account it has at once at most, beside the audit's own, None where it takes as many as the app allows.
    """

    id: str
    family: str
    title: str
    why: str
    proof: str
    severity: Severity
    requirements: tuple[str, ...]
    personas: tuple[str, ...]
    fix: str
    detect: Callable[[Scene], Detection]
    disturbs: frozenset[Disturbance] = frozenset()
    account: str = "owner"
    uses: frozenset[str] = frozenset({"owner"})
    patient: bool = False
    last: bool = False
    needs_calibration: bool = True
    acts: bool = False
    sessions: int | None = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What the docstring of a check's module tells: the defect in one line, why it matters, how it is proven."""

    title: str
    why: str
    proof: str


def story(doc: str | None) -> Story:
    """Read a check's docstring: one line, then paragraphs that begin with ``Why:`` and ``Proof:``.

    So the text stands once, at the top of the file that it is about. Raises ValueError where a part is missing
    (Python run with -OO drops docstrings).
    """
    found = STORY.fullmatch((doc or "").strip())
    if not found:
        raise ValueError("a check's docstring has a line for the defect, then Why: and Proof:")
    title, why, proof = (" ".join(part.split()) for part in found.groups())
    return Story(title=title.rstrip("."), why=why, proof=proof)
