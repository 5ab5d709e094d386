"""Closing pages for certain.

Chromium loses what it was asked where a page puts another document in its place at that very moment and its script
listens to ``pagehide``: the page then lives on, goes on polling for its session, and whoever waits for its end waits
for ever. Seen with Chromium 156 in one of six closings of such a page; asked once more, it closes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterable

from playwright.async_api import BrowserContext, Page

PATIENCE = 2.0
"""Seconds after which a page that is not closed is asked again; it takes a twentieth of that."""
TIMES = 3


async def close_page(page: Page) -> None:
    """Close a page. One that is gone already is no failure."""
    closing = asyncio.ensure_future(page.close())
    for _ in range(TIMES):
        if await _within(PATIENCE, [closing]):
            return
        await _within(PATIENCE, [_ask_again(page)])


async def close_context(context: BrowserContext) -> None:
    """Close a context with all of its pages. One that is gone already is no failure."""
    closing = asyncio.ensure_future(context.close())
    for _ in range(TIMES):
        if await _within(PATIENCE, [closing]):
            return
        # A page that loads itself over and over would have every request of ours lost: let it load nothing any more.
        await _within(PATIENCE, [context.set_offline(True)])
        await _within(PATIENCE, [_ask_again(page) for page in context.pages])


async def _ask_again(page: Page) -> None:
    """Ask the browser itself: however often Playwright is told to close a page, it passes that on once."""
    session = await page.context.new_cdp_session(page)
    told = await session.send("Target.getTargetInfo")
    await session.send("Target.closeTarget", {"targetId": told["targetInfo"]["targetId"]})


async def _within(seconds: float, asked: Iterable[Awaitable[None]]) -> bool:
    """Whether all that was asked is over after that time, done or failed. Nothing is broken off."""
    tasks = [asyncio.ensure_future(each) for each in asked]
    for task in tasks:
        task.add_done_callback(_forgiven)
    return not tasks or not (await asyncio.wait(tasks, timeout=seconds))[1]


def _forgiven(task: asyncio.Future[None]) -> None:
    """Take its failure for granted: what is to be closed may be gone, and nobody else asks how it ended."""
    if not task.cancelled():
        task.exception()
