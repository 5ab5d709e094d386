"""Finding the way out and taking it."""

import pytest

from sessionward.audit.browser.chromium import Chromium
from sessionward.audit.driver import Element
from sessionward.audit.explore.flows import Handle, LoginHints, LogoutFlow
from sessionward.audit.explore.login import find_login, log_in
from sessionward.audit.explore.logout import find_logout, log_out, logout_controls
from tests.audit.explore.conftest import Stage
from tests.audit.explore.fake_tab import FakeTab
from tests.audit.explore.logout_pages import ASKING, LOGOUT_PAGES, MENU, NO_LOGOUT
from tests.audit.explore.sites import ANA, LOGIN, Site, html

HOME = "http://app.test/home"
IN_BROWSER = (
    "details",
    "dialog that asks",
    "hidden in a menu that nothing opens",
    "hovered avatar",
    "menu in a menu",
)


def site_with(home: str, **more: str) -> tuple[Site, FakeTab]:
    """A site and a tab that is logged in to it."""
    pages = {"/": LOGIN, "/home": home, "/ask": ASKING} | {f"/{name}": body for name, body in more.items()}
    site = Site(pages=pages)
    site.live.add("s1")
    tab = FakeTab(site)
    tab.jar["sid"] = "s1"
    return site, tab


@pytest.mark.parametrize("name", sorted(LOGOUT_PAGES))
async def test_each_kind_of_logout_is_found_without_using_it_and_then_ends_the_session(name: str) -> None:
    site, tab = site_with(LOGOUT_PAGES[name])
    flow = await find_logout(tab, await tab.go(HOME))
    assert flow is not None
    assert site.live == {"s1"}
    fresh = FakeTab(site)
    fresh.jar["sid"] = "s1"
    assert await log_out(fresh, flow) == ""
    assert site.live == set()


async def test_what_led_to_the_control_is_told_from_what_the_control_does() -> None:
    site, tab = site_with(MENU)
    flow = await find_logout(tab, await tab.go(HOME))
    assert flow is not None
    seen: list[tuple[int, bool]] = []
    assert await log_out(tab, flow, using=lambda: seen.append((len(tab.recorded()), "s1" in site.live))) == ""
    ((mark, alive),) = seen
    assert alive
    assert site.live == set()
    assert 0 < mark < len(tab.recorded())


@pytest.mark.parametrize("name", sorted(NO_LOGOUT))
async def test_what_is_no_logout_is_not_taken_for_one(name: str) -> None:
    site, tab = site_with(NO_LOGOUT[name])
    assert await find_logout(tab, await tab.go(HOME)) is None
    assert site.live == {"s1"}


async def test_a_menu_is_opened_on_the_way() -> None:
    _, tab = site_with(MENU)
    flow = await find_logout(tab, await tab.go(HOME))
    assert flow is not None
    assert [step.name for step in flow.path] == ["Ana"]
    assert flow.control.name == "Log out"


async def test_an_account_page_is_searched_when_the_home_page_has_no_way_out() -> None:
    _, tab = site_with(
        '<nav><a href="/profile">My account</a></nav>', profile='<a href="/logout">Log out</a>'
    )
    flow = await find_logout(tab, await tab.go(HOME))
    assert flow is not None
    assert flow.url == "http://app.test/profile"


async def test_the_one_that_ends_this_session_alone_is_preferred() -> None:
    _, tab = site_with(LOGOUT_PAGES["beside one for all devices"])
    controls = logout_controls(await tab.go(HOME), hidden=False)
    assert controls[0].name == "Log out"


async def test_a_session_that_is_gone_is_told() -> None:
    site, tab = site_with(LOGOUT_PAGES["link"])
    flow = await find_logout(tab, await tab.go(HOME))
    assert flow is not None
    site.live.clear()
    assert "ended before" in await log_out(tab, flow)


async def test_among_icons_without_names_the_one_that_logs_out_is_used() -> None:
    """Its classes as they were in the middle of being drawn are nearer to those of the bell."""
    icons = """<header><button class="icon enter-active enter-to bell"></button><form method=post action=/logout>
    <button class="icon sign-out"></button></form></header>"""
    site, tab = site_with(icons)
    control = Handle(
        tag="button", type="submit", hints="icon sign-out enter-active enter-to", landmark="banner"
    )
    assert await log_out(tab, LogoutFlow(url=HOME, control=control)) == ""
    assert site.live == set()


BELL = """<nav><button class="icon tile"></button>
<a href="/profile" class="icon account-circle" data-hover="m"></a>"""
UNNAMED = f"""{BELL}<form method="post" action="/logout" id="m" hidden><button class="icon tile sign-out"></button>
</form></nav>"""


async def test_a_menu_that_did_not_open_is_opened_once_more(monkeypatch: pytest.MonkeyPatch) -> None:
    site, tab = site_with(UNNAMED)
    flow = await find_logout(tab, await tab.go(HOME))
    assert flow is not None
    fresh, hover, ignored = FakeTab(site), FakeTab.hover, [True]
    fresh.jar["sid"] = "s1"

    async def late(tab: FakeTab, element: Element) -> None:
        if not ignored.pop() if ignored else True:
            await hover(tab, element)

    monkeypatch.setattr(FakeTab, "hover", late)
    assert await log_out(fresh, flow) == ""
    assert site.live == set()


async def test_no_icon_beside_is_pressed_for_one_without_a_name_that_is_not_there() -> None:
    _, tab = site_with(UNNAMED)
    flow = await find_logout(tab, await tab.go(HOME))
    assert flow is not None
    _, tab = site_with(f"{BELL}</nav>")
    assert "any more" in await log_out(tab, flow)


async def test_in_another_accounts_menu_it_is_looked_for_anew() -> None:
    home = "<details><summary>{}</summary><form method=post action=/logout><button>Log out</button></form></details>"
    _, tab = site_with(home.format("Ana Silva"))
    flow = await find_logout(tab, await tab.go(HOME))
    assert flow is not None
    other, tab = site_with(home.format("Bo Berg"))
    assert await log_out(tab, flow) == ""
    assert other.live == set()


async def test_a_control_that_is_gone_is_told() -> None:
    _, tab = site_with("<p>Hello</p>")
    gone = LogoutFlow(url=HOME, control=Handle(tag="a", name="Log out", href="http://app.test/logout"))
    assert "not at http://app.test/home any more" in await log_out(tab, gone)


async def test_a_control_without_effect_is_told() -> None:
    site, tab = site_with('<a href="/home">Log out</a>')
    flow = await find_logout(tab, await tab.go(HOME))
    assert flow is not None
    assert "still offers it" in await log_out(tab, flow)
    assert site.live == {"s1"}


async def test_a_page_that_does_not_open_is_told() -> None:
    _, tab = site_with("")
    flow = LogoutFlow(url="http://elsewhere.test/", control=Handle(tag="a", name="Log out"))
    assert "broke off" in await log_out(tab, flow)


async def test_a_goodbye_page_is_not_clicked_any_further() -> None:
    site, tab = site_with(LOGOUT_PAGES["link"])
    goodbye = '<h1>You have logged out</h1><form method="post" action="/again"><button>OK</button></form>'
    site.routes = {("GET", "/logout"): lambda _r, _s: html(goodbye)}
    flow = await find_logout(tab, await tab.go(HOME))
    assert flow is not None
    assert await log_out(tab, flow) == ""
    assert [path for path, _ in site.seen] == []


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("name", IN_BROWSER)
async def test_in_a_browser_each_kind_of_logout_is_found_and_ends_the_session(
    name: str, stage: Stage, driver: Chromium
) -> None:
    site, _ = site_with(LOGOUT_PAGES[name])
    site.live.clear()
    stage.app = site
    tab = await driver.open()
    flow = await find_login(tab, stage.start, LoginHints())
    assert (await log_in(tab, flow, ANA, LoginHints(), remember=False)).ok
    way_out = await find_logout(tab, await tab.look())
    assert way_out is not None
    assert site.live
    assert await log_out(tab, way_out) == ""
    await tab.close()
    assert site.live == set()
