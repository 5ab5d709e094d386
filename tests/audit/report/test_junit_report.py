"""The file for continuous integration: red where a defect is proven, never green where nothing was tried."""

from collections.abc import Callable
from dataclasses import replace
from xml.etree.ElementTree import Element, fromstring

import pytest

from sessionward.audit.check import Confidence, Place, Severity, Verdict
from sessionward.audit.events import Event
from sessionward.audit.report.earlier import read_earlier
from sessionward.audit.report.json_report import render_json
from sessionward.audit.report.junit_report import ENTRY, legal, render_junit
from sessionward.audit.report.record import Record
from tests.audit.report import sample, sample_checks

RUNS = (
    sample.with_defects,
    sample.clean,
    sample.never_in,
    sample.stopped,
    sample.opening,
    sample.only_planned,
)


def read(record: Record) -> Element:
    return fromstring(render_junit(record))  # noqa: S314 — the file is our own


def case(root: Element, name: str) -> Element:
    (found,) = [one for one in root.iter("testcase") if one.get("name") == name]
    return found


def marks(one: Element) -> list[str]:
    return [child.tag for child in one if child.tag != "system-out"]


@pytest.mark.parametrize("run", RUNS)
def test_each_check_is_one_case_and_the_sums_are_right(run: Callable[[], tuple[Event, ...]]) -> None:
    root = read(sample.record_of(run()))
    names = [one.get("name") for one in root.iter("testcase")]
    assert len(names) == len(set(names))
    for kind, tag in (
        ("tests", "testcase"),
        ("failures", "failure"),
        ("errors", "error"),
        ("skipped", "skipped"),
    ):
        assert root.get(kind) == str(len(list(root.iter(tag))))
        for suite in root:
            assert suite.get(kind) == str(len(list(suite.iter(tag))))


def test_each_outcome_is_told_with_its_reason() -> None:
    root = read(sample.record_of(sample.with_defects()))
    outcomes = {one.get("name"): marks(one) for one in root.iter("testcase")}
    assert outcomes["logout-keeps-token-alive"] == ["failure"]
    assert outcomes["absolute-timeout-missing"] == ["skipped"]
    assert outcomes["idle-timeout-missing"] == ["skipped"]
    assert outcomes["cookie-without-httponly"] == ["skipped"]
    assert outcomes["token-in-web-storage"] == ["error"]
    assert outcomes["token-survives-login"] == []
    reason = case(root, "idle-timeout-missing")[0].get("message") or ""
    assert "Run with --wait 16m." in reason


def test_a_failure_tells_where_and_how_to_fix_it() -> None:
    failure = case(read(sample.record_of(sample.with_defects())), "logout-keeps-token-alive")[0]
    assert failure.get("type") == "high"
    for words in (
        "GET http://127.0.0.1:8000/api/me",
        "How to fix it: End the session",
        "curl -i -b",
        "ASVS-7.4.1",
    ):
        assert words in (failure.text or "")


@pytest.mark.parametrize("run", [sample.never_in, sample.stopped, sample.opening])
def test_an_audit_that_was_not_carried_out_is_an_error(run: Callable[[], tuple[Event, ...]]) -> None:
    assert marks(case(read(sample.record_of(run())), ENTRY)) == ["error"]


def test_an_audit_that_was_carried_out_is_none() -> None:
    assert marks(case(read(sample.record_of(sample.clean())), ENTRY)) == []


def test_a_known_defect_is_skipped_and_a_new_one_fails() -> None:
    record = sample.record_of(sample.with_defects())
    root = read(replace(record, earlier=read_earlier(render_json(sample.record_of(sample.stopped())))))
    known = case(root, "logout-keeps-token-alive")
    assert marks(known) == ["skipped"]
    assert (known[0].get("message") or "").startswith("Known from the baseline (high): ")
    assert marks(case(root, "private-data-without-session")) == ["failure"]


def test_the_gravest_of_several_outcomes_decides_and_the_others_are_told() -> None:
    held = sample.finding(sample_checks.LOGOUT, Verdict.PASSED, "The page is closed.")
    root = read(sample.record_of(sample.judged([held, sample.proven()[0]])))
    judged = case(root, "logout-keeps-token-alive")
    assert marks(judged) == ["failure"]
    assert judged.findtext("system-out") == "passed: The page is closed."


def test_hostile_text_is_data_and_what_xml_cannot_hold_is_replaced() -> None:
    evil = "</failure>]]><x a='\"&\x00\x1b\ud800\ufffe\n|"
    finding = sample.finding(
        replace(sample_checks.make_check("evil", severity=Severity.LOW), title=evil, family=evil),
        Verdict.FAILED,
        evil,
        confidence=Confidence.CONFIRMED,
        where=(Place(method="GET", url=evil),),
    )
    failure = case(read(sample.record_of(sample.judged([finding]))), "evil")[0]
    assert "</failure>]]><x a='\"&" in (failure.text or "")
    assert len(failure) == 0
    assert legal("a\x00\ud800b") == "a\ufffd\ufffdb"


def test_no_secret_that_an_app_handed_out_unasked_is_shown() -> None:
    finding = sample.finding(
        sample_checks.LOGOUT,
        Verdict.FAILED,
        "answered Set-Cookie: sid=0badcafe0badcafe",
        confidence=Confidence.CONFIRMED,
        reproduce="curl -H 'Cookie: sid=0badcafe0badcafe'",
    )
    assert b"0badcafe" not in render_junit(sample.record_of(sample.judged([finding])))
