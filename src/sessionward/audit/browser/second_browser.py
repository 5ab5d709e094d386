"""A second browser process, for what one that runs cannot show: what outlives a restart, what the line shows."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import BrowserContext, CDPSession, Error, Page, Playwright

from sessionward.audit.browser import jar
from sessionward.audit.browser.failure import spoken
from sessionward.audit.browser.launch import arguments
from sessionward.audit.browser.scope import Scope
from sessionward.audit.driver import Kept
from sessionward.http import Cookie
from sessionward.http.carry import cookie_tokens
from sessionward.http.exchange import Request

SECONDS = 30.0
HEAD_LIMIT = 65_536
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondBrowser:
    """How to start one more: with a profile of its own in a directory that is private and gone afterwards."""

    playwright: Playwright
    program: Path
    scope: Scope
    headed: bool

    async def restarted(self, cookies: Sequence[Cookie], items: Sequence[tuple[str, str, str]]) -> Kept:
        """Hold these, close, start again. Raises DriverError where the browser fails."""
        with _directory() as profile:
            async with self._started(profile) as (page, session):
                await jar.plant(session, cookies, self.scope)
                if items:
                    await jar.plant_storage(page, items, self.scope)
            async with self._started(profile) as (page, session):
                await jar.plant_storage(page, (), self.scope)
                stored = await jar.read_storage(page)
                kept = tuple(item for item in stored.items if item[0] in jar.AREAS)
                return Kept(cookies=await jar.read_cookies(session, self.scope), items=kept)

    async def overheard(self, url: str, cookies: Sequence[Cookie]) -> tuple[str, ...]:
        """Open a plain http address through a proxy of ours, which answers itself. Raises DriverError."""
        heads: list[bytes] = []

        async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            with suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
                heads.append(await reader.readuntil(b"\r\n\r\n"))
                writer.write(ANSWER)
                await writer.drain()
            writer.close()

        server = await asyncio.start_server(listen, "127.0.0.1", 0, limit=HEAD_LIMIT)
        async with server:
            proxy = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
            with _directory() as profile:
                async with self._started(profile, proxy=proxy) as (page, session):
                    await jar.plant(session, cookies, self.scope, unbound=True)
                    await page.goto(url, wait_until="commit", timeout=SECONDS * 1000)
        asked = f"GET {url} ".encode()
        return next((_cookie_names(head, url) for head in heads if head.startswith(asked)), ())

    @asynccontextmanager
    async def _started(self, profile: str, *, proxy: str = "") -> AsyncIterator[tuple[Page, CDPSession]]:
        async with spoken("using a second browser", within=SECONDS):
            context = await self._launch(profile, proxy)
            try:
                page = context.pages[0] if context.pages else await context.new_page()
                yield page, await context.new_cdp_session(page)
            finally:
                with suppress(Error):
                    await context.close()

    async def _launch(self, profile: str, proxy: str) -> BrowserContext:
        # Behind the proxy no name is looked up and nobody else is reached, so the scope's own rules are not needed.
        rules = "--host-resolver-rules="
        switches = [each for each in arguments(self.scope) if not (proxy and each.startswith(rules))]
        return await self.playwright.chromium.launch_persistent_context(
            profile,
            executable_path=self.program,
            headless=not self.headed,
            args=switches,
            proxy={"server": proxy} if proxy else None,
            ignore_https_errors=True,
            timeout=SECONDS * 1000,
            handle_sigint=False,
            handle_sigterm=False,
            handle_sighup=False,
        )


@contextmanager
def _directory() -> Iterator[str]:
    """A directory of mode 0700 that is removed even where the browser still writes into it."""
    path = tempfile.mkdtemp(prefix="sessionward-profile-")
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def _cookie_names(head: bytes, url: str) -> tuple[str, ...]:
    lines = head.decode("latin-1").split("\r\n")[1:]
    pairs = tuple(
        (name.strip(), value.strip())
        for name, colon, value in (line.partition(":") for line in lines)
        if colon
    )
    return tuple(token.name for token in cookie_tokens(Request(method="GET", url=url, headers=pairs)))
