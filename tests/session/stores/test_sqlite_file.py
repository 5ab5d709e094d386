import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from sessionward.session.result import StoreError
from sessionward.session.stores.sqlite_file import SQLiteFile


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sessions.db"


@pytest.fixture
def file(path: Path) -> Iterator[SQLiteFile]:
    opened = SQLiteFile(path, patience=1)
    yield opened
    opened.close()


def test_commits_reach_the_disk_and_readers_do_not_wait(file: SQLiteFile) -> None:
    with file.reading():
        assert file.row("PRAGMA journal_mode") == ("wal",)
        assert file.row("PRAGMA synchronous") == (2,)


def test_a_transaction_that_fails_is_undone(file: SQLiteFile) -> None:
    def broken() -> None:
        with file.writing():
            file.do("INSERT INTO epoch VALUES ('north', 'ana', 1, 'logout', 0)")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken()
    with file.reading():
        assert file.rows("SELECT * FROM epoch") == []


def test_a_file_of_another_version_is_refused(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreError, match="has the version 99, and 2 is needed"):
        SQLiteFile(path, patience=1)


def test_a_file_that_is_no_database_or_cannot_be_made_is_refused(path: Path) -> None:
    path.write_bytes(b"something else entirely" * 100)
    with pytest.raises(StoreError, match="cannot be opened"):
        SQLiteFile(path, patience=1)
    with pytest.raises(StoreError, match="cannot be opened"):
        SQLiteFile(path.parent / "missing" / "sessions.db", patience=1)


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
@pytest.mark.skipif(not hasattr(os, "fork"), reason="This system has no fork; nothing is inherited.")
def test_a_forked_process_opens_the_file_for_itself(file: SQLiteFile) -> None:
    with file.writing():
        file.do("INSERT INTO epoch VALUES ('north', 'ana', 1, 'logout', 0)")
    with (
        file.reading()
    ):  # the child does not wait for whoever is in the middle of something, and disturbs nobody
        assert len(file.rows("SELECT * FROM epoch")) == 1
        child = os.fork()
        if child == 0:
            status = 255
            try:
                status = what_a_child_reads(file)
            finally:
                os._exit(status)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 1
        assert len(file.rows("SELECT * FROM epoch")) == 1
    with file.reading():
        assert len(file.rows("SELECT * FROM epoch")) == 2


def what_a_child_reads(file: SQLiteFile) -> int:
    """In the child: how many rows were committed before; it adds one."""
    with file.writing():
        found = len(file.rows("SELECT * FROM epoch"))
        file.do("INSERT INTO epoch VALUES ('north', 'ben', 1, 'logout', 0)")
    return found
