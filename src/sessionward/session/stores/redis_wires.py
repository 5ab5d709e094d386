"""Connections to one Redis server, lent for one call each.

The client of the driver does the same with locks, timers and retries around each step of a call, which take as much
time again as the call. Here a call is sent and its answer read, on a connection of the driver's.
"""

import asyncio
from collections.abc import Callable
from typing import Any, Protocol

IDLE = 0.05
"""Seconds after which a connection is looked at before it is used: the server may have closed it meanwhile."""


class Wire(Protocol):
    """A connection of the driver's. It connects when something is sent and it is not connected."""

    @property
    def is_connected(self) -> bool:
        """Whether it is."""
        ...

    async def send_command(self, *arguments: Any) -> None:
        """Send a call."""
        ...

    async def read_response(self) -> Any:
        """The answer to the call that was sent; an error that the server answered is raised."""
        ...

    async def disconnect(self, *, nowait: bool = False) -> None:
        """Close it."""
        ...


class Wires:
    """At most `limit` connections that `make` makes; who finds all in use waits for `patience` seconds.

    `answered` are the errors that are answers: after any other the connection is not used again.
    """

    def __init__(
        self,
        make: Callable[[], Wire],
        *,
        limit: int,
        patience: float,
        answered: type[Exception],
    ) -> None:
        self._make = make
        self._patience = patience
        self._answered = answered
        self._free = asyncio.Semaphore(limit)
        self._idle: list[tuple[Wire, float]] = []
        self._closed = False

    async def call(self, *arguments: Any) -> Any:
        """What the server answers. Nothing is sent twice.

        Raises:
            TimeoutError: all connections were in use for too long.

        """
        if self._free.locked():
            await asyncio.wait_for(self._free.acquire(), self._patience)
        else:
            await self._free.acquire()
        try:
            return await self._call(await self._wire(), arguments)
        finally:
            self._free.release()

    async def close(self) -> None:
        """Close what is not in use; what is goes when its call is over."""
        self._closed = True
        idle, self._idle = self._idle, []
        for wire, _ in idle:
            await wire.disconnect()

    async def _wire(self) -> Wire:
        """The connection that was used last, or a new one."""
        if not self._idle:
            return self._make()
        wire, since = self._idle.pop()
        if asyncio.get_running_loop().time() - since > IDLE and wire.is_connected and await _was_closed(wire):
            await wire.disconnect(nowait=True)
        return wire

    async def _call(self, wire: Wire, arguments: tuple[Any, ...]) -> Any:
        try:
            await wire.send_command(*arguments)
            answer = await wire.read_response()
        except self._answered:
            await self._give_back(wire)
            raise
        except BaseException:  # a call that was given up leaves its answer in the connection
            await wire.disconnect(nowait=True)
            raise
        await self._give_back(wire)
        return answer

    async def _give_back(self, wire: Wire) -> None:
        if self._closed:
            await wire.disconnect()
        else:
            self._idle.append((wire, asyncio.get_running_loop().time()))


async def _was_closed(wire: Any) -> bool:
    """Whether there is something to read where nothing was asked: an end, or what belongs to nobody."""
    look = getattr(wire, "can_read", None) or wire.can_read_destructive  # so named before version 8
    try:
        return bool(await look())
    except (OSError, ConnectionError):
        return True
