import json

import pytest

from sessionward.audit.check import Confidence, Place, Verdict
from sessionward.audit.events import Finding
from sessionward.audit.report.earlier import Earlier, NoReportError, read_earlier
from sessionward.audit.report.json_report import render_json
from tests.audit.report import sample, sample_checks


def outcome(
    url: str = "", outcome: str = "failed", confidence: str | None = "confirmed"
) -> dict[str, object]:
    where = [{"method": "GET", "url": url}] if url else []
    return {
        "check": sample_checks.NO_SESSION.id,
        "outcome": outcome,
        "confidence": confidence,
        "where": where,
        "a key of a later version": 1,
    }


def earlier(*outcomes: dict[str, object]) -> Earlier:
    return read_earlier(json.dumps({"outcomes": outcomes}).encode())


def found_at(*urls: str) -> Finding:
    where = tuple(Place(method="GET", url=url) for url in urls)
    return sample.finding(
        sample_checks.NO_SESSION, Verdict.FAILED, "open", confidence=Confidence.CONFIRMED, where=where
    )


def test_a_report_of_ours_covers_its_own_confirmed_findings() -> None:
    record = sample.record_of(sample.with_defects())
    known = read_earlier(render_json(record))
    failed = record.of(Verdict.FAILED)
    assert [known.covers(one) for one in failed] == [one.confidence is Confidence.CONFIRMED for one in failed]
    assert not any(known.covers(one) for one in record.of(Verdict.PASSED))


def test_the_same_leak_of_another_record_is_known() -> None:
    assert earlier(outcome("http://127.0.0.1:8000/notes/1")).covers(
        found_at("https://clinic.example/notes/2")
    )


def test_a_leak_at_one_more_address_is_news() -> None:
    known = earlier(outcome("/notes/1"), outcome("/records/1"))
    assert known.covers(found_at("/notes/1", "/records/7"))
    assert not known.covers(found_at("/notes/1", "/billing"))


@pytest.mark.parametrize(
    "verdict,confidence", [("failed", "suspected"), ("passed", None), ("inconclusive", None)]
)
def test_what_was_not_confirmed_is_news_once_it_is(verdict: str, confidence: str | None) -> None:
    assert not earlier(outcome("/notes/1", verdict, confidence)).covers(found_at("/notes/1"))


def test_without_an_earlier_report_nothing_is_known() -> None:
    assert not Earlier().covers(found_at())
    assert (Earlier().given, earlier().given) == (False, True)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"outcomes": [{}]}', '{"outcomes": ["x"]}', '{"outcomes": 3}', "\udcff"]
)
def test_what_is_no_report_is_refused(text: str) -> None:
    with pytest.raises(NoReportError):
        read_earlier(text.encode(errors="surrogateescape"))
