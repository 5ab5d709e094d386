import json
from pathlib import Path

import pytest

from sessionward.cli.baseline import known_findings
from sessionward.cli.exits import UsageError


def report(path: Path, *outcomes: dict[str, object]) -> Path:
    path = path / "report.json"
    path.write_text(json.dumps({"outcomes": outcomes}), encoding="utf-8")
    return path


def test_confirmed_failures_of_an_earlier_report_are_known(tmp_path: Path) -> None:
    path = report(
        tmp_path,
        {"check": "a", "outcome": "failed", "confidence": "confirmed"},
        {"check": "b", "outcome": "failed", "confidence": "suspected"},
        {"check": "c", "outcome": "passed", "confidence": None},
    )
    assert set(known_findings(path).confirmed) == {"a"}


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"outcomes": [{}]}', '{"outcomes": ["x"]}', '{"outcomes": 3}', "\udcff"]
)
def test_what_is_no_report_is_told_in_one_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "report.json"
    path.write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises(UsageError, match=r"is no report\.json of ours"):
        known_findings(path)


def test_a_missing_report_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="FileNotFoundError"):
        known_findings(tmp_path / "gone.json")
