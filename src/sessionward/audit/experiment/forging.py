"""What another site can make a browser send: which of the app's own requests, and how."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import quote, quote_plus, urlsplit, urlunsplit

from sessionward.audit.experiment.actions import carriers
from sessionward.audit.observation import LoggedOut
from sessionward.audit.scene import Scene
from sessionward.http import Carrier, Exchange, Request
from sessionward.http.carry import bare

How = Literal["navigate", "image", "form"]
FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data", "text/plain"})
"""The media types that a form may send without asking the other site first (Fetch, section 2.2.2)."""
FILES = tuple(
    ".avif .css .gif .ico .jpeg .jpg .js .map .mjs .mp3 .mp4 .ogg .otf .png .svg .ttf .wasm .wav .webm "
    ".webmanifest .webp .woff .woff2".split()
)
TOKEN_LIKE = re.compile(r"(?=[^/;]*\d)[^/;]{6,}|[^/;]{20,}")
"""A part of a path that may be a token: with a digit and not short, or long."""
MOST = 6
"""More requests than these are seldom needed, and each costs a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A request as another site can send it."""

    request: Request
    how: How

    @property
    def told(self) -> str:
        """For a reader."""
        way = {"navigate": "a link", "image": "an image", "form": "a form"}[self.how]
        parts = urlsplit(self.request.url)
        place = f"{parts.path or '/'}#{parts.fragment}" if parts.fragment else parts.path or "/"
        return f"{self.request.method} {place} by {way}"


def attempts(scene: Scene, requests: Iterable[Request], *, ending: bool) -> tuple[Attempt, ...]:
    """How another site can send these: a POST by a form, a GET by a link.

    ``ending``: they log out, so a GET is tried as an image first, and a POST as a GET as well, since many apps
    take it and browsers send more cookies with it. Those that change state by their method come first. Cookies, headers
    that scripts add and tokens in the address are taken out: a forger has none of the victim's, and the browser adds
    what it adds. Other methods need the app's leave and drop out.
    """
    queries = frozenset(key.name for key in carriers(scene) if key.carrier is Carrier.QUERY)
    found: dict[tuple[str, str, str], Attempt] = {}
    for request in sorted(requests, key=lambda request: request.safe):
        for attempt in _ways(_sendable(bare(request, queries)), ending=ending):
            found.setdefault((attempt.request.method, attempt.request.url, attempt.how), attempt)
    return tuple(found.values())[:MOST]


def _ways(request: Request, *, ending: bool) -> Iterator[Attempt]:
    method = request.method.upper()
    if method == "POST":
        yield Attempt(request=request, how="form")
    if method == "GET" and ending:
        yield Attempt(request=request, how="image")
    if method == "GET" or (method == "POST" and ending):
        yield Attempt(request=replace(request, method="GET", body=None), how="navigate")


def _sendable(request: Request) -> Request:
    """With a media type that needs no leave (the bytes stay as they are) and a path, as browsers write addresses."""
    kind = (request.header("content-type") or "").partition(";")[0].strip().lower()
    plain = replace(request, url=with_path(request.url))
    if request.method.upper() != "POST" or kind in FORMS or not request.body:
        return plain
    return plain.with_header("Content-Type", "text/plain")


def with_path(url: str) -> str:
    """The address as browsers write it: never without a path."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=parts.path or "/"))


def login_requests(exchanges: Iterable[Exchange], username: str) -> tuple[Request, ...]:
    """The requests of a login from the one that first carries the name on: those that change state, or carry it.

    Where none carries it in the open, all that change state.
    """
    made = [exchange.request for exchange in exchanges]
    found: list[Request] = []
    for request in made:
        if _carries(request, username) or (found and not request.safe):
            found.append(request)
    return tuple(found or [request for request in made if not request.safe])


def _carries(request: Request, text: str) -> bool:
    sent = f"{urlsplit(request.url).query} {(request.body or b'').decode(errors='replace')}"
    return any(
        form in sent for form in {text, quote(text, safe=""), quote_plus(text), json.dumps(text)[1:-1]}
    )


def logout_attempts(scene: Scene, out: LoggedOut) -> tuple[Attempt, ...]:
    """How another site may log somebody out: by the link that does, or by what a logout sent."""
    by_link = attempts(scene, logout_link(scene), ending=False)
    sent = attempts(scene, logout_requests(scene, out), ending=True)
    return tuple({(attempt.request, attempt.how): attempt for attempt in (*by_link, *sent)}.values())


def logout_requests(scene: Scene, out: LoggedOut) -> tuple[Request, ...]:
    """What a logout sent, without the pages and calls that it only ended up on."""
    harmless = {scene.start} | ({scene.login.url} if scene.login else set())
    harmless |= {known.request.url for known in scene.private} | {
        known.request.url for known in scene.personal
    }
    harmless = {with_path(url) for url in harmless}
    return tuple(
        request
        for request in out.requests
        if not (request.safe and (with_path(request.url) in harmless or _is_file(request.url)))
    )


def logout_link(scene: Scene) -> tuple[Request, ...]:
    """The link that logs out, where its page does so by a script: opening it from another site does the same.

    One that may hold a token of the owner's own, in its query or between slashes, is left out: nobody else knows that.
    """
    link = scene.logout.link if scene.logout else ""
    parts, page = urlsplit(link), urlsplit(scene.logout.found_on if scene.logout else "")
    elsewhere = parts._replace(fragment="") != page._replace(fragment="")
    secret = parts.query or "=" in parts.fragment or TOKEN_LIKE.search(f"{parts.path}/{parts.fragment}")
    known = parts.scheme in {"http", "https"} and not secret
    return (Request(method="GET", url=with_path(link)),) if known and (parts.fragment or elsewhere) else ()


def _is_file(url: str) -> bool:
    """Whether an address is that of a picture, a film or a part of the page: none of them logs out."""
    return urlsplit(url).path.lower().endswith(FILES)
