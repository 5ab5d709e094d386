"""The answer of an ASGI app on its way out."""

from collections.abc import Awaitable, Iterable

from sessionward.session.adapters.answer_headers import (
    CRASHED,
    NO_STORE,
    PRIVATE,
    REFUSALS,
    UNAVAILABLE,
    VARY,
    answer_headers,
    unavailable,
)
from sessionward.session.adapters.cookie_header import SessionCookie
from sessionward.session.adapters.keeper import Refused
from sessionward.session.adapters.served import Message, Send, Served
from sessionward.session.result import StoreError

POLICY_VIOLATION = 1008
START = "http.response.start"
CACHING = frozenset({b"cache-control", b"expires"})
NOT_KEPT = (b"cache-control", NO_STORE.encode("ascii"))
VARIES = (b"vary", VARY.encode("ascii"))
PRIVATELY = (NOT_KEPT, VARIES)
Entries = Iterable[tuple[bytes, bytes]]


class Answer:
    """An answer on its way out: first the session is saved, then the headers are completed."""

    __slots__ = ("_cookie", "_refused", "_send", "_served", "_started")

    def __init__(self, served: Served, cookie: SessionCookie, send: Send) -> None:
        self._served = served
        self._cookie = cookie
        self._send = send
        self._refused = False
        self._started = False

    def send(self, message: Message) -> Awaitable[None]:
        """Send `message`, or nothing more once the answer was refused."""
        if message["type"] == START:
            self._started = True
            if not self._served.idle:
                return self._start(message)
            message["headers"] = _privately(message.get("headers", ()))
        elif self._refused:
            return _nothing()
        return self._send(message)

    async def fail(self, error: StoreError | Refused) -> bool:
        """The app let `error` pass; whether that could still be, or is already, the answer."""
        if self._started:
            return self._refused
        self._served.failure = error
        await self.send({"type": START, "status": CRASHED, "headers": []})
        return True

    async def _start(self, message: Message) -> None:
        status = None if self._served.session.untouched else await self._save()
        if status is None and message["status"] == CRASHED:
            # the app's framework may have answered before it lets the error pass
            status = self._served.refusal()
        if status is not None:
            self._refused = True
            renewed = status != UNAVAILABLE  # without its new token a browser would look like a thief's
            await refuse("http", self._send, status, self._completed(()) if renewed else None)
            return
        message["headers"] = self._completed(message.get("headers", ()))
        await self._send(message)

    async def _save(self) -> int | None:
        """The status to refuse with, None if all is well."""
        try:
            unsaved = await self._served.take(self._served.visit.save())
        except StoreError as error:
            return unavailable(error)
        return None if unsaved is None else REFUSALS[unsaved]

    def _completed(self, headers: Entries) -> list[tuple[bytes, bytes]]:
        """Whatever depends on a session is kept by no cache, and all depends on whether there is one."""
        said = answer_headers(self._served.visit, self._cookie, came_with_token=self._served.private)
        if not said.private:
            return [*headers, VARIES]
        if said is PRIVATE:
            return _privately(headers)
        more = [(name.encode("ascii"), value.encode("ascii")) for name, value in said.more]
        if said.set_cookie is not None:
            more.append((b"set-cookie", said.set_cookie.encode("ascii")))
        return _privately((*headers, *more))


def _privately(headers: Entries) -> list[tuple[bytes, bytes]]:
    """The headers of an answer that nobody may keep."""
    made = [*headers]
    for name, _ in made:
        if name.lower() in CACHING:
            made = [entry for entry in made if entry[0].lower() not in CACHING]
            break
    made += PRIVATELY
    return made


async def _nothing() -> None:
    """What is sent after an answer was refused."""


async def refuse(
    kind: str, send: Send, status: int, session: list[tuple[bytes, bytes]] | None = None
) -> None:
    """Serve nothing of what the app made, and of the session at most the headers `session`."""
    if kind == "websocket":
        await send({"type": "websocket.close", "code": POLICY_VIOLATION})
        return
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        *(PRIVATELY if session is None else session),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": f"{status}\n".encode()})
