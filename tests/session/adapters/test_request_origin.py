import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from sessionward import asgi
from sessionward.session.adapters.arrival import VISITOR_COOKIE, RefusedRequest
from sessionward.session.adapters.request_origin import (
    ForgeryGuard,
    forgery_field,
    forgery_token,
    from_own_page,
)
from sessionward.session.forgery.judge import Doubt
from sessionward.session.forgery.rules import ForgeryRules

OWN = "https://portal.example"
RULES = ForgeryRules(origins=[OWN], keys=[b"k" * 32])


class Clinic:
    """An app that counts what was done, and its guard, which tells what it refused."""

    def __init__(self, rules: ForgeryRules = RULES) -> None:
        self.refused: list[RefusedRequest] = []
        self.done = 0
        routes = [
            Route("/form", self.form),
            Route("/login", self.log_in, methods=["POST"]),
            Route("/logout", self.log_out, methods=["POST"]),
            Route("/upload", self.upload, methods=["POST"]),
            Route("/confirm", self.confirm),
        ]
        inner = asgi.SessionMiddleware(Starlette(routes=routes), store=asgi.MemoryStore())
        self.app = ForgeryGuard(inner, rules, on_refusal=self.refused.append)

    @asynccontextmanager
    async def browser(self) -> AsyncIterator[httpx.AsyncClient]:
        """One that says nothing of where its requests come from."""
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=self.app), base_url=OWN) as client:
            yield client

    async def form(self, request: Request) -> Response:
        assert 'name="csrf_token"' in forgery_field(request)
        return HTMLResponse(forgery_token(request), headers={"Cache-Control": "public"})

    async def log_in(self, request: Request) -> Response:
        async with request.form() as fields:
            self.done += 1
            await asgi.login(request, asgi.Subject(tenant="north", id=str(fields["name"])))
        return HTMLResponse(forgery_token(request))

    async def log_out(self, request: Request) -> Response:
        await asgi.logout(request)
        return HTMLResponse(forgery_token(request))

    async def upload(self, request: Request) -> Response:
        self.done += 1
        return JSONResponse({"size": len(await request.body())})

    async def confirm(self, request: Request) -> Response:
        return JSONResponse({"own": from_own_page(request)})


async def test_a_request_of_another_site_reaches_neither_the_app_nor_a_store() -> None:
    clinic = Clinic()
    async with clinic.browser() as client:
        answer = await client.post("/login", headers={"Sec-Fetch-Site": "cross-site"}, data={"name": "eve"})
    assert (answer.status_code, answer.headers["cache-control"]) == (403, "no-store")
    assert "set-cookie" not in answer.headers
    assert (clinic.done, [told.doubt for told in clinic.refused]) == (0, [Doubt.CROSS_SITE])


async def test_our_own_form_needs_no_token() -> None:
    clinic = Clinic()
    async with clinic.browser() as client:
        answer = await client.post("/login", headers={"Sec-Fetch-Site": "same-origin"}, data={"name": "ana"})
    assert (answer.status_code, clinic.done, clinic.refused) == (200, 1, [])


async def test_a_browser_that_says_nothing_logs_in_with_the_forms_token() -> None:
    clinic = Clinic()
    async with clinic.browser() as client:
        page = await client.get("/form")
        assert VISITOR_COOKIE in client.cookies
        assert page.headers["cache-control"] == "no-store"
        assert (await client.post("/login", data={"name": "ana"})).status_code == 403
        data = {"name": "ana", "csrf_token": page.text}
        after = await client.post("/login", data=data)
        assert (after.status_code, clinic.done) == (200, 1)
        assert (await client.post("/upload", headers={"X-CSRF-Token": page.text})).status_code == 403
        # the token in the answer to the login is that of the session which the login began
        assert (await client.post("/upload", headers={"X-CSRF-Token": after.text})).status_code == 200
        left = await client.post("/logout", headers={"X-CSRF-Token": after.text})
        # and the one in the answer to the logout that of a visitor again
        assert (await client.post("/upload", headers={"X-CSRF-Token": left.text})).status_code == 200


async def test_another_visitors_token_logs_nobody_in() -> None:
    clinic = Clinic()
    async with clinic.browser() as mallory, clinic.browser() as victim:
        token = (await mallory.get("/form")).text
        await victim.get("/form")
        answer = await victim.post("/login", data={"name": "mallory", "csrf_token": token})
        assert (answer.status_code, clinic.done) == (403, 0)


async def test_an_upload_arrives_whole_and_is_not_held_back_for_its_token() -> None:
    clinic = Clinic()
    async with clinic.browser() as client:
        token = (await client.get("/form")).text
    begun = (
        f'--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token}\r\n'
        '--x\r\nContent-Disposition: form-data; name="file"; filename="scan"\r\n\r\n'
    ).encode()
    chunks = [begun, *[b"0" * 50_000] * 10, b"\r\n--x--\r\n"]
    read: list[int] = []

    async def receive() -> dict[str, Any]:
        number = len(read)
        read.append(number)
        return {"type": "http.request", "body": chunks[number], "more_body": number + 1 < len(chunks)}

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen_before.append(len(read))
        total, more = 0, True
        while more:
            message = await receive()
            total, more = total + len(message["body"]), message["more_body"]
        sizes.append(total)

    seen_before: list[int] = []
    sizes: list[int] = []
    cookie = f"{VISITOR_COOKIE}={client.cookies[VISITOR_COOKIE]}".encode()
    headers = [(b"cookie", cookie), (b"content-type", b"multipart/form-data; boundary=x")]
    scope = {"type": "http", "method": "POST", "path": "/upload", "query_string": b"", "headers": headers}
    await ForgeryGuard(app, RULES)(scope, receive, _unheard)
    assert (seen_before, sizes) == ([3], [sum(map(len, chunks))])


async def _unheard(message: Any) -> None:
    raise AssertionError(message)


async def test_a_browser_that_goes_while_its_token_is_looked_for_is_refused() -> None:
    async def receive() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/", "query_string": b"", "headers": []}
    await asyncio.wait_for(ForgeryGuard(Clinic().app, RULES)(scope, receive, send), 5)
    assert sent[0]["status"] == 403


@pytest.mark.parametrize(
    "headers,own",
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, False),
        ({}, False),
    ],
)
async def test_a_handler_that_writes_upon_get_may_ask_whether_its_own_page_sent_it(
    headers: dict[str, str],
    *,
    own: bool,
) -> None:
    async with Clinic().browser() as client:
        assert (await client.get("/confirm", headers=headers)).json() == {"own": own}


@pytest.mark.parametrize(
    "origin,messages", [(OWN, ["reached"]), ("https://evil.example", ["websocket.close"])]
)
async def test_a_forged_websocket_is_refused_before_it_is_accepted(origin: str, messages: list[str]) -> None:
    heard: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        heard.append("reached")

    async def send(message: Any) -> None:
        heard.append(message["type"])

    scope = {
        "type": "websocket",
        "path": "/live",
        "headers": [(b"Origin", origin.encode())],
        "query_string": b"",
    }
    await ForgeryGuard(app, RULES)(scope, _unheard_of, send)
    assert heard == messages


async def _unheard_of() -> dict[str, Any]:
    raise AssertionError("nothing is read before the handshake is judged")


async def test_a_token_that_needs_a_cookie_is_refused_once_the_answer_has_begun() -> None:
    async def late(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        forgery_token(Request(scope))

    async def send(message: Any) -> None:
        assert message["status"] == 200

    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
    with pytest.raises(RuntimeError, match="before the answer begins"):
        await ForgeryGuard(late, RULES)(scope, _unheard_of, send)


def test_without_the_guard_the_helpers_say_so() -> None:
    request = Request({"type": "http", "headers": []})
    for ask in (forgery_token, forgery_field, from_own_page):
        with pytest.raises(RuntimeError, match="not installed"):
            ask(request)


async def test_other_kinds_of_connection_pass() -> None:
    kinds: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        kinds.append(scope["type"])

    await ForgeryGuard(app, RULES)({"type": "lifespan"}, _unheard_of, _unheard)
    assert kinds == ["lifespan"]
