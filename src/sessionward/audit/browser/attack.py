"""Requests forged by another site: a page of a made-up origin in the victim's own browser sends them."""

from __future__ import annotations

import asyncio
import base64
import html
import json
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from playwright.async_api import CDPSession, Error, Page
from playwright.async_api import TimeoutError as TookTooLong

from sessionward.audit.browser.scope import ATTACKER
from sessionward.audit.driver import DriverError, Sent
from sessionward.http import Request

ARRIVAL_SECONDS = 10.0
URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
PLAIN = "text/plain"


async def forge(page: Page, request: Request, how: str) -> Sent:
    """Send ``request`` from the made-up site shown in ``page``: by navigate, image or form.

    ``page`` is a fresh one of the victim's context. What really went over the wire is read from the network stack.
    """
    session = await page.context.new_cdp_session(page)
    wire = Wire(request.url)
    wire.watch(session)
    await session.send("Network.enable")
    origin = f"{urlsplit(request.url).scheme}://{ATTACKER}"
    await _pretend(session, origin, attack_page(request, how))
    try:
        await page.goto(f"{origin}/", wait_until="commit", timeout=ARRIVAL_SECONDS * 1000)
        async with asyncio.timeout(ARRIVAL_SECONDS):
            await wire.over.wait()
        if how != "image":
            # What the answer leads to belongs to it: a login may hand its cookie out one redirect later.
            await page.wait_for_load_state("load", timeout=ARRIVAL_SECONDS * 1000)
    except (TimeoutError, TookTooLong):
        return wire.sent(request, late=True)
    except Error as error:
        if not wire.over.is_set():
            raise DriverError(
                f"The made-up site could not be shown: {error.message.splitlines()[0]}."
            ) from None
    return wire.sent(request)


@dataclass(slots=True, eq=False)
class Wire:
    """What the network stack tells of one request, by its address."""

    url: str
    over: asyncio.Event = field(default_factory=asyncio.Event)
    _id: str = ""
    _failure: str = ""
    _status: int = 0
    _carried: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

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
        if late and not self._status:
            notes.append("no answer came in time")
        return Sent(sent=True, status=self._status, cookies=names, reason="; ".join(notes))

    def _begun(self, event: dict[str, Any]) -> None:
        if not self._id and event["request"]["url"].partition("#")[0] == self.url.partition("#")[0]:
            self._id = event["requestId"]

    def _left(self, event: dict[str, Any]) -> None:
        # The first of a chain of redirects is the forged one; later ones have the same id.
        self._carried.setdefault(event["requestId"], event["associatedCookies"])

    def _answered(self, event: dict[str, Any]) -> None:
        if event["requestId"] == self._id and not self._status:
            self._status = event["statusCode"]
            self.over.set()

    def _failed(self, event: dict[str, Any]) -> None:
        if event["requestId"] == self._id:
            blocked = event.get("blockedReason") or (event.get("corsErrorStatus") or {}).get("corsError")
            self._failure = str(blocked or event.get("errorText", ""))
            self.over.set()


def attack_page(request: Request, how: str) -> str:
    """The page of the made-up site that sends the request as soon as it is shown."""
    target = html.escape(request.url)
    if how == "image":
        body = f'<img src="{target}">'
    elif how == "navigate":
        body = f"<script>location.href = {_script_text(request.url)}</script>"
    elif how == "form":
        enctype, pairs = form_fields(request)
        fields = "".join(
            f'<textarea name="{html.escape(name)}">\n{html.escape(value)}</textarea>' for name, value in pairs
        )
        # The method is called on the prototype: a field called “submit” would hide the form's own.
        body = (
            f'<form method="post" action="{target}" enctype="{enctype}">{fields}</form>'
            "<script>HTMLFormElement.prototype.submit.call(document.forms[0])</script>"
        )
    else:
        raise DriverError(f"A request cannot be forged by “{how}”; use navigate, image or form.")
    return f'<!doctype html><meta charset="utf-8"><title>Another site</title><body>{body}'


def form_fields(request: Request) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The encoding and the fields by which a plain form sends the body of the request.

    Other media types are sent as text/plain, which writes a field as name=value: the body is parted at an equals sign of
    its own, so its bytes arrive as they are but for a line break at the end. A JSON object without one gets a last
    member whose text holds it.
    """
    kind = (request.header("content-type") or "").lower()
    body = request.body or b""
    if kind.startswith(MULTIPART):
        return MULTIPART, _multipart(request.header("content-type") or "", body)
    text = body.decode("utf-8", errors="replace")
    if kind.startswith(URLENCODED) or not body:
        return URLENCODED, tuple(parse_qsl(text, keep_blank_values=True))
    name, equals, value = text.partition("=")
    if equals:
        return PLAIN, ((name, value),)
    stripped = text.rstrip()
    if stripped.endswith("}") and _is_json(text):
        comma = "," if stripped[1:-1].strip() else ""
        return PLAIN, ((f'{stripped[:-1]}{comma}"sessionward":"', '"}'),)
    return PLAIN, ((text, ""),)


async def _pretend(session: CDPSession, origin: str, page: str) -> None:
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


def _multipart(content_type: str, body: bytes) -> tuple[tuple[str, str], ...]:
    message = message_from_bytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body, policy=HTTP)
    pairs = []
    for part in message.iter_parts():
        name = part.get_param("name", header="content-disposition")
        payload = part.get_payload(decode=True)
        if isinstance(name, str) and isinstance(payload, bytes) and part.get_filename() is None:
            pairs.append((name, payload.decode("utf-8", errors="replace")))
    return tuple(pairs)


def _is_json(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False


def _script_text(text: str) -> str:
    return json.dumps(text).replace("<", "\\u003c")
