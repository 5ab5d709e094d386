import asyncio
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from time import monotonic

import pytest
from psycopg.conninfo import conninfo_to_dict

from sessionward.session.result import StoreError
from sessionward.session.stores.postgres_driver import (
    Line,
    RolledBack,
    Settings,
    alive,
    in_one_transaction,
    kept,
    opened,
    opened_async,
)
from sessionward.session.stores.postgres_schema import call
from tests.session.stores.postgres_server import server

PATIENCE = 0.3
SLACK = 2.0
"""Seconds that a busy machine may take on top of the time that was asked for."""


def settings(**changes: object) -> Settings:
    made = Settings(address=server().address(), schema=server().schema(), patience=PATIENCE)
    return replace(made, **changes)  # type: ignore[arg-type]


@contextmanager
def in_time() -> Iterator[None]:
    before = monotonic()
    yield
    assert monotonic() - before < PATIENCE + SLACK


def ask(line: Line, statement: str, patience: float = PATIENCE) -> tuple[object, ...]:
    return line.ask(statement.encode(), (), monotonic() + patience)


def test_a_password_is_in_no_repr_and_in_no_error() -> None:
    known = Settings(address="postgresql://app:hunter2@host/db", schema="s", patience=1)
    assert "hunter2" not in repr(known)
    for wrong in ("postgresql://app:hunter2@host/db?nonsense", "hunter2", "host=x password='hunter2"):
        with pytest.raises(ValueError, match="looks like postgresql://") as refused:
            Settings(address=wrong, schema="s", patience=1)
        assert "hunter2" not in str(refused.value)
        assert refused.value.__suppress_context__


@pytest.mark.parametrize("patience", [0, -1, float("nan"), float("inf")])
def test_a_patience_that_makes_no_sense_is_refused(patience: float) -> None:
    with pytest.raises(ValueError, match="patience"):
        Settings(address="", schema="s", patience=patience)


def test_what_the_address_says_stands_and_what_the_store_needs_is_added() -> None:
    given = (
        "postgresql://one,two/db?target_session_attrs=primary&options=-c%20geqo%3Doff&client_encoding=LATIN1"
    )
    parts = conninfo_to_dict(Settings(address=given, schema="s", patience=1.5).conninfo)
    assert (parts["host"], parts["target_session_attrs"], parts["client_encoding"]) == (
        "one,two",
        "primary",
        "UTF8",
    )
    assert str(parts["options"]).startswith("-c geqo=off -c statement_timeout=1500 ")
    pooled = Settings(address=given, schema="s", patience=1.5, transaction_pooling=True)
    assert conninfo_to_dict(pooled.conninfo)["options"] == "-c geqo=off"


def test_a_connection_has_its_limits_and_its_isolation() -> None:
    line = opened(settings())
    limits = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
    assert [ask(line, f"SHOW {name}") for name in limits] == [("300ms",)] * 3
    assert ask(line, "SHOW transaction_isolation") == ("read committed",)
    line.close()


def test_the_servers_limit_ends_what_takes_too_long() -> None:
    line = opened(settings())
    with in_time(), pytest.raises(StoreError, match="statement timeout"):
        ask(line, "SELECT pg_sleep(60)", patience=60)
    assert ask(line, "SELECT 1") == (1,)
    line.close()


@contextmanager
def frozen(pid: object) -> Iterator[None]:
    """The server's process stops, as it does while a disk does not answer: no limit of the server's own helps."""
    assert isinstance(pid, int)
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def test_a_server_that_takes_a_question_and_never_answers_is_given_up() -> None:
    line = opened(settings())
    with frozen(ask(line, "SELECT pg_backend_pid()")[0]):
        with in_time(), pytest.raises(StoreError, match="did not answer in time"):
            ask(line, "SELECT 1")
        assert kept(line, closing=False) is None
        assert line.closed


async def test_a_server_that_never_answers_those_who_await_is_given_up() -> None:
    line = await opened_async(settings())
    (pid,) = await line.ask(b"SELECT pg_backend_pid()", (), monotonic() + PATIENCE)
    with frozen(pid):
        with in_time(), pytest.raises(StoreError, match="did not answer in time"):
            await line.ask(b"SELECT 1", (), monotonic() + PATIENCE)
        assert kept(line, closing=False) is None


async def test_a_task_that_is_cancelled_while_the_server_never_answers_ends_in_time() -> None:
    line = await opened_async(settings())
    (pid,) = await line.ask(b"SELECT pg_backend_pid()", (), monotonic() + PATIENCE)
    with frozen(pid), in_time():
        task = asyncio.create_task(line.ask(b"SELECT 1", (), monotonic() + 60))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert line.closed


def test_a_connection_that_was_hung_up_is_not_alive_before_anything_is_asked() -> None:
    line = opened(settings())
    assert alive(line) is line
    with server().session() as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", (line.info.backend_pid,))
    assert alive(line) is None
    assert alive(None) is None


def test_only_an_idle_connection_is_kept() -> None:
    line = opened(settings())
    assert kept(line, closing=False) is line
    line.execute("BEGIN")
    assert kept(line, closing=False) is None
    assert line.closed


def test_errors_tell_no_rows() -> None:
    line = opened(settings())
    ask(line, "SELECT set_config('search_path', 'pg_temp', false)")
    with pytest.raises(StoreError):
        ask(line, "CREATE TEMP TABLE note (content text CHECK (content = ''))")  # answers no row
    with pytest.raises(StoreError, match=r"violates check constraint .* \(23514\)") as told:
        ask(line, "INSERT INTO note VALUES ('what a patient wrote') RETURNING 1")
    assert "patient" not in str(told.value)
    assert told.value.__suppress_context__
    line.close()


def test_what_the_server_rolled_back_as_a_whole_is_told_apart() -> None:
    line = opened(settings())
    raising = "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{}'; END $$"
    for code in ("40001", "40P01"):
        with pytest.raises(RolledBack):
            ask(line, raising.format(code))
    for code in ("40003", "53100", "57014"):
        with pytest.raises(StoreError, match=code) as told:
            ask(line, raising.format(code))
        assert not isinstance(told.value, RolledBack)
    line.close()


def test_a_connection_to_what_is_a_standby_now_is_given_up() -> None:
    known = settings()
    line = opened(known)
    ask(line, "SELECT set_config('default_transaction_read_only', 'on', false)")
    with pytest.raises(StoreError, match="read-only transaction"):
        line.ask(call(known.schema, "touch", 2), ("h1", 0.0), monotonic() + PATIENCE)
    assert line.closed


def test_a_server_that_is_not_there_is_told_in_time() -> None:
    with in_time(), pytest.raises(StoreError, match="cannot be asked: connection"):
        opened(settings(address="postgresql://app:hunter2@/db?host=%2Fnowhere"))


def test_a_transaction_happens_as_a_whole_or_not_at_all() -> None:
    known = settings()
    assert in_one_transaction(known, lambda execute: execute(b"SELECT %s::int", (7,))) == [(7,)]

    def broken(execute: object) -> None:
        assert callable(execute)
        execute(b"CREATE TABLE public.half ()")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        in_one_transaction(known, broken)
    with server().session() as session:
        assert session.execute("SELECT to_regclass('public.half')").fetchone() == (None,)
