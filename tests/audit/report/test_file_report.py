"""The record grows with the events, and the file keeps step with it."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sessionward.audit.events import AuditFinished, AuditStarted, CheckStarted, Event, Judged, StageStarted
from sessionward.audit.report.file_report import FileReport, Recorder
from sessionward.audit.report.record import Record, begin
from tests.audit.report import sample, sample_checks


def seconds_of(record: Record) -> bytes:
    return str(record.seconds).encode()


def test_the_recorder_dates_events_by_its_clock() -> None:
    ticks = iter((100.0, 102.5))
    recorder = Recorder(clock=lambda: next(ticks), now=lambda: datetime(2026, 3, 2, 9, 30, tzinfo=UTC))
    recorder(StageStarted(stage="entering"))
    assert recorder.record.started == "2026-03-02T09:30:00+00:00"
    assert recorder.record.stages[0].at == 2.5


@pytest.mark.parametrize(
    "event,written",
    [
        (AuditStarted(target="", policy={}, seed=0, checks=()), True),
        (Judged(finding=sample.failures()[0]), True),
        (sample.scene_ready(), True),
        (AuditFinished(seconds=1.0, requests=1), True),
        (StageStarted(stage="exploring"), False),
        (CheckStarted(check=sample_checks.IDLE), False),
    ],
)
def test_it_is_written_when_something_to_report_happened(
    event: Event, written: object, tmp_path: Path
) -> None:
    report = FileReport(tmp_path / "report.txt", seconds_of)
    report.follow(event, begin())
    assert report.path.exists() is written


def test_a_disk_that_is_full_for_a_while_does_not_end_the_audit(tmp_path: Path) -> None:
    blocked = tmp_path / "out"
    blocked.write_text("a file where the directory should be", encoding="utf-8")
    report = FileReport(blocked / "report.txt", seconds_of)
    report.follow(sample.scene_ready(), begin())
    blocked.unlink()
    report.follow(AuditFinished(seconds=1.0, requests=1), begin())
    assert report.path.read_bytes() == b"0.0"


def test_a_disk_that_stays_full_is_told_at_the_end(tmp_path: Path) -> None:
    blocked = tmp_path / "out"
    blocked.write_text("a file where the directory should be", encoding="utf-8")
    report = FileReport(blocked / "report.txt", seconds_of)
    with pytest.raises(OSError, match="out"):
        report.follow(AuditFinished(seconds=1.0, requests=1), begin())


def test_judgements_in_quick_succession_are_drawn_once_and_the_end_always(tmp_path: Path) -> None:
    report = FileReport(tmp_path / "report.txt", seconds_of, every=5.0)
    written = []
    for at in (1.0, 2.0, 6.5):
        report.follow(Judged(finding=sample.failures()[0]), replace(begin(), seconds=at))
        written.append(report.path.read_bytes())
    report.follow(AuditFinished(seconds=7.0, requests=1), replace(begin(), seconds=7.0))
    assert [*written, report.path.read_bytes()] == [b"1.0", b"1.0", b"6.5", b"7.0"]
