"""A request and what came back, as plain values.

Header names are compared without regard to case (RFC 9110, section 5.1) and kept as they came.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit

Headers = tuple[tuple[str, str], ...]


def header(headers: Headers, name: str) -> str | None:
    """The first value of the header ``name``, or None."""
    wanted = name.lower()
    return next((value for key, value in headers if key.lower() == wanted), None)


def header_values(headers: Headers, name: str) -> tuple[str, ...]:
    """Every value of the header ``name``, in the order they came."""
    wanted = name.lower()
    return tuple(value for key, value in headers if key.lower() == wanted)


def without_header(headers: Headers, *names: str) -> Headers:
    """The headers less those called ``names``."""
    dropped = {name.lower() for name in names}
    return tuple((key, value) for key, value in headers if key.lower() not in dropped)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One HTTP request. ``body`` is the raw bytes sent, None for none."""

    method: str
    url: str
    headers: Headers = field(default=(), repr=False)
    body: bytes | None = field(default=None, repr=False)

    @property
    def origin(self) -> str:
        """Scheme, host and port, as RFC 6454 has it."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def path(self) -> str:
        """The path alone, never empty."""
        return urlsplit(self.url).path or "/"

    @property
    def safe(self) -> bool:
        """Whether the method is safe in the sense of RFC 9110, section 9.2.1."""
        return self.method.upper() in {"GET", "HEAD", "OPTIONS"}

    def header(self, name: str) -> str | None:
        """The first value of that header, or None."""
        return header(self.headers, name)

    def with_header(self, name: str, value: str | None) -> Request:
        """The same request with that header replaced, or dropped when ``value`` is None."""
        kept = without_header(self.headers, name)
        return replace(self, headers=kept if value is None else (*kept, (name, value)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """One HTTP response. ``body`` may be cut at the reader's limit, then ``truncated`` is set."""

    status: int
    headers: Headers = field(default=(), repr=False)
    body: bytes = field(default=b"", repr=False)
    truncated: bool = False

    def header(self, name: str) -> str | None:
        """The first value of that header, or None."""
        return header(self.headers, name)

    @property
    def media_type(self) -> str:
        """The media type in lower case without its parameters, empty where none was sent."""
        return (self.header("content-type") or "").split(";", 1)[0].strip().lower()

    @property
    def text(self) -> str:
        """The body decoded by its charset, UTF-8 where none is named; undecodable bytes are replaced."""
        kind = self.header("content-type") or ""
        charset = kind.lower().partition("charset=")[2].split(";")[0].strip().strip("\"'") or "utf-8"
        try:
            return self.body.decode(charset, errors="replace")
        except LookupError:
            return self.body.decode("utf-8", errors="replace")

    @property
    def json(self) -> Any | None:
        """The body as JSON, or None where it is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A request and its response; ``response`` is None when nothing came back, then ``error`` says why.

    ``resource`` is the kind of thing the browser wanted, in its own words: document, xhr, fetch, script, image,
    stylesheet, font, websocket, other. ``navigation`` is set for the request of a page itself.
    ``page`` is the address of the page that asked, with its fragment, empty for a page itself and where it is unknown.
    ``started`` is in seconds of a monotonic clock and ``seconds`` the time until the whole body was there.
    """

    request: Request
    response: Response | None = None
    error: str = ""
    resource: str = "other"
    navigation: bool = False
    page: str = ""
    started: float = 0.0
    seconds: float = 0.0

    @property
    def status(self) -> int:
        """The status, 0 where no response came."""
        return self.response.status if self.response else 0

    @property
    def text(self) -> str:
        """The text of the response, empty where none came."""
        return self.response.text if self.response else ""
