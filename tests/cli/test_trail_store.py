from pathlib import Path

import pytest

from sessionward.cli.main import main
from tests.cli.trails import Trail

COMMANDS = ("verify", "anchor", "tail", "export")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_that_is_not_there_is_wrong_use_and_is_not_made(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mistyped.db"
    assert main(["trail", command, "--store", f"sqlite:///{path}", "--tenant", "north"]) == 2
    assert "there is no SQLite store" in capsys.readouterr().err
    assert not path.exists()


@pytest.mark.parametrize("url", ["mysql://x", "sessions.db", ""])
def test_an_address_that_names_no_store_is_wrong_use(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trail", "verify", "--store", url, "--tenant", "north"]) == 2
    assert "address of a store" in capsys.readouterr().err


@pytest.mark.parametrize("command", COMMANDS)
def test_a_store_that_cannot_be_asked_ends_with_three(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "sessions.db"
    path.write_bytes(b"no database" * 200)
    assert main(["trail", command, "--store", f"sqlite:///{path}", "--tenant", "north"]) == 3
    assert "could not be asked" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["verify", "anchor", "tail"])
def test_a_tenant_without_entries_is_taken_for_mistyped(
    command: str, trail: Trail, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["trail", command, "--store", f"sqlite:///{trail.path}", "--tenant", "nroth"]) == 2
    assert "“nroth”" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["anchor", "tail", "export"])
def test_nothing_is_made_of_a_broken_trail(
    command: str, trail: Trail, capsys: pytest.CaptureFixture[str]
) -> None:
    trail.tamper("UPDATE trail SET content = CAST(replace(content, 'ana1', 'ben1') AS BLOB)")
    assert main(["trail", command, *trail.options]) == 1
    printed = capsys.readouterr()
    assert "BROKEN at entry 2" in printed.out + printed.err
    assert "ana0" not in printed.out


def test_an_anchor_that_is_none_is_wrong_use(trail: Trail, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["trail", "verify", *trail.options, "--since", "5"])
    assert end.value.code == 2
    assert "An anchor is a position" in capsys.readouterr().err
