import pytest

from sessionward.audit.browser.tab import BrowserTab
from sessionward.audit.driver import OutOfScope
from tests.audit.browser.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_a_redirect_out_of_scope_is_refused_and_the_page_stays(tab: BrowserTab, site: Site) -> None:
    await tab.go(site.page("<p>here</p>"))
    with pytest.raises(OutOfScope, match=r"leads to http://elsewhere.test/x, which is not in scope"):
        await tab.go(f"{site.origin}/redirect?to=http://elsewhere.test/x%3Ftoken%3Dsecret")
    assert (await tab.look()).text == "here"


async def test_a_link_out_of_scope_is_refused_and_the_page_stays(tab: BrowserTab, site: Site) -> None:
    screen = await tab.go(site.page("<a href=http://elsewhere.test/>out</a><p>here</p>"))
    with pytest.raises(OutOfScope):
        await tab.click(screen.elements[0])
    assert "here" in (await tab.look()).text


async def test_the_refusal_is_told_once(tab: BrowserTab, site: Site) -> None:
    screen = await tab.go(site.page("<a href=http://elsewhere.test/>out</a><button>stay</button>"))
    with pytest.raises(OutOfScope):
        await tab.click(screen.elements[0])
    await tab.click(screen.elements[1])


async def test_a_frame_out_of_scope_does_not_trouble_the_page(tab: BrowserTab, site: Site) -> None:
    screen = await tab.go(site.page("<iframe src=http://ads.test/></iframe><p>here</p>"))
    assert "here" in screen.text


async def test_another_port_of_the_same_host_is_out_of_scope(tab: BrowserTab, site: Site) -> None:
    with pytest.raises(OutOfScope):
        await tab.go(f"{site.origin}/redirect?to=http://127.0.0.1:1/")
