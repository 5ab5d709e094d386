"""What a real browser does with the headers: which scripts run, who may frame the page, what it may use."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from sessionward.asgi import ContentPolicy, HeaderPolicies, HeaderPolicy, SecurityHeaders, clear_site_data
from tests.proofs.real_browser import real_browser
from tests.proofs.small_server import serving

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

PAGE = """<!doctype html><title>records</title><body>
<script nonce="{nonce}">window.ran = ["nonce"]</script>
<script nonce="{nonce}" src="/own.js"></script>
<script>window.ran.push("inline")</script>
<script src="/uploaded.js"></script>
<script nonce="guessed">window.ran.push("guessed")</script>
<img src="/none" onerror="window.ran.push('handler')">
</body>"""
OWN = """
window.ran.push("file");
const loader = trustedTypes.createPolicy("loader", {createScriptURL: address => address});
const more = Object.assign(document.createElement("script"), {src: loader.createScriptURL("/more.js")});
document.body.append(more);
"""
MORE = "window.ran.push('loaded'); document.title = 'loaded'"
WRITE = "() => { try { document.body.innerHTML = '<b>x</b>'; return 'written'; } catch (error) { return error.name; } }"
FEATURES = (
    "() => ['camera', 'microphone', 'geolocation'].filter(name => document.featurePolicy.allowsFeature(name))"
)


async def show(request: Request) -> Response:
    return HTMLResponse(PAGE.format(nonce=request.state.csp_nonce))


async def script(request: Request) -> Response:
    said = {"/own.js": OWN, "/more.js": MORE}.get(request.url.path, "window.ran.push('uploaded')")
    return PlainTextResponse(said, media_type="text/javascript")


async def shared(request: Request) -> Response:
    answer = await show(request)
    answer.headers["cache-control"] = "public, max-age=60"
    return answer


async def leave(request: Request) -> Response:
    clear_site_data(request)
    return HTMLResponse("<p>bye</p>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Portal:
    """The portal, another site, and a browser."""

    browser: Browser
    own: str
    other: str


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def portal() -> AsyncIterator[Portal]:
    base = HeaderPolicy()
    routes = {
        "/records": HeaderPolicy(content=ContentPolicy(trusted_types=["loader"])),
        "/consultation": base.allowing("camera", "microphone"),
        "/trial": HeaderPolicy(content=ContentPolicy(report_only=True, report_to="/reports")),
    }
    paths = ("/records", "/consultation", "/trial")
    scripts = ("/own.js", "/more.js", "/uploaded.js")
    app = Starlette(
        routes=[
            *(Route(path, show) for path in paths),
            *(Route(path, script) for path in scripts),
            Route("/shared", shared),
            Route("/leave", leave),
        ]
    )
    async with AsyncExitStack() as stack:
        browser = await stack.enter_async_context(real_browser())
        port = await stack.enter_async_context(serving(SecurityHeaders(app, HeaderPolicies(routes=routes))))
        other = await stack.enter_async_context(serving(Starlette(routes=[Route("/", frame)])))
        yield Portal(browser=browser, own=f"http://localhost:{port}", other=f"http://127.0.0.1:{other}")


async def frame(request: Request) -> Response:
    return HTMLResponse(f'<!doctype html><iframe src="{request.query_params["of"]}"></iframe>')


@pytest_asyncio.fixture(loop_scope="module")
async def page(portal: Portal) -> AsyncIterator[Page]:
    fresh = await portal.browser.new_page()
    yield fresh
    await fresh.close()


async def test_only_scripts_with_the_nonce_run_and_what_they_load(portal: Portal, page: Page) -> None:
    await page.goto(f"{portal.own}/records")
    await expect(page).to_have_title("loaded")
    assert await page.evaluate("window.ran") == ["nonce", "file", "loaded"]


async def test_no_script_makes_markup_from_text(portal: Portal, page: Page) -> None:
    await page.goto(f"{portal.own}/records")
    assert await page.evaluate(WRITE) == "TypeError"


async def test_a_policy_that_only_reports_stops_nothing(portal: Portal, page: Page) -> None:
    await page.goto(f"{portal.own}/trial")
    await expect(page).to_have_title("loaded")
    assert {"inline", "guessed", "uploaded"} <= {*await page.evaluate("window.ran")}
    assert await page.evaluate(WRITE) == "written"


async def test_a_page_that_a_cache_may_show_to_several_people_runs_no_script(
    portal: Portal, page: Page
) -> None:
    await page.goto(f"{portal.own}/shared")
    assert await page.evaluate("window.ran === undefined")


async def test_camera_and_microphone_are_for_the_consultation_alone(portal: Portal, page: Page) -> None:
    found = []
    for path in ("/records", "/consultation"):
        await page.goto(f"{portal.own}{path}")
        found.append(await page.evaluate(FEATURES))
    assert found == [[], ["camera", "microphone"]]


async def test_nobody_frames_the_page(portal: Portal, page: Page) -> None:
    await page.goto(f"{portal.other}/?of={portal.own}/records")
    assert len(page.frames) == 2
    assert not page.frames[1].url.startswith(portal.own)


async def test_at_a_logout_the_browser_forgets_what_was_stored(portal: Portal, page: Page) -> None:
    await page.goto(f"{portal.own}/records")
    await page.evaluate("localStorage.setItem('draft', 'private')")
    await page.goto(f"{portal.own}/leave")
    assert await page.evaluate("localStorage.getItem('draft')") is None
