import asyncio

import pytest

from sessionward.audit.browser.chromium import Chromium
from sessionward.audit.browser.tab import BrowserTab
from sessionward.audit.browser.traffic import wanted
from sessionward.http import Exchange
from tests.audit.browser.site import Site

pytestmark = pytest.mark.asyncio(loop_scope="session")
in_browser = pytest.mark.browser


def recorded(tab: BrowserTab, path: str) -> Exchange:
    return next(exchange for exchange in reversed(tab.recorded()) if exchange.request.path == path)


@in_browser
async def test_the_real_headers_are_recorded(tab: BrowserTab, site: Site) -> None:
    await tab.go(f"{site.origin}/cookies")
    await tab.go(f"{site.origin}/second")
    first, second = recorded(tab, "/cookies"), recorded(tab, "/second")
    assert first.response
    lines = [value for name, value in first.response.headers if name.lower() == "set-cookie"]
    assert len(lines) == 4
    assert second.request.header("cookie") == site.at("/second")[-1].headers["cookie"]
    assert second.request.header("Sec-Fetch-Mode") == "navigate"


@in_browser
async def test_each_hop_of_a_redirect_is_an_exchange(tab: BrowserTab, site: Site) -> None:
    await tab.go(f"{site.origin}/redirect?to=/redirect%3Fto%3D/end")
    seen = [(exchange.status, exchange.request.path, exchange.navigation) for exchange in tab.recorded()]
    assert seen == [(302, "/redirect", True), (302, "/redirect", True), (200, "/end", True)]


@in_browser
async def test_what_scripts_send_is_recorded(tab: BrowserTab, site: Site) -> None:
    await tab.go(
        site.page(
            "<p>x</p><script>fetch('/token', {method: 'POST', body: JSON.stringify({a: 'ü'}), "
            "headers: {'Content-Type': 'application/json', Authorization: 'Bearer x'}})</script>"
        )
    )
    exchange = recorded(tab, "/token")
    assert (exchange.request.method, exchange.resource, exchange.navigation) == ("POST", "fetch", False)
    assert exchange.request.body == '{"a":"ü"}'.encode()
    assert exchange.request.header("authorization") == "Bearer x"
    assert exchange.text == '{"token":"a-token-of-the-answer"}'


@in_browser
@pytest.mark.parametrize("run", range(3))
async def test_an_answer_is_kept_though_the_page_leads_on_at_once(
    tab: BrowserTab, site: Site, run: int
) -> None:
    last = site.page("<p>in</p>")
    script = f"fetch('/token').then(a => a.json()).then(() => {{ location = '{last}' }})"
    screen = await tab.go(site.page(f"<script>{script}</script>"))
    assert screen.url == last
    assert "a-token-of-the-answer" in recorded(tab, "/token").text


@in_browser
async def test_what_a_form_posts_is_recorded(tab: BrowserTab, site: Site) -> None:
    screen = await tab.go(
        site.page(
            "<form action=/post method=post enctype=multipart/form-data><input name=a value=b><button>x</button></form>"
        )
    )
    await tab.click(screen.elements[1])
    async with asyncio.timeout(10):
        while not site.at("/post"):  # on a busy machine the form may be sent a little after the click
            await tab.settle()
    body = recorded(tab, "/post").request.body
    assert body
    assert body.replace(b"\r\n", b"\n") == site.at("/post")[-1].body.replace(b"\r\n", b"\n")


@in_browser
async def test_a_request_that_failed_is_recorded_with_its_reason(tab: BrowserTab, site: Site) -> None:
    await tab.go(
        site.page(
            "<p>x</p><script>const c = new AbortController();"
            "fetch('/slow?seconds=3', {signal: c.signal}).catch(() => 0); setTimeout(() => c.abort(), 50)</script>"
        )
    )
    exchange = recorded(tab, "/slow")
    assert exchange.response is None
    assert "ERR_ABORTED" in exchange.error


@in_browser
async def test_nothing_out_of_scope_is_asked_or_recorded(
    driver: Chromium, tab: BrowserTab, site: Site
) -> None:
    before = driver.requests
    await tab.go(site.page("<img src=http://tracker.test/x.png><script src=http://cdn.test/a.js></script>"))
    assert [exchange.request.path for exchange in tab.recorded()] == [tab.recorded()[0].request.path]
    assert driver.requests == before + 1


@in_browser
async def test_an_icon_of_a_page_is_no_page(tab: BrowserTab, site: Site) -> None:
    await tab.go(site.page("<img src=/icon.png>"))
    exchange = recorded(tab, "/icon.png")
    assert (exchange.resource, exchange.navigation, exchange.status) == ("image", False, 200)


@in_browser
async def test_what_a_service_worker_asks_for_is_recorded(tab: BrowserTab, site: Site) -> None:
    await tab.go(
        site.page(
            "<p>x</p><script>navigator.serviceWorker.register('/worker.js').then(() => navigator.serviceWorker.ready)"
            ".then(() => fetch('/seen-by-worker'))</script>"
        )
    )
    assert recorded(tab, "/seen-by-worker").status == 200


@pytest.mark.parametrize(
    "resource,media_type,length,expected",
    [
        ("document", "text/html", -1, True),
        ("fetch", "", 3_000_000, True),
        ("document", "text/html", 30_000_000, False),
        ("script", "text/javascript", 4_000, True),
        ("script", "text/javascript", 400_000, False),
        ("script", "text/javascript", -1, False),
        ("other", "application/fhir+json", -1, True),
        ("image", "image/png", 100, False),
        ("eventsource", "text/event-stream", -1, False),
    ],
)
async def test_bodies_are_read_where_they_may_matter(
    resource: str, media_type: str, length: int, *, expected: bool
) -> None:
    assert wanted(resource, media_type, length) is expected
