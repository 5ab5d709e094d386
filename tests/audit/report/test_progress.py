"""What is told while the audit goes on."""

import re
from contextlib import suppress
from io import StringIO
from pathlib import Path

import pytest

from sessionward.audit.check import Verdict
from sessionward.audit.events import CheckStarted, Event, Noted
from sessionward.audit.report.progress import Progress
from tests.audit.report import sample, sample_checks


class Terminal(StringIO):
    """Says that it is one."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "100")


def told(file: StringIO, *events: Event) -> str:
    """What stands in ``file`` after these events, without colours and the movements of the cursor."""
    with Progress(file, clock=lambda: 0.0) as progress:
        for event in events:
            progress(event)
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", file.getvalue())


def test_a_log_gets_nothing_but_warnings() -> None:
    assert told(StringIO(), *sample.clean()) == ""
    assert (
        told(StringIO(), Noted(text="slow"), Noted(text="left open", warning=True)) == "Warning: left open\n"
    )


def test_a_log_is_told_that_nobody_got_in_and_that_it_stopped() -> None:
    lines = told(StringIO(), *sample.never_in()).splitlines()
    assert lines[0].startswith("Not tested: The login form answered")
    assert lines[-1] == "Not complete: The audit was never logged in."


def test_a_log_is_told_of_a_crash() -> None:
    crashed = sample.finding(sample_checks.STORAGE, Verdict.CRASHED, "broke")
    assert "crashed: The token lies where scripts can read it" in told(StringIO(), *sample.judged([crashed]))


def test_a_log_is_told_where_the_report_is(tmp_path: Path) -> None:
    file = StringIO()
    Progress(file).written([tmp_path / "report.html"])
    assert file.getvalue() == f"Report: {tmp_path / 'report.html'}\n"


class Closed(StringIO):
    """Whoever read it went away."""

    def write(self, text: str) -> int:
        raise BrokenPipeError


def test_an_audit_goes_on_though_nobody_reads_its_progress(tmp_path: Path) -> None:
    file = Closed()
    assert told(file, *sample.never_in(), *sample.clean()) == ""
    Progress(file).written([tmp_path / "report.html"])
    assert file.getvalue() == ""


def test_a_terminal_sees_each_judgement() -> None:
    text = told(Terminal(), *sample.with_defects())
    assert "✓ logged in, and the accounts can be told apart" in text
    assert "✗ Logging out leaves the token alive" in text
    assert "✗ A session lives beyond its lifetime (suspected)" in text
    assert "✓ Another site can log a person in" in text
    assert "? could not be judged: An idle session stays open" in text


def test_a_terminal_sees_the_stage_the_running_checks_and_the_count() -> None:
    running = tuple(CheckStarted(check=check, run=2) for check in sample_checks.CHECKS[:6])
    text = told(Terminal(), *sample.opening(), *running)
    assert "calibrating · 0 of 15 checks · 0 s" in text
    assert "absolute-timeout-missing, again" in text
    assert "and 2 more" in text


def test_an_answer_of_the_app_cannot_steer_the_terminal() -> None:
    file = StringIO()
    told(file, Noted(text="the app said \x1b[2Jclean", warning=True))
    assert "\x1b" not in file.getvalue()


def test_the_cursor_is_given_back_after_a_failure_too() -> None:
    file = Terminal()
    with suppress(RuntimeError), Progress(file):
        raise RuntimeError
    hidden, shown = file.getvalue().rfind("\x1b[?25l"), file.getvalue().rfind("\x1b[?25h")
    assert -1 < hidden < shown


def test_the_report_for_people_is_named_first_and_whole(tmp_path: Path) -> None:
    file = StringIO()
    Progress(file).written([tmp_path / "report.html", tmp_path / "report.json", tmp_path / "report.md"])
    assert file.getvalue().replace("\n", " ").split() == [
        *("Report:", str(tmp_path / "report.html"), "Beside", "it:", "report.json,", "report.md")
    ]
