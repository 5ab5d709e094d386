"""A store with a trail, for the commands that read it."""

import sqlite3
from pathlib import Path

from sessionward.session.result import AuditEntry
from sessionward.session.stores.sqlite import SQLiteStore
from sessionward.session.trail import Happening, TrailEvent

AT = 1_800_000_000.0


class Trail:
    """The trail of the tenant north in a file."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "sessions.db"
        self.written: list[AuditEntry] = []

    @property
    def options(self) -> list[str]:
        return ["--store", f"sqlite:///{self.path}", "--tenant", "north"]

    def write(self, number: int) -> None:
        store = SQLiteStore(self.path)
        for _ in range(number):
            n = len(self.written)
            told = TrailEvent(
                at=AT + n, what=Happening.CREATED, subject=f"ana{n}", handle=f"h{n}", method="totp"
            )
            self.written.append(store.audit_append("north", told.encode()))
        store.close()

    def anchor(self, position: int) -> str:
        return f"{position}:{self.written[position - 1].link.hex()}"

    def tamper(self, statement: str) -> None:
        with sqlite3.connect(self.path) as file:
            file.execute(statement)
        file.close()
