"""Style sheets, scripts, fonts and images that every fresh browser of an audit would fetch anew: fetched once.

An audit logs in dozens of times, each in a browser that shares nothing. What the app itself declares to be the same for
everybody is kept here and given to the next one, as a shared cache would (RFC 9111). Pages, calls and
anything that sets or depends on a cookie never are.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field
from typing import Any

from sessionward.http import Response

KINDS = frozenset({"stylesheet", "script", "font", "image"})
LARGEST = 4_000_000
ROOM = 96_000_000
OK = 200
MADE_ANEW = frozenset({"content-encoding", "content-length", "transfer-encoding", "connection", "keep-alive"})
NOT_SHARED = re.compile(r"no-store|no-cache|private|max-age=0\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """One answer, ready to be given again."""

    headers: tuple[tuple[str, str], ...]
    body: bytes = field(repr=False)

    def fulfilment(self, request: str) -> dict[str, Any]:
        """The arguments of the protocol's Fetch.fulfillRequest for the paused request."""
        return {
            "requestId": request,
            "responseCode": OK,
            "responseHeaders": [{"name": name, "value": value} for name, value in self.headers],
            "body": base64.b64encode(self.body).decode(),
        }


class Shelf:
    """What is kept, by address. One for all tabs of a browser."""

    def __init__(self) -> None:
        self._assets: dict[str, Asset] = {}
        self._filled = 0

    def get(self, method: str, resource: str, url: str) -> Asset | None:
        """The kept answer to such a request."""
        return self._assets.get(url) if method == "GET" and resource.lower() in KINDS else None

    def wants(self, method: str, resource: str, url: str, head: Response) -> bool:
        """Whether the answer may be kept: the app says that it is the same for everybody and good for a while."""
        if method != "GET" or resource.lower() not in KINDS or url in self._assets or head.status != OK:
            return False
        control, vary = head.header("cache-control") or "", (head.header("vary") or "").lower()
        if NOT_SHARED.search(control) or head.header("set-cookie") or "cookie" in vary or "*" in vary:
            return False
        known = any(head.header(name) for name in ("etag", "last-modified", "expires"))
        return known or "max-age" in control or "immutable" in control or "public" in control

    def keep(self, url: str, head: Response, body: bytes) -> None:
        """Keep an answer that is wanted, where there is room."""
        if url in self._assets or len(body) > LARGEST or self._filled + len(body) > ROOM:
            return
        headers = tuple((name, value) for name, value in head.headers if name.lower() not in MADE_ANEW)
        self._assets[url] = Asset(headers=headers, body=body)
        self._filled += len(body)
