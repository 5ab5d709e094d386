import asyncio
from typing import Any

import pytest

from sessionward.session.stores.redis_wires import IDLE, Wires

PATIENCE = 0.2


class Answered(Exception):
    """An error that the server answered."""


class Line:
    """A connection that answers with what it was sent, or as it is told."""

    def __init__(self) -> None:
        self.is_connected = False
        self.sent: list[tuple[Any, ...]] = []
        self.closed = 0
        self.stale = False
        self.gate: asyncio.Event | None = None
        self.error: Exception | None = None

    async def send_command(self, *arguments: Any) -> None:
        self.is_connected = True
        self.sent.append(arguments)

    async def read_response(self) -> Any:
        if self.gate is not None:
            await self.gate.wait()
        if self.error is not None:
            raise self.error
        return self.sent[-1]

    async def disconnect(self, *, nowait: bool = False) -> None:
        self.is_connected = False
        self.closed += 1

    async def can_read(self) -> bool:
        return self.stale


class Switchboard:
    """Makes lines, and remembers them."""

    def __init__(self) -> None:
        self.lines: list[Line] = []

    def make(self) -> Line:
        self.lines.append(Line())
        return self.lines[-1]


@pytest.fixture
def board() -> Switchboard:
    return Switchboard()


@pytest.fixture
def wires(board: Switchboard) -> Wires:
    return Wires(board.make, limit=2, patience=PATIENCE, answered=Answered)


async def test_one_after_the_other_goes_over_one_connection(board: Switchboard, wires: Wires) -> None:
    assert [await wires.call("A"), await wires.call("B")] == [("A",), ("B",)]
    assert len(board.lines) == 1


async def test_at_once_there_are_as_many_as_allowed_and_the_rest_wait_in_vain(
    board: Switchboard, wires: Wires
) -> None:
    gate = asyncio.Event()

    def make() -> Line:
        line = board.make()
        line.gate = gate
        return line

    wires = Wires(make, limit=2, patience=PATIENCE, answered=Answered)
    busy = [asyncio.create_task(wires.call(str(number))) for number in range(2)]
    await asyncio.sleep(0)
    with pytest.raises(TimeoutError):
        await wires.call("late")
    waiting = asyncio.create_task(wires.call("next"))
    gate.set()
    assert await asyncio.gather(*busy, waiting) == [("0",), ("1",), ("next",)]
    assert len(board.lines) == 2


async def test_after_an_answer_that_is_an_error_the_connection_is_used_again(
    board: Switchboard, wires: Wires
) -> None:
    await wires.call("A")
    board.lines[0].error = Answered()
    with pytest.raises(Answered):
        await wires.call("B")
    board.lines[0].error = None
    assert await wires.call("C") == ("C",)
    assert (len(board.lines), board.lines[0].closed) == (1, 0)


@pytest.mark.parametrize("error", [ConnectionError(), TimeoutError(), ValueError()])
async def test_after_any_other_error_it_is_closed_and_nothing_is_sent_twice(
    board: Switchboard, wires: Wires, error: Exception
) -> None:
    await wires.call("A")
    board.lines[0].error = error
    with pytest.raises(type(error)):
        await wires.call("B")
    assert board.lines[0].closed == 1
    assert await wires.call("C") == ("C",)
    assert [line.sent for line in board.lines] == [[("A",), ("B",)], [("C",)]]


async def test_a_call_that_was_given_up_leaves_its_answer_to_nobody(board: Switchboard, wires: Wires) -> None:
    await wires.call("A")
    board.lines[0].gate = asyncio.Event()
    given_up = asyncio.create_task(wires.call("B"))
    await asyncio.sleep(0)
    given_up.cancel()
    with pytest.raises(asyncio.CancelledError):
        await given_up
    assert await wires.call("C") == ("C",)
    assert [line.closed for line in board.lines] == [1, 0]


async def test_a_connection_that_the_server_closed_meanwhile_is_made_anew(
    board: Switchboard, wires: Wires, monkeypatch: pytest.MonkeyPatch
) -> None:
    await wires.call("A")
    board.lines[0].stale = True
    loop = asyncio.get_running_loop()
    later = loop.time() + 2 * IDLE
    monkeypatch.setattr(loop, "time", lambda: later)
    assert await wires.call("B") == ("B",)
    assert board.lines[0].closed == 1


async def test_closing_leaves_no_connection_behind(board: Switchboard, wires: Wires) -> None:
    await wires.call("A")
    gate = board.lines[0].gate = asyncio.Event()
    busy = asyncio.create_task(wires.call("B"))
    await asyncio.sleep(0)
    await wires.close()
    gate.set()
    await busy
    assert board.lines[0].closed == 1
