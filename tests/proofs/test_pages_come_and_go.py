"""The page script where pages come and go: pages without a session, refused forms, several tabs, old pages."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import BrowserContext, Page, async_playwright, expect
from playwright.async_api import Request as Sent
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from sessionward.asgi import (
    MemoryStore,
    PageSettings,
    Policy,
    SecurityHeaders,
    SessionMiddleware,
    Subject,
    csp_nonce,
    current,
    first_factor,
    login,
    reauthenticated,
)
from sessionward.drafts import MemoryShelf, SealedDrafts
from tests.proofs.real_browser import NAMES
from tests.proofs.small_server import serving

pytestmark = pytest.mark.browser

KEY = b"k" * 32
POLICY = Policy.of("patient-portal").but(lock_after=300.0)
FORM = """<form method="post" action="/send" data-session-draft="history"><label>Pain <textarea name="pain">
</textarea></label><button>Send</button></form><label>Patient <input data-session-private value="Ana Z."></label>"""
ENTER = '<form method="post" action="/enter"><button>Log in as Ana</button></form>'
UNLOCK = '<form method="post" action="/unlock"><button>Open it again</button></form>'


class Clinic:
    """Its pages all bear the script, those of the login too, unless it is said otherwise."""

    def __init__(self, policy: Policy = POLICY) -> None:
        self.now = 1_700_000_000.0
        self.scripted = {"/enter", "/unlock", "/code", "/form", "/home"}
        routes = [
            Route("/enter", self.enter, methods=["GET", "POST"]),
            Route("/unlock", self.unlock, methods=["GET", "POST"]),
            Route("/code", self.code),
            Route("/form", self.form),
            Route("/home", self.home),
            Route("/send", self.send, methods=["POST"]),
        ]
        inner = SessionMiddleware(
            Starlette(routes=routes),
            store=MemoryStore(),
            policy=policy,
            pages=PageSettings(keys=(KEY,)),
            drafts=SealedDrafts(MemoryShelf(), keys=(KEY,)),
            clock=lambda: self.now,
        )
        self.app = SecurityHeaders(inner)

    def page(self, request: Request, body: str, status: int = 200) -> Response:
        script = ""
        if request.url.path in self.scripted:
            words = f'nonce="{csp_nonce(request)}" src="/session/script.js" defer data-unlock="/unlock"'
            script = f"<script {words}></script>"
        return HTMLResponse(
            f'<!doctype html><html lang="en"><head><title>Clinic</title>{script}</head><body>{body}</body></html>',
            status,
        )

    async def enter(self, request: Request) -> Response:
        if request.method == "GET":
            return self.page(request, ENTER)
        await login(request, Subject(tenant="north", id="ana"))
        return RedirectResponse("/home", 303)

    async def unlock(self, request: Request) -> Response:
        if request.method == "GET":
            return self.page(request, UNLOCK)
        await reauthenticated(request)
        return RedirectResponse("/home", 303)

    async def code(self, request: Request) -> Response:
        await first_factor(request, Subject(tenant="north", id="ana"))
        return self.page(request, "<p>Your code</p>")

    async def form(self, request: Request) -> Response:
        return self.page(request, FORM) if current(request).subject else RedirectResponse("/enter", 303)

    async def home(self, request: Request) -> Response:
        return self.page(request, f"<h1>Home of {'ana' if current(request).subject else 'nobody'}</h1>")

    async def send(self, request: Request) -> Response:
        here = current(request)
        if here.subject is None:
            return RedirectResponse("/unlock" if here.state == "locked" else "/enter", 303)
        failing = b"fail" in await request.body()
        return self.page(request, "It failed", 500) if failing else RedirectResponse("/home", 303)


class Visitor:
    """A browser at a clinic; `calls` are what its pages asked of the endpoints."""

    def __init__(self, clinic: Clinic, context: BrowserContext, url: str) -> None:
        self.clinic = clinic
        self.context = context
        self.url = url
        self.calls: list[tuple[str, str]] = []
        self.wrong: list[str] = []

    async def tab(self, path: str) -> Page:
        page = await self.context.new_page()
        page.on("request", self.heard)
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        await self.go(page, path)
        return page

    def heard(self, sent: Sent) -> None:
        path = sent.url.removeprefix(self.url)
        if path.startswith("/session/") and not path.endswith(".js"):
            self.calls.append((sent.method, path.removeprefix("/session/")))

    async def go(self, page: Page, path: str) -> None:
        async with page.expect_response("**/session/state"):
            await page.goto(f"{self.url}{path}")

    async def enter(self) -> Page:
        page = await self.tab("/enter")
        async with page.expect_response("**/session/state"):
            await page.get_by_role("button", name="Log in as Ana").click()
        return page

    async def returns(self, page: Page) -> None:
        async with page.expect_response("**/session/state"):
            await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    async def types(self, page: Page, words: str) -> None:
        async with page.expect_response("**/session/drafts/history"):
            await self.go(page, "/form")
        async with page.expect_response("**/session/drafts/history"):
            await page.get_by_label("Pain").fill(words)


@asynccontextmanager
async def visiting(clinic: Clinic, *, remembering_pages: bool = False) -> AsyncIterator[Visitor]:
    found = os.environ.get("SESSIONWARD_BROWSER") or next(filter(None, map(shutil.which, NAMES)), None)
    async with async_playwright() as playwright, serving(clinic.app) as port:
        browser = await playwright.chromium.launch(
            executable_path=found,
            args=["--disable-dev-shm-usage", *([] if os.geteuid() else ["--no-sandbox"])],
            ignore_default_args=["--disable-back-forward-cache"] if remembering_pages else None,
        )
        try:
            visitor = Visitor(clinic, await browser.new_context(), f"http://localhost:{port}")
            yield visitor
        finally:
            await browser.close()
    assert visitor.wrong == []


@pytest.fixture
def clinic() -> Clinic:
    return Clinic()


async def test_a_page_to_log_in_to_unlock_or_for_a_second_factor_is_left_alone(clinic: Clinic) -> None:
    async with visiting(clinic) as visitor:
        page = await visitor.tab("/code")
        await expect(page.get_by_text("Your code")).to_be_visible()
        page = await visitor.enter()
        clinic.now += 300
        await visitor.returns(page)
        await expect(page.get_by_role("heading", name="This page is locked")).to_be_visible()
        async with page.expect_response("**/session/state"):
            await page.get_by_role("link", name="Unlock").click()
        async with page.expect_response("**/session/state"):
            await page.get_by_role("button", name="Open it again").click()
        await expect(page.get_by_role("heading", name="Home of ana")).to_be_visible()


@pytest.mark.parametrize("scripted", [True, False])
@pytest.mark.parametrize("seconds,button", [(300, "Open it again"), (900, "Log in as Ana")])
async def test_a_form_that_was_sent_too_late_is_still_there_after_the_login(
    clinic: Clinic, seconds: float, button: str, *, scripted: bool
) -> None:
    if not scripted:
        clinic.scripted -= {"/enter", "/unlock"}
    async with visiting(clinic) as visitor:
        page = await visitor.tab("/code")
        await page.goto(f"{visitor.url}/enter")
        await page.get_by_role("button", name="Log in as Ana").click()
        await visitor.types(page, "since Monday")
        clinic.now += seconds
        await page.get_by_role("button", name="Send").click()
        async with page.expect_response("**/session/state"):
            await page.get_by_role("button", name=button).click()
        await visitor.go(page, "/form")
        await expect(page.get_by_label("Pain")).to_have_value("since Monday")
        assert ("DELETE", "drafts/history") not in visitor.calls


async def test_a_form_whose_answer_is_an_error_is_kept_and_one_that_was_taken_is_not(clinic: Clinic) -> None:
    clinic.scripted.add("/send")
    async with visiting(clinic) as visitor:
        page = await visitor.enter()
        await visitor.types(page, "fail")
        async with page.expect_response("**/session/state"):
            await page.get_by_role("button", name="Send").click()
        async with page.expect_response("**/session/drafts/history"):
            await visitor.go(page, "/form")
        await expect(page.get_by_label("Pain")).to_have_value("fail")
        assert ("DELETE", "drafts/history") not in visitor.calls
        await page.get_by_label("Pain").fill("well")
        async with page.expect_response(lambda answer: answer.request.method == "DELETE"):
            await page.get_by_role("button", name="Send").click()


async def test_what_is_scrolled_by_a_script_is_nobodys_doing_and_a_moved_pointer_is(clinic: Clinic) -> None:
    async with visiting(clinic) as visitor:
        page = await visitor.enter()
        await page.clock.install()
        await visitor.go(page, "/home")
        await page.evaluate("document.body.append(Object.assign(document.createElement('p'), {id: 'long'}))")
        await page.evaluate("document.getElementById('long').style.height = '5000px'")
        await page.evaluate("new Promise(done => { onscroll = done; scrollTo(0, 900) })")
        await page.clock.run_for(40_000)
        assert ("POST", "active") not in visitor.calls
        await page.mouse.move(50, 60)
        async with page.expect_response("**/session/active") as told:
            await page.clock.run_for(20_000)
        assert (await told.value).status == 200


async def test_what_another_tab_says_is_only_a_reason_to_ask(clinic: Clinic) -> None:
    async with visiting(clinic) as visitor:
        page, other = await visitor.enter(), await visitor.tab("/home")
        async with page.expect_response("**/session/state"):
            await other.evaluate(
                "new BroadcastChannel(`session ${location.origin}/session`).postMessage({state: 'anonymous'})"
            )
        await expect(page.get_by_role("heading", name="Home of ana")).to_be_visible()


async def test_a_time_limit_that_was_read_is_not_told_again_and_again() -> None:
    clinic = Clinic(Policy(inactivity_timeout=900, absolute_lifetime=1000))
    async with visiting(clinic) as visitor:
        page = await visitor.enter()
        clinic.now += 850
        await visitor.go(page, "/home")
        clinic.now += 100
        await page.evaluate("fetch('/session/extend', {method: 'POST', headers: {'x-session-page': '/'}})")
        await visitor.returns(page)
        await page.get_by_role("button", name="Go on until then").click()
        for _ in range(2):
            await visitor.returns(page)
            await expect(page.get_by_role("alertdialog")).to_have_count(0)
        clinic.now += 50
        await visitor.returns(page)
        await expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()


async def test_a_page_whose_first_question_failed_asks_again(clinic: Clinic) -> None:
    async with visiting(clinic) as visitor:
        page = await visitor.enter()
        await page.clock.install()
        await page.route("**/session/state", lambda route: route.abort())
        await page.goto(f"{visitor.url}/home")
        for _ in range(2):
            async with page.expect_request("**/session/state"):
                await page.clock.run_for(5_500)
        await page.unroute("**/session/state")
        async with page.expect_response("**/session/state"):
            await page.clock.run_for(5_500)


async def test_a_laptop_that_slept_is_asked_about_soon_after(clinic: Clinic) -> None:
    async with visiting(clinic) as visitor:
        page = await visitor.enter()
        await page.clock.install()
        await visitor.go(page, "/home")
        clinic.now += 900
        await page.evaluate("Date.now = (was => () => was() + 900_000)(Date.now)")  # no timer ran meanwhile
        await page.clock.run_for(21_000)
        await expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()


async def test_a_private_field_goes_with_its_value_and_the_app_is_told(clinic: Clinic) -> None:
    async with visiting(clinic) as visitor:
        page = await visitor.enter()
        await visitor.go(page, "/form")
        await page.evaluate(
            "document.addEventListener('sessionover', event => { window.told = event.detail })"
        )
        field = await page.get_by_label("Patient").element_handle()
        assert field is not None
        clinic.now += 900
        await visitor.returns(page)
        await expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
        assert "Ana Z." not in await page.content()
        assert not await field.evaluate("field => field.isConnected")
        await expect(page.get_by_label("Pain")).to_have_count(0)
        assert await page.evaluate("window.told") == "ended"


async def test_going_back_after_a_logout_shows_nothing(clinic: Clinic) -> None:
    async with visiting(clinic, remembering_pages=True) as visitor:
        page = await visitor.enter()
        await visitor.go(page, "/form")
        await visitor.go(page, "/home")
        await page.evaluate("sessionward.logout()")
        await expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
        await page.go_back()
        await expect(page.get_by_text("Patient")).to_have_count(0)
        assert "Ana Z." not in await page.content()


async def test_a_server_that_cannot_be_asked_for_more_time_is_told_and_asked_again(clinic: Clinic) -> None:
    async with visiting(clinic) as visitor:
        page = await visitor.enter()
        clinic.now += 250
        await visitor.returns(page)
        await page.route("**/session/extend", lambda route: route.abort())
        stay = page.get_by_role("button", name="Stay signed in")
        await stay.click()
        await expect(page.get_by_text("The server did not answer.")).to_be_attached()
        await expect(stay).to_be_focused()
        await page.unroute("**/session/extend")
        await stay.click()
        await expect(page.get_by_role("alertdialog")).to_have_count(0)
