"""The file keeps step with the events."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from sessionward.audit.events import AuditFinished, StageStarted
from sessionward.audit.report.file_report import FileReport, Recorder
from sessionward.audit.report.json_report import render_json
from tests.audit.report import sample


def read(path: Path) -> dict[str, Any]:
    parsed = json.loads(path.read_text(encoding="utf-8"))
    assert isinstance(parsed, dict)
    return parsed


def test_each_judgement_is_on_disk_at_once(tmp_path: Path) -> None:
    report = FileReport(tmp_path / "out" / "report.json", render_json)
    for event in sample.stopped()[:-1]:
        report(event)
    partial = read(report.path)
    assert partial["complete"] is False
    assert partial["reason"] == "The audit had not ended when this was written."
    assert [e["check"] for e in partial["outcomes"] if e["outcome"] == "failed"] == [
        "logout-keeps-token-alive"
    ]


def test_the_end_is_on_disk(tmp_path: Path) -> None:
    report = FileReport(tmp_path / "report.json", render_json)
    for event in sample.with_defects():
        report(event)
    assert read(report.path)["complete"] is True


def test_it_can_be_written_before_anything_happened(tmp_path: Path) -> None:
    report = FileReport(tmp_path / "report.json", render_json)
    assert report.write() == tmp_path / "report.json"
    assert read(report.path)["authenticated"] is False


def test_a_disk_that_is_full_for_a_while_does_not_end_the_audit(tmp_path: Path) -> None:
    blocked = tmp_path / "out"
    blocked.write_text("a file where the directory should be", encoding="utf-8")
    report = FileReport(blocked / "report.json", render_json)
    for event in sample.stopped()[:-1]:
        report(event)
    blocked.unlink()
    report(sample.stopped()[-1])
    assert read(report.path)["reason"] == "Stopped from the keyboard."


def test_a_disk_that_stays_full_is_told_at_the_end(tmp_path: Path) -> None:
    blocked = tmp_path / "out"
    blocked.write_text("a file where the directory should be", encoding="utf-8")
    report = FileReport(blocked / "report.json", render_json)
    with pytest.raises(OSError, match="out"):
        report(AuditFinished(seconds=1.0, requests=1))


def test_the_recorder_dates_events_by_its_clock() -> None:
    ticks = iter((100.0, 102.5))
    recorder = Recorder(clock=lambda: next(ticks), now=lambda: datetime(2026, 3, 2, 9, 30, tzinfo=UTC))
    recorder(StageStarted(stage="entering"))
    assert recorder.record.started == "2026-03-02T09:30:00+00:00"
    assert recorder.record.stages[0].at == 2.5
