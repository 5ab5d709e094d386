"""What an audit tells people and programs. Each report listens to the engine's events."""

from sessionward.audit.report.earlier import Earlier, NoReportError, read_earlier
from sessionward.audit.report.file_report import Recorder
from sessionward.audit.report.files import FileReports, file_reports
from sessionward.audit.report.headline import headline
from sessionward.audit.report.html_report import render_html
from sessionward.audit.report.json_report import render_json
from sessionward.audit.report.progress import Progress
from sessionward.audit.report.record import Record, worst
from sessionward.audit.report.schema import SCHEMA, json_schema_text
from sessionward.audit.report.summary import print_summary, summary

__all__ = [
    "SCHEMA",
    "Earlier",
    "FileReports",
    "NoReportError",
    "Progress",
    "Record",
    "Recorder",
    "file_reports",
    "headline",
    "json_schema_text",
    "print_summary",
    "read_earlier",
    "render_html",
    "render_json",
    "summary",
    "worst",
]
