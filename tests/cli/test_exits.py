import pytest

from sessionward.audit.check import Confidence, Severity, Verdict
from sessionward.audit.events import Finding
from sessionward.audit.report import Earlier
from sessionward.cli.exits import Exit, exit_of
from tests.audit.conduct.samples import check


def finding(
    verdict: Verdict = Verdict.FAILED,
    severity: Severity = Severity.HIGH,
    confidence: Confidence | None = Confidence.CONFIRMED,
) -> Finding:
    return Finding(check=check("a"), verdict=verdict, message="", severity=severity, confidence=confidence)


def test_the_codes_are_those_that_scripts_rely_on() -> None:
    assert [int(code) for code in (Exit.CLEAN, Exit.FINDINGS, Exit.WRONG_USE, Exit.NOT_CARRIED_OUT)] == [
        0,
        1,
        2,
        3,
    ]


@pytest.mark.parametrize(
    "one,code",
    [
        (finding(), Exit.FINDINGS),
        (finding(severity=Severity.CRITICAL), Exit.FINDINGS),
        (finding(severity=Severity.MEDIUM), Exit.CLEAN),
        (finding(confidence=Confidence.SUSPECTED), Exit.CLEAN),
        (finding(Verdict.PASSED, confidence=None), Exit.CLEAN),
        (finding(Verdict.CRASHED, confidence=None), Exit.CLEAN),
    ],
)
def test_only_a_confirmed_defect_that_is_grave_enough_counts(one: Finding, code: Exit) -> None:
    assert exit_of([finding(Verdict.INCONCLUSIVE, confidence=None), one], fail_on=Severity.HIGH) is code


def test_what_a_baseline_knows_does_not_count() -> None:
    for name, code in (("a", Exit.CLEAN), ("b", Exit.FINDINGS)):
        known = Earlier(confirmed={name: frozenset()}, given=True)
        assert exit_of([finding()], fail_on=Severity.INFO, known=known) is code


def test_without_findings_all_is_clean() -> None:
    assert exit_of([], fail_on=Severity.INFO) is Exit.CLEAN
