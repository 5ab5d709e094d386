"""Requests forged by another site: a page of a made-up origin in the victim's own browser sends them."""

from __future__ import annotations

import asyncio
import base64
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import CDPSession, Error, Page
from playwright.async_api import TimeoutError as TookTooLong

from sessionward.audit.browser.forgery_page import forgery_page
from sessionward.audit.browser.scope import ATTACKER
from sessionward.audit.browser.wire import Wire
from sessionward.audit.driver import DriverError, Sent
from sessionward.http import Request

ARRIVAL_SECONDS = 10.0
NO_PAGE = frozenset({0, 204, 205})
"""After an answer with one of these the browser stays where it was; 0 is none at all."""
QUIET_SECONDS = 5.0
"""The longest time that a page which was opened from another site gets for what it does by itself; some never rest."""


async def forge(page: Page, request: Request, how: str) -> Sent:
    """Send ``request`` from the made-up site shown in ``page``: by navigate, image, form or fetch.

    ``page`` is a fresh one of the victim's context. What really went over the wire is read from the network stack.
    """
    session = await page.context.new_cdp_session(page)
    wire = Wire(request.url)
    wire.watch(session)
    await session.send("Network.enable")
    origin = f"{urlsplit(request.url).scheme}://{ATTACKER}"
    await pretend(session, origin, forgery_page(request, how))
    try:
        await page.goto(f"{origin}/", wait_until="commit", timeout=ARRIVAL_SECONDS * 1000)
        async with asyncio.timeout(ARRIVAL_SECONDS):
            await wire.over.wait()
        if how not in {"image", "fetch"}:
            # What the answer leads to belongs to it: a login may hand its cookie out one redirect later.
            await _left(page, origin, wire.sent(request).status)
        if how == "navigate":
            # So does what the page that was opened does by itself: its script may log out.
            with suppress(TookTooLong):
                await page.wait_for_load_state("networkidle", timeout=QUIET_SECONDS * 1000)
    except (TimeoutError, TookTooLong):
        return wire.sent(request, late=True)
    except Error as error:
        if not wire.over.is_set():
            raise DriverError(
                f"The made-up site could not be shown: {error.message.splitlines()[0]}."
            ) from None
    return wire.sent(request)


async def _left(page: Page, origin: str, status: int) -> None:
    """Wait until the page of the made-up site has given way to what the answer leads to, and that has loaded.

    The answer comes first, the new page after it, and until then the old page is loaded already.
    """
    if status in NO_PAGE:
        return
    await page.wait_for_url(
        lambda url: not url.startswith(origin), wait_until="load", timeout=ARRIVAL_SECONDS * 1000
    )


async def pretend(session: CDPSession, origin: str, page: str) -> None:
    """Answer for the made-up site."""
    tasks: set[asyncio.Task[None]] = set()

    async def answer(event: dict[str, Any]) -> None:
        wanted = urlsplit(event["request"]["url"]).path == "/"
        content = {
            "requestId": event["requestId"],
            "responseCode": 200 if wanted else 404,
            "responseHeaders": [{"name": "Content-Type", "value": "text/html; charset=utf-8"}],
            "body": base64.b64encode(page.encode() if wanted else b"").decode(),
        }
        try:
            await session.send("Fetch.fulfillRequest", content)
        except Error:
            # The page was closed first.
            return

    def paused(event: dict[str, Any]) -> None:
        task = asyncio.create_task(answer(event))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    session.on("Fetch.requestPaused", paused)
    await session.send("Fetch.enable", {"patterns": [{"urlPattern": f"{origin}/*"}]})
