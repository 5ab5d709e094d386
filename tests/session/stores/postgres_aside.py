"""What happens in the database beside the store that is tested."""

import re

import psycopg

from sessionward.session.state import Reason
from sessionward.session.stores.postgres_schema import quoted
from sessionward.session.stores.store import Store
from tests.session.stores.conformance import ANA, NOW
from tests.session.stores.postgres_server import server


def run(schema: str, statement: str) -> list[tuple[object, ...]]:
    """The rows of `statement`, in which the schema has its usual name."""
    with server().session() as session:
        cursor = session.execute(re.sub(r"\bsessionward\b", quoted(schema), statement).encode())
        return cursor.fetchall() if cursor.description else []


def end(store: Store, handle: str = "h1") -> bool:
    return store.terminate(handle, owner=ANA, reason=Reason.LOGOUT, at=NOW)


def everywhere(store: Store, keep: str | None = None) -> int:
    return store.advance_epoch(ANA, reason=Reason.LOGOUT_EVERYWHERE, at=NOW, keep=keep)


def told(store: Store, cursor: int = 0) -> list[str | None]:
    return [entry.handle for entry in store.terminations_since(cursor, limit=99).terminations]


class UnderWay:
    """A transaction past the store that has called a function of it and is not over."""

    def __init__(self, schema: str, call: str) -> None:
        self._connection = psycopg.connect(server().address())
        self._connection.execute(f"SELECT {quoted(schema)}.{call}".encode())

    def commit(self) -> None:
        self._connection.commit()
        self._connection.close()

    def roll_back(self) -> None:
        self._connection.rollback()
        self._connection.close()


def until_waiting(schema: str) -> None:
    """Until a connection of the store waits for a lock."""
    with server().session() as session:
        waiting = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE %s"
        while not session.execute(waiting, (f"%{schema}%",)).fetchall():
            pass


ENDING = "terminate('h1', 'north', 'ana', 'logout', 0)"
