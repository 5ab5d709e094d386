"""Single connections to PostgreSQL, blocking and awaited: the only importer of the driver."""

import math
from asyncio import CancelledError
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, TypeVar

from psycopg import AsyncConnection, Connection, Error, OperationalError, ProgrammingError, errors
from psycopg.abc import PQGen
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.pq import ConnStatus, TransactionStatus
from psycopg.pq.abc import PGconn
from psycopg.waiting import wait_async

from sessionward.session.result import StoreError
from sessionward.session.stores.postgres_schema import Execute, Surroundings, quoted

T = TypeVar("T")
Row = tuple[Any, ...]

TICK = 0.1
"""Seconds between two looks at the clock while an answer is waited for."""

LAG = 0.25
"""Seconds by which the server's own limit may be late before the connection is given up: it is the better one, since
the connection can be used again."""


class RolledBack(StoreError):
    """The server undid the transaction as a whole, for the sake of another: it can safely be tried again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Which database, and how it is asked. `address` may hold a password and is left out of the repr.

    Raises:
        ValueError: one of them makes no sense.

    """

    address: str = field(repr=False)
    schema: str
    patience: float
    connections: int = 1
    transaction_pooling: bool = False

    def __post_init__(self) -> None:
        quoted(self.schema)
        _parts(self.address)
        if not 0 < self.patience < math.inf or self.connections < 1:
            raise ValueError("patience needs to be a finite number above 0, and connections at least 1.")

    @property
    def conninfo(self) -> str:
        """The address, with the limits of time and the isolation that the store needs.

        A connection that the server would not take writes on is refused while connecting, so of several hosts the
        primary is found. The limits go with the start of the connection; a pooler by transactions takes none.
        """
        given = _parts(self.address)
        needed: dict[str, Any] = {
            "application_name": "sessionward",
            "connect_timeout": max(2, math.ceil(self.patience)),  # libpq takes less than 2 seconds for 2
            "target_session_attrs": "read-write",
            **given,
            "client_encoding": "UTF8",
        }
        if not self.transaction_pooling:
            limit = math.ceil(self.patience * 1000)
            own = (
                f"-c statement_timeout={limit} -c lock_timeout={limit} "
                f"-c idle_in_transaction_session_timeout={limit} -c default_transaction_isolation=read\\ committed"
            )
            needed["options"] = f"{given.get('options', '')} {own}".strip()
        return make_conninfo("", **needed)

    @property
    def start(self) -> dict[str, Any]:
        """How a connection starts: each statement a transaction; statements prepared, except behind a pooler."""
        threshold = None if self.transaction_pooling else 1
        return {"conninfo": self.conninfo, "autocommit": True, "prepare_threshold": threshold}


class Line(Connection[Row]):
    """A connection that gives up at its `deadline`, also where the server takes a question and never answers."""

    deadline = math.inf

    def ask(self, statement: bytes, arguments: tuple[object, ...], deadline: float) -> Row:
        """The row that `statement` answers.

        Raises:
            RolledBack: nothing was done, and it may be tried again.
            StoreError: there is no answer in time. What was to be written may have been written.

        """
        self.deadline = deadline + LAG
        with _told(self.pgconn):
            return self.execute(statement, arguments, binary=True).fetchone() or ()

    def wait(self, gen: PQGen[T], interval: float = TICK, timeout: float | None = None) -> T:
        """See `Connection.wait`, which every question goes through."""
        until = self.deadline if timeout is None else min(self.deadline, monotonic() + timeout)
        return super().wait(_until(until, gen), interval)


class AsyncLine(AsyncConnection[Row]):
    """`Line` for those who await."""

    deadline = math.inf

    async def ask(self, statement: bytes, arguments: tuple[object, ...], deadline: float) -> Row:
        """See `Line.ask`."""
        self.deadline = deadline + LAG
        with _told(self.pgconn):
            return await (await self.execute(statement, arguments, binary=True)).fetchone() or ()

    async def wait(self, gen: PQGen[T], interval: float = TICK, timeout: float | None = None) -> T:
        """See `AsyncConnection.wait`, which every question goes through.

        That would have the server cancel what it is doing where the task is cancelled: a logout would be undone
        because the browser did not wait for the answer. This one hangs up; what was asked for is done.
        """
        until = self.deadline if timeout is None else min(self.deadline, monotonic() + timeout)
        try:
            return await wait_async(_until(until, gen), self.pgconn.socket, interval)
        except CancelledError:
            self.pgconn.finish()
            raise


Lent = TypeVar("Lent", Line, AsyncLine)


def opened(settings: Settings) -> Line:
    """A connection to a database on which the store keeps its promises.

    Raises:
        StoreError: there is none.

    """
    surroundings = Surroundings(schema=settings.schema)
    with _told():
        line = Line.connect(**settings.start)
        line.deadline = monotonic() + settings.patience
        with _suiting(line.pgconn, settings):
            found = line.execute(surroundings.question).fetchone()
            applied = line.execute(surroundings.applied).fetchone()
            surroundings.verify(found, applied)
    return line


async def opened_async(settings: Settings) -> AsyncLine:
    """See `opened`."""
    surroundings = Surroundings(schema=settings.schema)
    with _told():
        line = await AsyncLine.connect(**settings.start)
        line.deadline = monotonic() + settings.patience
        with _suiting(line.pgconn, settings):
            found = await (await line.execute(surroundings.question)).fetchone()
            applied = await (await line.execute(surroundings.applied)).fetchone()
            surroundings.verify(found, applied)
    return line


def in_one_transaction(settings: Settings, work: Callable[[Execute], T]) -> T:
    """What `work` comes to on a connection of its own, committed.

    Raises:
        StoreError: it could not be done, and nothing of it was.

    """
    with _told(), Connection.connect(settings.conninfo) as connection:

        def execute(statement: bytes, values: tuple[object, ...] | None = None) -> list[Row]:
            cursor = connection.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

        return work(execute)


def alive(line: Lent | None) -> Lent | None:
    """`line` unless it has been hung up, as far as this side knows. The server is not asked.

    Looked at twice: where the server says why it hangs up, the end comes after its words.
    """
    if line is None:
        return None
    try:
        line.pgconn.consume_input()
        line.pgconn.consume_input()
    except OperationalError:
        line.pgconn.finish()
    return line if line.pgconn.status == ConnStatus.OK else None


def kept(line: Lent | None, *, closing: bool) -> Lent | None:
    """`line` if nothing is left half done on it and its pool is not `closing`; else it is closed at once."""
    if line is not None and (closing or line.pgconn.transaction_status != TransactionStatus.IDLE):
        line.pgconn.finish()
        return None
    return line


def _until(deadline: float, steps: PQGen[T]) -> PQGen[T]:
    """`steps` until `deadline`; the driver wakes them at each tick, also where nothing arrives."""
    try:
        state = next(steps)
        while True:
            state = steps.send((yield state))  # first what may have arrived, and only then the clock
            if monotonic() >= deadline:
                raise OperationalError("the database did not answer in time")
    except StopIteration as end:
        answer: T = end.value
        return answer


@contextmanager
def _suiting(connection: PGconn, settings: Settings) -> Iterator[None]:
    """Closes a connection that does not suit, and tells what is to be done about it."""
    user = connection.user.decode(errors="replace")
    try:
        yield
    except BaseException as error:
        connection.finish()
        if isinstance(error, errors.InvalidSchemaName | errors.UndefinedFunction):
            raise StoreError(
                f"The schema {settings.schema!r} has no tables of the session store: run PostgresStore.migrate."
            ) from None
        if isinstance(error, errors.InsufficientPrivilege):
            raise StoreError(
                f"The role {user!r} may not use the schema {settings.schema!r}: "
                f"run PostgresStore.migrate with grant_to={user!r} as its owner."
            ) from None
        raise


@contextmanager
def _told(connection: PGconn | None = None) -> Iterator[None]:
    """Tells of the driver's errors without the rows that they quote: those may hold what patients wrote."""
    try:
        yield
    except Error as error:
        if connection is not None and isinstance(error, errors.ReadOnlySqlTransaction):
            connection.finish()  # it leads to what is a standby now; the next one is led to the primary
        kind = StoreError
        if isinstance(error, errors.SerializationFailure | errors.DeadlockDetected):
            kind = RolledBack
        told = error.diag.message_primary or next(iter(str(error).splitlines()), type(error).__name__)
        code = f" ({error.sqlstate})" if error.sqlstate else ""
        raise kind(f"The session store cannot be asked: {told}{code}.") from None
    except UnicodeError:
        raise StoreError("The session store cannot keep text that is not Unicode.") from None


def _parts(address: str) -> dict[str, Any]:
    """The parts of `address`; the driver's own words about a wrong one would quote a password in it."""
    try:
        return conninfo_to_dict(address)
    except ProgrammingError:
        raise ValueError(
            "The address of the database is none: it looks like postgresql://user@host/database."
        ) from None
