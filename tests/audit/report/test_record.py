"""Events add up to one value."""

import pytest

from sessionward.audit.check import Confidence, Severity, Verdict
from sessionward.audit.events import AuditStarted, CheckStarted, Judged, TimeoutMeasured
from sessionward.audit.report.record import NOT_FINISHED, Bracket, Record, after, begin, worst
from tests.audit.report import sample, sample_checks


def test_an_empty_record_claims_nothing() -> None:
    record = begin()
    assert not record.authenticated
    assert not record.complete
    assert record.reason == NOT_FINISHED
    assert record.requests is None


def test_a_whole_run_is_complete_and_leaves_no_check_unjudged() -> None:
    record = sample.record_of(sample.with_defects())
    assert record.complete
    assert record.reason == ""
    assert record.unjudged == ()
    assert (record.seconds, record.requests) == (148.2, 612)


def test_a_stopped_run_names_the_checks_without_an_outcome() -> None:
    record = sample.record_of(sample.stopped())
    assert not record.complete
    assert "logout-keeps-token-alive" not in record.unjudged
    assert len(record.unjudged) == len(sample_checks.CHECKS) - 1


def test_stages_keep_the_second_at_which_they_began() -> None:
    record = sample.record_of(sample.with_defects())
    assert [(stage.name, stage.at) for stage in record.stages][:3] == [
        ("entering", 1.0),
        ("exploring", 2.0),
        ("calibrating", 3.0),
    ]


def test_findings_come_worst_first_and_the_confirmed_before_the_suspected() -> None:
    failed = sample.record_of(sample.with_defects()).of(Verdict.FAILED)
    assert [finding.severity for finding in failed] == ["critical", "high", "medium", "low"]


def test_a_running_check_is_known_before_it_is_judged() -> None:
    record = after(begin(), AuditStarted(target="", policy={}, seed=0, checks=("idle-timeout-missing",)))
    record = after(record, CheckStarted(check=sample_checks.IDLE))
    assert record.known["idle-timeout-missing"] is sample_checks.IDLE
    assert record.unjudged == ("idle-timeout-missing",)


def test_time_never_runs_backwards_while_the_audit_goes_on() -> None:
    record = after(after(begin(), sample.opening()[1], at=5.0), sample.opening()[2], at=3.0)
    assert record.seconds == 5.0


@pytest.mark.parametrize(
    "first,second,both",
    [
        ((60.0, None), (None, 960.0), (60.0, 960.0)),
        ((60.0, 960.0), (120.0, 900.0), (120.0, 900.0)),
        ((120.0, 900.0), (60.0, 960.0), (120.0, 900.0)),
        ((60.0, 100.0), (200.0, None), (200.0, None)),
        ((None, None), (5.0, None), (5.0, None)),
    ],
)
def test_two_measurements_narrow_each_other_or_the_later_one_stands(
    first: tuple[float | None, float | None],
    second: tuple[float | None, float | None],
    both: tuple[float | None, float | None],
) -> None:
    record = begin()
    for alive, dead in (first, second):
        record = after(record, TimeoutMeasured(kind="inactivity", alive_after=alive, dead_after=dead))
    assert record.timeouts["inactivity"] == Bracket(alive_after=both[0], dead_after=both[1])


def test_only_a_confirmed_failure_counts_as_the_worst() -> None:
    suspected = sample.finding(
        sample_checks.NO_SESSION, Verdict.FAILED, "perhaps", confidence=Confidence.SUSPECTED
    )
    passed = sample.finding(sample_checks.NO_SESSION, Verdict.PASSED, "held")
    low = sample.finding(sample_checks.LIMIT, Verdict.FAILED, "seen", confidence=Confidence.CONFIRMED)
    assert worst((suspected, passed)) is None
    assert worst((suspected, passed, low)) is Severity.LOW
    assert worst(sample.failures()) is Severity.CRITICAL


def test_a_record_is_a_value() -> None:
    before = begin()
    later = after(before, Judged(finding=sample.failures()[0]))
    assert before == Record()
    assert later.findings == (sample.failures()[0],)
