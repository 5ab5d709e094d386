from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from sessionward.audit.check import Severity
from sessionward.audit.checks import CHECKS
from sessionward.cli import demo_audit
from sessionward.cli.exits import Exit
from sessionward.cli.main import main


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What serving or auditing was asked for."""
    asked: list[dict[str, Any]] = []

    def serve_demo(*, port: int, hazards: Sequence[str], https: bool, store: Path | None) -> Exit:
        asked.append({"served": port, "hazards": hazards, "https": https, "store": store})
        return Exit.CLEAN

    def audit_demo(**more: Any) -> Exit:
        asked.append(more)
        return Exit.FINDINGS

    monkeypatch.setattr(demo_audit, "serve_demo", serve_demo)
    monkeypatch.setattr(demo_audit, "audit_demo", audit_demo)
    return asked


def test_without_more_it_is_served(given: list[dict[str, Any]]) -> None:
    assert main(["demo", "--port", "0", "--hazards", "a, b"]) == 0
    assert given == [{"served": 0, "hazards": ["a", "b"], "https": False, "store": None}]


def test_with_audit_it_is_audited_with_the_checks_named(given: list[dict[str, Any]], tmp_path: Path) -> None:
    name = CHECKS[0].id
    assert main(["demo", "--audit", "--checks", name, "--wait", "5s", "--out", str(tmp_path)]) == 1
    assert given == [
        {
            "port": 0,
            "hazards": [],
            "https": False,
            "wait": "5s",
            "checks": (CHECKS[0],),
            "out": tmp_path,
            "fail_on": Severity.HIGH,
        }
    ]


def test_a_check_that_is_none_is_told(given: list[dict[str, Any]]) -> None:
    assert main(["demo", "--audit", "--checks", "no-such"]) == 2
    assert given == []


@pytest.mark.parametrize("port", ["-1", "65536", "http", ""])
def test_a_port_that_is_none_is_told(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["demo", f"--port={port}"])
    assert end.value.code == 2
    assert "is no port" in capsys.readouterr().err
