"""All reports of an audit, in one directory, at any moment."""

import json
import stat
from pathlib import Path
from typing import Any

import pytest

from sessionward.audit.report.earlier import read_earlier
from sessionward.audit.report.files import file_reports
from tests.audit.report import sample, sample_checks


def read(directory: Path) -> dict[str, Any]:
    parsed = json.loads((directory / "report.json").read_text(encoding="utf-8"))
    assert isinstance(parsed, dict)
    return parsed


def test_each_judgement_is_on_disk_at_once(tmp_path: Path) -> None:
    reports = file_reports(tmp_path / "out")
    for event in sample.stopped()[:-1]:
        reports(event)
    partial = read(tmp_path / "out")
    assert partial["complete"] is False
    assert partial["reason"] == "The audit had not ended when this was written."
    assert [e["check"] for e in partial["outcomes"] if e["outcome"] == "failed"] == [
        "logout-keeps-token-alive"
    ]


def test_the_end_is_on_disk_for_people_and_for_programs(tmp_path: Path) -> None:
    reports = file_reports(tmp_path)
    for event in sample.with_defects():
        reports(event)
    assert read(tmp_path)["complete"] is True
    assert "3 defects confirmed" in (tmp_path / "report.html").read_text(encoding="utf-8")
    names = ["report.html", "report.json", "report.sarif", "report.junit.xml", "report.md"]
    assert [path.name for path in reports.paths] == names
    assert all(path.stat().st_size > 1000 for path in reports.paths)


def test_what_an_earlier_report_knew_is_marked_in_each(tmp_path: Path) -> None:
    before = file_reports(tmp_path / "before")
    for event in sample.stopped():
        before(event)
    before.write()
    earlier = read_earlier((tmp_path / "before" / "report.json").read_bytes())
    now = file_reports(tmp_path / "now", earlier=earlier)
    for event in sample.with_defects():
        now(event)
    known = {
        one["check"]: one["known"] for one in read(tmp_path / "now")["outcomes"] if one["outcome"] == "failed"
    }
    assert known["logout-keeps-token-alive"] is True
    assert known["private-data-without-session"] is False
    marks = {
        "report.html": "Known",
        "report.sarif": '"unchanged"',
        "report.junit.xml": "Known from",
        "report.md": ", known",
    }
    for name, mark in marks.items():
        assert mark in (tmp_path / "now" / name).read_text(encoding="utf-8")
        assert mark not in (tmp_path / "before" / name).read_text(encoding="utf-8")


def test_they_are_the_users_alone(tmp_path: Path) -> None:
    reports = file_reports(tmp_path / "out")
    written = reports.write()
    assert {stat.S_IMODE(path.stat().st_mode) for path in written} == {0o600}
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o700


def test_they_can_be_written_before_anything_happened(tmp_path: Path) -> None:
    file_reports(tmp_path).write()
    assert read(tmp_path)["authenticated"] is False


def test_a_check_of_the_catalogue_that_never_ran_keeps_its_severity(tmp_path: Path) -> None:
    reports = file_reports(tmp_path, catalogue=sample_checks.CHECKS)
    reports(sample.opening()[0])
    severities = {entry["check"]: entry["severity"] for entry in read(tmp_path)["outcomes"]}
    assert severities["private-data-without-session"] == "critical"


def test_the_end_says_where_a_report_cannot_be_written(tmp_path: Path) -> None:
    blocked = tmp_path / "out"
    blocked.write_text("a file where the directory should be", encoding="utf-8")
    reports = file_reports(blocked)
    reports(sample.opening()[0])
    with pytest.raises(OSError, match="out"):
        reports(sample.stopped()[-1])
