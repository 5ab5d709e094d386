"""Drafts, and where they lie when they are sealed: by subject and form, until they are too old."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from os import O_CREAT, O_RDWR
from os import close as close_file
from os import open as open_file
from pathlib import Path
from typing import Protocol

from sessionward.session.result import StoreError
from sessionward.session.state import Subject

MOST_FORMS = 50
"""Drafts of one subject; the oldest makes room for another."""

TABLE = """
CREATE TABLE IF NOT EXISTS draft (
    tenant TEXT NOT NULL,
    subject TEXT NOT NULL,
    form TEXT NOT NULL,
    sealed BLOB NOT NULL,
    until REAL NOT NULL,
    PRIMARY KEY (tenant, subject, form)
) STRICT, WITHOUT ROWID
"""


class Unreadable(ValueError):
    """A draft that no key of ours opens: another key sealed it, or it was changed."""


class Drafts(Protocol):
    """What people had typed, each form of each subject for them alone. Times are in seconds since 1970.

    Every method raises `StoreError` where the drafts cannot be asked.
    """

    def save(self, owner: Subject, form: str, content: bytes, *, now: float) -> None:
        """Keep `content` in the place of what was there."""
        ...

    def load(self, owner: Subject, form: str, *, now: float) -> bytes | None:
        """What is kept and not too old. Raises `Unreadable` where no key opens it."""
        ...

    def discard(self, owner: Subject, form: str) -> None:
        """Keep nothing there."""
        ...


class Shelf(Protocol):
    """Keeps drafts apart from sessions, since they outlive them. Times are in seconds since 1970.

    Every method raises `StoreError` where it cannot be asked.
    """

    def put(self, owner: Subject, form: str, sealed: bytes, *, until: float) -> None:
        """Keep `sealed` in the place of what was there."""
        ...

    def get(self, owner: Subject, form: str, *, now: float) -> bytes | None:
        """What is kept and not too old."""
        ...

    def remove(self, owner: Subject, form: str) -> None:
        """Keep nothing there."""
        ...

    def purge(self, *, now: float) -> None:
        """Forget what is too old."""
        ...


class MemoryShelf:
    """In the memory of one process: for tests and for trying out."""

    def __init__(self) -> None:
        self._kept: dict[tuple[Subject, str], tuple[bytes, float]] = {}
        self._lock = threading.Lock()

    def put(self, owner: Subject, form: str, sealed: bytes, *, until: float) -> None:
        """See `Shelf.put`."""
        with self._lock:
            self._kept[owner, form] = (sealed, until)
            own = sorted((kept[1], key[1]) for key, kept in self._kept.items() if key[0] == owner)
            for _, oldest in own[: max(0, len(own) - MOST_FORMS)]:
                del self._kept[owner, oldest]

    def get(self, owner: Subject, form: str, *, now: float) -> bytes | None:
        """See `Shelf.get`."""
        with self._lock:
            sealed, until = self._kept.get((owner, form), (None, 0.0))
        return sealed if now < until else None

    def remove(self, owner: Subject, form: str) -> None:
        """See `Shelf.remove`."""
        with self._lock:
            self._kept.pop((owner, form), None)

    def purge(self, *, now: float) -> None:
        """See `Shelf.purge`."""
        with self._lock:
            self._kept = {key: kept for key, kept in self._kept.items() if kept[1] > now}


class SQLiteShelf:
    """In the file at `path`, which is its owner's alone.

    Raises:
        StoreError: the file cannot be opened.

    """

    def __init__(self, path: Path, *, patience: float = 5.0) -> None:
        self._lock = threading.Lock()
        with _told():
            try:
                close_file(open_file(path, O_CREAT | O_RDWR, 0o600))
            except OSError as error:
                raise StoreError(f"The drafts {path} cannot be opened: {error}.") from error
            self._connection = sqlite3.connect(
                path, timeout=patience, isolation_level=None, check_same_thread=False
            )
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute(TABLE)

    def put(self, owner: Subject, form: str, sealed: bytes, *, until: float) -> None:
        """See `Shelf.put`."""
        with self._asked() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO draft VALUES (?, ?, ?, ?, ?)",
                (owner.tenant, owner.id, form, sealed, until),
            )
            connection.execute(
                "DELETE FROM draft WHERE tenant = ?1 AND subject = ?2 AND form IN (SELECT form FROM draft "
                "WHERE tenant = ?1 AND subject = ?2 ORDER BY until DESC, form DESC LIMIT -1 OFFSET ?3)",
                (owner.tenant, owner.id, MOST_FORMS),
            )

    def get(self, owner: Subject, form: str, *, now: float) -> bytes | None:
        """See `Shelf.get`."""
        question = "SELECT sealed FROM draft WHERE tenant = ? AND subject = ? AND form = ? AND until > ?"
        with self._asked() as connection:
            row = connection.execute(question, (owner.tenant, owner.id, form, now)).fetchone()
        return None if row is None else bytes(row[0])

    def remove(self, owner: Subject, form: str) -> None:
        """See `Shelf.remove`."""
        with self._asked() as connection:
            connection.execute(
                "DELETE FROM draft WHERE tenant = ? AND subject = ? AND form = ?",
                (owner.tenant, owner.id, form),
            )

    def purge(self, *, now: float) -> None:
        """See `Shelf.purge`."""
        with self._asked() as connection:
            connection.execute("DELETE FROM draft WHERE until <= ?", (now,))

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def _asked(self) -> Iterator[sqlite3.Connection]:
        with self._lock, _told():
            yield self._connection


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(f"The drafts cannot be asked: {error}.") from error
