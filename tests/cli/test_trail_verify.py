from pathlib import Path

import pytest

from sessionward.cli.main import main
from tests.cli.trails import Trail


def test_a_sound_trail_is_told_with_its_anchor(trail: Trail, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trail", "verify", *trail.options]) == 0
    assert capsys.readouterr().out == f"sound: entries 1 to 5 of “north”.\nanchor: {trail.anchor(5)}\n"


@pytest.mark.parametrize(
    "statement,position",
    [
        ("UPDATE trail SET content = CAST(replace(content, 'ana2', 'ben2') AS BLOB)", 3),
        ("DELETE FROM trail WHERE position = 2", 2),
        ("DELETE FROM trail WHERE position = 1", 1),
        ("UPDATE trail SET link = zeroblob(32) WHERE position = 4", 4),
        ("UPDATE trail SET tenant = 'north' || tenant WHERE position = 3", 3),
    ],
)
def test_a_broken_trail_is_told_where_it_is_broken(
    statement: str, position: int, trail: Trail, capsys: pytest.CaptureFixture[str]
) -> None:
    trail.tamper(statement)
    assert main(["trail", "verify", *trail.options]) == 1
    assert capsys.readouterr().out.startswith(f"BROKEN at entry {position}: ")


def test_an_end_that_was_cut_off_is_seen_with_an_anchor(
    trail: Trail, capsys: pytest.CaptureFixture[str]
) -> None:
    trail.tamper("DELETE FROM trail WHERE position > 3")
    assert main(["trail", "verify", *trail.options]) == 0
    assert main(["trail", "verify", *trail.options, "--anchor", trail.anchor(5)]) == 1
    assert "BROKEN at entry 5: an anchor was noted there" in capsys.readouterr().out


def test_a_trail_that_holds_its_anchors_says_so(trail: Trail, capsys: pytest.CaptureFixture[str]) -> None:
    noted = ["--anchor", trail.anchor(2), "--anchor", trail.anchor(5)]
    assert main(["trail", "verify", *trail.options, *noted]) == 0
    assert "holds 2 anchors" in capsys.readouterr().out


def test_a_trail_is_verified_from_an_anchor_on(trail: Trail, capsys: pytest.CaptureFixture[str]) -> None:
    trail.tamper("UPDATE trail SET content = x'00' WHERE position = 1")
    assert main(["trail", "verify", *trail.options, "--since", trail.anchor(3)]) == 0
    assert "entries 4 to 5" in capsys.readouterr().out
    assert main(["trail", "verify", *trail.options, "--since", "3:" + "0" * 64]) == 1


def test_an_export_is_verified_like_the_store_and_what_was_handed_on_twice_counts_once(
    trail: Trail, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export = tmp_path / "trail.jsonl"
    assert main(["trail", "export", *trail.options, "--to", str(export)]) == 0
    lines = export.read_bytes().splitlines(keepends=True)
    export.write_bytes(b"".join([*lines[:4], *lines[2:4], *lines[2:]]))
    verifying = ["trail", "verify", "--export", str(export), "--tenant", "north"]
    assert main(verifying) == 0
    assert main([*verifying, "--anchor", trail.anchor(5)]) == 0
    assert main([*verifying, "--since", trail.anchor(2)]) == 0
    export.write_bytes(b"".join(lines).replace(b"ana3", b"ben3"))
    capsys.readouterr()
    assert main(verifying) == 1
    assert "BROKEN at entry 4" in capsys.readouterr().out
    export.write_bytes(b"".join([*lines[:4], lines[2].replace(b"ana2", b"ben2"), lines[4]]))
    assert main(verifying) == 1
    assert "BROKEN at entry 3" in capsys.readouterr().out
    export.write_bytes(lines[0] + b"cut off")
    assert main(verifying) == 1
    assert "line 2" in capsys.readouterr().out


@pytest.mark.parametrize(
    "options,words",
    [
        ([], "either"),
        (["--store", "sqlite:///x", "--export", "x"], "either"),
        (["--export", "/no/such/file"], "cannot be read"),
        (["--export", "x", "--since", "3:" + "0" * 64, "--anchor", "2:" + "0" * 64], "before --since"),
    ],
)
def test_options_that_contradict_each_other_are_wrong_use(
    options: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["trail", "verify", "--tenant", "north", *options]) == 2
    assert words in capsys.readouterr().err
