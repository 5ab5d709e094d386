"""The result on the terminal: what a person reads who looks at nothing else, and what a log keeps.

Rule: the same record gives the same text at the same width; colour adds nothing that words do not say.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

from rich.console import Console
from rich.text import Text

from sessionward.audit.check import Confidence, Severity, Verdict
from sessionward.audit.events import Finding
from sessionward.audit.report.headline import Tone, attention, headline
from sessionward.audit.report.html_report import FILE_NAME as HTML_NAME
from sessionward.audit.report.record import Bracket, Record
from sessionward.audit.report.terms import OUTCOMES, TIMEOUTS, count, duration, printable, sentence
from sessionward.audit.report.timeout_chart import allowed

WIDTH = 80
"""Columns where the output is no terminal: a file has no width, and the text is to be the same each time."""
LEAST, MOST = 30, 110
"""Narrower than the first no column fits; lines longer than the second are hard to read on any screen."""
GRAVE = 10
"""The width of the column with the severity: as wide as its longest word, and a gap."""

TONES = {Tone.BAD: "bold red", Tone.UNTESTED: "bold yellow", Tone.OPEN: "bold blue", Tone.HELD: "bold green"}
STYLES = {
    Severity.CRITICAL: "bold red",
    Severity.HIGH: "red",
    Severity.MEDIUM: "yellow",
    Severity.LOW: "blue",
    Severity.INFO: "dim",
}


class _Read(Console):
    """A console whose reader counts: where the result cannot be told, the caller must know (Rich would exit with 1)."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def print_summary(record: Record, file: TextIO, out: Path | None = None) -> None:
    """Write the summary to ``file``: in colour only on a terminal, and never where NO_COLOR is set.

    ``out`` is the directory with the reports, None where there is none. Raises BrokenPipeError.
    """
    console = _Read(file=file, highlight=False, emoji=False)
    width = min(console.width, MOST) if console.is_terminal else WIDTH
    for line in _lines(record, max(width, LEAST), out):
        console.print(line, soft_wrap=True)


def summary(record: Record, out: Path | None = None, *, width: int = WIDTH) -> str:
    """The summary as plain text; no line is longer than ``width`` columns, save for a word that is."""
    return "\n".join(line.plain for line in _lines(record, max(width, LEAST), out))


def _lines(record: Record, width: int, out: Path | None) -> Iterator[Text]:
    head = headline(record)
    yield from _wrapped(head.title, width, style=TONES[head.tone])
    yield from _wrapped(" ".join(map(sentence, head.summary)), width)
    for text in attention(record):
        yield from _wrapped(f"! {sentence(text)}", width, style="yellow", hang=2)
    yield from _failed(record, width)
    yield from _named(Verdict.PASSED, record.of(Verdict.PASSED), width)
    yield from _explained(Verdict.INCONCLUSIVE, record.of(Verdict.INCONCLUSIVE), width)
    yield from _explained(Verdict.CRASHED, record.of(Verdict.CRASHED), width)
    yield from _named(Verdict.INAPPLICABLE, record.of(Verdict.INAPPLICABLE), width)
    if record.unjudged:
        yield from _title("Not carried out to the end", len(record.unjudged))
        yield from _wrapped(", ".join(record.unjudged), width, indent=2)
    yield from _timeouts(record, width)
    yield Text()
    yield from _wrapped(_counted(record), width)
    if out is not None:
        yield Text(f"Report: {out / HTML_NAME}")  # whole, so that it can be opened from the terminal


def _failed(record: Record, width: int) -> Iterator[Text]:
    findings = record.of(Verdict.FAILED)
    if findings:
        yield from _title(OUTCOMES[Verdict.FAILED][0], len(findings))
    for finding in findings:
        grave, style = finding.severity.value, STYLES[finding.severity]
        if 2 + GRAVE + len(finding.check.id) > width:
            yield Text.assemble("  ", (grave, style))
            yield Text(f"    {finding.check.id}", style="bold")
        else:
            yield Text.assemble("  ", (grave.ljust(GRAVE), style), (finding.check.id, "bold"))
        doubt = "" if finding.confidence is Confidence.CONFIRMED else "Suspected: "
        doubt = "Known: " if record.earlier.covers(finding) else doubt
        yield from _wrapped(doubt + sentence(finding.message), width, indent=min(2 + GRAVE, width // 6))


def _named(verdict: Verdict, findings: Iterable[Finding], width: int) -> Iterator[Text]:
    """Names alone: what held and what does not apply is read in the report."""
    names = [finding.check.id for finding in findings]
    if names:
        yield from _title(OUTCOMES[verdict][0], len(names))
        yield from _wrapped(", ".join(dict.fromkeys(names)), width, indent=2)


def _explained(verdict: Verdict, findings: Iterable[Finding], width: int) -> Iterator[Text]:
    """Each reason once, with the names of the checks that it stopped."""
    findings = tuple(findings)
    if findings:
        yield from _title(OUTCOMES[verdict][0], len(findings))
    for message in dict.fromkeys(finding.message for finding in findings):
        names = dict.fromkeys(finding.check.id for finding in findings if finding.message == message)
        yield from _wrapped(", ".join(names), width, style="bold", indent=2)
        yield from _wrapped(sentence(message), width, indent=4)


def _timeouts(record: Record, width: int) -> Iterator[Text]:
    measured = [(kind, record.timeouts[kind]) for kind in TIMEOUTS if kind in record.timeouts]
    if measured:
        yield Text("\nWhen sessions ended", style="bold")
    for kind, bracket in measured:
        limit = allowed(record.policy, kind)
        policy = f"; the policy is {duration(limit)}" if limit else ""
        text = f"{TIMEOUTS[kind][0].lower()}: {', '.join(_ends(bracket))}{policy}"
        yield from _wrapped(text, width, indent=2)


def _ends(bracket: Bracket) -> Iterator[str]:
    if bracket.alive_after is not None:
        yield f"alive after {duration(bracket.alive_after)}"
    yield "not seen dead" if bracket.dead_after is None else f"dead after {duration(bracket.dead_after)}"


def _counted(record: Record) -> str:
    numbers = [f"{len(record.of(verdict))} {verdict.value}" for verdict in Verdict]
    asked = f", {count(record.requests, 'request')}" if record.requests is not None else ""
    return f"{', '.join(numbers)}; {duration(record.seconds)}{asked}, seed {record.seed}"


def _title(name: str, number: int) -> Iterator[Text]:
    yield Text(f"\n{name} ({number})", style="bold")


def _wrapped(text: str, width: int, *, style: str = "", indent: int = 0, hang: int = 0) -> Iterator[Text]:
    """``text`` in lines of at most ``width``; names with hyphens are kept whole so that they can be searched for."""
    lines = textwrap.wrap(
        printable(text),
        width,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + hang),
        break_long_words=False,
        break_on_hyphens=False,
    )
    yield from (Text(line, style=style) for line in lines)
