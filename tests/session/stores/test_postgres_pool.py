import asyncio
import multiprocessing
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from functools import partial
from time import monotonic

import pytest

from sessionward.session.result import StoreError
from sessionward.session.state import Ended, Presented, Reason
from sessionward.session.stores import postgres_calls as calls
from sessionward.session.stores.postgres_driver import AsyncLine, Line, RolledBack, Settings
from sessionward.session.stores.postgres_pool import ATTEMPTS, AsyncPool, Pool
from tests.session.stores.conformance import ANA, NOW, digest, record
from tests.session.stores.postgres_aside import UnderWay
from tests.session.stores.postgres_server import server, started
from tests.session.stores.races import together

PATIENCE = 0.3
READ = calls.epoch(ANA)
SLOW = calls.Question(function="slow", arguments=(), read=lambda row: row)


def settings(connections: int = 2, patience: float = PATIENCE) -> Settings:
    schema = server().schema()
    with server().session() as session:
        session.execute(
            f'CREATE FUNCTION "{schema}".slow() RETURNS boolean LANGUAGE plpgsql AS '
            "$$ BEGIN PERFORM pg_advisory_xact_lock(1); RETURN true; END $$".encode()
        )
    address = f"{server().address()}&application_name={schema.replace(' ', '%20')}"
    return Settings(address=address, schema=schema, patience=patience, connections=connections)


@pytest.fixture
def known() -> Settings:
    return settings()


@pytest.fixture
def pool(known: Settings) -> Iterator[Pool]:
    made = Pool(known)
    yield made
    made.close()


@pytest.fixture
async def awaited(known: Settings) -> AsyncIterator[AsyncPool]:
    made = AsyncPool(known)
    yield made
    await made.close()


def hang_up(known: Settings) -> None:
    """End the connections of a pool, as a restart or an administrator does."""
    end = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = %s"
    with server().session() as session:
        session.execute(end, (known.schema,))


def connections(known: Settings) -> int:
    with server().session() as session:
        count = "SELECT 1 FROM pg_stat_activity WHERE application_name = %s"
        return len(session.execute(count, (known.schema,)).fetchall())


def until_one_waits(known: Settings) -> None:
    waiting = "SELECT 1 FROM pg_stat_activity WHERE application_name = %s AND wait_event_type = 'Lock'"
    with server().session() as session:
        while not session.execute(waiting, (known.schema,)).fetchall():
            pass


@contextmanager
def slowness() -> Iterator[None]:
    """While it lasts, a `SLOW` call waits."""
    with server().session() as session:
        session.execute("SELECT pg_advisory_lock(1)")
        yield


def test_one_connection_serves_call_after_call(pool: Pool, known: Settings) -> None:
    for _ in range(5):
        assert pool.ask(READ) == 0
    assert connections(known) == 1


def test_connections_that_were_ended_while_idle_are_replaced_unseen(pool: Pool, known: Settings) -> None:
    together(*[partial(pool.ask, READ)] * 2)
    hang_up(known)
    assert together(*[partial(pool.ask, READ)] * 2) == [0, 0]


async def test_connections_that_were_ended_are_replaced_for_those_who_await(
    awaited: AsyncPool, known: Settings
) -> None:
    await asyncio.gather(*(awaited.ask(READ) for _ in range(2)))
    hang_up(known)
    assert await asyncio.gather(*(awaited.ask(READ) for _ in range(2))) == [0, 0]


def test_a_call_whose_connection_is_ended_fails_and_the_next_is_served() -> None:
    known = settings(patience=20)
    pool = Pool(known)

    def end_it_once_it_waits() -> None:
        until_one_waits(known)
        hang_up(known)

    with slowness():
        told, _ = together(partial(failure, pool), end_it_once_it_waits)
    assert "terminating connection due to administrator command" in str(told)
    assert pool.ask(READ) == 0
    pool.close()


def test_a_call_that_the_server_ends_in_time_costs_no_connection(pool: Pool, known: Settings) -> None:
    with slowness():
        assert "timeout" in failure(pool)
        assert connections(known) == 1
    assert pool.ask(READ) == 0


def test_whoever_finds_all_connections_lent_gives_up_in_time() -> None:
    pool = Pool(settings(connections=1))
    with slowness():
        before = monotonic()
        failed = together(*[partial(failure, pool)] * 3)
        assert monotonic() - before < PATIENCE + 2
    assert sum("all of its connections are in use" in str(text) for text in failed) >= 1
    assert pool.ask(READ) == 0
    pool.close()


def failure(pool: Pool) -> str:
    with pytest.raises(StoreError) as told:
        pool.ask(SLOW)
    return str(told.value)


async def test_tasks_that_find_all_connections_lent_give_up_in_time() -> None:
    pool = AsyncPool(settings(connections=1))
    with slowness():
        asked = await asyncio.gather(*(pool.ask(SLOW) for _ in range(3)), return_exceptions=True)
    assert all(isinstance(answer, StoreError) for answer in asked)
    assert any("all of its connections are in use" in str(answer) for answer in asked)
    assert await pool.ask(READ) == 0
    await pool.close()


async def test_a_task_that_is_cancelled_leaves_its_connection_to_nobody() -> None:
    known = settings(patience=20)
    pool = AsyncPool(known)
    with slowness():
        task = asyncio.create_task(pool.ask(SLOW))
        await asyncio.to_thread(until_one_waits, known)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert [await pool.ask(READ) for _ in range(3)] == [0] * 3
    await pool.close()


async def test_what_a_cancelled_task_had_asked_for_is_done_all_the_same() -> None:
    known = settings(patience=20)
    pool = AsyncPool(known)
    await pool.ask(calls.create(record(), None, NOW))
    writing = UnderWay(known.schema, "touch('h1', 'infinity')")
    task = asyncio.create_task(pool.ask(calls.terminate("h1", ANA, Reason.LOGOUT, NOW)))
    await asyncio.to_thread(until_one_waits, known)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert isinstance(await pool.ask(calls.get(digest("h1"))), Presented)
    writing.commit()
    while not isinstance(await pool.ask(calls.get(digest("h1"))), Ended):
        pass
    await pool.close()


@pytest.mark.parametrize("failures", range(ATTEMPTS + 1))
async def test_only_what_was_rolled_back_as_a_whole_is_tried_again(
    pool: Pool, awaited: AsyncPool, failures: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = {"blocking": 0, "awaited": 0}
    blocking, waiting = Line.ask, AsyncLine.ask

    def rolled_back(line: Line, *rest: object) -> object:
        asked["blocking"] += 1
        if asked["blocking"] <= failures:
            raise RolledBack
        return blocking(line, *rest)  # type: ignore[arg-type]

    async def rolled_back_awaited(line: AsyncLine, *rest: object) -> object:
        asked["awaited"] += 1
        if asked["awaited"] <= failures:
            raise RolledBack
        return await waiting(line, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Line, "ask", rolled_back)
    monkeypatch.setattr(AsyncLine, "ask", rolled_back_awaited)
    if failures < ATTEMPTS:
        assert (pool.ask(READ), await awaited.ask(READ)) == (0, 0)
        assert set(asked.values()) == {failures + 1}
        return
    with pytest.raises(RolledBack):
        pool.ask(READ)
    with pytest.raises(RolledBack):
        await awaited.ask(READ)


def test_no_other_failure_is_tried_again(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def lost(line: Line, *rest: object) -> object:
        asked.append(rest)
        raise StoreError("lost")

    monkeypatch.setattr(Line, "ask", lost)
    with pytest.raises(StoreError, match="lost"):
        pool.ask(READ)
    assert len(asked) == 1


def test_a_closed_pool_answers_nothing_and_keeps_nothing(pool: Pool, known: Settings) -> None:
    pool.ask(READ)
    pool.close()
    with pytest.raises(StoreError, match="closed"):
        pool.ask(READ)
    while connections(known):
        pass


def child(pool: Pool, answers: "multiprocessing.Queue[object]") -> None:
    answers.put((pool.ask(READ), pool.ask(calls.advance_epoch(ANA, Reason.LOGOUT, NOW, None))))


@pytest.mark.filterwarnings(
    "ignore:.*fork:DeprecationWarning"
)  # a fork beside threads is what is tested here
@pytest.mark.skipif(not hasattr(os, "fork"), reason="This system has no fork; nothing needs to begin anew.")
def test_a_process_that_forks_speaks_on_connections_of_its_own(pool: Pool) -> None:
    pool.ask(READ)
    context = multiprocessing.get_context("fork")
    answers: multiprocessing.Queue[object] = context.Queue()
    forked = [context.Process(target=child, args=(pool, answers)) for _ in range(3)]
    for process in forked:
        process.start()
    found = [answers.get(timeout=30) for _ in forked]
    for process in forked:
        process.join()
    assert {answer[1] for answer in found if isinstance(answer, tuple)} == {1, 2, 3}
    assert pool.ask(READ) == 3


def test_a_server_that_went_away_is_told_and_serves_what_it_had_when_it_is_back() -> None:
    own = started()
    pool = Pool(Settings(address=own.address(), schema=own.schema(), patience=PATIENCE, connections=2))
    pool.ask(calls.create(record(), None, NOW))
    pool.ask(calls.advance_epoch(ANA, Reason.LOGOUT, NOW, None))
    before = pool.ask(calls.get(digest("h1")))
    own.stop()
    for _ in range(3):
        with pytest.raises(StoreError, match="cannot be asked"):
            pool.ask(READ)
    own.start()
    assert (pool.ask(READ), pool.ask(calls.get(digest("h1")))) == (1, before)
    pool.close()
    own.stop()
