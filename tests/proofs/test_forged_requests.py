"""What a real browser sends when another site has it ask, and what the guard makes of it.

localhost and 127.0.0.1 are two sites to a browser; two ports of localhost are two origins of one site.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Error
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from sessionward.asgi import Doubt, ForgeryGuard, ForgeryRules, RefusedRequest
from sessionward.audit.browser.closing import close_context
from tests.proofs.real_browser import real_browser
from tests.proofs.small_server import serving

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

PATIENCE = 20

FORM = """([url, type]) => {
    const form = document.createElement("form");
    Object.assign(form, {method: "post", action: url, enctype: type});
    const field = document.createElement("input");
    Object.assign(field, {name: "to", value: "eve"});
    form.append(field);
    document.body.append(form);
    form.submit();
}"""
FETCH = """([url, how]) => fetch(url, {mode: "no-cors", credentials: "include", ...how}).catch(() => null)"""
UPLOAD = """([url]) => {
    const data = new FormData();
    data.append("scan", new Blob(["x".repeat(100000)]), "scan.png");
    return fetch(url, {method: "POST", mode: "no-cors", credentials: "include", body: data}).catch(() => null);
}"""
IMAGE = """([url]) => { const image = new Image(); image.src = url; document.body.append(image); }"""
FRAME = """([url]) => {
    const frame = document.createElement("iframe");
    frame.src = url;
    document.body.append(frame);
}"""
SANDBOX = """([url]) => {
    const frame = document.createElement("iframe");
    frame.sandbox = "allow-forms allow-scripts";
    frame.srcdoc = `<form method=post action="${url}"></form><script>document.forms[0].submit()</script>`;
    document.body.append(frame);
}"""
SOCKET = """([url]) => new Promise(done => {
    const socket = new WebSocket(url.replace("http", "ws"));
    socket.onopen = () => done("open");
    socket.onerror = () => done("refused");
})"""
LINK = """([url]) => { location.href = url; }"""
BEACON = """([url]) => navigator.sendBeacon(url, "to=eve")"""


@dataclass(slots=True)
class Sites:
    """The portal, a site of others, another origin of the portal's site, and what the portal was asked."""

    browser: Browser
    own: str = ""
    other: str = ""
    neighbour: str = ""
    happened: asyncio.Queue[str] = field(default_factory=asyncio.Queue)

    async def attack(self, start: str, script: str, path: str, *more: object, head: str = "") -> str:
        """What comes of `script`, run in a fresh page of `start` with the address of the portal's `path`."""
        page = await self.browser.new_page()
        try:
            await page.goto(f"{start}/blank")
            await page.evaluate("head => document.head.insertAdjacentHTML('beforeend', head)", head)
            while not self.happened.empty():
                self.happened.get_nowait()
            asked = asyncio.ensure_future(page.evaluate(script, [f"{self.own}{path}", *more]))
            came = await asyncio.wait_for(self.happened.get(), PATIENCE)
            with suppress(Error):  # the page may be gone before it answers
                await asked
            return came
        finally:
            await close_context(page.context)


def portal(sites: Sites) -> Starlette:
    """An app that tells what reached it."""

    async def reached(request: Request) -> Response:
        await request.body()
        sites.happened.put_nowait("done")
        return HTMLResponse("<p>done</p>")

    async def live(socket: WebSocket) -> None:
        sites.happened.put_nowait("done")
        await socket.accept()

    paths = ("/transfer", "/login", "/records", "/confirm")
    routes = [Route(path, reached, methods=["GET", "POST"]) for path in paths]
    return Starlette(routes=[*routes, Route("/blank", blank), WebSocketRoute("/live", live)])


async def blank(request: Request) -> Response:
    return HTMLResponse("<!doctype html><body></body>")


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def sites() -> AsyncIterator[Sites]:
    async with AsyncExitStack() as stack:
        browser = await stack.enter_async_context(real_browser())
        sites = Sites(browser=browser)
        elsewhere = Starlette(routes=[Route("/blank", blank)])
        port = await stack.enter_async_context(serving(elsewhere))
        sites.other, sites.neighbour = f"http://127.0.0.1:{port}", f"http://localhost:{port}"

        async def guarded(scope: Any, receive: Any, send: Any) -> None:
            await guard(scope, receive, send)

        port = await stack.enter_async_context(serving(guarded))
        sites.own = f"http://localhost:{port}"

        def refused(request: RefusedRequest) -> None:
            sites.happened.put_nowait(request.doubt.name)

        rules = ForgeryRules(origins=[sites.own], state_changing=["/confirm"])
        guard = ForgeryGuard(portal(sites), rules, on_refusal=refused)
        yield sites


URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
ATTACKS: list[tuple[str, tuple[Any, ...], Doubt]] = [
    ("a form", (FORM, "/transfer", URLENCODED), Doubt.CROSS_SITE),
    ("a form with parts", (FORM, "/transfer", MULTIPART), Doubt.CROSS_SITE),
    ("a form of plain text that reads as JSON", (FORM, "/transfer", "text/plain"), Doubt.CROSS_SITE),
    ("a login with the attacker's account", (FORM, "/login", URLENCODED), Doubt.CROSS_SITE),
    (
        "a script's request",
        (FETCH, "/transfer", {"method": "POST", "body": '{"to": "eve"}'}),
        Doubt.CROSS_SITE,
    ),
    ("a beacon", (BEACON, "/transfer"), Doubt.CROSS_SITE),
    ("an upload", (UPLOAD, "/transfer"), Doubt.CROSS_SITE),
    ("a picture at an address that changes something", (IMAGE, "/confirm"), Doubt.CROSS_SITE),
    ("a link to an address that changes something", (LINK, "/confirm"), Doubt.CROSS_SITE),
    ("a picture of private data", (IMAGE, "/records"), Doubt.EMBEDDED),
    ("a frame around private data", (FRAME, "/records"), Doubt.EMBEDDED),
    ("a form in a sandboxed frame", (SANDBOX, "/transfer"), Doubt.CROSS_SITE),
]


@pytest.mark.parametrize(
    "attack,doubt", [entry[1:] for entry in ATTACKS], ids=[entry[0] for entry in ATTACKS]
)
async def test_what_another_site_has_the_browser_send_is_refused(
    attack: tuple[Any, ...], doubt: Doubt, sites: Sites
) -> None:
    assert await sites.attack(sites.other, *attack) == doubt.name


@pytest.mark.parametrize(
    "attack", [entry[1] for entry in ATTACKS[:7]], ids=[entry[0] for entry in ATTACKS[:7]]
)
async def test_what_a_taken_over_neighbour_has_the_browser_send_is_refused(
    attack: tuple[Any, ...], sites: Sites
) -> None:
    assert await sites.attack(sites.neighbour, *attack) == Doubt.SAME_SITE.name


@pytest.mark.parametrize(
    "attack", [entry[1] for entry in ATTACKS[:11]], ids=[entry[0] for entry in ATTACKS[:11]]
)
async def test_the_same_from_our_own_page_is_done(attack: tuple[Any, ...], sites: Sites) -> None:
    assert await sites.attack(sites.own, *attack) == "done"


async def test_a_link_from_another_site_may_be_followed(sites: Sites) -> None:
    assert await sites.attack(sites.other, LINK, "/records") == "done"


async def test_a_websocket_opens_for_our_own_page_alone(sites: Sites) -> None:
    found = [
        await sites.attack(start, SOCKET, "/live") for start in (sites.own, sites.other, sites.neighbour)
    ]
    assert found[0] == "done"
    assert {*found[1:]} <= {Doubt.OTHER_ORIGIN.name, Doubt.CROSS_SITE.name, Doubt.SAME_SITE.name}


async def test_our_own_form_is_done_under_a_policy_that_has_the_browser_hide_where_it_comes_from(
    sites: Sites,
) -> None:
    """Under no-referrer a browser sends "Origin: null" with our own forms, and still Sec-Fetch-Site: same-origin."""
    hide = "<meta name=referrer content=no-referrer>"
    assert await sites.attack(sites.own, FORM, "/transfer", URLENCODED, head=hide) == "done"
