"""The ASGI apps that `benchmarks/session.py` compares, each served by uvicorn in a process of its own.

    python -m benchmarks.session_asgi NAME PORT '{"directory": …, "redis": …, "postgres": …}'

All have the same two routes of Starlette: /login begins a session of "ana" and writes a value, /me answers the value.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from sessionward.asgi import AsyncCachedStore, MemoryStore, SessionMiddleware, SQLiteStore, Subject, login

Places = Mapping[str, str]
IDLE = 900


async def fixed(request: Request) -> PlainTextResponse:
    """What a session costs nothing to answer."""
    return PlainTextResponse("ana")


async def me(request: Request) -> PlainTextResponse:
    """Answer what the session holds."""
    return PlainTextResponse(request.session["name"])


async def begin(request: Request) -> PlainTextResponse:
    """Begin a session by writing into it, as apps do on the peers."""
    request.session["name"] = "ana"
    return PlainTextResponse("ana")


async def begin_ours(request: Request) -> PlainTextResponse:
    """Begin a session of ours by logging in."""
    await login(request, Subject(tenant="north", id="ana"))
    return await begin(request)


def routed(
    shown: Callable[[Request], Awaitable[PlainTextResponse]],
    begun: Callable[[Request], Awaitable[PlainTextResponse]],
) -> Starlette:
    """An app of the two routes."""
    return Starlette(routes=[Route("/me", shown), Route("/login", begun)])


def bare(places: Places) -> Any:
    """No session at all."""
    return routed(fixed, fixed)


class Floor:
    """No session layer: the cookie is looked up in a dictionary, and two headers say that no cache may keep the answer.

    What is left out is what keeps it safe: strict parsing, deadlines, locks, ends. It is what any layer costs at least.
    """

    def __init__(self, app: Any) -> None:
        self._app = app
        self._known = {b"__Host-session=ana": {"name": "ana"}}

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        line = next((value for name, value in scope["headers"] if name == b"cookie"), b"")
        scope["session"] = dict(self._known.get(line, {}))

        async def sending(message: Any) -> None:
            if message["type"] == "http.response.start":
                private = ((b"cache-control", b"no-store"), (b"vary", b"Cookie"))
                message["headers"] = [*message["headers"], *private]
            await send(message)

        await self._app(scope, receive, sending)


async def begin_floor(request: Request) -> PlainTextResponse:
    """Hand out the one cookie that is known."""
    answer = PlainTextResponse("ana")
    answer.set_cookie("__Host-session", "ana")
    return answer


def floor(places: Places) -> Any:
    """A dictionary in the process's memory."""
    return Floor(routed(me, begin_floor))


def signed(places: Places) -> Any:
    """Starlette's own, which keeps all in a signed cookie and can end nothing."""
    middleware = importlib.import_module("starlette.middleware.sessions").SessionMiddleware
    return middleware(routed(me, begin), secret_key="s" * 32, max_age=IDLE)


def starsessions(places: Places) -> Any:
    """Starsessions on Redis, which extends a session with each request, as an inactivity timeout needs."""
    peer = importlib.import_module("starsessions")
    store = importlib.import_module("starsessions.stores.redis").RedisStore(places["redis"])
    loaded = peer.SessionAutoloadMiddleware(routed(me, begin))
    return peer.SessionMiddleware(loaded, store=store, lifetime=IDLE, rolling=True)


def ours(store: Any) -> Any:
    """Ours on `store`."""
    return SessionMiddleware(routed(me, begin_ours), store=store, policy="patient-portal")


def memory(places: Places) -> Any:
    """In the process's own memory."""
    return MemoryStore()


def sqlite(places: Places) -> Any:
    """In a file."""
    return SQLiteStore(Path(places["directory"]) / "asgi.db")


def redis(places: Places) -> Any:
    """In Redis."""
    return importlib.import_module("sessionward.session.stores.redis").AsyncRedisStore(places["redis"])


def postgres(places: Places) -> Any:
    """In PostgreSQL."""
    made = importlib.import_module("sessionward.session.stores.postgres").AsyncPostgresStore
    return made(places["postgres"])


STORES = {"memory": memory, "sqlite": sqlite, "redis": redis, "postgres": postgres}
PEERS = {"bare": bare, "floor": floor, "signed cookie": signed, "starsessions": starsessions}


def made(name: str, places: Places) -> Any:
    """The app called `name`: a peer's, or "ours, STORE" with or without ", cached"."""
    if name in PEERS:
        return PEERS[name](places)
    _, store, *cached = name.split(", ")
    opened = STORES[store](places)
    return ours(AsyncCachedStore(opened) if cached else opened)


if __name__ == "__main__":
    app = made(sys.argv[1], json.loads(sys.argv[3]))
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[2]), log_level="warning", access_log=False)
