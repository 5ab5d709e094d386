"""Requests that save a text: which one it was, how it goes out beside the browser, and with another text in it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from sessionward.http import Cookie, Exchange, Request, parse_set_cookie
from sessionward.http.exchange import header_values


def saving_request(made: Iterable[Request], text: str, *, like: Request | None = None) -> Request | None:
    """The request that saved ``text``: the last that changes state by its method, else the last that holds it at all.

    ``like`` is one that did so before; where one goes to the same place, it is that one.
    """
    holding = [request for request in made if holds(request, text)]
    if like is not None:
        alike = [one for one in holding if (one.method, one.path) == (like.method, like.path)]
        holding = alike or holding
    changing = [request for request in holding if not request.safe]
    found = changing or holding
    return found[-1] if found else None


def holds(request: Request, text: str) -> bool:
    """Whether the text, made of letters and digits, stands in the address or the body."""
    return text in request.url or text.encode() in (request.body or b"")


def with_text(request: Request, old: str, new: str) -> Request:
    """The request with another text of the same length, so that every length in it stays right."""
    body = request.body.replace(old.encode(), new.encode()) if request.body is not None else None
    return replace(request, url=request.url.replace(old, new), body=body)


def as_sent(request: Request, page: str, recorded: Sequence[Exchange]) -> Request:
    """The request with the headers that the browser adds as it leaves, as far as apps look at them."""
    like = next((one.request for one in reversed(recorded) if one.response is not None), request)
    for name in ("User-Agent", "Accept-Language", "Accept-Encoding"):
        if request.header(name) is None and (value := like.header(name)):
            request = request.with_header(name, value)
    if request.header("Referer") is None and urlsplit(page).netloc == urlsplit(request.url).netloc:
        request = request.with_header("Referer", page)
    if not request.safe:
        request = request.with_header("Origin", request.origin)
    return request.with_header("Sec-Fetch-Site", "same-origin")


def cookies_set(made: Exchange) -> tuple[Cookie, ...]:
    """The cookies of an answer as a browser would keep them; one that has ended already takes its former away.

    Without a path it is that of the request up to its last slash (RFC 6265, section 5.1.4).
    """
    host, above = urlsplit(made.request.url).hostname or "", made.request.path.rpartition("/")[0] or "/"
    found = []
    values = header_values(made.response.headers, "set-cookie") if made.response else ()
    for line in (one for value in values for one in value.split("\n")):
        if cookie := parse_set_cookie(line, host=host, now=time.time()):
            told = any(part.strip().lower().startswith("path=/") for part in line.split(";")[1:])
            found.append(cookie if told else replace(cookie, path=above))
    return tuple(found)
