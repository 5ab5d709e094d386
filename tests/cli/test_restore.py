from pathlib import Path

import pytest

from sessionward.audit.driver import TargetUnreachable
from sessionward.audit.journal import NAME, Journal
from sessionward.cli import put_back
from sessionward.cli.main import main


def ending(monkeypatch: pytest.MonkeyPatch, *problems: str, error: Exception | None = None) -> None:
    async def done(journal: Journal, path: Path | None, *, headed: bool) -> tuple[str, ...]:
        if error:
            raise error
        return problems

    monkeypatch.setattr(put_back, "put_back", done)


@pytest.fixture
def left(tmp_path: Path) -> Path:
    Journal(tmp_path).plan("password", "ana", {"was": "a", "now": "b", "username": "ana"})
    return tmp_path


def test_without_a_journal_there_is_nothing_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["restore", str(tmp_path)]) == 0
    assert "There is nothing to put back" in capsys.readouterr().out


def test_a_directory_that_is_not_there_is_wrong_use(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["restore", str(tmp_path / "reprot")]) == 2
    assert "there is no directory" in capsys.readouterr().err


def test_what_is_put_back_is_a_clean_exit(left: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ending(monkeypatch)
    assert main(["restore", str(left)]) == 0


def test_what_is_not_put_back_is_printed(
    left: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ending(monkeypatch, "The password of ana could not be set back: x.")
    assert main(["restore", str(left)]) == 3
    assert capsys.readouterr().out == "The password of ana could not be set back: x.\n"


def test_an_app_that_does_not_answer_is_no_wrong_use(
    left: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ending(monkeypatch, error=TargetUnreachable("Nothing answers at http://app.test/."))
    assert main(["restore", str(left)]) == 3
    assert capsys.readouterr().err == "sessionward: Nothing answers at http://app.test/.\n"


def test_a_damaged_journal_is_told_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / NAME).write_text("rubbish\n{}\n")
    assert main(["restore", str(tmp_path)]) == 2
    assert "damaged in line 1" in capsys.readouterr().err


def test_a_missing_configuration_is_told(left: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["restore", str(left), "--config", str(left / "gone.toml")]) == 2
    assert "There is no configuration file" in capsys.readouterr().err
