"""What stands in the page, before it is drawn."""

from dataclasses import replace

from sessionward.audit.check import Verdict
from sessionward.audit.events import Picture
from sessionward.audit.report.page import Page, page
from sessionward.standards import requirement
from tests.audit.report import sample, sample_checks


def shown() -> Page:
    return page(sample.record_of(sample.with_defects()), requirement)


def test_each_finding_stands_in_its_section_the_worst_first() -> None:
    drawn = shown()
    assert drawn.failed[0].check.id == "private-data-without-session"
    assert len(drawn.passed) == 5
    assert [entry.check.id for entry in drawn.crashed] == ["token-in-web-storage"]


def test_one_reason_for_several_checks_is_said_once() -> None:
    drawn = page(sample.record_of(sample.never_in()), requirement)
    assert len(drawn.inconclusive) == 1
    assert len(drawn.inconclusive[0].entries) == len(sample_checks.CHECKS)


def test_the_tallies_count_what_never_came_to_its_end_as_unjudged() -> None:
    drawn = page(sample.record_of(sample.stopped()), requirement)
    numbers = {tally.verdict: tally.number for tally in drawn.tallies}
    assert numbers[Verdict.FAILED] == 1
    assert numbers[Verdict.INCONCLUSIVE] == len(sample_checks.CHECKS) - 1


def test_standards_have_titles_and_links() -> None:
    cited = shown().failed[0].standards[0]
    assert (cited.id, cited.title) == ("ASVS-7.4.1", requirement("ASVS-7.4.1").title)
    assert cited.link.startswith("https://")


def test_a_standard_that_nobody_knows_keeps_its_id() -> None:
    strange = replace(sample_checks.LOGOUT, requirements=("HOUSE-RULE-7",))
    finding = sample.finding(strange, Verdict.PASSED, "held")
    drawn = page(sample.record_of(sample.judged([finding])), requirement)
    assert [(cited.id, cited.link) for cited in drawn.passed[0].standards] == [("HOUSE-RULE-7", "")]


def test_two_outcomes_of_one_check_have_two_anchors() -> None:
    findings = [sample.failures()[0], replace(sample.failures()[0], message="elsewhere too")]
    drawn = page(sample.record_of(sample.judged(findings)), requirement)
    assert [entry.anchor for entry in drawn.failed] == [
        "logout-keeps-token-alive",
        "logout-keeps-token-alive-2",
    ]


def test_the_policy_is_told_in_spans_of_time() -> None:
    policy = dict(shown().policy)
    assert policy["Inactivity timeout"] == "15 min"
    assert policy["Absolute lifetime"] == "12 h"
    assert policy["Concurrent sessions"] == "not stated"
    assert policy["Failed logins"] == "10"


def test_pictures_stand_within_the_page() -> None:
    finding = replace(sample.proven()[0], pictures=(Picture(caption="owner logs out", jpeg=b"\xff\xd8"),))
    (entry,) = page(sample.record_of(sample.judged([finding])), requirement).failed
    assert [(one.caption, one.address) for one in entry.pictures] == [
        ("owner logs out", "data:image/jpeg;base64,/9g=")
    ]


def test_only_what_failed_comes_with_code_to_mend_it() -> None:
    drawn = shown()
    assert [fix.key for fix in drawn.failed[0].fixes] == [
        "django",
        "flask",
        "fastapi",
        "express",
        "spring",
        "php",
    ]
    assert not any(entry.fixes for entry in drawn.passed)


def test_each_finding_names_its_category_of_the_top_ten() -> None:
    assert "OWASP-A07:2025" in [one.id for one in shown().failed[0].standards]
