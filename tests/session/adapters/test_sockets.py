import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from sessionward.session.adapters.sockets import Sockets
from sessionward.session.result import Feed, StoreError
from sessionward.session.stores.sqlite import SQLiteStore
from tests.session.adapters.portal import COOKIE, POLICY, Portal

TIMEOUT = 5


class Line:
    """The browser's end of a WebSocket."""

    def __init__(self) -> None:
        self.said: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.heard: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def hears(self) -> dict[str, Any]:
        return await asyncio.wait_for(self.heard.get(), TIMEOUT)

    async def echo(self, text: str) -> str:
        await self.said.put({"type": "websocket.receive", "text": text})
        heard: str = (await self.hears())["text"]
        return heard


@asynccontextmanager
async def line(portal: Portal, token: str | None) -> AsyncIterator[Line]:
    """A WebSocket to `portal` with `token`, accepted."""
    end = Line()
    cookie = f"{COOKIE}={token}".encode()
    scope: dict[str, Any] = {
        "type": "websocket",
        "path": "/live",
        "headers": [(b"cookie", cookie)],
        "query_string": b"",
    }
    scope |= {"scheme": "wss", "subprotocols": [], "client": None, "server": ("portal.example", 443)}
    await end.said.put({"type": "websocket.connect"})
    task = asyncio.create_task(portal.app(scope, end.said.get, end.heard.put))  # type: ignore[arg-type]
    try:
        yield end
    finally:
        await end.said.put({"type": "websocket.disconnect", "code": 1000})
        await asyncio.wait_for(task, TIMEOUT)


async def logged_in(portal: Portal, name: str = "ana") -> str:
    async with portal.browser() as client:
        await client.post(f"/login/north/{name}")
        return client.cookies[COOKIE]


async def act(portal: Portal, token: str, action: str) -> None:
    async with portal.browser() as client:
        client.cookies.set(COOKIE, token, domain="portal.example")
        assert (await client.post(f"/{action}")).status_code == 200


@pytest.fixture
def portals(tmp_path: Path) -> Iterator[tuple[Portal, Portal]]:
    """Two processes, as far as the store can tell: each has its own connection to one file."""
    stores = [SQLiteStore(tmp_path / "sessions.db") for _ in range(2)]
    yield Portal(stores[0]), Portal(stores[1])
    for store in stores:
        store.close()


@pytest.mark.parametrize("action", ["logout", "logout-everywhere"])
async def test_a_websocket_is_closed_when_another_process_ends_its_session(
    action: str, portals: tuple[Portal, Portal]
) -> None:
    here, there = portals
    token, other = await logged_in(here), await logged_in(here, "ben")
    async with line(here, token) as end, line(here, other) as untouched:
        assert [(await opened.hears())["type"] for opened in (end, untouched)] == ["websocket.accept"] * 2
        assert await end.echo("a") == "A"
        await act(there, token, action)
        closed = await end.hears()
        assert (closed["type"], closed["code"]) == ("websocket.close", 1008)
        assert await untouched.echo("b") == "B"


async def test_the_session_that_changed_the_password_keeps_its_websocket(
    portals: tuple[Portal, Portal],
) -> None:
    here, there = portals
    kept, ended = await logged_in(here), await logged_in(here)
    async with line(here, kept) as first, line(here, ended) as second:
        for end in (first, second):
            await end.hears()
        await act(there, kept, "password")
        assert (await second.hears())["type"] == "websocket.close"
        assert await first.echo("a") == "A"


async def test_a_websocket_does_not_outlive_the_inactivity_of_its_session(
    portals: tuple[Portal, Portal],
) -> None:
    here, _ = portals
    async with line(here, await logged_in(here)) as end:
        await end.hears()
        here.now += 900
        assert (await end.hears())["type"] == "websocket.close"


async def test_activity_elsewhere_keeps_a_websocket_open(portals: tuple[Portal, Portal]) -> None:
    here, there = portals
    token = await logged_in(here)
    async with line(here, token) as end:
        await end.hears()
        here.now += 250
        there.now += 250
        await act(there, token, "unlock")
        here.now += 700
        assert await end.echo("a") == "A"


async def test_a_store_that_is_lost_closes_all(
    portals: tuple[Portal, Portal], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*values: object, **named: object) -> Feed:
        raise StoreError("down")

    here, _ = portals
    async with line(here, await logged_in(here)) as end:
        await end.hears()
        monkeypatch.setattr(here.store, "terminations_since", broken)
        assert (await end.hears())["type"] == "websocket.close"


async def test_a_watch_that_breaks_leaves_nothing_open(
    portals: tuple[Portal, Portal], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(self: Sockets) -> None:
        raise asyncio.CancelledError

    here, _ = portals
    async with line(here, await logged_in(here)) as end:
        await end.hears()
        monkeypatch.setattr(Sockets, "look", broken)
        assert (await end.hears())["type"] == "websocket.close"


async def test_a_websocket_of_a_session_that_is_over_begins_as_a_visitors(
    portals: tuple[Portal, Portal],
) -> None:
    here, _ = portals
    token = await logged_in(here)
    await act(here, token, "logout")
    async with line(here, token) as end:
        await end.hears()
        assert await end.echo("a") == "A"


@pytest.mark.parametrize("action", ["lock", "park"])
async def test_a_websocket_is_closed_when_its_session_is_locked(
    action: str, portals: tuple[Portal, Portal]
) -> None:
    here, there = portals
    token = await logged_in(here)
    async with line(here, token) as end:
        await end.hears()
        await act(there, token, action)
        assert (await end.hears())["type"] == "websocket.close"


async def test_a_consultation_goes_on_through_a_lock_and_ends_with_its_session() -> None:
    portal = Portal(policy=POLICY.but(lease_length=90))
    token = await logged_in(portal)
    async with line(portal, token) as end:
        await end.hears()
        assert await end.echo("consult") == "CONSULT"
        async with line(portal, token) as other:
            await other.hears()
            await act(portal, token, "lock")
            assert (await other.hears())["type"] == "websocket.close"
        assert await end.echo("still") == "STILL"
        await act(portal, token, "logout")
        assert (await end.hears())["type"] == "websocket.close"
