import asyncio
from typing import Any, cast

import pytest
from playwright.async_api import BrowserContext, Error

from sessionward.audit.browser import closing
from sessionward.audit.browser.closing import close_context, close_page
from tests.proofs.real_browser import real_browser
from tests.proofs.small_server import serving

ENDLESS = b"""<!doctype html><title>Anew</title><p>anew</p><script>
addEventListener("pagehide", () => fetch("/left", {keepalive: true}));
fetch("/state").then(() => location.reload());</script>"""


class Deaf:
    """A page or context that hears what it is asked from some time on only; its own close() is passed on once."""

    def __init__(self, deaf_for: int, *pages: "Deaf", gone: bool = False) -> None:
        self.deaf_for = deaf_for
        self.pages = pages
        self.gone = gone
        self.asked = 0
        self.offline: object = False
        self.closed = asyncio.Event()

    @property
    def context(self) -> "Deaf":
        return self

    async def close(self) -> None:
        self.hear()
        for page in self.pages:
            await page.closed.wait()
        await self.closed.wait()

    def hear(self) -> None:
        self.asked += 1
        if self.gone:
            raise Error("Target page, context or browser has been closed")
        if self.asked > self.deaf_for:
            self.closed.set()

    async def new_cdp_session(self, page: "Deaf") -> "Deaf":
        return page

    async def send(self, method: str, params: object = None) -> object:
        if method == "Target.closeTarget":
            assert params == {"targetId": "mine"}
            self.hear()
        return {"targetInfo": {"targetId": "mine"}}

    async def set_offline(self, offline: object) -> None:
        self.offline = offline


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("browser") is None:
        monkeypatch.setattr(closing, "PATIENCE", 0.01)


@pytest.mark.parametrize("deaf_for,asked", [(0, 1), (1, 2), (2, 3), (9, 4)])
async def test_a_page_is_asked_again_until_it_is_closed(deaf_for: int, asked: int) -> None:
    page = Deaf(deaf_for)
    await close_page(cast(Any, page))
    assert (page.asked, page.closed.is_set()) == (asked, deaf_for < 3)


async def test_a_context_that_closes_at_once_is_asked_once() -> None:
    context = Deaf(0)
    await close_context(cast(BrowserContext, context))
    assert (context.asked, context.offline) == (1, False)


async def test_a_context_whose_page_goes_on_gets_no_network_and_its_pages_are_closed_one_by_one() -> None:
    lively = Deaf(1)
    context = Deaf(0, lively)
    await close_context(cast(BrowserContext, context))
    assert (context.asked, context.offline, lively.asked, lively.closed.is_set()) == (1, True, 2, True)


async def test_what_is_gone_already_is_no_failure() -> None:
    await close_page(cast(Any, Deaf(0, gone=True)))
    await close_context(cast(BrowserContext, Deaf(0, gone=True)))


@pytest.mark.browser
async def test_pages_that_load_themselves_over_and_over_are_closed_with_their_context() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send(
            {"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]}
        )
        await send({"type": "http.response.body", "body": ENDLESS})

    async with real_browser() as running, serving(app) as port:
        for _ in range(8):
            context = await running.new_context()
            first, second = await context.new_page(), await context.new_page()
            for page in (first, second):
                await page.goto(f"http://localhost:{port}/", wait_until="commit")
            async with second.expect_request("**/state"):
                pass
            await close_context(context)
            assert running.contexts == []
