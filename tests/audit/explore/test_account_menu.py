"""The account's own pages, by the menu that they share with the way out."""

from sessionward.audit.explore.account_menu import pages_beside
from sessionward.audit.explore.flows import LogoutFlow
from sessionward.audit.explore.logout import find_logout
from tests.audit.explore.fake_tab import FakeTab
from tests.audit.explore.sites import LOGIN, Site

HOME = "http://app.test/home"
MENU = """<a href="/news">News</a><button aria-expanded="false" data-opens="m">Ana</button><ul id="m" hidden>
<li><a href="/me">Your profile</a></li><li><a href="/tips">Tips</a></li><li><a href="/me/delete">Delete account</a>
</li><li><a href="/logout">Log out</a></li></ul>"""


async def beside(menu: str = MENU, seen: tuple[str, ...] = (), *, later: str = "") -> tuple[list[str], Site]:
    pages = {"/": LOGIN, "/home": menu, "/me": "<h1>Ana</h1><a href='/x'>x</a>", "/tips": "<h1>Tips</h1>"}
    site = Site(pages=pages)
    site.live.add("s1")
    tab = FakeTab(site)
    tab.jar["sid"] = "s1"
    flow = await find_logout(tab, await tab.go(HOME))
    assert isinstance(flow, LogoutFlow)
    if later:
        pages["/home"] = later
    return [screen.url for screen in await pages_beside(tab, flow, seen)], site


async def test_the_pages_of_the_menu_are_opened_and_nothing_is_ended() -> None:
    found, site = await beside()
    assert found == ["http://app.test/me", "http://app.test/tips"]
    assert site.live == {"s1"}
    assert not {"GET /logout", "GET /me/delete", "GET /news"} & set(site.visits)


async def test_pages_that_were_seen_are_not_opened_again() -> None:
    found, _ = await beside(seen=("http://app.test/me/",))
    assert found == ["http://app.test/tips"]


async def test_without_a_menu_there_are_none() -> None:
    assert (await beside('<a href="/logout">Log out</a><a href="/me">Me</a>'))[0] == []


async def test_a_menu_that_is_gone_leads_nowhere() -> None:
    assert (await beside(later="<p>Nothing here</p>"))[0] == []


async def test_a_page_that_is_refused_or_not_there_is_none_of_the_account() -> None:
    found, site = await beside(MENU.replace("/tips", "/admin"))
    assert found == ["http://app.test/me"]
    assert "GET /admin" in site.visits
