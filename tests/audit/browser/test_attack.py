import pytest

from sessionward.audit.browser import Scope, browser
from sessionward.audit.browser.chromium import Chromium
from sessionward.audit.browser.tab import BrowserTab
from sessionward.audit.driver import OutOfScope, Sent
from sessionward.http import Request
from tests.audit.browser.site import Hit, Site

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def forged(tab: BrowserTab, site: Site, how: str, path: str) -> tuple[Sent, Hit]:
    await tab.go(f"{site.origin}/cookies")
    method = "POST" if how == "form" else "GET"
    sent = await tab.forge(Request(method=method, url=site.origin + path), how)
    return sent, site.at(path)[-1]


@pytest.mark.parametrize(
    "how,expected",
    [
        ("navigate", {"loose", "lax", "unsaid"}),
        ("image", {"loose"}),
        ("form", {"loose", "unsaid"}),
    ],
)
async def test_cookies_go_along_as_samesite_rules(
    driver: Chromium, tab: BrowserTab, site: Site, how: str, expected: set[str]
) -> None:
    if how == "image" and "UserPreferences" in (await _rules(tab, site)):
        expected = set()
    sent, hit = await forged(tab, site, how, f"/forged-{how}")
    assert sent.sent
    assert sent.status == 200
    assert set(sent.cookies) == expected
    assert hit.cookies == expected
    assert "strict was kept back (SameSite" in sent.reason


async def _rules(tab: BrowserTab, site: Site) -> str:
    sent, _ = await forged(tab, site, "image", "/forged-image")
    return "UserPreferences" if "third-party" in sent.reason else ""


async def test_the_request_comes_from_another_site(tab: BrowserTab, site: Site) -> None:
    _, hit = await forged(tab, site, "form", "/from-elsewhere")
    assert hit.headers["origin"] == "http://sessionward-attacker.test"
    assert hit.headers["sec-fetch-site"] == "cross-site"


async def test_a_page_that_was_opened_from_elsewhere_gets_to_do_what_it_does_by_itself(
    tab: BrowserTab, site: Site
) -> None:
    out = """<script>
    if (location.hash === '#/out') setTimeout(() => fetch('/session-of-mine', {method: 'POST'}), 50)
    </script>"""
    await tab.go(f"{site.origin}/cookies")
    address = site.page(out)
    sent = await tab.forge(Request(method="GET", url=f"{address}#/out"), "navigate")
    assert sent.sent
    assert [hit.method for hit in site.at("/session-of-mine")] == ["POST"]


async def test_a_young_cookie_without_samesite_is_noted(tab: BrowserTab, site: Site) -> None:
    sent, _ = await forged(tab, site, "form", "/young")
    assert "unsaid has no SameSite and went along because it is less than two minutes old" in sent.reason


async def test_fields_arrive_as_the_form_sent_them(tab: BrowserTab, site: Site) -> None:
    kind = "application/x-www-form-urlencoded"
    body = "name=J%C3%BCrgen&text=a%0D%0Ab&submit=1"
    await tab.forge(
        Request(
            method="POST", url=f"{site.origin}/fields", headers=(("Content-Type", kind),), body=body.encode()
        ),
        "form",
    )
    hit = site.at("/fields")[-1]
    assert (hit.method, hit.headers["content-type"], hit.body.decode()) == ("POST", kind, body)


async def test_json_arrives_as_plain_text(tab: BrowserTab, site: Site) -> None:
    body = b'{"mail":"a@b.test","padding":"="}'
    await tab.forge(
        Request(
            method="POST",
            url=f"{site.origin}/json",
            headers=(("Content-Type", "application/json"),),
            body=body,
        ),
        "form",
    )
    hit = site.at("/json")[-1]
    assert hit.headers["content-type"] == "text/plain"
    assert hit.body == body + b"\r\n"


async def test_a_site_over_tls_is_attacked_from_one_over_tls(secure_site: Site) -> None:
    async with browser(scope=Scope(start=secure_site.origin), verify_tls=False) as driver:
        tab = await driver.open()
        sent, hit = await forged(tab, secure_site, "form", "/over-tls")
    assert sent.cookies == ("loose", "unsaid")
    assert hit.cookies == {"loose", "unsaid"}
    assert hit.headers["origin"] == "https://sessionward-attacker.test"


async def test_what_the_answer_leads_to_is_followed(tab: BrowserTab, site: Site) -> None:
    sent = await tab.forge(Request(method="GET", url=f"{site.origin}/redirect?to=/landed"), "navigate")
    assert sent.status == 302
    assert "hop" in site.at("/landed")[-1].cookies


async def test_the_page_of_the_app_is_left_as_it_is(tab: BrowserTab, site: Site) -> None:
    url = site.page("<p>mine</p>")
    await tab.go(url)
    before = tab.recorded()
    await tab.forge(Request(method="GET", url=f"{site.origin}/elsewhere"), "navigate")
    assert (await tab.look()).url == url
    assert tab.recorded() == before


async def test_a_forged_request_out_of_scope_is_refused(tab: BrowserTab) -> None:
    with pytest.raises(OutOfScope):
        await tab.forge(Request(method="GET", url="http://elsewhere.test/"), "image")


@pytest.mark.parametrize("kind", ["text/plain", "application/json"])
async def test_a_script_sends_what_needs_no_leave_and_nothing_that_does(
    tab: BrowserTab, site: Site, kind: str
) -> None:
    await tab.go(f"{site.origin}/cookies")
    path = f"/by-script-{kind[-4:]}"
    request = Request(method="POST", url=site.origin + path, headers=(("Content-Type", kind),), body=b"{}")
    sent = await tab.forge(request, "fetch")
    simple = kind == "text/plain"
    assert sent.sent is simple
    assert ("POST" in [hit.method for hit in site.at(path)]) is simple
    assert simple or "Preflight" in sent.reason
