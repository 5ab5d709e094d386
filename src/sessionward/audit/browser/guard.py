"""Keeps the documents of a page within the scope, redirects included, and gives it what is on the shelf."""

from __future__ import annotations

import asyncio
import base64
from typing import Any

from playwright.async_api import CDPSession, Error

from sessionward.audit.browser.failure import shown
from sessionward.audit.browser.scope import Scope
from sessionward.audit.browser.shelf import KINDS, Shelf
from sessionward.audit.driver import OutOfScope


class Guard:
    """Refuses to leave the scope, and remembers where the page wanted to go.

    The resolver rules already keep Chromium from contacting anybody else; without this, an outward link would
    replace the page by an error page. A refused navigation leaves it as it is.
    """

    def __init__(self, scope: Scope, shelf: Shelf) -> None:
        self._scope = scope
        self._shelf = shelf
        self._refused = ""
        self._made_up: dict[str, str] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def watch(self, session: CDPSession) -> None:
        """Watch the page of this session."""
        tree: dict[str, Any] = await session.send("Page.getFrameTree")
        main = tree["frameTree"]["frame"]["id"]

        def paused(event: dict[str, Any]) -> None:
            task = asyncio.create_task(self._decide(session, event, main))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

        session.on("Fetch.requestPaused", paused)
        kinds = ("Document", *(kind.capitalize() for kind in sorted(KINDS)))
        patterns = [{"urlPattern": "*", "resourceType": kind} for kind in kinds]
        await session.send("Fetch.enable", {"patterns": patterns})

    def make_up(self, url: str, page: str) -> None:
        """Give this page at the address from now on: one of another site that does not exist."""
        self._made_up[url] = page

    def forget(self) -> None:
        """Begin anew before an action."""
        self._refused = ""

    def raise_if_refused(self) -> None:
        """Raise OutOfScope where the page wanted to leave since ``forget``."""
        if self._refused:
            where, self._refused = shown(self._refused), ""
            raise OutOfScope(
                f"The app leads to {where}, which is not in scope; "
                "name its host in scope under [target] if you may test it."
            )

    async def _decide(self, session: CDPSession, event: dict[str, Any], main: str) -> None:
        url, request = event["request"]["url"], {"requestId": event["requestId"]}
        try:
            asset = self._shelf.get(event["request"]["method"], event["resourceType"], url)
            if asset is not None:
                await session.send("Fetch.fulfillRequest", asset.fulfilment(event["requestId"]))
                return
            if event["resourceType"] == "Document" and url in self._made_up:
                await session.send("Fetch.fulfillRequest", {**request, **_page(self._made_up[url])})
                return
            if event["resourceType"] != "Document" or self._scope.allows(url):
                await session.send("Fetch.continueRequest", request)
                return
            if event["frameId"] == main:
                self._refused = url
            await session.send("Fetch.failRequest", {**request, "errorReason": "Aborted"})
        except Error:
            # The page was closed or navigated elsewhere meanwhile: nothing is left to decide.
            return


def _page(text: str) -> dict[str, Any]:
    return {
        "responseCode": 200,
        "responseHeaders": [{"name": "Content-Type", "value": "text/html; charset=utf-8"}],
        "body": base64.b64encode(text.encode()).decode(),
    }
