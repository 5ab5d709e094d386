import argparse
import os

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
