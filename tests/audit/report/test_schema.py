"""The published schema is made from the code."""

from pathlib import Path

from jsonschema import Draft202012Validator

from sessionward.audit.report import schema
from sessionward.audit.report.schema import SCHEMA, Report, json_schema, json_schema_text

PUBLISHED = Path(schema.__file__).with_name("report.schema.json")
PROMISED = {
    "outcomes": {
        "check",
        "outcome",
        "confidence",
        "severity",
        "message",
        "personas",
        "where",
        "requirements",
        "evidence",
        "reproduce",
    },
    "steps": {"probe", "party", "request", "response", "shows", "control"},
    "report": {
        "target",
        "policy",
        "seed",
        "seconds",
        "requests",
        "coverage",
        "authenticated",
        "accounts",
        "timeouts",
        "outcomes",
    },
}


def test_the_published_file_is_the_one_that_the_code_makes() -> None:
    assert PUBLISHED.read_text(encoding="utf-8") == json_schema_text()


def test_the_schema_is_valid_itself() -> None:
    Draft202012Validator.check_schema(json_schema())
    assert SCHEMA in str(json_schema()["$defs"]["Report"]["properties"]["schema"])


def test_the_promised_keys_are_required() -> None:
    definitions = json_schema()["$defs"]
    assert set(definitions["Report"]["required"]) >= PROMISED["report"]
    assert set(definitions["OutcomeEntry"]["required"]) >= PROMISED["outcomes"]
    assert set(definitions["StepEntry"]["required"]) >= PROMISED["steps"]


def test_each_key_is_required_so_that_scripts_need_no_default() -> None:
    assert set(json_schema()["$defs"]["Report"]["required"]) == set(Report.__struct_fields__)
