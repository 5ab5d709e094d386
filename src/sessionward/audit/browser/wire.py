"""What the browser's network stack says became of one request: whether it left, with which cookies, and the answer."""

from __future__ import annotations

import asyncio
from typing import Any

from playwright.async_api import CDPSession

from sessionward.audit.driver import Sent
from sessionward.http import Request

AFTERTHOUGHT = 0.5
"""Seconds that are given to the rest of the story of a request that failed."""
ANSWERED = ("net::ERR_BLOCKED_BY_ORB", "net::ERR_BLOCKED_BY_RESPONSE")
"""Failures that say there was an answer, which the page only may not see, such as a page in place of an image."""


class Wire:
    """What the network stack tells of one request, known by its address. ``over`` is set at its answer or failure.

    The page and the network stack tell their parts independently, in any order: what is told of a request is kept
    until it is known which one is meant.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.over = asyncio.Event()
        self._id = ""
        self._failure = ""
        self._statuses: dict[str, int] = {}
        self._carried: dict[str, list[dict[str, Any]]] = {}

    def watch(self, session: CDPSession) -> None:
        """Listen to the session of a page."""
        session.on("Network.requestWillBeSent", self._begun)
        session.on("Network.requestWillBeSentExtraInfo", self._left)
        session.on("Network.responseReceivedExtraInfo", self._answered)
        session.on("Network.loadingFailed", self._failed)

    def sent(self, request: Request, *, late: bool = False) -> Sent:
        """What became of it."""
        carried = self._carried.get(self._id)
        if carried is None:
            why = self._failure or "the browser did not send it"
            return Sent(sent=False, reason=f"The request never left the browser: {why}.")
        went = [item["cookie"] for item in carried if not item["blockedReasons"]]
        names = tuple(sorted(cookie["name"] for cookie in went))
        notes = [*_withheld(carried), *_exempt(went, request)]
        status = self._statuses.get(self._id, 0)
        if late and not status:
            notes.append("no answer came in time")
        return Sent(sent=True, status=status, cookies=names, reason="; ".join(notes))

    def _begun(self, event: dict[str, Any]) -> None:
        if event.get("initiator", {}).get("type") == "preflight":
            return  # the browser asks for leave: that is not the request
        if not self._id and event["request"]["url"].partition("#")[0] == self.url.partition("#")[0]:
            self._id = event["requestId"]
            if self._id in self._statuses:
                self.over.set()

    def _left(self, event: dict[str, Any]) -> None:
        # The first of a chain of redirects is the forged one; later ones have the same id.
        self._carried.setdefault(event["requestId"], event["associatedCookies"])

    def _answered(self, event: dict[str, Any]) -> None:
        self._statuses.setdefault(event["requestId"], event["statusCode"])
        if event["requestId"] == self._id:
            self.over.set()

    def _failed(self, event: dict[str, Any]) -> None:
        if event["requestId"] == self._id:
            blocked = event.get("blockedReason") or (event.get("corsErrorStatus") or {}).get("corsError")
            self._failure = str(blocked or event.get("errorText", ""))
            if event.get("errorText", "") not in ANSWERED:
                # What the network stack has to add comes by another way, and may come later.
                asyncio.get_running_loop().call_later(AFTERTHOUGHT, self.over.set)


def _withheld(carried: list[dict[str, Any]]) -> list[str]:
    """Which cookies the browser kept back, and by which of its rules."""
    notes = []
    for item in carried:
        if item["blockedReasons"]:
            rules = ", ".join(sorted({_plain(reason) for reason in item["blockedReasons"]}))
            notes.append(f"{item['cookie']['name']} was kept back ({rules})")
    return sorted(notes)


def _plain(reason: str) -> str:
    if "SameSite" in reason:
        return "SameSite"
    return {"UserPreferences": "this browser blocks third-party cookies", "SecureOnly": "Secure"}.get(
        reason, reason
    )


def _exempt(went: list[dict[str, Any]], request: Request) -> list[str]:
    """Chromium sends a cookie without SameSite on a cross-site POST only while it is less than two minutes old."""
    if request.safe:
        return []
    names = sorted(cookie["name"] for cookie in went if not cookie.get("sameSite"))
    if not names:
        return []
    return [f"{', '.join(names)} has no SameSite and went along because it is less than two minutes old"]
