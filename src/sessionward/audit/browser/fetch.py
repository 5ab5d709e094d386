"""Single HTTP requests beside the browser: exactly as given, each on a connection of its own."""

from __future__ import annotations

import asyncio
import ssl
import time
from dataclasses import replace

import httpx

from sessionward.audit.browser.pace import Pace
from sessionward.audit.browser.scope import Scope
from sessionward.http import Exchange, Request, Response

BODY_LIMIT = 2_000_000
SECONDS_LIMIT = 20.0
CONNECT_SECONDS = 10.0
HOPS = frozenset({"content-length", "transfer-encoding", "connection", "keep-alive", "te"})
"""Headers that belong to the connection and are made anew."""
CODINGS = "gzip, deflate, br, zstd"
"""What Chromium says, all of which we can undo. Apps tie sessions to it: DokuWiki and others hash User-Agent,
Accept-Language and Accept-Encoding into the session, so a replay that differs is refused for the wrong reason."""


class Fetcher:
    """Sends requests: no redirect is followed, no cookie kept, no connection used twice."""

    def __init__(self, *, scope: Scope, pace: Pace, verify_tls: bool) -> None:
        self._scope = scope
        self._pace = pace
        self._tls = tls_context(verify=verify_tls)

    async def fetch(
        self, request: Request, *, limit: int = BODY_LIMIT, within: float = SECONDS_LIMIT
    ) -> Exchange:
        """The exchange; ``response`` is None and ``error`` says why where nothing came back.

        The body is read up to ``limit`` bytes and ``within`` seconds; what was cut short is marked as truncated.
        """
        if not self._scope.allows(request.url) or not request.url.startswith("http"):
            return Exchange(request=request, error="the address is not in scope", resource="fetch")
        await self._pace.turn()
        self._pace.count()
        started = time.monotonic()
        response, error = await self._send(request, limit, within)
        return Exchange(
            request=request,
            response=response,
            error=error,
            resource="fetch",
            started=started,
            seconds=time.monotonic() - started,
        )

    async def _send(self, request: Request, limit: int, within: float) -> tuple[Response | None, str]:
        head: Response | None = None
        body = bytearray()
        try:
            async with asyncio.timeout(within), self._transport() as transport:
                answer = await transport.handle_async_request(wire(request, within))
                head = Response(status=answer.status_code, headers=received(answer))
                async for chunk in answer.aiter_bytes():
                    body += chunk
                    if len(body) >= limit:
                        break
        except (TimeoutError, httpx.TimeoutException):
            return _cut(head, body), "" if head else f"no answer within {within:g} s"
        except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError, OSError, ValueError) as error:
            return _cut(head, body), "" if head else str(error) or type(error).__name__
        return replace(head, body=bytes(body[:limit]), truncated=len(body) >= limit), ""

    def _transport(self) -> httpx.AsyncHTTPTransport:
        return httpx.AsyncHTTPTransport(verify=self._tls, trust_env=False, http1=True, http2=False, retries=0)


def tls_context(*, verify: bool) -> ssl.SSLContext:
    """A context that trusts what the system trusts, or everything."""
    context = ssl.create_default_context()
    if not verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def wire(request: Request, within: float) -> httpx.Request:
    """The request for httpx: its headers as given but for those of the connection, no defaults added."""
    headers = [
        (name, value) for name, value in request.headers if name.lower() not in HOPS and name[:1] != ":"
    ]
    if request.header("accept-encoding") is None:
        headers.append(("Accept-Encoding", CODINGS))
    headers.append(("Connection", "close"))
    timeout = httpx.Timeout(within, connect=CONNECT_SECONDS)
    return httpx.Request(
        request.method,
        request.url,
        headers=[(name.encode(), value.encode("utf-8", errors="surrogateescape")) for name, value in headers],
        content=request.body,
        extensions={"timeout": timeout.as_dict()},
    )


def received(answer: httpx.Response) -> tuple[tuple[str, str], ...]:
    """The response's headers as they came, each line apart."""
    return tuple(
        (name.decode("latin-1"), value.decode("utf-8", "replace")) for name, value in answer.headers.raw
    )


def _cut(head: Response | None, body: bytearray) -> Response | None:
    return replace(head, body=bytes(body), truncated=True) if head else None
