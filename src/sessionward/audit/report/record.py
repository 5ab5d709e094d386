"""What the events so far add up to: a value, and the fold that makes it.

Rule: every report is a function of a Record alone, so it can be written at any moment, in the middle too,
and two reports of one run cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import assert_never

from sessionward.audit.check import Check, Confidence, Severity, Verdict
from sessionward.audit.events import (
    AuditFinished,
    AuditStarted,
    CheckStarted,
    Event,
    Finding,
    Judged,
    Noted,
    Planned,
    SceneReady,
    StageStarted,
    TimeoutMeasured,
)
from sessionward.audit.report.earlier import Earlier

NOT_FINISHED = "The audit had not ended when this was written."


@dataclass(frozen=True, slots=True, kw_only=True)
class Bracket:
    """The end of a session in seconds: seen alive after the first, seen dead after the second. None: not seen so."""

    alive_after: float | None = None
    dead_after: float | None = None

    @property
    def measured(self) -> bool:
        """Whether anything was seen."""
        return self.alive_after is not None or self.dead_after is not None

    def narrowed(self, other: Bracket) -> Bracket:
        """What both measurements say together; where they contradict each other the later one stands alone."""
        alive = max((x for x in (self.alive_after, other.alive_after) if x is not None), default=None)
        dead = min((x for x in (self.dead_after, other.dead_after) if x is not None), default=None)
        if alive is not None and dead is not None and alive >= dead:
            return other
        return Bracket(alive_after=alive, dead_after=dead)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A stage that began ``at`` seconds after the start."""

    name: str
    note: str
    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Everything the reports tell. ``started`` is the time of day at the start, in ISO 8601 and UTC.

    ``known`` are the checks met so far by id, ``planned`` the ids that are to run; ``requests`` is None until the end.
    ``scene_ready`` is False as long as nobody can know whether the audit is logged in. ``plan`` is what would have been
    done where the audit was only to plan, else None. ``earlier`` is the baseline that it is held against.
    """

    started: str = ""
    target: str = ""
    policy: Mapping[str, object] = field(default_factory=dict)
    seed: int = 0
    planned: tuple[str, ...] = ()
    known: Mapping[str, Check] = field(default_factory=dict)
    stages: tuple[Stage, ...] = ()
    notes: tuple[Noted, ...] = ()
    scene_ready: bool = False
    authenticated: bool = False
    why: str = ""
    accounts: Mapping[str, tuple[bool, str]] = field(default_factory=dict)
    coverage: Mapping[str, object] = field(default_factory=dict)
    facts: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    timeouts: Mapping[str, Bracket] = field(default_factory=dict)
    plan: tuple[str, ...] | None = None
    seconds: float = 0.0
    requests: int | None = None
    finished: bool = False
    complete: bool = False
    reason: str = NOT_FINISHED
    left_alive: tuple[str, ...] = ()
    unrestored: tuple[str, ...] = ()
    earlier: Earlier = field(default_factory=Earlier)

    @property
    def unjudged(self) -> tuple[str, ...]:
        """The ids of checks that were to run and have no outcome yet."""
        judged = {finding.check.id for finding in self.findings}
        return tuple(name for name in self.planned if name not in judged)

    @property
    def checks(self) -> tuple[Check, ...]:
        """Every check that was to run or did, by its id."""
        wanted = {*self.planned, *(finding.check.id for finding in self.findings)}
        return tuple(check for name, check in sorted(self.known.items()) if name in wanted)

    def of(self, verdict: Verdict) -> tuple[Finding, ...]:
        """The findings with that outcome, the worst first, then by the check's name."""
        chosen = [finding for finding in self.findings if finding.verdict is verdict]
        return tuple(sorted(chosen, key=_gravity))


def begin(*, started: str = "", catalogue: Iterable[Check] = (), earlier: Earlier | None = None) -> Record:
    """An empty record. ``catalogue`` are checks that may be named before they were seen running."""
    return Record(
        started=started, known={check.id: check for check in catalogue}, earlier=earlier or Earlier()
    )


def after(record: Record, event: Event, *, at: float = 0.0) -> Record:
    """The record with one more event, which came ``at`` seconds after the start."""
    record = replace(record, seconds=max(at, record.seconds))
    match event:
        case AuditStarted():
            return replace(
                record, target=event.target, policy=event.policy, seed=event.seed, planned=event.checks
            )
        case StageStarted():
            stage = Stage(name=event.stage, note=event.note, at=at)
            return replace(record, stages=(*record.stages, stage))
        case Noted():
            return replace(record, notes=(*record.notes, event))
        case SceneReady():
            return _with_scene(record, event)
        case CheckStarted():
            return _knowing(record, event.check)
        case Judged():
            known = _knowing(record, event.finding.check)
            return replace(known, findings=(*known.findings, event.finding))
        case TimeoutMeasured():
            return _with_timeout(record, event)
        case Planned():
            return replace(record, plan=event.lines)
        case AuditFinished():
            return _with_end(record, event)
        case _:
            assert_never(event)


def worst(findings: Iterable[Finding]) -> Severity | None:
    """The gravest severity among the confirmed failures, None where there is none."""
    confirmed = [
        finding.severity
        for finding in findings
        if finding.verdict is Verdict.FAILED and finding.confidence is Confidence.CONFIRMED
    ]
    return max(confirmed, key=lambda severity: severity.rank, default=None)


def _gravity(finding: Finding) -> tuple[int, bool, str, str]:
    return (
        -finding.severity.rank,
        finding.confidence is not Confidence.CONFIRMED,
        finding.check.id,
        finding.message,
    )


def _knowing(record: Record, check: Check) -> Record:
    return record if check.id in record.known else replace(record, known={**record.known, check.id: check})


def _with_scene(record: Record, event: SceneReady) -> Record:
    return replace(
        record,
        scene_ready=True,
        authenticated=event.authenticated,
        why=event.reason,
        accounts=event.accounts,
        coverage=event.coverage,
        facts=event.facts,
    )


def _with_timeout(record: Record, event: TimeoutMeasured) -> Record:
    seen = Bracket(alive_after=event.alive_after, dead_after=event.dead_after)
    bracket = record.timeouts.get(event.kind, Bracket()).narrowed(seen)
    return replace(record, timeouts={**record.timeouts, event.kind: bracket})


def _with_end(record: Record, event: AuditFinished) -> Record:
    return replace(
        record,
        seconds=event.seconds,
        requests=event.requests,
        finished=True,
        complete=event.complete,
        reason=event.reason,
        left_alive=event.left_alive,
        unrestored=event.unrestored,
    )
