"""A web site on a free port of this machine, in a thread of its own, that remembers what reached it."""

import asyncio
import itertools
import socket
import threading
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

COOKIES = (
    "loose=1; Path=/; SameSite=None; Secure",
    "lax=1; Path=/; SameSite=Lax",
    "strict=1; Path=/; SameSite=Strict; HttpOnly",
    "unsaid=1; Path=/",
)
METHODS = ["GET", "POST", "PUT"]


NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One request as it reached the site."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def cookies(self) -> set[str]:
        """The names of the cookies that came along."""
        pairs = self.headers.get("cookie", "").split(";")
        return {pair.partition("=")[0].strip() for pair in pairs if pair.strip()}


@dataclass(slots=True)
class Site:
    """The site: ``page`` puts a page up, ``hits`` is what was asked for."""

    origin: str
    hits: list[Hit] = field(default_factory=list)
    _pages: dict[str, tuple[str, int, Mapping[str, str]]] = field(default_factory=dict)
    _numbers: "itertools.count[int]" = field(default_factory=itertools.count)
    _came: threading.Condition = field(default_factory=threading.Condition)

    @property
    def port(self) -> int:
        return int(self.origin.rpartition(":")[2])

    def page(self, body: str, *, status: int = 200, headers: Mapping[str, str] = NONE) -> str:
        """Put a page up; gives its address, which no other page has."""
        path = f"/page/{next(self._numbers)}"
        html = f"<!doctype html><html lang=en><title>A page</title><body>{body}"
        self._pages[path] = (html, status, headers)
        return self.origin + path

    def at(self, path: str) -> list[Hit]:
        """What was asked for at a path, oldest first."""
        return [hit for hit in self.hits if hit.path == path]

    async def first(self, path: str) -> Hit:
        """The first request for a path, once it has come: a click into a frame of another site takes its time."""

        def wait() -> Hit:
            with self._came:
                assert self._came.wait_for(lambda: self.at(path), timeout=20), (
                    f"nothing was asked for at {path}"
                )
            return self.at(path)[0]

        return await asyncio.to_thread(wait)

    async def answer(self, request: Request) -> Response:
        body = await request.body()
        hit = Hit(method=request.method, path=request.url.path, headers=dict(request.headers), body=body)
        with self._came:
            self.hits.append(hit)
            self._came.notify_all()
        place = request.url.path.strip("/").split("/")[0]
        if place == "page":
            html, status, headers = self._pages[request.url.path]
            return HTMLResponse(html, status, headers)
        special = SPECIAL.get(place)
        return await special(request) if special else JSONResponse({"path": request.url.path})


async def cookies(_: Request) -> Response:
    response = HTMLResponse("<!doctype html><title>Cookies</title>")
    for line in COOKIES:
        response.headers.append("Set-Cookie", line)
    return response


async def redirect(request: Request) -> Response:
    return RedirectResponse(request.query_params["to"], 302, {"Set-Cookie": "hop=1; Path=/"})


async def circle(_: Request) -> Response:
    return RedirectResponse("/circle", 302)


async def slow(request: Request) -> Response:
    await asyncio.sleep(float(request.query_params.get("seconds", "1")))
    return JSONResponse({"slow": True})


async def endless(_: Request) -> Response:
    async def chunks() -> AsyncIterator[bytes]:
        while True:
            yield b"x" * 65536
            await asyncio.sleep(0.01)

    return StreamingResponse(chunks(), media_type="text/plain")


async def download(_: Request) -> Response:
    async def chunks() -> AsyncIterator[bytes]:
        while True:
            yield b"x" * 1024
            await asyncio.sleep(0.05)

    headers = {"Content-Disposition": 'attachment; filename="all.bin"'}
    return StreamingResponse(chunks(), media_type="application/octet-stream", headers=headers)


async def big(_: Request) -> Response:
    words = "a line of a very long report " * 30
    rows = "".join(f"<p>{words}<a href='/row/{number}'>open</a></p>" for number in range(22_000))
    return HTMLResponse(f"<!doctype html><title>Big</title><nav><a href=/out>Log out</a></nav>{rows}")


async def events(_: Request) -> Response:
    async def lines() -> AsyncIterator[bytes]:
        while True:
            yield b"data: tick\n\n"
            await asyncio.sleep(0.2)

    return StreamingResponse(lines(), media_type="text/event-stream")


async def token(_: Request) -> Response:
    return JSONResponse({"token": "a-token-of-the-answer"})


async def worker(_: Request) -> Response:
    script = "self.onactivate = e => e.waitUntil(clients.claim()); self.onfetch = e => e.respondWith(fetch(e.request))"
    return Response(script, media_type="text/javascript")


async def asset(request: Request) -> Response:
    response = Response("document.title = 'ran'", media_type="text/javascript")
    response.headers["Cache-Control"] = request.query_params["control"]
    if "cookie" in request.query_params:
        response.set_cookie("tracked", "1")
    return response


async def nothing(_: Request) -> Response:
    return Response(status_code=204)


async def broken(_: Request) -> Response:
    return Response(status_code=500)


async def socket_echo(websocket: WebSocket) -> None:
    await websocket.accept()
    with suppress(Exception):
        while True:
            await websocket.send_text(await websocket.receive_text())


async def shared(request: Request) -> Response:
    leave = {
        "Access-Control-Allow-Origin": request.headers.get("origin", "*"),
        "Access-Control-Allow-Credentials": "true",
    }
    return JSONResponse({"cookies": sorted(request.cookies)}, headers=leave)


SPECIAL = {
    "shared": shared,
    "cookies": cookies,
    "redirect": redirect,
    "circle": circle,
    "slow": slow,
    "endless": endless,
    "download": download,
    "big": big,
    "events": events,
    "token": token,
    "asset": asset,
    "nothing": nothing,
    "worker.js": worker,
    "broken": broken,
}


class Running:
    """A site that runs in a thread until it is stopped."""

    def __init__(self, *, host: str = "127.0.0.1", certificate: Path | None = None) -> None:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._socket = socket.create_server((host, 0), family=family)
        scheme, place = "https" if certificate else "http", f"[{host}]" if ":" in host else host
        self.site = Site(origin=f"{scheme}://{place}:{self._socket.getsockname()[1]}")
        routes = [
            WebSocketRoute("/socket", socket_echo),
            Route("/{path:path}", self.site.answer, methods=METHODS),
        ]
        config = uvicorn.Config(
            Starlette(routes=routes),
            log_level="critical",
            ws="none",
            lifespan="off",
            timeout_graceful_shutdown=1,
            ssl_certfile=certificate,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(timeout=10)
        self._socket.close()
