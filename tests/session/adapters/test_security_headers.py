from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from sessionward import asgi
from sessionward.session.adapters.security_headers import SecurityHeaders, clear_site_data, csp_nonce


async def page(request: Request) -> Response:
    assert csp_nonce(request) == request.state.csp_nonce
    return HTMLResponse(csp_nonce(request), headers={"X-Frame-Options": "SAMEORIGIN"})


async def weak(request: Request) -> Response:
    return HTMLResponse("", headers={"X-Content-Type-Options": "none", "Referrer-Policy": "unsafe-url"})


async def log_in(request: Request) -> Response:
    await asgi.login(request, asgi.Subject(tenant="north", id="ana"))
    return HTMLResponse("")


async def log_out(request: Request) -> Response:
    await asgi.logout(request)
    return RedirectResponse("/", status_code=303)


async def forget(request: Request) -> Response:
    clear_site_data(request)
    return HTMLResponse("")


async def broken(request: Request) -> Response:
    raise LookupError


ROUTES = [
    Route("/", page),
    Route("/weak", weak),
    Route("/login", log_in, methods=["POST"]),
    Route("/logout", log_out, methods=["POST"]),
    Route("/forget", forget),
    Route("/broken", broken),
]


def browser(scheme: str = "https") -> httpx.AsyncClient:
    app = SecurityHeaders(asgi.SessionMiddleware(Starlette(routes=ROUTES), store=asgi.MemoryStore()))
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url=f"{scheme}://portal.example")


async def test_a_page_bears_its_nonce_and_keeps_what_the_app_set() -> None:
    async with browser() as client:
        first, second = await client.get("/"), await client.get("/")
    assert f"'nonce-{first.text}'" in first.headers["content-security-policy"]
    assert first.text != second.text
    assert first.headers.get_list("x-frame-options") == ["SAMEORIGIN"]
    assert "strict-transport-security" in first.headers
    assert "cache-control" not in first.headers


async def test_what_is_weaker_is_replaced_and_never_said_twice() -> None:
    async with browser("http") as client:
        answer = await client.get("/weak")
    assert answer.headers.get_list("x-content-type-options") == ["nosniff"]
    assert answer.headers.get_list("referrer-policy") == ["same-origin"]
    assert "strict-transport-security" not in answer.headers


async def test_an_error_is_protected_too() -> None:
    async with browser() as client:
        answer = await client.get("/broken")
    assert answer.status_code == 500
    assert "content-security-policy" in answer.headers


async def test_at_the_logout_the_browser_forgets_what_was_stored() -> None:
    async with browser() as client:
        assert "clear-site-data" not in (await client.post("/login")).headers
        assert (await client.post("/logout")).headers["clear-site-data"] == '"storage"'
        assert (await client.get("/forget")).headers["clear-site-data"] == '"storage"'


async def test_other_kinds_of_connection_pass() -> None:
    kinds: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        kinds.append(scope["type"])

    async def nothing(*message: Any) -> Any:
        raise AssertionError(message)

    await SecurityHeaders(app)({"type": "lifespan"}, nothing, nothing)
    await SecurityHeaders(app)({"type": "websocket", "path": "/"}, nothing, nothing)
    assert kinds == ["lifespan", "websocket"]


def test_without_the_middleware_the_helpers_say_so() -> None:
    request = Request({"type": "http", "headers": []})
    for ask in (csp_nonce, clear_site_data):
        with pytest.raises(RuntimeError, match="not installed"):
            ask(request)
