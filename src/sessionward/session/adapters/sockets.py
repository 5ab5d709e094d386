"""Open WebSockets of sessions, which are closed when their session ends, by whichever process ended it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from sessionward.session.adapters.keeper import Keeper
from sessionward.session.result import StoreError
from sessionward.session.state import Record, State, Subject
from sessionward.session.stores.store import AsyncStore

Message = MutableMapping[str, Any]

BATCH = 500


@dataclass(slots=True, eq=False)
class Socket:
    """A connection opened at `path` in the session `record`; `close` tells the browser, `ended` whoever waits.

    `consults` tells whether a consultation runs over it, which a lock leaves alone.
    """

    record: Record
    path: str
    close: Callable[[], Awaitable[None]]
    consults: Callable[[], bool] = lambda: False
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    async def end(self) -> None:
        """Close the connection once; a browser that has gone already is no matter."""
        if not self.ended.is_set():
            self.ended.set()
            with suppress(OSError, RuntimeError):
                await self.close()

    async def unless_ended(self, coming: Awaitable[Message], instead: Message) -> Message:
        """What `coming` brings, or `instead` if the session ends before."""
        if self.ended.is_set():
            return instead
        waiting = asyncio.ensure_future(coming)
        over = asyncio.ensure_future(self.ended.wait())
        try:
            await asyncio.wait({waiting, over}, return_when=asyncio.FIRST_COMPLETED)
            return waiting.result() if waiting.done() and not self.ended.is_set() else instead
        finally:
            for task in (waiting, over):
                task.cancel()


class Sockets:
    """All open WebSockets of this process, looked after every `interval` seconds while there are any.

    A store that cannot be asked closes them all: nobody knows any more whether their sessions live.
    """

    def __init__(self, keeper: Keeper, store: AsyncStore, *, interval: float) -> None:
        self._keeper = keeper
        self._store = store
        self._interval = interval
        self._open: set[Socket] = set()
        self._cursor = 0
        self._watch: asyncio.Task[None] | None = None

    async def add(self, socket: Socket) -> None:
        """Look after `socket` from now on. Also what ended since its request was let in is seen."""
        self._open.add(socket)
        if self._watch is None or self._watch.done():
            self._watch = asyncio.create_task(self._keep_watch())
        if socket.record.subject is not None:
            await self._end_those_of(set(), {socket.record.handle})

    def remove(self, socket: Socket) -> None:
        """Forget `socket`; the watch ends with the last one."""
        self._open.discard(socket)
        if not self._open and self._watch is not None:
            self._watch.cancel()
            self._watch = None

    async def look(self) -> None:
        """Close the sockets of all sessions that have ended since the last look."""
        try:
            await self._end_those_of(*await self._suspects())
        except StoreError:
            for socket in tuple(self._open):
                await socket.end()

    async def _keep_watch(self) -> None:
        try:
            while self._open:
                await self.look()
                await asyncio.sleep(self._interval)
        finally:  # whatever ended the watch, nothing stays open unwatched
            for socket in tuple(self._open):
                await socket.end()

    async def _suspects(self) -> tuple[set[Subject | None], set[str]]:
        """Whose sessions, and which, may have ended: told by the feed, due by the clock, or all after a gap."""
        over = {
            socket.record.handle for socket in self._open if self._keeper.lapsed(socket.record, socket.path)
        }
        subjects: set[Subject | None] = set()
        while True:
            feed = await self._store.terminations_since(self._cursor, limit=BATCH)
            self._cursor = feed.cursor
            subjects |= {entry.subject for entry in feed.terminations} - {None}
            over |= {entry.handle for entry in feed.terminations if entry.handle is not None}
            if not feed.complete:
                over |= {socket.record.handle for socket in self._open}
            if len(feed.terminations) < BATCH:
                return subjects, over

    async def _end_those_of(self, subjects: set[Subject | None], handles: set[str]) -> None:
        """Read again the sessions that may have ended, and close the sockets of those that have."""
        suspected = [
            socket
            for socket in self._open
            if socket.record.subject in subjects or socket.record.handle in handles
        ]
        for subject in {socket.record.subject for socket in suspected}:
            living = await self._living(subject)
            for socket in suspected:
                if socket.record.subject != subject:
                    continue
                found = living.get(socket.record.handle)
                if found is None or self._keeper.lapsed(found, socket.path) or _was_locked(socket, found):
                    await socket.end()
                else:
                    socket.record = found

    async def _living(self, subject: Subject | None) -> Mapping[str, Record]:
        """The living sessions of `subject` by their handles; a visitor's are not listed, and count as ended."""
        if subject is None:
            return {}
        found = await self._store.list(subject, now=self._keeper.clock())
        return {record.handle: record for record in found}


def _was_locked(socket: Socket, found: Record) -> bool:
    """Whether `socket` was opened before the lock and is no consultation: it might show what the lock withholds."""
    locked = found.state is State.LOCKED and socket.record.state is not State.LOCKED
    return locked and not socket.consults()
