"""The page script in a real browser, under a strict policy, with a clock that the test moves."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, BrowserContext, Page, expect
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
    current,
    login,
    reauthenticated,
)
from sessionward.audit.browser.closing import close_context
from sessionward.drafts import MemoryShelf, SealedDrafts
from tests.proofs.real_browser import real_browser
from tests.proofs.small_server import serving

pytestmark = pytest.mark.browser

KEY = b"k" * 32
POLICY = Policy.of("patient-portal").but(lock_after=300.0)
FORM = """<form method="post" action="/send" data-session-draft="history">
<label>Pain <textarea name="pain"></textarea></label>
<label>Since <input name="since"></label>
<label>PIN <input name="pin" type="password"></label>
<label><input type="checkbox" name="fever"> Fever</label>
<label>Where <select name="where"><option>head</option><option>back</option></select></label>
<button>Send</button></form>"""


class Portal:
    """An app of a few pages, and its clock."""

    def __init__(self, policy: Policy = POLICY) -> None:
        self.now = 1_700_000_000.0
        self.store = MemoryStore()
        self.sent: list[str] = []
        routes = [
            Route("/", self.page),
            Route("/part", self.page),
            Route("/other", self.page),
            Route("/enter/{name}", self.enter),
            Route("/unlock", self.unlock),
            Route("/send", self.send, methods=["POST"]),
            Route("/poll", self.poll),
        ]
        inner = SessionMiddleware(
            Starlette(routes=routes),
            store=self.store,
            policy=policy,
            pages=PageSettings(keys=(KEY,)),
            drafts=SealedDrafts(MemoryShelf(), keys=(KEY,)),
            clock=lambda: self.now,
        )
        self.app = SecurityHeaders(inner)

    async def page(self, request: Request) -> Response:
        who = current(request).subject
        nonce = request.state.csp_nonce
        marked = " data-session-private" if request.url.path == "/part" else ""
        private = "" if who is None else f"<main{marked}><h1>Record of {who.id}</h1>{FORM}</main>"
        where = 'defer data-login="/enter/ana" data-unlock="/unlock"'
        script = f'<script nonce="{nonce}" src="/session/script.js" {where}>'
        return HTMLResponse(
            f'<!doctype html><html lang="en"><head><title>Record</title>{script}</script></head>'
            f"<body><header>North clinic</header>{private}</body></html>"
        )

    async def enter(self, request: Request) -> Response:
        await login(request, Subject(tenant="north", id=request.path_params["name"]))
        return RedirectResponse("/", 303)

    async def unlock(self, request: Request) -> Response:
        await reauthenticated(request)
        return RedirectResponse("/", 303)

    async def send(self, request: Request) -> Response:
        self.sent.append((await request.body()).decode())
        nonce = request.state.csp_nonce
        return HTMLResponse(
            '<!doctype html><html lang="en"><head><title>Sent</title>'
            f'<script nonce="{nonce}" src="/session/script.js" defer></script></head><body>Thank you</body></html>'
        )

    async def poll(self, request: Request) -> Response:
        return Response(str(current(request).state))


class Visitor:
    """A browser at a portal."""

    def __init__(self, portal: Portal, context: BrowserContext, url: str) -> None:
        self.portal = portal
        self.context = context
        self.url = url
        self.wrong: list[str] = []

    async def open(self, path: str = "/") -> Page:
        page = await self.context.new_page()
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("console", lambda said: self.wrong.append(said.text) if "Policy" in said.text else None)
        await self.settled(page, path)
        return page

    async def settled(self, page: Page, path: str) -> None:
        """Go to `path` and wait until the script knows how long it has."""
        async with page.expect_response("**/session/state"):
            await page.goto(f"{self.url}{path}")

    async def returns(self, page: Page) -> None:
        """The person comes back to the page after a while: the script asks how long it still has."""
        async with page.expect_response("**/session/state"):
            await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


@asynccontextmanager
async def visiting(browser: Browser, portal: Portal, **options: Any) -> AsyncIterator[Visitor]:
    async with serving(portal.app) as port:
        context = await browser.new_context(**options)
        visitor = Visitor(portal, context, f"http://localhost:{port}")
        try:
            yield visitor
        finally:
            await close_context(context)
        assert visitor.wrong == []


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with real_browser() as started:
        yield started


async def html(page: Page) -> str:
    """All that the page holds. Playwright's own way of asking has no end where a page is just being replaced."""
    async with asyncio.timeout(20):
        whole: str = await page.evaluate("document.documentElement.outerHTML")
    return whole


async def axe(page: Page) -> list[str]:
    found = await Axe().run(page)
    return [each["id"] for each in found.response["violations"]]


@pytest.mark.parametrize("scheme,width", [("light", 1100), ("dark", 320)])
async def test_the_warning_is_extended_by_keyboard_and_passes_axe(
    browser: Browser, scheme: Any, width: int
) -> None:
    portal = Portal()
    shape: Any = {"width": width, "height": 700}
    async with visiting(browser, portal, color_scheme=scheme, viewport=shape) as visitor:
        page = await visitor.open("/enter/ana")
        await page.get_by_label("Pain").focus()
        portal.now += 250
        await visitor.returns(page)
        dialog = page.get_by_role("alertdialog", name="Your session is about to be locked")
        await expect(dialog).to_be_visible()
        await expect(dialog).to_contain_text("Time left: 50 seconds")
        await expect(page.get_by_role("button", name="Stay signed in")).to_be_focused()
        assert await axe(page) == []
        wide = await page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert not wide
        await page.keyboard.press("Tab")
        await expect(page.get_by_role("button", name="Log out now")).to_be_focused()
        await page.keyboard.press("Shift+Tab")
        await page.keyboard.press("Enter")
        await expect(dialog).to_have_count(0)
        await expect(page.get_by_label("Pain")).to_be_focused()
        portal.now += 250
        await visitor.returns(page)
        await expect(dialog).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(dialog).to_have_count(0)
        assert await page.evaluate("fetch('/poll').then(answer => answer.text())") == "active"


async def test_at_the_lock_what_is_private_is_removed_and_what_was_typed_comes_back(browser: Browser) -> None:
    portal = Portal()
    async with visiting(browser, portal) as visitor:
        page = await visitor.open("/enter/ana")
        await page.get_by_label("Pain").fill("since Monday")
        await page.get_by_label("PIN").fill("1234")
        await page.get_by_label("Fever").check()
        await page.get_by_label("Where").select_option("back")
        async with page.expect_response("**/session/drafts/history") as saved:
            pass
        assert (await saved.value).status == 204
        assert "1234" not in ((await saved.value).request.post_data or "")
        portal.now += 300
        await visitor.returns(page)
        await expect(page.get_by_role("heading", name="This page is locked")).to_be_focused()
        shown = await html(page)
        assert "Record of ana" not in shown
        assert "North clinic" not in shown
        assert await axe(page) == []
        await page.evaluate("document.body.append('Record of ana, drawn anew')")
        await expect(page.get_by_text("drawn anew")).to_have_count(0)
        await page.get_by_role("link", name="Unlock").click()
        await expect(page.get_by_label("Pain")).to_have_value("since Monday")
        await expect(page.get_by_label("Fever")).to_be_checked()
        await expect(page.get_by_label("Where")).to_have_value("back")
        await expect(page.get_by_label("PIN")).to_have_value("")
        await expect(page.get_by_role("status")).to_contain_text("What you had typed was restored.")


async def test_only_marked_parts_go_where_some_are_marked(browser: Browser) -> None:
    portal = Portal()
    async with visiting(browser, portal) as visitor:
        page = await visitor.open("/enter/ana")
        await visitor.settled(page, "/part")
        portal.now += 900
        await visitor.returns(page)
        await expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
        await expect(page.get_by_text("North clinic")).to_be_visible()
        assert "Record of ana" not in await html(page)


async def test_typing_is_activity_and_polling_is_not(browser: Browser) -> None:
    portal = Portal()
    async with visiting(browser, portal) as visitor:
        page = await visitor.open("/enter/ana")
        for _ in range(3):
            portal.now += 60
            await page.evaluate("fetch('/poll').then(answer => answer.text())")
        assert await lock_in(page) == 120
        # a page sends its first hint when its interval is over; until then it only notes that somebody is there
        async with page.expect_response("**/session/active", timeout=25_000) as told:
            await page.get_by_label("Since").press_sequentially("May")
        assert (await told.value).status == 200
        assert await lock_in(page) == 300


async def lock_in(page: Page) -> float:
    found: float = await page.evaluate(
        "fetch('/session/state', {headers: {'x-session-page': '/'}}).then(a => a.json()).then(s => s.lock)"
    )
    return found


async def test_all_tabs_go_together(browser: Browser) -> None:
    portal = Portal()
    async with visiting(browser, portal) as visitor:
        one = await visitor.open("/enter/ana")
        two = await visitor.open("/")
        portal.now += 250
        await visitor.returns(one)
        for page in (one, two):
            await expect(page.get_by_role("alertdialog")).to_be_visible()
        await two.get_by_role("button", name="Stay signed in").click()
        for page in (one, two):
            await expect(page.get_by_role("alertdialog")).to_have_count(0)
        await one.evaluate("sessionward.logout()")
        for page in (one, two):
            await expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
            assert "Record of ana" not in await html(page)


async def test_a_page_of_ana_is_taken_away_when_ben_logs_in_and_her_draft_stays_hers(
    browser: Browser,
) -> None:
    portal = Portal()
    async with visiting(browser, portal) as visitor:
        page = await visitor.open("/enter/ana")
        await page.get_by_label("Pain").fill("mine")
        async with page.expect_response("**/session/drafts/history"):
            pass
        other = await visitor.open("/enter/ben")
        await expect(page.get_by_role("heading", name="Somebody else is signed in here now")).to_be_visible()
        assert "Record of ana" not in await html(page)
        await expect(other.get_by_label("Pain")).to_have_value("")
        await visitor.settled(other, "/enter/ana")
        await expect(other.get_by_label("Pain")).to_have_value("mine")
        # the page that was taken away is hers again, and comes back by itself
        await expect(page.get_by_label("Pain")).to_have_value("mine")


async def test_what_was_sent_is_not_kept_and_what_is_discarded_neither(browser: Browser) -> None:
    portal = Portal()
    async with visiting(browser, portal) as visitor:
        page = await visitor.open("/enter/ana")
        await page.get_by_label("Pain").fill("sent")
        async with page.expect_response(lambda answer: answer.request.method == "DELETE"):
            await page.get_by_role("button", name="Send").click()
        assert "pain=sent" in portal.sent[0]
        await visitor.settled(page, "/")
        await page.get_by_label("Pain").fill("thrown away")
        async with page.expect_response("**/session/drafts/history"):
            pass
        await visitor.settled(page, "/")
        async with page.expect_response(lambda answer: answer.request.method == "DELETE"):
            await page.get_by_role("button", name="Discard it").click()
        await visitor.settled(page, "/")
        await expect(page.get_by_label("Pain")).to_have_value("")


async def test_the_time_limit_is_told_and_cannot_be_put_off(browser: Browser) -> None:
    portal = Portal(Policy(inactivity_timeout=900, absolute_lifetime=1000))
    async with visiting(browser, portal) as visitor:
        page = await visitor.open("/enter/ana")
        portal.now += 850
        await page.evaluate("fetch('/session/extend', {method: 'POST', headers: {'x-session-page': '/'}})")
        portal.now += 100
        await visitor.returns(page)
        dialog = page.get_by_role("alertdialog", name="Your session is reaching its time limit")
        await expect(dialog).to_be_visible()
        await expect(page.get_by_role("button", name="Stay signed in")).to_have_count(0)
        assert await axe(page) == []
        await page.get_by_role("button", name="Go on until then").click()
        await expect(dialog).to_have_count(0)
        portal.now += 50
        await visitor.returns(page)
        await expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()


async def test_a_server_that_is_gone_takes_the_page_away_when_the_time_is_over(browser: Browser) -> None:
    portal = Portal(POLICY.but(lock_after=21.0))
    async with visiting(browser, portal) as visitor:
        page = await visitor.open("/enter/ana")
        await page.route("**/session/state", lambda route: route.abort())
        await page.clock.install()
        await expect(page.get_by_role("alertdialog")).to_be_visible()
        await page.evaluate("Date.now = (was => () => was() + 30_000)(Date.now)")
        await page.clock.run_for(1500)
        await expect(page.get_by_role("heading", name="This page is locked")).to_be_visible()


async def test_a_page_out_of_the_browsers_memory_shows_nothing_unasked(browser: Browser) -> None:
    portal = Portal()
    async with visiting(browser, portal) as visitor:
        page = await visitor.open("/enter/ana")
        portal.now += 900
        gate = asyncio.Event()

        async def held(route: Any) -> None:
            await gate.wait()
            await route.continue_()

        await page.route("**/session/state", held)
        await page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
        assert await page.evaluate("getComputedStyle(document.body).visibility") == "hidden"
        gate.set()
        await expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
        assert "Record of ana" not in await html(page)
