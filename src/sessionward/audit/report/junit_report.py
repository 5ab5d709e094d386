"""``report.junit.xml``: one test case a check, for continuous integration.

A confirmed defect is a failure. What is only suspected, was known before, could not be judged or does not apply is
skipped, with the reason. A check that broke, and an audit that was never logged in, are errors: neither may look green.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from sessionward.audit.check import Check, Confidence, Verdict
from sessionward.audit.events import Finding
from sessionward.audit.report.cited import demands
from sessionward.audit.report.headline import headline
from sessionward.audit.report.masking import masked
from sessionward.audit.report.record import Record
from sessionward.audit.report.terms import sentence

FILE_NAME = "report.junit.xml"
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 (section 2.2) has no way to write, not even escaped."""
ENTRY = "the-audit-was-logged-in"


def render_junit(record: Record) -> bytes:
    """The file's content, ending in a line break."""
    root = Element("testsuites", name="Sessionward", time=f"{record.seconds:.3f}")
    _suite(root, "audit", record, [_entry(record)])
    checks = sorted(record.checks, key=lambda check: check.family)
    for family, members in groupby(checks, key=lambda check: check.family):
        _suite(root, family, record, [_case(record, check) for check in members])
    for kind in ("tests", "failures", "errors", "skipped"):
        root.set(kind, str(sum(int(suite.get(kind, "0")) for suite in root)))
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'.encode()


def _suite(root: Element, name: str, record: Record, cases: Sequence[Element]) -> None:
    suite = SubElement(root, "testsuite", name=f"sessionward.{legal(name)}")
    suite.set("tests", str(len(cases)))
    for kind, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(kind, str(sum(case.find(tag) is not None for case in cases)))
    suite.set("time", f"{sum(float(case.get('time', '0')) for case in cases):.3f}")
    if record.started:
        begun = datetime.fromisoformat(record.started).astimezone(UTC)
        suite.set("timestamp", begun.replace(tzinfo=None).isoformat(timespec="seconds"))
    suite.extend(cases)


def _entry(record: Record) -> Element:
    """Whether the app was tested at all, and to the end."""
    case = Element("testcase", classname="sessionward.audit", name=ENTRY, time="0.000")
    if record.plan is not None:
        _say(case, "skipped", "The audit was only to say what it would do.")
    elif not (record.authenticated and record.complete):
        head = headline(record)
        _say(case, "error", head.title, "\n".join([*head.summary, record.reason]), kind="not-carried-out")
    return case


def _case(record: Record, check: Check) -> Element:
    """A check with several outcomes is judged by the gravest."""
    own = sorted(
        (one for one in record.findings if one.check.id == check.id), key=lambda one: _rank(record, one)
    )
    case = Element("testcase", classname=f"sessionward.{legal(check.family)}", name=legal(check.id))
    case.set("time", f"{max((one.seconds for one in own), default=0.0):.3f}")
    if not own:
        _say(case, "skipped", f"Not carried out to the end. {record.reason}".strip())
        return case
    gravest = own[0]
    _judge(record, case, gravest)
    if own[1:] or gravest.verdict is Verdict.PASSED:
        output = SubElement(case, "system-out")
        rest = own if gravest.verdict is Verdict.PASSED else own[1:]
        output.text = legal(
            "\n".join(f"{one.verdict.value}: {sentence(masked(one.message))}" for one in rest)
        )
    return case


def _rank(record: Record, finding: Finding) -> int:
    if _counts(record, finding):
        return 0
    order = (Verdict.CRASHED, Verdict.FAILED, Verdict.INCONCLUSIVE, Verdict.INAPPLICABLE, Verdict.PASSED)
    return order.index(finding.verdict) + 1


def _counts(record: Record, finding: Finding) -> bool:
    proven = finding.verdict is Verdict.FAILED and finding.confidence is Confidence.CONFIRMED
    return proven and not record.earlier.covers(finding)


def _judge(record: Record, case: Element, finding: Finding) -> None:
    text = sentence(masked(finding.message))
    match finding.verdict:
        case Verdict.FAILED if _counts(record, finding):
            _say(case, "failure", text, _details(finding), kind=finding.severity.value)
        case Verdict.FAILED if record.earlier.covers(finding):
            _say(case, "skipped", f"Known from the baseline ({finding.severity.value}): {text}")
        case Verdict.FAILED:
            _say(case, "skipped", f"Suspected, not proven ({finding.severity.value}): {text}")
        case Verdict.CRASHED:
            _say(case, "error", f"The check crashed: {text}", text, kind="crashed")
        case Verdict.INCONCLUSIVE:
            _say(case, "skipped", f"Could not be judged: {text}")
        case Verdict.INAPPLICABLE:
            _say(case, "skipped", f"Does not apply: {text}")
        case Verdict.PASSED:
            pass


def _details(finding: Finding) -> str:
    check = finding.check
    where = [f"  {place.method} {place.url}" for place in finding.where]
    parts = [
        check.title,
        sentence(masked(finding.message)),
        *(["Where:", *where] if where else []),
        f"Why it matters: {sentence(check.why)}",
        f"How to fix it: {sentence(check.fix)}",
        *([f"See it yourself: {masked(finding.reproduce)}"] if finding.reproduce else []),
        f"Held against: {', '.join(demands(check.requirements))}",
    ]
    return "\n".join(parts)


def _say(case: Element, tag: str, message: str, text: str = "", *, kind: str = "") -> None:
    said = SubElement(case, tag, message=legal(" ".join(message.split())))
    if kind:
        said.set("type", kind)
    if text:
        said.text = legal(text)


def legal(text: str) -> str:
    """``text`` with a replacement sign for each that XML cannot hold."""
    return FORBIDDEN.sub("\ufffd", text)
