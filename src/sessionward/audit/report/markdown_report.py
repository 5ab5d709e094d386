"""``report.md``: the record for the conversation about a change, where the table comes first.

GitHub cuts a comment after 65,536 signs, so the file stays below 60 kB: what fits no more is counted, not cut in half.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sessionward.audit.check import Confidence, Severity, Verdict
from sessionward.audit.events import Finding
from sessionward.audit.report.cited import LookUp, cited, demands
from sessionward.audit.report.fixes import fixes_of
from sessionward.audit.report.headline import Tone, advice, attention, headline
from sessionward.audit.report.markdown_text import code, code_block, plain
from sessionward.audit.report.masking import masked
from sessionward.audit.report.record import Record
from sessionward.audit.report.terms import OUTCOMES, SHOWN, count, duration, listed, sentence
from sessionward.standards import requirement
from sessionward.version import VERSION

FILE_NAME = "report.md"
LIMIT = 60_000
"""Bytes."""
ROOM = 400
"""Bytes kept free for the sentence that tells what was left out."""
SIGNS = {Tone.BAD: "❌", Tone.UNTESTED: "⚠️", Tone.OPEN: "◐", Tone.HELD: "✅"}
LEVELS = {
    Severity.CRITICAL: "🟥 critical",
    Severity.HIGH: "🟧 high",
    Severity.MEDIUM: "🟨 medium",
    Severity.LOW: "🟦 low",
    Severity.INFO: "⬜ info",
}


def render_markdown(record: Record, look_up: LookUp = requirement) -> bytes:
    """The file's content, at most ``LIMIT`` bytes, ending in a line break."""
    parts = list(_parts(record, look_up))
    kept: list[str] = []
    size = 0
    for number, part in enumerate(parts):
        length = len(part.encode(errors="replace")) + 2
        if size + length > LIMIT - ROOM:
            left = count(len(parts) - number, "more part")
            kept.append(f"*{left} would not fit here; the whole is in report.html.*")
            break
        kept.append(part)
        size += length
    return ("\n\n".join(kept) + "\n").encode(errors="replace")


def _parts(record: Record, look_up: LookUp) -> Iterator[str]:
    head = headline(record)
    yield f"## {SIGNS[head.tone]} Sessionward: {plain(head.title)}"
    yield from _tables(record)
    yield plain(" ".join(map(sentence, head.summary)))
    warnings = [f"> ⚠️ {plain(sentence(text))}" for text in attention(record)]
    if warnings:
        yield "\n>\n".join(warnings)
    yield "**What to do first**\n\n" + "\n".join(
        f"{number}. {f'**{plain(one.title)}.** ' if one.title else ''}{'(Suspected.) ' if one.suspected else ''}"
        f"{plain(sentence(one.text))}"
        for number, one in enumerate(advice(record), 1)
    )
    if record.plan is not None:
        yield "**The plan**\n\n" + "\n".join(f"- {plain(line)}" for line in record.plan)
    for finding in record.of(Verdict.FAILED):
        yield _defect(record, finding, look_up)
    yield from _unjudged(record)
    for verdict in (Verdict.CRASHED, Verdict.INAPPLICABLE, Verdict.PASSED):
        findings = record.of(verdict)
        if findings:
            yield _folded(f"{OUTCOMES[verdict][0]} ({len(findings)})", _lines(findings))
    yield _foot(record)


def _tables(record: Record) -> Iterator[str]:
    """Each with at most a hundred rows, so that the limit may leave some out."""
    failed = record.of(Verdict.FAILED)
    rows = [
        f"| {LEVELS[one.severity]} | {plain(one.check.title)}<br><sub>{plain(one.check.id)}</sub> "
        f"| {_sureness(record, one)} | {_where(one)} |"
        for one in failed[:100]
    ]
    if rows:
        yield "\n".join(["| severity | defect | confidence | where |", "|---|---|---|---|", *rows])
    tallies = [f"{len(record.of(verdict))} {name.lower()}" for verdict, (name, _) in OUTCOMES.items()]
    left = [f"{len(record.unjudged)} not carried out to the end"] if record.unjudged else []
    yield " · ".join([*tallies, *left])


def _sureness(record: Record, finding: Finding) -> str:
    word = finding.confidence.value if finding.confidence else ""
    return f"{word}, known" if record.earlier.covers(finding) else word


def _where(finding: Finding) -> str:
    if not finding.where:
        return ""
    first, *more = finding.where
    shown = plain(f"{first.method} {first.url}"[:200])
    return f"{shown} and {len(more)} more" if more else shown


def _defect(record: Record, finding: Finding, look_up: LookUp) -> str:
    check = finding.check
    suspected = finding.confidence is Confidence.SUSPECTED
    known = " *(known from the baseline)*" if record.earlier.covers(finding) else ""
    parts = [
        f"### {LEVELS[finding.severity]}: {plain(check.title)}{known}",
        f"{'Suspected: ' if suspected else ''}{plain(sentence(masked(finding.message)))}",
        "\n".join(f"- {code(f'{place.method} {place.url}'[:300])}" for place in finding.where[:10]),
        f"**Why it matters.** {plain(sentence(check.why))}",
        f"**How to fix it.** {plain(sentence(check.fix))}",
        _folded(
            "Code for " + listed([fix.framework for fix in fixes_of(check.id)]),
            "\n\n".join(
                f"**{fix.framework}**\n\n{code_block(fix.code, fix.language)}" for fix in fixes_of(check.id)
            ),
        ),
        _folded(f"The experiment ({count(len(finding.evidence), 'step')})", _experiment(finding)),
        f"**See it yourself**\n\n{code_block(masked(finding.reproduce), 'sh')}" if finding.reproduce else "",
        "Held against " + listed([_linked(name, look_up) for name in demands(check.requirements)]) + ".",
    ]
    return "\n\n".join(part for part in parts if part)


def _linked(name: str, look_up: LookUp) -> str:
    (one,) = cited([name], look_up)
    return (
        f"[{plain(one.id)}]({one.link.replace('(', '%28').replace(')', '%29')})"
        if one.link
        else plain(one.id)
    )


def _experiment(finding: Finding) -> str:
    rows = []
    for number, step in enumerate(finding.evidence[:30], 1):
        control = f"*{plain(step.control)}:* " if step.control else ""
        shows = f" → shows {plain(SHOWN.get(step.shows, step.shows))}" if step.shows else ""
        rows.append(f"{number}. {duration(step.seconds)}: {control}{plain(masked(step.probe))}{shows}")
    more = len(finding.evidence) - len(rows)
    return "\n".join([*rows, *([f"\n{more} more in report.html."] if more > 0 else [])])


def _unjudged(record: Record) -> Iterator[str]:
    lines = _lines(record.of(Verdict.INCONCLUSIVE))
    left = [f"- {code(name)}: {plain(sentence(record.reason))}" for name in record.unjudged]
    if lines or left:
        text = "\n".join([*([lines] if lines else []), *left])
        number = len(record.of(Verdict.INCONCLUSIVE)) + len(left)
        yield _folded(f"What could not be judged ({number})", text)


def _lines(findings: Iterable[Finding]) -> str:
    return "\n".join(f"- {code(one.check.id)}: {plain(sentence(masked(one.message)))}" for one in findings)


def _folded(title: str, text: str) -> str:
    return f"<details><summary>{title}</summary>\n\n{text}\n\n</details>" if text else ""


def _foot(record: Record) -> str:
    asked = f", {count(record.requests, 'request')}" if record.requests is not None else ""
    took = f"{plain(record.target)}, {duration(record.seconds)}{asked}, seed {record.seed}"
    return f"<sub>Sessionward {VERSION}: {took}. It tells where an app is weak: keep it to those who mend it.</sub>"
