"""A report is the user's alone, and whole or not there."""

import os
import stat
from pathlib import Path

import pytest

from sessionward.audit.report.private_file import write_private


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_file_and_new_directory_are_the_users_alone(tmp_path: Path) -> None:
    previous = os.umask(0)
    try:
        write_private(tmp_path / "report" / "report.json", b"{}")
    finally:
        os.umask(previous)
    assert mode(tmp_path / "report" / "report.json") == 0o600
    assert mode(tmp_path / "report") == 0o700


def test_a_directory_that_was_there_keeps_its_mode(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    write_private(tmp_path / "report.json", b"{}")
    assert mode(tmp_path) == 0o755


def test_an_open_file_that_was_there_becomes_private(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_bytes(b"old")
    path.chmod(0o666)
    write_private(path, b"new")
    assert (path.read_bytes(), mode(path)) == (b"new", 0o600)


def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "report.json"
    write_private(path, b"old")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_private(path, b"new")
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["report.json"]


def test_a_link_in_the_place_of_the_file_is_replaced_not_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(b"precious")
    path = tmp_path / "report.json"
    path.symlink_to(elsewhere)
    write_private(path, b"{}")
    assert elsewhere.read_bytes() == b"precious"
    assert not path.is_symlink()
