"""What the engine tells its listeners. A report is a listener; nothing flows back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sessionward.audit.check import Check, Confidence, Place, Severity, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceStep:
    """One probe as a reader may see it: redacted. ``control`` names the guard it served, empty for the experiment.

    ``seconds`` is the time since the check began.
    """

    probe: str
    party: str
    request: str
    response: str
    shows: str
    control: str
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A page after a step, as JPEG: everything private on it is covered. ``caption`` says which step it was."""

    caption: str
    jpeg: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One outcome of one check, ready to be reported. ``runs`` is how often the whole experiment was made.

    ``pictures`` are of the repetition, in its order; only a confirmed failure has any.
    """

    check: Check
    verdict: Verdict
    message: str
    severity: Severity
    confidence: Confidence | None = None
    where: tuple[Place, ...] = ()
    evidence: tuple[EvidenceStep, ...] = ()
    reproduce: str = ""
    runs: int = 1
    seconds: float = 0.0
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditStarted:
    """The audit begins. ``policy`` holds the profile's name and figures in seconds."""

    target: str
    policy: Mapping[str, object]
    seed: int
    checks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StageStarted:
    """A stage of the audit begins: entering, exploring, calibrating, experimenting, restoring, leaving."""

    stage: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """Something a reader should know that is no outcome. ``warning`` puts it on top of the report."""

    text: str
    warning: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneReady:
    """What calibration found. ``accounts`` gives for each configured account whether it got in, and why not.

    ``facts`` are short statements for the reader: what carries the session, how one logs out, and so on.
    """

    authenticated: bool
    reason: str
    accounts: Mapping[str, tuple[bool, str]]
    coverage: Mapping[str, object]
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckStarted:
    """A check begins its ``run``-th run (1 or 2)."""

    check: Check
    run: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A check's outcome is final."""

    finding: Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeoutMeasured:
    """A session was seen alive after ``alive_after`` seconds and dead after ``dead_after``; kind is inactivity or
    absolute."""

    kind: str
    alive_after: float | None
    dead_after: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What the audit would do, line by line; sent instead of doing it."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFinished:
    """The audit is over. ``complete`` is False where it was stopped; ``reason`` says by what.

    ``left_alive`` are sessions that could not be ended, ``unrestored`` changes that could not be put back, in words.
    """

    seconds: float
    requests: int
    complete: bool = True
    reason: str = ""
    left_alive: tuple[str, ...] = ()
    unrestored: tuple[str, ...] = field(default=())


Event = (
    AuditStarted
    | StageStarted
    | Noted
    | SceneReady
    | CheckStarted
    | Judged
    | TimeoutMeasured
    | Planned
    | AuditFinished
)

Listener = Callable[[Event], None]
