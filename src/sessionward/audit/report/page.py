"""What the HTML page shows, as plain values: the template only places them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from sessionward.audit.check import Check, Place, Severity, Verdict
from sessionward.audit.events import Finding
from sessionward.audit.report.headline import Advice, Headline, advice, attention, counted, headline
from sessionward.audit.report.masking import masked
from sessionward.audit.report.record import Record
from sessionward.audit.report.terms import CONFIDENCES, OUTCOMES, TIMEOUTS, duration, label, told
from sessionward.audit.report.timeline import Stretch, timeline
from sessionward.audit.report.timeout_chart import Chart, charts, unmeasured


class Cited(Protocol):
    """A requirement of a standard, as ``sessionward.standards`` has it."""

    @property
    def id(self) -> str:
        """The standard's own id after its name."""

    @property
    def title(self) -> str:
        """What it asks, in a line."""

    @property
    def link(self) -> str:
        """Where it is published."""

    @property
    def source(self) -> str:
        """The edition."""


LookUp = Callable[[str], Cited]
"""Finds a requirement by its id; raises LookupError where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """A requirement that a finding touches; ``link`` and the rest are empty for an id that nobody knows."""

    id: str
    title: str = ""
    link: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One finding with all that is said about it. ``anchor`` is its place in the page."""

    anchor: str
    check: Check
    verdict: Verdict
    message: str
    severity: Severity
    confidence: str
    certainty: str
    where: tuple[Place, ...]
    experiment: tuple[Stretch, ...]
    steps: int
    controls: int
    reproduce: str
    standards: tuple[Standard, ...]
    runs: int
    time: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Findings with one and the same message: it is said once."""

    message: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many outcomes of one kind there are, and where they stand."""

    verdict: Verdict
    name: str
    meaning: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Everything in the page, in its order."""

    record: Record
    head: Headline
    attention: tuple[str, ...]
    advice: tuple[Advice, ...]
    severities: tuple[tuple[Severity, int, int], ...]
    tallies: tuple[Tally, ...]
    failed: tuple[Entry, ...]
    passed: tuple[Entry, ...]
    inconclusive: tuple[Group, ...]
    inapplicable: tuple[Group, ...]
    crashed: tuple[Entry, ...]
    unjudged: tuple[str, ...]
    charts: tuple[Chart, ...]
    unmeasured: tuple[str, ...]
    policy: tuple[tuple[str, str], ...]
    coverage: tuple[tuple[str, str], ...]


def page(record: Record, look_up: LookUp) -> Page:
    """The page for a record."""
    entries = _entries(record, look_up)

    def of(verdict: Verdict) -> tuple[Entry, ...]:
        return tuple(entry for entry in entries if entry.verdict is verdict)

    return Page(
        record=record,
        head=headline(record),
        attention=attention(record),
        advice=advice(record),
        severities=tuple((severity, *numbers) for severity, numbers in counted(record).items()),
        tallies=_tallies(record),
        failed=of(Verdict.FAILED),
        passed=of(Verdict.PASSED),
        inconclusive=grouped(of(Verdict.INCONCLUSIVE)),
        inapplicable=grouped(of(Verdict.INAPPLICABLE)),
        crashed=of(Verdict.CRASHED),
        unjudged=record.unjudged,
        charts=charts(record),
        unmeasured=unmeasured(record),
        policy=tuple((label(key), _figure(key, value)) for key, value in record.policy.items()),
        coverage=tuple((label(key), told(value)) for key, value in record.coverage.items()),
    )


def grouped(entries: Sequence[Entry]) -> tuple[Group, ...]:
    """The entries by message, in the order in which each message came first."""
    messages = dict.fromkeys(entry.message for entry in entries)
    return tuple(
        Group(message=message, entries=tuple(entry for entry in entries if entry.message == message))
        for message in messages
    )


def _entries(record: Record, look_up: LookUp) -> tuple[Entry, ...]:
    """All findings, the worst first; a check with several has a number behind its anchor from the second on."""
    used: dict[str, int] = {}
    entries = []
    for verdict in Verdict:
        for finding in record.of(verdict):
            name = finding.check.id
            used[name] = used.get(name, 0) + 1
            anchor = name if used[name] == 1 else f"{name}-{used[name]}"
            entries.append(_entry(finding, anchor, look_up))
    return tuple(entries)


def _entry(finding: Finding, anchor: str, look_up: LookUp) -> Entry:
    experiment = timeline(finding)
    word, meaning = CONFIDENCES[finding.confidence] if finding.confidence else ("", "")
    return Entry(
        anchor=anchor,
        check=finding.check,
        verdict=finding.verdict,
        message=masked(finding.message),
        severity=finding.severity,
        confidence=word,
        certainty=meaning,
        where=finding.where,
        experiment=experiment,
        steps=len(finding.evidence),
        controls=sum(bool(step.control) for stretch in experiment for step in stretch.steps),
        reproduce=masked(finding.reproduce),
        standards=tuple(_standard(name, look_up) for name in finding.check.requirements),
        runs=finding.runs,
        time=duration(finding.seconds),
    )


def _standard(name: str, look_up: LookUp) -> Standard:
    try:
        found = look_up(name)
    except LookupError:  # a third party's check may cite what we do not know
        return Standard(id=name)
    return Standard(id=found.id, title=found.title, link=found.link, source=found.source)


def _tallies(record: Record) -> tuple[Tally, ...]:
    def number(verdict: Verdict) -> int:
        left = len(record.unjudged) if verdict is Verdict.INCONCLUSIVE else 0
        return len(record.of(verdict)) + left

    return tuple(
        Tally(verdict=verdict, name=name, meaning=meaning, number=number(verdict))
        for verdict, (name, meaning) in OUTCOMES.items()
    )


def _figure(key: str, value: object) -> str:
    spans = {figure for _, figure in TIMEOUTS.values()}
    is_span = key in spans and isinstance(value, int | float) and not isinstance(value, bool)
    return duration(float(str(value))) if is_span else told(value)
