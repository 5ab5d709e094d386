"""Searching for the place where the password is changed."""

from urllib.parse import urljoin, urlsplit

import pytest

from sessionward.audit.explore.flows import PasswordFlow
from sessionward.audit.explore.password import change_password
from sessionward.audit.explore.password_search import find_password_change
from tests.audit.explore.fake_tab import FakeTab
from tests.audit.explore.password_pages import NO_FORMS
from tests.audit.explore.password_site import HOME, PLAIN, site_with

IN_A_MENU = """<header><button aria-expanded="false" data-opens="m" class="avatar">A</button>
<ul id="m" hidden><li><a href="/pw">Account</a></li></ul></header>"""


async def find(tab: FakeTab, *known: str) -> PasswordFlow | None:
    return await find_password_change(tab, [await tab.go(HOME)], known)


@pytest.mark.parametrize(
    "home,pages",
    [
        (PLAIN, {}),
        ('<nav><a href="/pw">Change password</a></nav>', {"pw": PLAIN}),
        ('<nav><a href="/me">My profile</a></nav>', {"me": '<a href="/pw">Security</a>', "pw": PLAIN}),
        (
            '<nav><a href="/s">Einstellungen</a></nav>',
            {"s": '<a href="/pw">Passwort ändern</a>', "pw": PLAIN},
        ),
        ('<nav><a href="/s">設定</a></nav>', {"s": '<a href="/x">パスワード変更</a>', "x": PLAIN}),
        (f'<button data-opens="d">Change password</button><dialog id="d">{PLAIN}</dialog>', {}),
        (IN_A_MENU, {"pw": PLAIN}),
        (
            '<nav><a href="/me">My profile</a></nav>',
            {"me": f'<button role="tab" data-opens="t">Security</button><div id="t" hidden>{PLAIN}</div>'},
        ),
        ("<p>Nothing leads there</p>", {".well-known/change-password": PLAIN}),
        ("<p>Nothing leads there</p>", {"settings": PLAIN}),
    ],
)
async def test_the_change_is_found_wherever_it_is(home: str, pages: dict[str, str]) -> None:
    site, tab = site_with(home, **pages)
    flow = await find(tab)
    assert flow is not None
    assert site.seen == []
    fresh = FakeTab(site)
    fresh.jar["sid"] = "s1"
    said = await change_password(fresh, flow, current="old", new="fresh", mode="right")
    assert said == "Your password was changed."
    assert site.seen == [("/password", {"a": "old", "b": "fresh", "c": "fresh"})]


async def test_a_link_called_like_the_account_is_followed() -> None:
    _, tab = site_with(
        '<main><a href="/u/7">ana</a><a href="/u/8">bob</a></main>', **{"u/7": PLAIN, "u/8": ""}
    )
    flow = await find(tab, "ana")
    assert flow is not None
    assert urlsplit(flow.url).path == "/u/7"


async def test_an_address_that_is_known_is_tried() -> None:
    _, tab = site_with("<p>Hello</p>", **{"x/change-password": PLAIN})
    flow = await find(tab, "http://app.test/x/change-password")
    assert flow is not None


FIXED = """<input type="password" name="p" value="secret" disabled><button data-opens="d">Change</button>"""


@pytest.mark.parametrize("opener", ['<button data-opens="d">New password</button>', FIXED])
async def test_a_screen_that_nothing_links_to_is_searched_as_well(opener: str) -> None:
    _, tab = site_with(
        "<p>Hello</p>", **{"u/7": f'{opener}<dialog id="d">{PLAIN}</dialog>', "w": "<p>Others</p>"}
    )
    screens = [await tab.go(urljoin(HOME, each)) for each in ("/", "/w", "/u/7")]
    flow = await find_password_change(tab, screens, ())
    assert flow is not None
    assert urlsplit(flow.url).path == "/u/7"


async def test_screens_with_a_user_menu_push_out_no_link_to_the_settings() -> None:
    menu = "<button>ana</button>"
    pages = {f"w{number}": menu for number in range(30)}
    link = '<nav><a href="/account/7">Mine</a></nav>'
    _, tab = site_with(menu, last=menu + link, **{"account/7": PLAIN}, **pages)
    screens = [await tab.go(urljoin(HOME, each)) for each in ("/", *pages, "/last")]
    flow = await find_password_change(tab, screens, ("ana",))
    assert flow is not None
    assert urlsplit(flow.url).path == "/account/7"


@pytest.mark.parametrize("name", sorted(NO_FORMS))
async def test_nothing_is_found_where_there_is_none(name: str) -> None:
    site, tab = site_with(NO_FORMS[name])
    assert await find(tab) is None
    assert site.seen == []


async def test_no_screens_give_nothing() -> None:
    _, tab = site_with("")
    assert await find_password_change(tab, (), ()) is None
