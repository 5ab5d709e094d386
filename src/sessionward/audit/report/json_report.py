"""``report.json``: the record as data for programs."""

from __future__ import annotations

import msgspec

from sessionward.audit.check import Severity, Verdict
from sessionward.audit.events import EvidenceStep, Finding
from sessionward.audit.report.identity import fingerprint
from sessionward.audit.report.masking import masked
from sessionward.audit.report.record import Bracket, Record
from sessionward.audit.report.schema import (
    AccountEntry,
    NoteEntry,
    OutcomeEntry,
    PlaceEntry,
    Report,
    StepEntry,
    Timeout,
)
from sessionward.version import VERSION

FILE_NAME = "report.json"
MEASURABLE = ("inactivity", "absolute")
DIGITS = 3
"""Milliseconds: a finer figure would pretend to a precision that a loaded machine does not have."""


def render_json(record: Record) -> bytes:
    """The file's content, ending in a line break."""
    encoded = msgspec.json.encode(to_report(record), enc_hook=str)
    return msgspec.json.format(encoded, indent=2) + b"\n"


def to_report(record: Record) -> Report:
    """The record in the published shape. Outcomes stand in the order of their checks' names."""
    judged = [_judged(finding, known=record.earlier.covers(finding)) for finding in record.findings]
    missing = [_unjudged(record, name) for name in record.unjudged]
    return Report(
        schema="sessionward.report/1",
        version=VERSION,
        started=record.started,
        target=record.target,
        policy=dict(record.policy),
        seed=record.seed,
        seconds=round(record.seconds, DIGITS),
        requests=record.requests,
        complete=record.complete,
        reason=record.reason,
        authenticated=record.authenticated,
        authentication=record.why,
        accounts={
            name: AccountEntry(authenticated=entered, reason=reason)
            for name, (entered, reason) in record.accounts.items()
        },
        coverage=dict(record.coverage),
        facts=record.facts,
        timeouts=_timeouts(record),
        outcomes=tuple(sorted([*judged, *missing], key=lambda entry: entry.check)),
        notes=tuple(NoteEntry(text=note.text, warning=note.warning) for note in record.notes),
        left_alive=record.left_alive,
        unrestored=record.unrestored,
    )


def _timeouts(record: Record) -> dict[str, Timeout]:
    brackets = {**dict.fromkeys(MEASURABLE, Bracket()), **record.timeouts}
    return {
        kind: Timeout(alive_after=bracket.alive_after, dead_after=bracket.dead_after)
        for kind, bracket in brackets.items()
    }


def _judged(finding: Finding, *, known: bool) -> OutcomeEntry:
    check = finding.check
    return OutcomeEntry(
        check=check.id,
        title=check.title,
        family=check.family,
        outcome=finding.verdict,
        confidence=finding.confidence if finding.verdict is Verdict.FAILED else None,
        severity=finding.severity,
        message=masked(finding.message),
        personas=check.personas,
        where=tuple(PlaceEntry(method=place.method, url=place.url) for place in finding.where),
        requirements=check.requirements,
        evidence=tuple(_step(step) for step in finding.evidence),
        reproduce=masked(finding.reproduce),
        why=check.why,
        fix=check.fix,
        runs=finding.runs,
        seconds=round(finding.seconds, DIGITS),
        fingerprint=fingerprint(check.id, finding.where),
        known=known,
    )


def _unjudged(record: Record, name: str) -> OutcomeEntry:
    """A check that was to run and did not: it never counts as passed."""
    check = record.known.get(name)
    return OutcomeEntry(
        check=name,
        title=check.title if check else "",
        family=check.family if check else "",
        outcome=Verdict.INCONCLUSIVE,
        confidence=None,
        severity=check.severity if check else Severity.INFO,
        message=f"This check was not carried out to its end. {record.reason}".strip(),
        personas=check.personas if check else (),
        where=(),
        requirements=check.requirements if check else (),
        evidence=(),
        reproduce="",
        why=check.why if check else "",
        fix=check.fix if check else "",
        runs=0,
        seconds=0.0,
        fingerprint=fingerprint(name, ()),
        known=False,
    )


def _step(step: EvidenceStep) -> StepEntry:
    return StepEntry(
        probe=step.probe,
        party=step.party,
        request=masked(step.request),
        response=masked(step.response),
        shows=step.shows,
        control=step.control,
        seconds=round(step.seconds, DIGITS),
    )
