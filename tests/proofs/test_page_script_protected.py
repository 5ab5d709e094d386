"""The page script, the guard and the headers together in a real browser: none hinders another."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from sessionward import asgi
from tests.proofs.real_browser import real_browser
from tests.proofs.small_server import serving

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

FORM = "<!doctype html><title>login</title><form method=post><button>Log in</button></form>"
PAGE = """<!doctype html><html lang="en"><title>records</title><body><p>private</p>
<script src="/session/script.js" defer nonce="{nonce}" data-login="/login"></script></body></html>"""
POLICY = asgi.Policy.of("patient-portal").but(lock_after=50.0)
"""It locks sooner than the script's warning comes, so that the script warns at once."""


async def log_in(request: Request) -> Response:
    if request.method == "GET":
        return HTMLResponse(FORM)
    await asgi.login(request, asgi.Subject(tenant="north", id="ana"))
    return RedirectResponse("/records", status_code=303)


async def records(request: Request) -> Response:
    return HTMLResponse(PAGE.format(nonce=asgi.csp_nonce(request)))


async def no_icon(request: Request) -> Response:
    return Response(status_code=204)


@dataclass(slots=True)
class Clinic:
    """A page of the browser on the clinic, and what it complained of."""

    page: Page
    origin: str
    complaints: list[str] = field(default_factory=list)
    refused: list[asgi.RefusedRequest] = field(default_factory=list)


@pytest_asyncio.fixture(loop_scope="module")
async def clinic() -> AsyncIterator[Clinic]:
    async with AsyncExitStack() as stack:
        browser = await stack.enter_async_context(real_browser())
        routes = [
            Route("/login", log_in, methods=["GET", "POST"]),
            Route("/records", records),
            Route("/favicon.ico", no_icon),
        ]
        pages = asgi.PageSettings(keys=(b"k" * 32,))
        sessions = asgi.SessionMiddleware(
            Starlette(routes=routes), store=asgi.MemoryStore(), policy=POLICY, pages=pages
        )

        async def app(scope: Any, receive: Any, send: Any) -> None:
            await protected(scope, receive, send)

        clinic = Clinic(page=await browser.new_page(), origin="")
        port = await stack.enter_async_context(serving(app))
        clinic.origin = f"http://localhost:{port}"
        rules = asgi.ForgeryRules(origins=[clinic.origin])
        guard = asgi.ForgeryGuard(sessions, rules, on_refusal=clinic.refused.append)
        protected = asgi.SecurityHeaders(guard)
        clinic.page.on("console", lambda said: clinic.complaints.append(said.text))
        clinic.page.on("pageerror", lambda error: clinic.complaints.append(str(error)))
        yield clinic


async def test_the_script_warns_and_logs_out_under_the_strict_headers(clinic: Clinic) -> None:
    page = clinic.page
    await page.goto(f"{clinic.origin}/login")
    await page.get_by_role("button", name="Log in").click()
    await expect(page).to_have_title("records")
    dialog = page.get_by_role("alertdialog")
    await expect(dialog).to_be_visible()
    assert await dialog.evaluate("dialog => getComputedStyle(dialog).borderTopWidth") == "2px"
    await dialog.get_by_role("button", name="Log out now").click()
    await expect(page.get_by_text("You are signed out")).to_be_visible()
    assert (clinic.refused, clinic.complaints) == ([], [])
