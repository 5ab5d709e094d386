"""The tables and functions of the PostgreSQL store: numbered files of SQL, applied in their order and never changed."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from sessionward.session.result import StoreError

Execute = Callable[..., Sequence[tuple[Any, ...]]]
"""Runs a statement, with values for its places, and hands back the rows: inside one transaction."""

LOCKS = 1397052243
"""The first half of our advisory locks' keys, so that they meet nobody else's."""

LONGEST_NAME = 63
"""Bytes of a name that PostgreSQL keeps; it cuts off the rest without saying so (NAMEDATALEN)."""

APPLIED = b"""
CREATE TABLE migration (
    number integer PRIMARY KEY,
    name text NOT NULL,
    checksum text NOT NULL,
    applied timestamptz NOT NULL DEFAULT now()
)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """One file of SQL."""

    number: int
    name: str
    script: bytes

    @property
    def checksum(self) -> str:
        """SHA-256 of the file."""
        return hashlib.sha256(self.script).hexdigest()


@cache
def migrations() -> tuple[Migration, ...]:
    """The files that come with this version, in their order."""
    folder = files("sessionward.session.stores").joinpath("postgres_sql")
    found = sorted(
        (file for file in folder.iterdir() if file.name.endswith(".sql")), key=lambda file: file.name
    )
    return tuple(
        Migration(number=int(file.name.split("_")[0]), name=file.name, script=file.read_bytes())
        for file in found
    )


def quoted(name: str) -> str:
    """`name` as an identifier of SQL.

    Raises:
        ValueError: it is none that PostgreSQL would keep as it is.

    """
    if not name or "\0" in name or len(name.encode()) > LONGEST_NAME:
        raise ValueError(f"The name {name!r} needs 1 to {LONGEST_NAME} bytes and no NUL.")
    return '"' + name.replace('"', '""') + '"'


def migrate(
    execute: Execute, *, schema: str, grant_to: str | None, functions: Sequence[str]
) -> tuple[str, ...]:
    """Apply what has not been applied to `schema`, let `grant_to` call `functions`; the names of the new files.

    Whoever else migrates meanwhile is waited for.

    Raises:
        StoreError: the schema is newer than this version, or an applied file is not the one that comes with it.

    """
    execute(b"SELECT pg_advisory_xact_lock(%s, hashtext(%s))", (LOCKS, schema))
    if not execute(b"SELECT 1 FROM pg_namespace WHERE nspname = %s", (schema,)):
        execute(f"CREATE SCHEMA {quoted(schema)}".encode())
    execute(b"SELECT set_config('search_path', %s, true)", (f"{quoted(schema)}, pg_temp",))
    if not execute(b"SELECT 1 FROM pg_tables WHERE schemaname = %s AND tablename = 'migration'", (schema,)):
        execute(APPLIED)
    applied: dict[int, str] = dict(execute(b"SELECT number, checksum FROM migration"))
    _refuse_strangers(applied, schema)
    new = [entry for entry in migrations() if entry.number not in applied]
    for entry in new:
        execute(entry.script)
        execute(
            b"INSERT INTO migration (number, name, checksum) VALUES (%s, %s, %s)",
            (entry.number, entry.name, entry.checksum),
        )
    for statement in _grants(schema, grant_to, functions):
        execute(statement.encode())
    return tuple(entry.name for entry in new)


@cache
def call(schema: str, function: str, arguments: int) -> bytes:
    """The statement that calls `function` of `schema`. Beside placeholders a % is doubled."""
    places = ", ".join(["%s"] * arguments)
    return f"SELECT * FROM {quoted(schema).replace('%', '%%')}.{function}({places})".encode()  # noqa: S608 - quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a database has to be like for the store to keep its promises, and how to ask."""

    schema: str
    question = (
        b"SELECT current_setting('server_encoding'), current_setting('transaction_isolation'), "
        b"pg_is_in_recovery()"
    )

    @property
    def applied(self) -> bytes:
        """Asks for the numbers and checksums of what has been applied."""
        return f"SELECT * FROM {quoted(self.schema)}.schema_version()".encode()  # noqa: S608 - quoted

    def verify(self, found: tuple[Any, ...] | None, applied: tuple[Any, ...] | None) -> None:
        """See that the answers are those that are needed, and that exactly what this version needs was applied.

        Raises:
            StoreError: they are not.

        """
        encoding, isolation, is_standby = found or (None, None, True)
        if is_standby:
            raise StoreError(
                "The session store is a standby, which learns of an end too late: ask the primary."
            )
        if encoding != "UTF8":
            raise StoreError(f"The session store needs a database with the encoding UTF8, not {encoding}.")
        if isolation != "read committed":
            raise StoreError(
                f"The session store needs transactions that are read committed, not {isolation}: "
                "see default_transaction_isolation of the role and of the database."
            )
        numbers, checksums = applied or (None, None)
        known = dict(zip(numbers or (), checksums or (), strict=True))
        _refuse_strangers(known, self.schema)
        if missing := [entry.name for entry in migrations() if entry.number not in known]:
            raise StoreError(
                f"The schema {self.schema!r} is older than this version of Sessionward and lacks "
                f"{', '.join(missing)}: run PostgresStore.migrate."
            )


def _refuse_strangers(applied: dict[int, str], schema: str) -> None:
    known = {entry.number: entry.checksum for entry in migrations()}
    if newer := sorted(applied.keys() - known.keys()):
        raise StoreError(
            f"The schema {schema!r} is newer than this version of Sessionward, which does not know its migration "
            f"{newer[-1]}: run the version that made it."
        )
    changed = sorted(number for number, checksum in applied.items() if known[number] != checksum)
    if changed:
        raise StoreError(
            f"The migration {changed[0]} that was applied to the schema {schema!r} is not the one of this version "
            "of Sessionward."
        )


def _grants(schema: str, grant_to: str | None, functions: Sequence[str]) -> Iterator[str]:
    within = quoted(schema)
    yield f"REVOKE ALL ON ALL FUNCTIONS IN SCHEMA {within} FROM PUBLIC"
    yield f"REVOKE ALL ON SCHEMA {within} FROM PUBLIC"
    if grant_to is not None:
        yield f"GRANT USAGE ON SCHEMA {within} TO {quoted(grant_to)}"
        for function in functions:
            yield f"GRANT EXECUTE ON FUNCTION {within}.{quoted(function)} TO {quoted(grant_to)}"
