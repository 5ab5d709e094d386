"""What one isolated browser sent and received, recorded as it happens."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from playwright.async_api import BrowserContext, Error, Frame, Page
from playwright.async_api import Request as Asked
from playwright.async_api import Response as Answered

from sessionward.audit.browser.habits import Habits, Pending
from sessionward.audit.browser.scope import Scope
from sessionward.audit.browser.shelf import Shelf
from sessionward.audit.driver import UNDER_WAY
from sessionward.http import Exchange, Request, Response
from sessionward.http.exchange import Headers

BODY_LIMIT = 2_000_000
WORTH_HOLDING = 16_000_000
"""A body larger than this is not even asked for: it would pass through two processes to be cut."""
SMALL = 65_536
ALWAYS_READ = frozenset({"document", "xhr", "fetch"})
NEVER_READ = frozenset({"image", "font", "media", "eventsource", "websocket"})
RESOURCES = frozenset({"document", "xhr", "fetch", "script", "image", "stylesheet", "font", "websocket"})
CALLS = frozenset({"xhr", "fetch"})
"""Requests by scripts: what they bring is drawn a moment after it came."""
BODILESS = frozenset({204, 205, 304})


@dataclass(slots=True, kw_only=True, eq=False)
class Entry(Pending):
    """One request on its way to being an exchange. ``done`` once nothing more is to come."""

    navigation: bool
    exchange: Exchange
    done: bool = False

    def answer(self, headers: Headers, response: Response) -> None:
        """Note what came, and the headers that really went."""
        self.exchange = replace(
            self.exchange,
            request=replace(self.exchange.request, headers=headers),
            response=response,
            error="",
            seconds=time.monotonic() - self.started,
        )


class Traffic:
    """Records a context. ``count`` is told of each request in scope; pages in ``ours`` are not the app's and left out.

    ``habits`` is what was learnt of paths that are slow or polled; it is shared by all tabs.
    """

    def __init__(
        self, context: BrowserContext, scope: Scope, count: Callable[[], None], habits: Habits, shelf: Shelf
    ) -> None:
        self._shelf = shelf
        self.ours: set[Page] = set()
        self.navigations: dict[Page, Entry] = {}
        self.last_call = 0.0
        self.changed = asyncio.Event()
        self._scope = scope
        self._count = count
        self._habits = habits
        self._entries: list[Entry] = []
        self._open: dict[Asked, Entry] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        context.on("request", self._requested)
        context.on("response", self._responded)
        context.on("requestfailed", self._failed)

    def exchanges(self) -> tuple[Exchange, ...]:
        """All exchanges so far, in the order in which they were asked for; one under way has no response yet.

        Each keeps its place once it is in, so that a caller may go on from where it stopped.
        """
        return tuple(entry.exchange for entry in self._entries)

    def waiting(self) -> list[Entry]:
        """The requests that a page may still need: neither answered in full nor endless nor known to be slow."""
        return [entry for entry in self._open.values() if self._habits.is_awaited(entry)]

    async def stays_idle(self, until: float) -> bool:
        """Wait until a moment; False as soon as there is something to wait for."""
        while not self.waiting():
            self.changed.clear()
            try:
                async with asyncio.timeout(until - time.monotonic()):
                    await self.changed.wait()
            except TimeoutError:
                return not self.waiting()
        return False

    def has_navigated(self, page: Page, since: float) -> bool:
        """Whether the page asked for a new document since a moment."""
        entry = self.navigations.get(page)
        return entry is not None and entry.started >= since

    def asked_since(self, moment: float) -> list[Entry]:
        """All that was asked for since a moment."""
        return [entry for entry in self._entries if entry.started >= moment]

    def navigated(self, frame: Frame) -> None:
        """Wait no more for what the page asked for before it was left."""
        if frame.parent_frame is not None:
            return
        moment = max((entry.started for entry in self._entries if entry.navigation), default=0.0)
        for entry in [entry for entry in self._open.values() if entry.started < moment]:
            self._close(entry)

    def stop(self) -> None:
        """Read nothing more."""
        for task in self._tasks:
            task.cancel()

    def _requested(self, asked: Asked) -> None:
        page = page_of(asked)
        if not asked.url.startswith("http") or not self._scope.allows(asked.url):
            return
        if self._shelf.get(asked.method, asked.resource_type, asked.url):
            # It is answered here: the app is not asked.
            return
        self._count()
        if page in self.ours:
            return
        navigation = asked.is_navigation_request() and (page is None or asked.frame == page.main_frame)
        started = time.monotonic()
        exchange = _begun(asked, navigation=navigation, started=started)
        entry = Entry(asked=asked, started=started, navigation=navigation, exchange=exchange)
        if navigation and page:
            self.navigations[page] = entry
        self._entries.append(entry)
        self._open[asked] = entry
        self._tell(entry)

    def _responded(self, answered: Answered) -> None:
        entry = self._open.get(answered.request)
        if entry is None:
            return
        task = asyncio.create_task(self._read(entry, answered))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _failed(self, asked: Asked) -> None:
        entry = self._open.get(asked)
        if entry is None:
            return
        if entry.exchange.response is None:
            entry.exchange = replace(entry.exchange, error=asked.failure or "the request failed")
        self._close(entry)

    async def _read(self, entry: Entry, answered: Answered) -> None:
        try:
            headers = _pairs(await entry.asked.headers_array())
            head = Response(
                status=answered.status, headers=_pairs(await answered.headers_array()), truncated=True
            )
            entry.answer(headers, head)
            await answered.finished()
            self._tell(entry)
            body, cut = await self._body(entry, answered, head)
            whole = Response(status=head.status, headers=head.headers, body=body[:BODY_LIMIT], truncated=cut)
            entry.answer(headers, whole)
            await self._shelve(entry, answered)
        except Error:
            # The page was left before its answer could be read: what was seen so far stands.
            pass
        finally:
            self._close(entry)

    async def _shelve(self, entry: Entry, answered: Answered) -> None:
        """Keep the answer for later browsers where the app says that it is the same for all."""
        asked, head = entry.asked, entry.exchange.response
        if head and self._shelf.wants(asked.method, asked.resource_type, asked.url, head):
            self._shelf.keep(asked.url, head, await answered.body())

    async def _body(self, entry: Entry, answered: Answered, head: Response) -> tuple[bytes, bool]:
        """The body as far as it is worth having, and whether some of it is missing."""
        status, length = head.status, int(head.header("content-length") or -1)
        if status in BODILESS or 300 <= status < 400 or entry.asked.method == "HEAD":  # noqa: PLR2004 — redirects
            return b"", False
        if not wanted(entry.asked.resource_type, head.media_type, length):
            return b"", True
        if length < 0 and (await entry.asked.sizes())["responseBodySize"] > WORTH_HOLDING:
            return b"", True
        body = await answered.body()
        return body, len(body) > BODY_LIMIT

    def _close(self, entry: Entry) -> None:
        entry.done = True
        self._open.pop(entry.asked, None)
        self._habits.ended(entry)
        self.changed.set()

    def _tell(self, entry: Entry) -> None:
        if entry.asked.resource_type in CALLS and self._habits.matters(entry):
            self.last_call = time.monotonic()
        self.changed.set()


def wanted(resource: str, media_type: str, length: int) -> bool:
    """Whether a body is worth reading; ``length`` is -1 where the server did not say."""
    if length > WORTH_HOLDING or resource in NEVER_READ:
        return False
    if resource in ALWAYS_READ or media_type == "text/html" or media_type.endswith("json"):
        return True
    return 0 <= length <= SMALL


def page_of(asked: Asked) -> Page | None:
    """The page that a request belongs to, None for a service worker's and for a window that is just opening."""
    try:
        return asked.frame.page
    except Error:
        return None


def _address(asked: Asked) -> str:
    """The address of the frame that asked, as it is now: scripts change its fragment without a request."""
    try:
        address = asked.frame.url
    except Error:
        return ""
    return address if address.startswith("http") else ""


def _pairs(array: Sequence[Mapping[str, object]]) -> Headers:
    return tuple((str(item["name"]), str(item["value"])) for item in array)


def _begun(asked: Asked, *, navigation: bool, started: float) -> Exchange:
    """A request that has no answer yet, with the headers as the page knows them."""
    headers, kind = tuple(asked.headers.items()), asked.resource_type
    return Exchange(
        request=Request(method=asked.method, url=asked.url, headers=headers, body=asked.post_data_buffer),
        error=UNDER_WAY,
        resource=kind if kind in RESOURCES else "other",
        navigation=navigation,
        page="" if navigation else _address(asked),
        started=started,
    )
