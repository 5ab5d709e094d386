"""The log for code scanning: what the standard asks for, and what its readers do with it."""

import json
import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from jsonschema import FormatChecker
from jsonschema.validators import validator_for

from sessionward.audit.check import Confidence, Place, Verdict
from sessionward.audit.events import Event
from sessionward.audit.report.earlier import read_earlier
from sessionward.audit.report.json_report import render_json
from sessionward.audit.report.sarif_report import render_sarif
from tests.audit.report import sample, sample_checks

RUNS = (
    sample.with_defects,
    sample.clean,
    sample.never_in,
    sample.stopped,
    sample.opening,
    sample.only_planned,
)
OFFICIAL = "SARIF_SCHEMA"
"""Names the variable with the path of the published schema: its licence lets nobody hand it on with this code."""

NARROWED = {
    "type": "object",
    "required": ["$schema", "version", "runs"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "minItems": 1, "maxItems": 1, "items": {"$ref": "#/$defs/run"}},
    },
    "$defs": {
        "message": {
            "type": "object",
            "required": ["text"],
            "properties": {"text": {"type": "string", "minLength": 1}, "markdown": {"type": "string"}},
            "additionalProperties": False,
        },
        "run": {
            "type": "object",
            "required": ["tool", "invocations", "results"],
            "properties": {
                "results": {"type": "array", "items": {"$ref": "#/$defs/result"}},
                "invocations": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/invocation"}},
            },
        },
        "invocation": {
            "type": "object",
            "required": ["executionSuccessful"],
            "properties": {
                "executionSuccessful": {"type": "boolean"},
                "startTimeUtc": {"pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"},
                "endTimeUtc": {"pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"},
                "toolExecutionNotifications": {
                    "type": "array",
                    "items": {
                        "required": ["message"],
                        "properties": {
                            "level": {"enum": ["none", "note", "warning", "error"]},
                            "message": {"$ref": "#/$defs/message"},
                        },
                    },
                },
            },
        },
        "result": {
            "type": "object",
            "required": [
                "ruleId",
                "ruleIndex",
                "kind",
                "level",
                "message",
                "locations",
                "partialFingerprints",
            ],
            "properties": {
                "ruleIndex": {"type": "integer", "minimum": 0},
                "kind": {"enum": ["fail", "pass", "review", "notApplicable"]},
                "level": {"enum": ["none", "note", "warning", "error"]},
                "message": {"$ref": "#/$defs/message"},
                "locations": {"type": "array", "minItems": 1},
                "partialFingerprints": {"additionalProperties": {"type": "string", "minLength": 1}},
                "baselineState": {"enum": ["new", "unchanged"]},
            },
            "if": {"properties": {"kind": {"const": "fail"}}},
            "then": {"properties": {"level": {"enum": ["note", "warning", "error"]}}},
            "else": {"properties": {"level": {"const": "none"}}},
        },
    },
}
"""What the standard demands of the parts that we write, in our own words (SARIF 2.1.0, sections 3.13 to 3.27)."""


def log(run: Callable[[], tuple[Event, ...]]) -> dict[str, Any]:
    return parsed(render_sarif(sample.record_of(run())))


def parsed(content: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(content)
    return found


def faults(schema: dict[str, Any], instance: dict[str, Any]) -> list[str]:
    validator = validator_for(schema)(schema, format_checker=FormatChecker())
    return [f"{list(fault.absolute_path)}: {fault.message}" for fault in validator.iter_errors(instance)]


@pytest.mark.parametrize("run", RUNS)
def test_the_log_has_the_shape_of_the_standard(run: Callable[[], tuple[Event, ...]]) -> None:
    assert faults(NARROWED, log(run)) == []


@pytest.mark.parametrize("run", RUNS)
def test_the_log_is_valid_by_the_published_schema(run: Callable[[], tuple[Event, ...]]) -> None:
    path = os.environ.get(OFFICIAL, "")
    if not path:
        pytest.skip(
            f"set {OFFICIAL} to a copy of the schema that the log names under $schema, to be held against it"
        )
    assert faults(json.loads(Path(path).read_text(encoding="utf-8")), log(run)) == []


def test_every_check_that_was_to_run_is_a_rule_and_has_a_result() -> None:
    (run,) = log(sample.stopped)["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == sorted(check.id for check in sample_checks.CHECKS)
    assert {result["ruleId"] for result in run["results"]} == set(rules)
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in run["results"])


def test_each_outcome_has_its_kind() -> None:
    (run,) = log(sample.with_defects)["runs"]
    kinds = {result["properties"]["outcome"]: result["kind"] for result in run["results"]}
    assert kinds == {
        "failed": "fail",
        "passed": "pass",
        "inconclusive": "review",
        "inapplicable": "notApplicable",
        "crashed": "review",
    }


@pytest.mark.parametrize(
    "run,successful",
    [(sample.clean, True), (sample.never_in, False), (sample.stopped, False), (sample.opening, False)],
)
def test_only_an_audit_that_came_to_its_end_logged_in_was_successful(
    run: Callable[[], tuple[Event, ...]], successful: object
) -> None:
    assert log(run)["runs"][0]["invocations"][0]["executionSuccessful"] is successful


def test_a_crash_is_told_beside_the_results_too() -> None:
    notifications = log(sample.with_defects)["runs"][0]["invocations"][0]["toolExecutionNotifications"]
    (crash,) = [one for one in notifications if one["level"] == "error"]
    assert crash["associatedRule"] == {"id": "token-in-web-storage"}


def test_places_are_below_the_target_and_lead_there() -> None:
    (run,) = log(sample.with_defects)["runs"]
    result = next(one for one in run["results"] if one["ruleId"] == "logout-keeps-token-alive")
    artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
    base = run["originalUriBaseIds"][artifact["uriBaseId"]]["uri"]
    assert urljoin(base, artifact["uri"]) == "http://127.0.0.1:8000/api/me"


def test_the_experiment_is_a_flow_with_its_controls_inside() -> None:
    (run,) = log(sample.with_defects)["runs"]
    result = next(one for one in run["results"] if one["ruleId"] == "logout-keeps-token-alive")
    steps = result["codeFlows"][0]["threadFlows"][0]["locations"]
    assert [step["nestingLevel"] for step in steps] == [0, 1, 0, 0, 0, 1, 1, 1, 1]
    assert "Control (positive control)" in steps[1]["location"]["message"]["text"]


def test_a_baseline_tells_new_from_known() -> None:
    record = sample.record_of(sample.with_defects())
    known = replace(record, earlier=read_earlier(render_json(sample.record_of(sample.stopped()))))
    (run,) = parsed(render_sarif(known))["runs"]
    states = {result["ruleId"]: result.get("baselineState") for result in run["results"]}
    assert states["logout-keeps-token-alive"] == "unchanged"
    assert states["private-data-without-session"] == "new"
    assert states["token-survives-login"] is None
    assert "baselineState" not in render_sarif(record).decode()


def test_fingerprints_do_not_change_with_the_message_or_the_port() -> None:
    finding = sample.failures()[0]
    elsewhere = replace(
        finding, message="another figure", where=(Place(method="GET", url="https://clinic.example/api/me"),)
    )
    logs = [parsed(render_sarif(sample.record_of(sample.judged([one])))) for one in (finding, elsewhere)]
    prints = [one["runs"][0]["results"][0]["partialFingerprints"] for one in logs]
    assert prints[0] == prints[1]


def test_hostile_text_is_no_link_no_placeholder_and_no_broken_json() -> None:
    evil = '</script>[click](http://evil.example) {0} "]]>|\ud800\u202e\x00'
    finding = sample.finding(
        sample_checks.make_check("evil", title=evil, why=evil, fix=evil),
        Verdict.FAILED,
        evil,
        confidence=Confidence.CONFIRMED,
        evidence=(sample.act(0.0, evil, evil),),
        where=(Place(method="GET", url=f"http://127.0.0.1:8000/{evil}"),),
    )
    log = parsed(render_sarif(sample.record_of((*sample.opening(), *sample.judged([finding])))))
    text = next(one["message"]["text"] for one in log["runs"][0]["results"] if one["ruleId"] == "evil")
    assert not re.search(r"\[[^\]]*\]\(", text)
    assert "{{0}}" in text
    assert faults(NARROWED, log) == []


def test_no_secret_that_an_app_handed_out_unasked_is_shown() -> None:
    leaky = replace(sample.replay(0.1), response="HTTP 200\nSet-Cookie: sid=0badcafe0badcafe; Path=/")
    finding = sample.finding(
        sample_checks.LOGOUT, Verdict.FAILED, "seen", confidence=Confidence.CONFIRMED, evidence=(leaky,)
    )
    assert b"0badcafe" not in render_sarif(sample.record_of(sample.judged([finding])))


def test_the_same_record_is_the_same_log() -> None:
    assert log(sample.with_defects) == log(sample.with_defects)
