import pytest

from sessionward.audit.browser.tab import BrowserTab
from tests.audit.browser.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_a_new_tab_in_scope_is_followed(tab: BrowserTab, site: Site) -> None:
    target = site.page("<p>the new tab</p>")
    screen = await tab.go(site.page(f"<a href={target} target=_blank>open</a>"))
    await tab.click(screen.elements[0])
    assert (await tab.look()).text == "the new tab"
    assert any(exchange.request.url == target and exchange.status == 200 for exchange in tab.recorded())


async def test_a_window_that_closes_itself_gives_the_former_page_back(tab: BrowserTab, site: Site) -> None:
    popup = site.page("<button onclick='opener.document.title = \"told\"; window.close()'>close</button>")
    screen = await tab.go(
        site.page(f"<button onclick=\"window.open('{popup}', '', 'width=300')\">open</button>")
    )
    await tab.click(screen.elements[0])
    await tab.click((await tab.look()).elements[0])
    assert (await tab.look()).title == "told"


async def test_a_new_tab_out_of_scope_is_closed(tab: BrowserTab, site: Site) -> None:
    here = site.page("<a href=http://elsewhere.test/ target=_blank>open</a>")
    screen = await tab.go(here)
    await tab.click(screen.elements[0])
    assert (await tab.look()).url == here


async def test_a_window_that_opens_by_itself_is_closed(tab: BrowserTab, site: Site) -> None:
    here = site.page("<script>window.open('/ad')</script><p>here</p>")
    assert (await tab.go(here)).url == here


async def test_a_question_that_we_caused_is_agreed_to(tab: BrowserTab, site: Site) -> None:
    screen = await tab.go(site.page("<button onclick=\"document.title = confirm('Log out?')\">x</button>"))
    await tab.click(screen.elements[0])
    after = await tab.look()
    assert after.title == "true"
    assert "Log out?" in after.text


async def test_a_message_does_not_stop_the_page(tab: BrowserTab, site: Site) -> None:
    screen = await tab.go(site.page("<p>here</p><script>alert('Wrong password')</script>"))
    assert screen.text == "here\nWrong password"


async def test_a_message_is_told_until_the_next_action(tab: BrowserTab, site: Site) -> None:
    await tab.go(site.page("<p>x</p><script>alert('Wrong password')</script>"))
    assert "Wrong" not in (await tab.go(site.page("<p>x</p>"))).text


async def test_leaving_a_page_that_asks_is_agreed_to(tab: BrowserTab, site: Site) -> None:
    screen = await tab.go(
        site.page("<input><script>addEventListener('beforeunload', event => event.preventDefault())</script>")
    )
    await tab.fill(screen.elements[0], "x")
    assert (await tab.go(site.page("<p>left</p>"))).text == "left"


async def test_a_download_by_click_is_stopped(tab: BrowserTab, site: Site) -> None:
    screen = await tab.go(site.page("<a href=/download>get</a><p>here</p>"))
    await tab.click(screen.elements[0])
    assert "here" in (await tab.look()).text


async def test_web_sockets_are_tolerated(tab: BrowserTab, site: Site) -> None:
    screen = await tab.go(
        site.page("<p>here</p><script>new WebSocket('ws://' + location.host + '/socket')</script>")
    )
    assert screen.text == "here"
