"""report.json as scripts outside read it."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from sessionward.audit.check import Confidence, Verdict
from sessionward.audit.events import Event, EvidenceStep
from sessionward.audit.report.json_report import render_json
from sessionward.audit.report.record import begin
from sessionward.audit.report.schema import json_schema
from tests.audit.report import sample, sample_checks

RUNS = (sample.with_defects, sample.clean, sample.never_in, sample.stopped, sample.opening, tuple)


def rendered(events: tuple[Event, ...]) -> dict[str, Any]:
    parsed = json.loads(render_json(sample.record_of(events)))
    assert isinstance(parsed, dict)
    return parsed


@pytest.mark.parametrize("run", RUNS)
def test_it_fits_its_schema_at_any_moment(run: Callable[[], tuple[Event, ...]]) -> None:
    events = run()
    validator = Draft202012Validator(json_schema())
    for number in range(len(events) + 1):
        assert list(validator.iter_errors(rendered(events[:number]))) == []


def test_it_tells_what_the_run_was() -> None:
    report = rendered(sample.with_defects())
    assert report["schema"] == "sessionward.report/1"
    assert report["target"] == sample.TARGET
    assert report["policy"]["inactivity_timeout"] == 900.0
    assert (report["seed"], report["seconds"], report["requests"]) == (7, 148.2, 612)
    assert report["authenticated"] is True
    assert report["accounts"]["ana"] == {"authenticated": True, "reason": ""}
    assert report["coverage"]["screens"] == 23
    assert report["left_alive"]
    assert report["unrestored"]


def test_both_timeouts_are_there_measured_or_not() -> None:
    assert rendered(sample.with_defects())["timeouts"] == {
        "inactivity": {"alive_after": 60.0, "dead_after": None},
        "absolute": {"alive_after": 1800.0, "dead_after": 3700.0},
    }
    assert rendered(sample.clean())["timeouts"] == {
        "inactivity": {"alive_after": None, "dead_after": None},
        "absolute": {"alive_after": None, "dead_after": None},
    }


def test_a_failure_carries_its_proof() -> None:
    outcomes = {entry["check"]: entry for entry in rendered(sample.with_defects())["outcomes"]}
    entry = outcomes["logout-keeps-token-alive"]
    assert (entry["outcome"], entry["confidence"], entry["severity"]) == ("failed", "confirmed", "high")
    assert entry["where"] == [{"method": "GET", "url": "http://127.0.0.1:8000/api/me"}]
    assert entry["requirements"][0] == "ASVS-7.4.1"
    assert [step["control"] for step in entry["evidence"]][1] == "positive control"
    assert entry["runs"] == 2
    assert entry["reproduce"].startswith("curl ")


def test_confidence_is_null_unless_something_failed() -> None:
    for entry in rendered(sample.with_defects())["outcomes"]:
        assert (entry["confidence"] is None) == (entry["outcome"] != "failed")


@pytest.mark.parametrize("run", [sample.with_defects, sample.never_in, sample.stopped, sample.opening])
def test_each_check_that_was_to_run_has_an_entry(run: Callable[[], tuple[Event, ...]]) -> None:
    entries = {entry["check"] for entry in rendered(run())["outcomes"]}
    assert entries >= {check.id for check in sample_checks.CHECKS}


def test_a_check_that_the_stop_prevented_is_inconclusive_and_says_by_what() -> None:
    entry = next(e for e in rendered(sample.stopped())["outcomes"] if e["check"] == "idle-timeout-missing")
    assert entry["outcome"] == "inconclusive"
    assert "Stopped from the keyboard." in entry["message"]
    assert (entry["severity"], entry["runs"]) == ("high", 0)


def test_the_same_record_is_the_same_file() -> None:
    first, second = (render_json(sample.record_of(sample.with_defects())) for _ in range(2))
    assert first == second
    assert first.endswith(b"}\n")


def test_no_value_of_a_login_carrying_header_is_written() -> None:
    leaky = EvidenceStep(
        probe="Replay",
        party="owner",
        request="GET /\nCookie: sid=5f1c9a77d0e24b6c\nAuthorization: Bearer c0ffee11aa22bb33",
        response="HTTP 200\nSet-Cookie: sid=0badcafe0badcafe; Path=/",
        shows="owner",
        control="",
    )
    finding = sample.finding(
        sample_checks.LOGOUT,
        Verdict.FAILED,
        "seen",
        confidence=Confidence.CONFIRMED,
        evidence=[leaky],
        reproduce="curl -H 'Cookie: sid=5f1c9a77d0e24b6c' http://127.0.0.1/",
    )
    text = render_json(sample.record_of(sample.judged([finding]))).decode()
    assert not [secret for secret in ("5f1c9a77", "c0ffee11", "0badcafe") if secret in text]


def test_values_that_json_does_not_know_become_text() -> None:
    events = (sample.scene_ready(),)
    record = sample.record_of(events)
    odd = {"screens": 3, "left out": frozenset({"a"}), "why": object}
    assert json.loads(render_json(type(record)(coverage=odd)))["coverage"]["screens"] == 3
    assert begin().coverage == {}
