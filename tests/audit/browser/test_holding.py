import pytest

from sessionward.audit.browser.tab import BrowserTab
from sessionward.audit.driver import Element
from tests.audit.browser.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

FORM = """<form method="post" action="/held-{kind}" enctype="{enctype}"><input type="hidden" name="csrf" value="abc">
<label>Address <input name="address"></label><button>Save</button></form>"""
SCRIPT = """<label>Address <input id="a"></label><button onclick="fetch('/held-script', {method: 'PUT',
headers: {'X-CSRF': 'abc'}, body: JSON.stringify({address: a.value})})">Save</button>"""


async def fill(tab: BrowserTab, address: str) -> Element:
    screen = await tab.go(address)
    await tab.fill(next(one for one in screen.elements if one.tag == "input"), "swtext")
    return next(one for one in screen.elements if one.tag == "button")


@pytest.mark.parametrize("enctype", ["application/x-www-form-urlencoded", "multipart/form-data"])
async def test_a_form_is_read_and_never_leaves(tab: BrowserTab, site: Site, enctype: str) -> None:
    kind = enctype[:5]
    button = await fill(tab, site.page(FORM.format(kind=kind, enctype=enctype)))
    async with tab.hold("swtext") as held:
        await tab.click(button)
    (request,) = held
    assert (request.method, request.path) == ("POST", f"/held-{kind}")
    assert b"swtext" in (request.body or b"")
    assert b"abc" in (request.body or b"")
    assert site.at(f"/held-{kind}") == []


async def test_a_call_of_a_script_is_read_with_its_headers_and_without_cookies(
    tab: BrowserTab, site: Site
) -> None:
    await tab.go(f"{site.origin}/cookies")
    button = await fill(tab, site.page(SCRIPT))
    async with tab.hold("swtext") as held:
        await tab.click(button)
    assert [(one.method, one.header("x-csrf"), one.header("cookie")) for one in held] == [
        ("PUT", "abc", None)
    ]
    assert site.at("/held-script") == []


async def test_what_does_not_hold_the_text_goes_on_and_afterwards_everything_does(
    tab: BrowserTab, site: Site
) -> None:
    address = site.page(SCRIPT)
    button = await fill(tab, address)
    async with tab.hold("another") as held:
        await tab.click(button)
    assert held == []  # after a little patience
    assert len(site.at("/held-script")) == 1
    await tab.click(await fill(tab, address))
    assert len(site.at("/held-script")) == 2
