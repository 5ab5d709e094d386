import argparse
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sessionward.cli import checks, main
from sessionward.cli.exits import UsageError
from sessionward.version import VERSION


def running(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> int:
    """The exit code of a command that ends so."""

    def run(options: argparse.Namespace) -> int:
        raise error

    monkeypatch.setattr(checks, "run", run)
    return main.main(["checks"])


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main.main(["--version"])
    assert end.value.code == 0
    assert capsys.readouterr().out == f"sessionward {VERSION}\n"


@pytest.mark.parametrize("arguments", [[], ["no-such"], ["audit", "--fail-on", "terrible"]])
def test_wrong_use_ends_with_two(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main.main(arguments)
    assert end.value.code == 2


def test_every_command_has_help(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("audit", "restore", "demo", "checks"):
        with pytest.raises(SystemExit) as end:
            main.main([name, "--help"])
        assert end.value.code == 0
        assert name in capsys.readouterr().out


def test_wrong_use_is_one_sentence_on_stderr(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert running(monkeypatch, UsageError("that is no port.")) == 2
    assert capsys.readouterr() == ("", "sessionward: that is no port.\n")


def test_an_interrupted_command_was_not_carried_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert running(monkeypatch, KeyboardInterrupt()) == 3
    assert capsys.readouterr().err == "sessionward: stopped\n"


def test_a_result_that_nobody_read_is_no_clean_one(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w", encoding="utf-8") as pipe:
        monkeypatch.setattr("sys.stdout", pipe)
        assert main.main(["checks"]) == 3


WITHOUT_BROWSER = (
    "import sys; sys.modules['playwright'] = None; from sessionward.cli.main import main; sys.exit(main())"
)


def run_without_browser(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", WITHOUT_BROWSER, *arguments]
    return subprocess.run(command, capture_output=True, check=False, text=True)


def test_the_trail_is_read_where_no_browser_is_installed(tmp_path: Path) -> None:
    ran = run_without_browser(
        "trail", "verify", "--export", str(tmp_path / "none.jsonl"), "--tenant", "north"
    )
    assert ran.returncode in {2, 3}
    assert "none.jsonl" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_command_that_needs_a_browser_says_which_extra_is_missing() -> None:
    ran = run_without_browser("audit", "http://localhost:1")
    assert ran.returncode == 2
    assert ran.stderr == "sessionward: `audit` needs the extra browser: pip install 'sessionward[browser]'\n"
