"""What the HTML page shows, as plain values: the template only places them."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass

from sessionward.audit.check import Check, Place, Severity, Verdict
from sessionward.audit.events import Finding, Picture
from sessionward.audit.report.cited import LookUp, Standard, cited, demands
from sessionward.audit.report.fixes import Fix, fixes_of
from sessionward.audit.report.headline import Advice, Headline, advice, attention, counted, headline
from sessionward.audit.report.masking import masked
from sessionward.audit.report.record import Record
from sessionward.audit.report.terms import CONFIDENCES, OUTCOMES, TIMEOUTS, duration, label, told
from sessionward.audit.report.timeline import Step, Stretch, story, timeline
from sessionward.audit.report.timeout_chart import Chart, charts, unmeasured


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A picture within the page: its address is its content (RFC 2397)."""

    caption: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One finding with all that is said about it. ``anchor`` is its place in the page; ``known`` from the baseline."""

    anchor: str
    check: Check
    verdict: Verdict
    message: str
    severity: Severity
    confidence: str
    certainty: str
    where: tuple[Place, ...]
    experiment: tuple[Stretch, ...]
    story: tuple[Step, ...]
    steps: int
    controls: int
    reproduce: str
    standards: tuple[Standard, ...]
    runs: int
    time: str
    known: bool
    pictures: tuple[Shown, ...]
    fixes: tuple[Fix, ...]


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
    inapplicable_number: int
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
        inapplicable_number=len(of(Verdict.INAPPLICABLE)),
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
            entries.append(_entry(finding, anchor, look_up, known=record.earlier.covers(finding)))
    return tuple(entries)


def _entry(finding: Finding, anchor: str, look_up: LookUp, *, known: bool) -> Entry:
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
        story=story(experiment),
        steps=len(finding.evidence),
        controls=sum(bool(step.control) for stretch in experiment for step in stretch.steps),
        reproduce=masked(finding.reproduce),
        standards=cited(demands(finding.check.requirements), look_up),
        runs=finding.runs,
        time=duration(finding.seconds),
        known=known,
        pictures=tuple(_shown(picture) for picture in finding.pictures),
        fixes=fixes_of(finding.check.id) if finding.verdict is Verdict.FAILED else (),
    )


def _shown(picture: Picture) -> Shown:
    content = base64.b64encode(picture.jpeg).decode()
    return Shown(caption=masked(picture.caption), address=f"data:image/jpeg;base64,{content}")


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
