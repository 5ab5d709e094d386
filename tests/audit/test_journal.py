import os
import stat
from pathlib import Path

import pytest

from sessionward.audit.journal import NAME, PASSING, Journal, JournalError


def test_a_planned_change_is_on_disk_before_anything_else_happens(tmp_path: Path) -> None:
    Journal(tmp_path).plan("password", "ana", {"now": "n", "was": "w"})
    assert '"was":"w"' in (tmp_path / NAME).read_text()


def test_only_the_user_can_read_it(tmp_path: Path) -> None:
    Journal(tmp_path).plan("password", "ana", {})
    assert stat.S_IMODE((tmp_path / NAME).stat().st_mode) == 0o600


def test_what_is_pending_is_given_back_latest_first_by_a_later_process(tmp_path: Path) -> None:
    journal = Journal(tmp_path, about={"url": "http://127.0.0.1"})
    first = journal.plan("password", "ana", {"now": "2", "was": "1"})
    journal.plan("password", "ana", {"now": "3", "was": "2"})
    later = Journal(tmp_path)
    assert [change.undo["now"] for change in later.pending] == ["3", "2"]
    assert later.about == {"url": "http://127.0.0.1"}
    later.restored(first)
    assert [change.undo["now"] for change in Journal(tmp_path).pending] == ["3"]


def test_it_vanishes_once_everything_is_put_back(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    change = journal.plan("password", "ana", {})
    journal.close()
    assert (tmp_path / NAME).exists()
    journal.restored(change)
    journal.close()
    assert not (tmp_path / NAME).exists()


@pytest.mark.parametrize("cut", [b'{"op":"plan","chan', '{"op":"plan","change":{"account":"ü'.encode()[:-1]])
def test_a_last_line_that_a_kill_cut_off_counts_as_never_written(tmp_path: Path, cut: bytes) -> None:
    Journal(tmp_path).plan("password", "ana", {"was": "1"})
    with (tmp_path / NAME).open("ab") as file:
        file.write(cut)
    assert len(Journal(tmp_path).pending) == 1


def test_a_journal_that_outlived_its_audit_serves_the_next_one_of_another_app(tmp_path: Path) -> None:
    earlier = Journal(tmp_path, about={"url": "http://one.test/", "config": "one.toml"})
    earlier.restored(earlier.plan("password", "ana", {}))
    Journal(tmp_path, about={"url": "http://two.test/"}).plan("password", "ana", {})
    assert Journal(tmp_path).about == {"url": "http://two.test/"}


def test_what_is_written_after_a_cut_off_line_can_be_read(tmp_path: Path) -> None:
    Journal(tmp_path).plan("password", "ana", {"was": "1"})
    with (tmp_path / NAME).open("ab") as file:
        file.write(b'{"op":"plan","chan')
    later = Journal(tmp_path)
    later.plan("password", "ben", {"was": "2"})
    later.restored(later.pending[1])
    assert [change.account for change in Journal(tmp_path).pending] == ["ben"]


def test_a_line_that_the_disk_takes_only_half_is_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Journal(tmp_path)
    change = journal.plan("password", "ana", {"was": "1"})
    write = os.write
    monkeypatch.setattr("os.write", lambda handle, data: write(handle, data[:9]))
    with pytest.raises(JournalError, match="No space left on device"):
        journal.plan("password", "ben", {"was": "2"})
    monkeypatch.undo()
    assert journal.pending == Journal(tmp_path).pending == (change,)


def test_a_disk_that_refuses_after_restoring_says_nothing_of_the_app(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Journal(tmp_path)
    change = journal.plan("password", "ana", {})
    monkeypatch.setattr("os.write", lambda handle, data: 0)
    with pytest.raises(JournalError, match="names more than is changed"):
        journal.restored(change)
    assert journal.pending == ()


def test_damage_in_the_middle_is_told_with_its_line(tmp_path: Path) -> None:
    Journal(tmp_path).plan("password", "ana", {})
    text = (tmp_path / NAME).read_text()
    (tmp_path / NAME).write_text("rubbish\n" + text)
    with pytest.raises(JournalError, match="line 1"):
        Journal(tmp_path)


def test_nothing_may_be_changed_where_the_disk_refuses(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "gone")
    with pytest.raises(JournalError, match="nothing is changed"):
        journal.plan("password", "ana", {})


def test_a_change_never_shows_its_secrets(tmp_path: Path) -> None:
    change = Journal(tmp_path).plan("password", "ana", {"was": "hunter2"})
    assert "hunter2" not in repr(change)
    assert os.fspath(tmp_path) not in repr(change)


def test_what_was_changed_in_an_app_that_ended_with_its_audit_is_forgotten(tmp_path: Path) -> None:
    Journal(tmp_path, about={"url": "http://127.0.0.1:1/", PASSING: "true"}).plan("password", "ana", {})
    journal = Journal(tmp_path, about={"url": "http://127.0.0.1:2/"})
    assert journal.pending
    assert journal.begin_anew()
    assert journal.pending == ()
    assert not journal.path.exists()
    journal.plan("password", "ben", {})
    assert [change.account for change in Journal(tmp_path).pending] == ["ben"]


def test_what_was_changed_in_an_app_that_goes_on_is_never_forgotten(tmp_path: Path) -> None:
    Journal(tmp_path, about={"url": "https://portal.example/"}).plan("password", "ana", {})
    journal = Journal(tmp_path, about={"url": "http://127.0.0.1:2/", PASSING: "true"})
    assert not journal.begin_anew()
    assert len(Journal(tmp_path).pending) == 1


def test_a_journal_that_cannot_be_removed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Journal(tmp_path, about={PASSING: "true"}).plan("password", "ana", {})
    journal = Journal(tmp_path)

    def refuse(path: Path, *, missing_ok: bool = False) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(JournalError, match="cannot be removed: Permission denied"):
        journal.begin_anew()
