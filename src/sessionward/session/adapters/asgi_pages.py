"""The page script's endpoints in an ASGI app."""

from urllib.parse import unquote

from sessionward.session.adapters.answer_headers import NO_STORE, VARY, answer_headers, unavailable
from sessionward.session.adapters.cookie_header import SessionCookie
from sessionward.session.adapters.page_answers import (
    MOST_BYTES,
    OWN_PAGE,
    PageAnswer,
    PageAnswers,
    PageRequest,
    script,
)
from sessionward.session.adapters.served import Receive, Scope, Send
from sessionward.session.adapters.visit import Visit
from sessionward.session.result import StoreError
from sessionward.session.stores.drive import drive_async
from sessionward.session.stores.store import AsyncStore

SCRIPT = "script.js"
LONGEST_PATH = 2000


class TooLong(Exception):
    """A body that is longer than any page of ours sends."""


def header(scope: Scope, name: str) -> str | None:
    """A header of the request of `scope` by its name in small letters."""
    wanted = name.encode("ascii")
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == wanted), None)


def page_path(scope: Scope) -> str:
    """The path of the page that asks: its route's policy is the one that counts for it."""
    said = header(scope, OWN_PAGE)
    if said is None or not said.startswith("/") or len(said) > LONGEST_PATH:
        own: str = scope["path"]
        return own
    return unquote(said)  # as servers do it with the path of a request (ASGI, HTTP connection scope)


async def serve_page(  # noqa: PLR0913 - what the middleware knows, each by its name
    pages: PageAnswers,
    below: str,
    *,
    visit: Visit,
    store: AsyncStore,
    cookie: SessionCookie,
    scope: Scope,
    receive: Receive,
    send: Send,
) -> None:
    """Answer the request for what lies `below` the prefix."""
    if below == SCRIPT:
        await _send(send, _script(scope), ())
        return
    try:
        request = PageRequest(
            method=scope["method"],
            path=below,
            header=lambda name: header(scope, name),
            body=await _body(receive),
        )
        await drive_async(store, visit.arrive(by_person=False))
        answer = await drive_async(store, pages.answer(visit, request))
    except TooLong:
        answer = PageAnswer(status=413)
    except StoreError as error:
        answer = PageAnswer(status=unavailable(error))
    said = answer_headers(visit, cookie, came_with_token=True)
    more = [("cache-control", NO_STORE), ("vary", VARY), ("cross-origin-resource-policy", "same-origin")]
    if said.set_cookie is not None:
        more.append(("set-cookie", said.set_cookie))
    await _send(send, answer, more)


def _script(scope: Scope) -> PageAnswer:
    """The script, or that the browser's copy of it is still the right one (RFC 9110, section 13.1.2)."""
    if scope["method"] not in {"GET", "HEAD"}:
        return PageAnswer(status=405, headers=(("allow", "GET, HEAD"),))
    whole = script()
    etag = dict(whole.headers)["etag"]
    known = (header(scope, "if-none-match") or "").split(",")
    if any(entry.strip().removeprefix("W/") == etag for entry in known):
        return PageAnswer(status=304, headers=whole.headers)
    return whole if scope["method"] == "GET" else PageAnswer(status=200, headers=whole.headers)


async def _body(receive: Receive) -> bytes:
    """The whole body.

    Raises:
        TooLong: it is longer than any page of ours sends.

    """
    body = b""
    while True:
        message = await receive()
        part: bytes = message.get("body", b"")
        body += part
        if len(body) > MOST_BYTES:
            raise TooLong
        if not message.get("more_body", False):
            return body


async def _send(send: Send, answer: PageAnswer, more: list[tuple[str, str]] | tuple[()]) -> None:
    headers = [(name.encode("ascii"), value.encode("ascii")) for name, value in (*answer.headers, *more)]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})
