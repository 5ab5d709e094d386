"""Connections that are lent to one call at a time, to threads or to tasks.

They are opened as they are needed, and kept. There is no thread that looks after them: a connection is looked at when
it is lent, without asking the server, and one that broke is replaced by whoever needs it. So a server that is back
serves the next call, and a process that forked opens connections of its own.
"""

import asyncio
import os
from queue import Empty, LifoQueue
from time import monotonic
from typing import Any, TypeVar

from sessionward.session.result import StoreError
from sessionward.session.stores.postgres_calls import Question
from sessionward.session.stores.postgres_driver import (
    AsyncLine,
    Line,
    RolledBack,
    Settings,
    alive,
    kept,
    opened,
    opened_async,
)
from sessionward.session.stores.postgres_schema import call

T = TypeVar("T")

ATTEMPTS = 3
"""How often a call is made that the server rolled back as a whole. No other failure is tried again: what was asked
might have been done."""

ALL_LENT = "The session store cannot be asked: all of its connections are in use."
CLOSED = "The store is closed."


class Pool:
    """At most `settings.connections` connections for threads that block."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._closed = False
        self._process = os.getpid()
        self._slots = _slots(settings.connections)
        self._inherited: list[LifoQueue[Line | None]] = []

    def ask(self, question: Question[T]) -> T:
        """The answer to `question`.

        Raises:
            StoreError: there is none in time. What was to be written may have been written.

        """
        statement = call(self._settings.schema, question.function, len(question.arguments))
        deadline = monotonic() + self._settings.patience
        for _ in range(ATTEMPTS - 1):
            try:
                return question.read(self._row(statement, question.arguments, deadline))
            except RolledBack:
                continue
        return question.read(self._row(statement, question.arguments, deadline))

    def connect(self) -> None:
        """See that there is a connection, and that it leads to what is needed.

        Raises:
            StoreError: there is none.

        """
        self._slots.get()
        self._slots.put(opened(self._settings))

    def close(self) -> None:
        """Let go of the connections; of those that are lent, when they come back."""
        self._closed = True
        while True:
            try:
                kept(self._slots.get_nowait(), closing=True)
            except Empty:
                break
        for _ in range(self._settings.connections):
            self._slots.put(None)

    def _row(self, statement: bytes, arguments: tuple[object, ...], deadline: float) -> tuple[Any, ...]:
        if (
            self._process != os.getpid()
        ):  # after a fork the parent's connections are not ours, not even to close
            self._inherited.append(self._slots)
            self._process, self._slots = os.getpid(), _slots(self._settings.connections)
        slots = self._slots
        try:
            line = slots.get(timeout=max(0.0, deadline - monotonic()))
        except Empty:
            raise StoreError(ALL_LENT) from None
        try:
            if self._closed:
                raise StoreError(CLOSED)
            line = alive(line) or opened(self._settings)
            return line.ask(statement, arguments, deadline)
        finally:
            slots.put(kept(line, closing=self._closed))


class AsyncPool:
    """At most `settings.connections` connections for the tasks of one event loop."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._closed = False
        self._slots: asyncio.LifoQueue[AsyncLine | None] = asyncio.LifoQueue()
        for _ in range(settings.connections):
            self._slots.put_nowait(None)

    async def ask(self, question: Question[T]) -> T:
        """The answer to `question`.

        Raises:
            StoreError: there is none in time. What was to be written may have been written.

        """
        statement = call(self._settings.schema, question.function, len(question.arguments))
        deadline = monotonic() + self._settings.patience
        for _ in range(ATTEMPTS - 1):
            try:
                return question.read(await self._row(statement, question.arguments, deadline))
            except RolledBack:
                continue
        return question.read(await self._row(statement, question.arguments, deadline))

    async def close(self) -> None:
        """Let go of the connections; of those that are lent, when they come back."""
        self._closed = True
        while not self._slots.empty():
            kept(self._slots.get_nowait(), closing=True)
        for _ in range(self._settings.connections):
            self._slots.put_nowait(None)

    async def _row(self, statement: bytes, arguments: tuple[object, ...], deadline: float) -> tuple[Any, ...]:
        try:
            async with asyncio.timeout(max(0.0, deadline - monotonic())):
                line = await self._slots.get()
        except TimeoutError:
            raise StoreError(ALL_LENT) from None
        try:
            if self._closed:
                raise StoreError(CLOSED)
            line = alive(line) or await opened_async(self._settings)
            return await line.ask(statement, arguments, deadline)
        finally:
            self._slots.put_nowait(kept(line, closing=self._closed))


def _slots(number: int) -> "LifoQueue[Line | None]":
    slots: LifoQueue[Line | None] = LifoQueue()
    for _ in range(number):
        slots.put(None)
    return slots
