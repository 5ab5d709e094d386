"""The page script's endpoints in an ASGI app."""

from sessionward.session.adapters.answer_headers import NO_STORE, UNAVAILABLE, VARY, answer_headers
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
    return said if said is not None and said.startswith("/") and len(said) <= LONGEST_PATH else scope["path"]


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
        await _send(send, script(), ())
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
    except StoreError:
        answer = PageAnswer(status=UNAVAILABLE)
    said = answer_headers(visit, cookie, came_with_token=True)
    more = [("cache-control", NO_STORE), ("vary", VARY), ("cross-origin-resource-policy", "same-origin")]
    if said.set_cookie is not None:
        more.append(("set-cookie", said.set_cookie))
    await _send(send, answer, more)


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
