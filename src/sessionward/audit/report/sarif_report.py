"""``report.sarif``: the record for code scanning and editors (SARIF 2.1.0).

Every check that was to run stands there, not only those that found something, so that a reader can tell what held from
what was never tried.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlsplit

import msgspec

from sessionward.audit.check import Confidence, Place, Verdict
from sessionward.audit.events import EvidenceStep, Finding
from sessionward.audit.report.cited import LookUp
from sessionward.audit.report.headline import attention
from sessionward.audit.report.identity import fingerprint
from sessionward.audit.report.masking import masked
from sessionward.audit.report.record import Record
from sessionward.audit.report.sarif_rules import LEVELS, message, rule, taxonomy
from sessionward.audit.report.terms import SHOWN, sentence
from sessionward.standards import requirement
from sessionward.version import VERSION

FILE_NAME = "report.sarif"
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "sessionwardFinding/v1"
BASE = "TARGET"
KINDS = {
    Verdict.FAILED: "fail",
    Verdict.PASSED: "pass",
    Verdict.INCONCLUSIVE: "review",
    Verdict.INAPPLICABLE: "notApplicable",
    Verdict.CRASHED: "review",
}


def render_sarif(record: Record, look_up: LookUp = requirement) -> bytes:
    """The file's content, ending in a line break."""
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(record, look_up)]}
    return msgspec.json.format(msgspec.json.encode(_encodable(log)), indent=2) + b"\n"


def _run(record: Record, look_up: LookUp) -> dict[str, Any]:
    checks = record.checks
    index = {check.id: number for number, check in enumerate(checks)}
    left = [_left(record, name) for name in record.unjudged if name in index]
    results = [_result(record, finding) for finding in record.findings] + left
    for result in results:
        result["ruleIndex"] = index[result["ruleId"]]
    base = {BASE: {"uri": _base(record.target)}} if urlsplit(record.target).netloc else {}
    return {
        "tool": {
            "driver": {
                "name": "Sessionward",
                "version": VERSION,
                "semanticVersion": VERSION,
                "rules": [rule(check, look_up) for check in checks],
                "supportedTaxonomies": [{"name": "CWE"}],
            }
        },
        "taxonomies": [taxonomy(checks, look_up)],
        "automationDetails": {"id": f"sessionward/{urlsplit(record.target).netloc or 'unknown'}/"},
        "invocations": [_invocation(record)],
        "originalUriBaseIds": base,
        "columnKind": "unicodeCodePoints",
        "results": sorted(results, key=lambda result: result["ruleIndex"]),
        "properties": {
            "authenticated": record.authenticated,
            "seed": record.seed,
            "requests": record.requests,
            "policy": {key: msgspec.to_builtins(value, enc_hook=str) for key, value in record.policy.items()},
        },
    }


def _result(record: Record, finding: Finding) -> dict[str, Any]:
    suspected = finding.confidence is Confidence.SUSPECTED
    text = f"{'Suspected: ' if suspected else ''}{sentence(masked(finding.message))}"
    result: dict[str, Any] = {
        "ruleId": finding.check.id,
        "kind": KINDS[finding.verdict],
        "level": LEVELS[finding.severity] if finding.verdict is Verdict.FAILED else "none",
        "message": {"text": message(text)},
        "locations": [_location(place, record.target) for place in finding.where] or [_somewhere()],
        "partialFingerprints": {FINGERPRINT: fingerprint(finding.check.id, finding.where)},
        "properties": {
            "outcome": finding.verdict.value,
            "confidence": finding.confidence.value if finding.confidence else None,
            "severity": finding.severity.value,
            "reproduce": masked(finding.reproduce),
            "runs": finding.runs,
        },
    }
    if record.earlier.given and finding.verdict is Verdict.FAILED:
        result["baselineState"] = "unchanged" if record.earlier.covers(finding) else "new"
    if finding.where:
        result["webRequest"] = _web_request(finding.where[0])
    if finding.evidence:
        steps = [_flow_location(step, number) for number, step in enumerate(finding.evidence, 1)]
        result["codeFlows"] = [{"threadFlows": [{"locations": steps}]}]
    return result


def _left(record: Record, name: str) -> dict[str, Any]:
    """A check that was to run and did not."""
    return {
        "ruleId": name,
        "kind": KINDS[Verdict.INCONCLUSIVE],
        "level": "none",
        "message": {"text": message(f"Not carried out to the end. {record.reason}".strip())},
        "locations": [_somewhere()],
        "partialFingerprints": {FINGERPRINT: fingerprint(name, ())},
        "properties": {"outcome": Verdict.INCONCLUSIVE.value, "confidence": None},
    }


def _location(place: Place, target: str) -> dict[str, Any]:
    """A place below the target by its path, so that a log of another port or host can be compared with it."""
    theirs, ours = urlsplit(place.url), urlsplit(target)
    path = theirs.path.lstrip("/") or "."
    query = f"?{theirs.query}" if theirs.query else ""
    artifact: dict[str, Any] = {"uri": _reference(f"{path}{query}"), "uriBaseId": BASE}
    if (theirs.scheme, theirs.netloc) != (ours.scheme, ours.netloc) or not ours.netloc:
        artifact = {"uri": _reference(place.url)}
    logical = {"fullyQualifiedName": f"{place.method} {place.url}", "kind": "resource"}
    return {"physicalLocation": {"artifactLocation": artifact}, "logicalLocations": [logical]}


def _somewhere() -> dict[str, Any]:
    """The app as a whole: code scanning takes no result without a location."""
    return {"physicalLocation": {"artifactLocation": {"uri": ".", "uriBaseId": BASE}}}


def _base(target: str) -> str:
    parts = urlsplit(target)
    return _reference(f"{parts.scheme}://{parts.netloc}/")


def _reference(text: str) -> str:
    """``text`` as an address by RFC 3986: whatever may not stand in one is escaped."""
    return quote(text, safe="%:/?#[]@!$&'()*+,;=~", errors="replace")


def _web_request(place: Place) -> dict[str, Any]:
    parts = urlsplit(place.url)
    return {"protocol": "http", "method": place.method, "target": _reference(parts.path or "/")}


def _flow_location(step: EvidenceStep, number: int) -> dict[str, Any]:
    shows = f"shows {SHOWN.get(step.shows, step.shows)}" if step.shows else ""
    said = [masked(step.probe), masked(step.request), masked(step.response), shows]
    control = f"Control ({step.control}): " if step.control else ""
    return {
        "executionOrder": number,
        "nestingLevel": 1 if step.control else 0,
        "importance": "important" if step.control else "essential",
        "location": {"message": {"text": message(control + "; ".join(part for part in said if part))}},
    }


def _invocation(record: Record) -> dict[str, Any]:
    times = {}
    if record.started:
        begun = datetime.fromisoformat(record.started)
        ended = begun + timedelta(seconds=record.seconds)
        times = {"startTimeUtc": _utc(begun), "endTimeUtc": _utc(ended)}
    warnings = [
        {"level": "warning", "message": {"text": message(sentence(text))}} for text in attention(record)
    ]
    notes = [
        {"level": "note", "message": {"text": message(sentence(note.text))}}
        for note in record.notes
        if not note.warning
    ]
    crashes = [
        {
            "level": "error",
            "message": {"text": message(masked(finding.message))},
            "associatedRule": {"id": finding.check.id},
        }
        for finding in record.of(Verdict.CRASHED)
    ]
    return {
        "executionSuccessful": record.complete and record.authenticated,
        **times,
        "toolExecutionNotifications": [*crashes, *warnings, *notes],
    }


def _utc(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def _encodable(value: Any) -> Any:
    """``value`` without lone surrogates."""
    match value:
        case str():
            return value.encode(errors="replace").decode()
        case dict():
            return {_encodable(key): _encodable(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_encodable(inner) for inner in value]
        case _:
            return value
