"""The files of an audit, kept in step with it by one listener."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sessionward.audit.check import Check
from sessionward.audit.events import Event
from sessionward.audit.report import html_report, json_report, junit_report, markdown_report, sarif_report
from sessionward.audit.report.earlier import Earlier
from sessionward.audit.report.file_report import FileReport, Recorder
from sessionward.audit.report.record import Record

PAGE_EVERY = 5.0
"""Seconds between two drawings of the page while the audit goes on; the data are written at each judgement."""


class FileReports:
    """A listener that writes every report of an audit into one directory."""

    def __init__(self, directory: Path, recorder: Recorder) -> None:
        self._recorder = recorder
        self._reports = (
            FileReport(directory / html_report.FILE_NAME, html_report.render_html, every=PAGE_EVERY),
            FileReport(directory / json_report.FILE_NAME, json_report.render_json),
            FileReport(directory / sarif_report.FILE_NAME, sarif_report.render_sarif, every=PAGE_EVERY),
            FileReport(directory / junit_report.FILE_NAME, junit_report.render_junit, every=PAGE_EVERY),
            FileReport(
                directory / markdown_report.FILE_NAME, markdown_report.render_markdown, every=PAGE_EVERY
            ),
        )

    @property
    def record(self) -> Record:
        """What is known so far."""
        return self._recorder.record

    @property
    def paths(self) -> tuple[Path, ...]:
        """Where the reports are."""
        return tuple(report.path for report in self._reports)

    def __call__(self, event: Event) -> None:
        """Take one event in. Raises OSError only at the end, where a report cannot be written."""
        self._recorder(event)
        for report in self._reports:
            report.follow(event, self.record)

    def write(self) -> tuple[Path, ...]:
        """Write what is known now and say where. Raises OSError."""
        return tuple(report.write(self.record) for report in self._reports)


def file_reports(
    directory: Path, *, catalogue: Iterable[Check] = (), earlier: Earlier | None = None
) -> FileReports:
    """The reports of one audit in ``directory``.

    ``catalogue`` are the checks that are to run; ``earlier`` is the report whose findings are known.
    """
    return FileReports(directory, Recorder(catalogue=catalogue, earlier=earlier))
