"""Holding requests back: what the app's own page would send is learnt without letting it leave the browser."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from playwright.async_api import BrowserContext, Route
from playwright.async_api import Request as Asked

from sessionward.http import Request
from sessionward.http.exchange import without_header

PATIENCE = 2.0
"""Seconds that a busy machine may take from the click to the request."""


@asynccontextmanager
async def held_back(context: BrowserContext, text: str) -> AsyncIterator[list[Request]]:
    """Within it, requests of the context with ``text`` in their address or body end in the returned list.

    A page that sends nothing draws nothing new either, so at the end the first of them is given a little time.
    """
    held: list[Request] = []
    arrived = asyncio.Event()

    async def decide(route: Route) -> None:
        if has_text(route.request, text):
            held.append(plain(route.request))
            arrived.set()
            await route.abort("aborted")
        else:
            await route.fallback()

    await context.route("**/*", decide)
    try:
        yield held
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await arrived.wait()
    finally:
        await context.unroute("**/*", decide)


def has_text(asked: Asked, text: str) -> bool:
    """Whether the request would carry the text, which is made of letters and digits that no encoding changes."""
    return text in asked.url or text.encode() in (asked.post_data_buffer or b"")


def plain(asked: Asked) -> Request:
    """The request as a value, without its cookies: the browser adds them as the request leaves."""
    headers = without_header(tuple(asked.headers.items()), "cookie")
    return Request(method=asked.method, url=asked.url, headers=headers, body=asked.post_data_buffer)
