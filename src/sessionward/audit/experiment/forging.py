"""What another site can make a browser send: which of the app's own requests, and how."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, quote_plus, urlsplit

from sessionward.audit.experiment.actions import carriers
from sessionward.audit.probe import LoggedOut
from sessionward.audit.scene import Scene
from sessionward.http import Carrier, Exchange, Request
from sessionward.http.carry import bare

How = Literal["navigate", "image", "form"]
FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data", "text/plain"})
"""The media types that a form may send without asking the other site first (Fetch, section 2.2.2)."""
MOST = 4
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
        return f"{self.request.method} {urlsplit(self.request.url).path or '/'} by {way}"


def attempts(scene: Scene, requests: Iterable[Request], *, quiet: bool) -> tuple[Attempt, ...]:
    """How another site can send these: a GET by a link (``quiet``: by an image first), a POST by a form.

    Cookies, headers that scripts add and tokens in the address are taken out: a forger has none of the victim's, and
    the browser adds what it adds. Other methods need the app's leave and drop out.
    """
    queries = frozenset(key.name for key in carriers(scene) if key.carrier is Carrier.QUERY)
    found: dict[tuple[str, str, str], Attempt] = {}
    for request in requests:
        plain = bare(request, queries)
        for how in _ways(plain, quiet=quiet):
            attempt = Attempt(request=_sendable(plain), how=how)
            found.setdefault((plain.method, plain.url, how), attempt)
    return tuple(found.values())[:MOST]


def _ways(request: Request, *, quiet: bool) -> Iterator[How]:
    method = request.method.upper()
    if method == "GET":
        if quiet:
            yield "image"
        yield "navigate"
    elif method == "POST":
        yield "form"


def _sendable(request: Request) -> Request:
    """With a media type that needs no leave; the bytes stay as they are."""
    kind = (request.header("content-type") or "").partition(";")[0].strip().lower()
    if request.method.upper() != "POST" or kind in FORMS or not request.body:
        return request
    return request.with_header("Content-Type", "text/plain")


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


def logout_requests(scene: Scene, out: LoggedOut) -> tuple[Request, ...]:
    """What a logout sent, without the pages that it only ended up on."""
    harmless = {scene.start.rstrip("/")} | ({scene.login.url.rstrip("/")} if scene.login else set())
    harmless |= {exchange.request.url.rstrip("/") for exchange in scene.private}
    return tuple(r for r in out.requests if not (r.method.upper() == "GET" and r.url.rstrip("/") in harmless))
