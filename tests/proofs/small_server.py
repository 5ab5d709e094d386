"""A server for ASGI apps that knows just enough of HTTP/1.1 and of the opening of WebSockets for a browser's tests."""

import asyncio
import hashlib
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any
from urllib.parse import unquote

from sessionward.session.adapters.served import App

HANDSHAKE = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
"""RFC 6455, section 1.3."""


@asynccontextmanager
async def serving(app: App) -> AsyncIterator[int]:
    """The port of this machine on which `app` is served."""

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError):
                await _Connection(reader, writer).serve(app)
        finally:
            writer.close()

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


class _Connection:
    """One request and its answer."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._headers: list[tuple[bytes, bytes]] = []
        self._body = b""

    async def serve(self, app: App) -> None:
        """Serve it."""
        method, target, _ = (await self._reader.readuntil(b"\r\n")).decode("latin-1").split(" ")
        while (line := await self._reader.readuntil(b"\r\n")) != b"\r\n":
            name, _, value = line.partition(b":")
            self._headers.append((name.strip().lower(), value.strip()))
        self._body = await self._reader.readexactly(int(self._header(b"content-length") or 0))
        path, _, query = target.partition("?")
        scope: dict[str, Any] = {
            "type": "websocket" if self._header(b"upgrade") else "http",
            "method": method,
            "path": unquote(path),
            "query_string": query.encode("latin-1"),
            "headers": self._headers,
            "scheme": "http",
        }
        receive, send = (self._hear, self._talk) if scope["type"] == "websocket" else (self._take, self._give)
        await app(scope, receive, send)
        await self._writer.drain()

    def _header(self, wanted: bytes) -> bytes:
        return next((value for name, value in self._headers if name == wanted), b"")

    async def _take(self) -> dict[str, Any]:
        return {"type": "http.request", "body": self._body, "more_body": False}

    async def _give(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            lines = [b"%s: %s" % entry for entry in (*message["headers"], (b"connection", b"close"))]
            status = b"HTTP/1.1 %d Answer" % message["status"]
            self._writer.write(b"\r\n".join((status, *lines, b"", b"")))
        else:
            self._writer.write(message.get("body", b""))

    async def _hear(self) -> dict[str, Any]:
        return {"type": "websocket.connect"}

    async def _talk(self, message: Any) -> None:
        if message["type"] == "websocket.accept":
            digest = hashlib.sha1(
                self._header(b"sec-websocket-key") + HANDSHAKE, usedforsecurity=False
            ).digest()
            lines = (
                b"upgrade: websocket",
                b"connection: upgrade",
                b"sec-websocket-accept: " + b64encode(digest),
            )
            self._writer.write(b"\r\n".join((b"HTTP/1.1 101 Switching", *lines, b"", b"")))
        elif message["type"] == "websocket.close":
            self._writer.write(b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
