"""The battery's ASGI apps: starsessions, and ours on each store, in an event loop of a thread of its own."""

from __future__ import annotations

import asyncio
import importlib
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from benchmarks.battery_parts import PATIENCE, Answer, App, Gate, Places, token_in
from sessionward import asgi
from sessionward.session.digest import Token
from sessionward.session.stores.direct import awaited
from sessionward.session.stores.postgres import AsyncPostgresStore
from sessionward.session.stores.redis import AsyncRedisStore

Opening = Callable[[Gate], AbstractContextManager[App]]
Act = Callable[[Request], Awaitable[None]]


class Loop:
    """An event loop in a thread, in which coroutines run while others wait for them."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def run(self, coming: Any) -> Any:
        """What `coming` brings."""
        return asyncio.run_coroutine_threadsafe(coming, self._loop).result(PATIENCE)

    def close(self) -> None:
        """End the thread."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


def held_up(gate: Gate, write: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    """`write`, before which the gate is."""

    async def writing(*values: Any, **named: Any) -> Any:
        if gate.caught():
            await asyncio.to_thread(gate.go_on.wait, PATIENCE)
        return await write(*values, **named)

    return writing


def routes(login: Act, logout: Act, renew: Act, who: Callable[[Request], str | None]) -> Starlette:
    """The app, with what is done differently."""

    async def me(request: Request) -> JSONResponse:
        data = {key: value for key, value in request.session.items() if isinstance(value, str)}
        return JSONResponse({"who": who(request), "data": data})

    async def put(request: Request) -> JSONResponse:
        request.session[request.path_params["key"]] = request.path_params["value"]
        return JSONResponse({})

    def acting(act: Act) -> Callable[[Request], Awaitable[JSONResponse]]:
        async def acted(request: Request) -> JSONResponse:
            await act(request)
            return JSONResponse({})

        return acted

    made = [
        Route(f"/{name}", acting(act))
        for name, act in (("login", login), ("logout", logout), ("renew", renew))
    ]
    return Starlette(routes=[Route("/me", me), Route("/set/{key}/{value}", put), *made])


def asking(loop: Loop, app: Any, cookie: str) -> Callable[[str, str], Answer]:
    """How to ask `app`, whose token is in `cookie`."""

    async def ask(path: str, token: str) -> Answer:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="https://battery.example") as client:
            found = await client.get(path, headers={"cookie": f"{cookie}={token}"} if token else {})
        body = found.json() if found.headers.get("content-type") == "application/json" else found.text
        return Answer(
            status=found.status_code, body=body, token=token_in(found.headers.get_list("set-cookie"), cookie)
        )

    return lambda path, token: loop.run(ask(path, token))


@contextmanager
def starsessions(places: Places, gate: Gate) -> Iterator[App]:
    """Starsessions on Redis, rolling, which is how it has an inactivity timeout."""
    peer = importlib.import_module("starsessions")
    store = importlib.import_module("starsessions.stores.redis").RedisStore(places["redis"])
    store.write = held_up(gate, store.write)

    async def login(request: Request) -> None:
        request.session["user"] = "alice"

    async def logout(request: Request) -> None:
        request.session.clear()

    async def renew(request: Request) -> None:
        peer.regenerate_session_id(request)

    routed = routes(login, logout, renew, lambda request: request.session.get("user"))
    loaded = peer.SessionAutoloadMiddleware(routed)
    loop = Loop()
    try:
        app = peer.SessionMiddleware(loaded, store=store, lifetime=900, rolling=True)
        yield App(name="starsessions", ask=asking(loop, app, "session"), chosen="CHOSENBYSOMEBODY0000")
    finally:
        loop.close()


@contextmanager
def ours(name: str, opened: Callable[[], Any], gate: Gate) -> Iterator[App]:
    """Ours on the store that `opened` opens."""
    ahead = [0.0]

    async def login(request: Request) -> None:
        await asgi.login(request, asgi.Subject(tenant="north", id="alice"))

    def who(request: Request) -> str | None:
        subject = asgi.current(request).subject
        return None if subject is None else subject.id

    def later() -> None:
        ahead[0] += 60

    routed = routes(login, asgi.logout, asgi.reauthenticated, who)
    loop = Loop()
    try:
        store: Any = awaited(opened())
        store.write = held_up(gate, store.write)
        app = asgi.SessionMiddleware(routed, store=store, clock=lambda: time.time() + ahead[0])
        ask = asking(loop, app, "__Host-session")
        yield App(name=name, ask=ask, chosen=Token.mint().text, later=later)
        loop.run(store.close())
    finally:
        loop.close()


def asgi_apps(places: Places) -> dict[str, Opening]:
    """How to open each app, by its name."""
    file = Path(str(places["directory"])) / "battery.db"
    stores: dict[str, Callable[[], Any]] = {
        "sqlite": partial(asgi.SQLiteStore, file),
        "sqlite, cached": lambda: asgi.AsyncCachedStore(asgi.SQLiteStore(file)),
    }
    if places["redis"] is not None:
        stores["redis"] = partial(AsyncRedisStore, places["redis"])
    if places["postgres"] is not None:
        stores["postgres"] = partial(AsyncPostgresStore, places["postgres"])
    made: dict[str, Opening] = {"starsessions, Redis": partial(starsessions, places)}
    made |= {f"ours, ASGI, {name}": partial(ours, f"ours, {name}", opened) for name, opened in stores.items()}
    return made
