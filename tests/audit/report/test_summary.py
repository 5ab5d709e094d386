"""The result on the terminal."""

from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest

from sessionward.audit.check import Verdict
from sessionward.audit.events import Event
from sessionward.audit.report.earlier import read_earlier
from sessionward.audit.report.json_report import render_json
from sessionward.audit.report.record import begin
from sessionward.audit.report.summary import print_summary, summary
from tests.audit.report import sample, sample_checks

RUNS = (
    sample.with_defects,
    sample.clean,
    sample.never_in,
    sample.stopped,
    sample.opening,
    sample.only_planned,
)


class Terminal(StringIO):
    """Says that it is one."""

    def isatty(self) -> bool:
        return True


def test_the_first_line_says_whether_it_was_logged_in() -> None:
    assert summary(sample.record_of(sample.with_defects())).startswith("Tested while logged in: 3 defects")
    assert summary(sample.record_of(sample.never_in())).startswith(
        "Not tested: the audit was never logged in\n"
    )


@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize("width", [40, 80, 110])
def test_no_line_is_wider_than_it_may_be(run: Callable[[], tuple[Event, ...]], width: int) -> None:
    for line in summary(sample.record_of(run()), width=width).splitlines():
        assert len(line) <= width or " " not in line.strip()
        assert line == line.rstrip()


def test_each_check_is_named_whole_under_its_outcome() -> None:
    text = summary(sample.record_of(sample.with_defects()), width=60)
    for check in sample_checks.CHECKS:
        assert check.id in text
    order = ["Failed (4)", "Held (5)", "Could not be judged (2)", "Crashed (1)", "Does not apply (3)"]
    places = [text.index(title) for title in order]
    assert places == sorted(places)


def test_a_suspicion_is_called_one() -> None:
    text = summary(sample.record_of(sample.with_defects()))
    assert "  medium    absolute-timeout-missing\n            Suspected: The token names no end" in text


def test_one_reason_for_many_checks_is_said_once() -> None:
    text = summary(sample.record_of(sample.never_in()), width=110)
    assert text.count("so nothing can be told") == 1


def test_measured_timeouts_stand_against_the_policy() -> None:
    text = summary(sample.record_of(sample.with_defects()))
    assert "left idle: alive after 1 min, not seen dead; the policy is 15 min" in text
    assert "kept in use: alive after 30 min, dead after 1 h 2 min; the policy is 12 h" in text


def test_the_same_record_is_the_same_text() -> None:
    first, second = (summary(sample.record_of(sample.with_defects())) for _ in range(2))
    assert first == second


def test_it_says_where_the_report_is(tmp_path: Path) -> None:
    assert summary(begin(), tmp_path).splitlines()[-1] == f"Report: {tmp_path / 'report.html'}"


class Closed(StringIO):
    """Whoever read it went away."""

    def write(self, text: str) -> int:
        raise BrokenPipeError


def test_a_result_that_nobody_could_read_is_no_silent_success() -> None:
    with pytest.raises(BrokenPipeError):
        print_summary(sample.record_of(sample.clean()), Closed())


def test_a_log_has_no_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    file = StringIO()
    print_summary(sample.record_of(sample.with_defects()), file)
    assert "\x1b" not in file.getvalue()
    assert file.getvalue() == summary(sample.record_of(sample.with_defects())) + "\n"


def test_a_terminal_has_colour_unless_it_is_unwanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    coloured = Terminal()
    print_summary(sample.record_of(sample.with_defects()), coloured)
    monkeypatch.setenv("NO_COLOR", "1")
    plain = Terminal()
    print_summary(sample.record_of(sample.with_defects()), plain)
    assert "\x1b[31m" in coloured.getvalue()
    assert "\x1b[31m" not in plain.getvalue()


def test_an_answer_of_the_app_cannot_steer_the_terminal() -> None:
    finding = sample.finding(sample_checks.IDLE, Verdict.INCONCLUSIVE, "the app said \x1b[2Jclean")
    assert "\x1b" not in summary(sample.record_of(sample.judged([finding])))


def test_what_the_baseline_knows_is_marked() -> None:
    found = sample.record_of(sample.with_defects())
    known = replace(found, earlier=read_earlier(render_json(sample.record_of(sample.stopped()))))
    assert "Known: After logging out" in summary(known)
    assert "Known:" not in summary(found)
