"""Writes docs/truth.md from the records of a played matrix: `python -m docs.truth FOLDER`, which `make truth` does."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.truth.batches import BATCHES
from tests.truth.records import Record, kept

PAGE = Path(__file__).with_name("truth.md")
HEAD = """# The truth about the checks

Each defect of the catalogue can be switched on in the demo clinic. A real browser audits the clinic with it, by http
and by https, and this page says what was found: the defect's own check has to fail, those that it declares to imply
may, and nothing else. Without any defect nothing may fail at all. Written by `make truth`, which takes hours and goes
on where it was broken off; each run of the tests plays a part."""


def cell(record: Record, hazard: str) -> str:
    """What the defect's own check said."""
    verdict, confidence = record.said.get(hazard, ("not played", ""))
    return confidence if verdict == "failed" else verdict


def others(record: Record) -> str:
    """Which other checks failed, those that are declared apart from those that are not."""
    failed = {check for check, (verdict, _) in record.said.items() if verdict == "failed"} - set(
        record.hazards
    )
    wrong = sorted(failed - set(record.implied))
    told = [f"{check} (declared)" for check in sorted(failed & set(record.implied))]
    return ", ".join([*(f"**{check}, wrongly**" for check in wrong), *told]) or "nothing"


def rows(records: Iterable[Record]) -> list[str]:
    """A line for each defect and way that it was audited."""
    lines = [
        f"| {hazard} | {record.scheme} | {cell(record, hazard)} | {record.batch} | {others(record)} |"
        for record in records
        for hazard in record.hazards
    ]
    return [
        "| defect | by | its own check | batch | what else failed there |",
        "|---|---|---|---|---|",
        *sorted(lines),
    ]


def sound(records: Iterable[Record]) -> list[str]:
    """The clinic without defects."""
    words = ("failed", "passed", "inconclusive", "inapplicable")
    lines = [f"| by | {' | '.join(words)} | seconds | requests |", f"|---|{'--:|' * (len(words) + 2)}"]
    for record in records:
        verdicts = [verdict for verdict, _ in record.said.values()]
        counts = [verdicts.count(word) for word in words]
        figures = " | ".join(str(figure) for figure in (*counts, round(record.seconds), record.requests))
        lines.append(f"| {record.scheme} | {figures} |")
    return lines


def left(records: Iterable[Record]) -> str:
    """The batches that have no record yet, in a sentence; empty where all have been played."""
    played = {(record.batch, record.scheme) for record in records}
    open_ = [
        f"{batch.name} by {scheme}"
        for batch in BATCHES
        for scheme in ("http", "https")
        if (batch.name, scheme) not in played
    ]
    return f"Not played yet: {', '.join(open_)}." if open_ else ""


def page(records: Sequence[Record]) -> str:
    """The whole page."""
    clean = [record for record in records if not record.hazards]
    parts = (
        HEAD,
        "## Without a defect",
        "\n".join(sound(clean)),
        "## With one",
        "\n".join(rows(records)),
        left(records),
    )
    return "\n\n".join(part for part in parts if part) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(kept(Path(sys.argv[1]))), encoding="utf-8")
