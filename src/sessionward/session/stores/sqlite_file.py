"""A file of the SQLite store: opening it, and transactions on it that either happen or do not."""

import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from weakref import WeakSet

from sessionward.session.result import StoreError
from sessionward.session.stores.sqlite_schema import TABLES, VERSION


class SQLiteFile:
    """The file at `path`, made if it is not there. Threads take turns; other processes are waited for.

    A commit has reached the disk when it returns (synchronous=FULL): a logout must not be undone by a power cut.

    Raises:
        StoreError: the file cannot be opened, or another version of this store made it.

    """

    def __init__(self, path: Path, *, patience: float) -> None:
        self._path, self._patience = path, patience
        self._connection: sqlite3.Connection | None = _connect(path, patience=patience)
        self._closed = False
        self._inherited: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        _OPEN.add(self)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """One consistent view of the file."""
        with self._transaction("BEGIN"):
            yield

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All or nothing, and no other writer meanwhile."""
        with self._transaction("BEGIN IMMEDIATE"):
            yield

    def row(self, statement: str, *values: object) -> tuple[Any, ...] | None:
        """The first row, None where there is none."""
        with closing(self._opened().execute(statement, values)) as cursor:
            found: tuple[Any, ...] | None = cursor.fetchone()
        return found

    def rows(self, statement: str, *values: object) -> Sequence[tuple[Any, ...]]:
        """All rows."""
        return self._opened().execute(statement, values).fetchall()

    def do(self, statement: str, *values: object) -> int:
        """Run `statement`; how many rows it changed."""
        return self._opened().execute(statement, values).rowcount

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._closed = True
            self._opened().close()

    def forked(self) -> None:
        """In a process that was just forked, let go of what it came with, and of a lock that nobody here may hold.

        The connection is neither used nor closed: its locks are the other process's (SQLite, "How To Corrupt An
        SQLite Database File", section 2.6). The next question opens one of this process's own.
        """
        self._lock = threading.Lock()
        if self._connection is not None and not self._closed:
            self._inherited.append(self._connection)
            self._connection = None

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = _connect(self._path, patience=self._patience)
        return self._connection

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        with self._lock:
            try:
                connection = self._opened()
                connection.execute(begin)
                try:
                    yield
                    connection.execute("COMMIT")
                except BaseException:
                    if connection.in_transaction:
                        connection.execute("ROLLBACK")
                    raise
            except sqlite3.Error as error:
                raise StoreError(f"The session store cannot be asked: {error}.") from error


_OPEN: WeakSet[SQLiteFile] = WeakSet()


def _in_child() -> None:
    for file in tuple(_OPEN):
        file.forked()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_in_child)


def _connect(path: Path, *, patience: float) -> sqlite3.Connection:
    """A connection to the file at `path`, made readable by its owner alone; its companions take on that mode."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        connection = sqlite3.connect(path, timeout=patience, isolation_level=None, check_same_thread=False)
        try:
            _prepare(connection)
        except BaseException:
            connection.close()
            raise
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"The session store {path} cannot be opened: {error}.") from error
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = _version(connection)
        if version == 0:
            for statement in filter(str.strip, TABLES.split(";")):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {VERSION:d}")
        elif version != VERSION:
            raise StoreError(f"The session store has the version {version}, and {VERSION} is needed.")
    finally:
        connection.execute("COMMIT")


def _version(connection: sqlite3.Connection) -> int:
    with closing(connection.execute("PRAGMA user_version")) as cursor:
        return int(cursor.fetchone()[0])
