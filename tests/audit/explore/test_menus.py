"""Menus that must be opened."""

import pytest

from sessionward.audit.driver import Element, Screen
from sessionward.audit.explore.menus import close_menu, menu_openers, newly_shown, open_menu
from tests.audit.explore.fake_tab import FakeTab
from tests.audit.explore.html_screen import parse, screen_of
from tests.audit.explore.sites import START, login_site

MENU = """<nav><button aria-expanded="false" data-opens="m">Ana</button><ul id="m" hidden>
<li><a href="/out">Log out</a></li></ul></nav>"""


def screen(body: str) -> Screen:
    return screen_of(parse(body), START)


def test_a_menu_of_the_user_s_comes_first_and_what_acts_is_none() -> None:
    body = """<header><button>Delete</button><button aria-expanded="false">Language</button>
      <button aria-expanded="false" class="avatar">Ana</button></header>
      <form><button>Send</button></form>"""
    assert [each.name for each in menu_openers(screen(body))] == ["Ana", "Language"]


def test_what_switches_the_page_s_looks_is_none_unless_it_opens_a_list_of_them() -> None:
    body = """<header><button class="dark-mode"></button><button>Nachtmodus</button>
      <button aria-expanded="false" class="theme-switch">Theme</button></header>"""
    assert [each.name for each in menu_openers(screen(body))] == ["Theme"]


def test_a_control_called_like_the_account_comes_first() -> None:
    body = """<header><button aria-expanded="false">Menu</button><button>ana@example.org</button></header>
      <main><button aria-expanded="false">Filter</button></main>"""
    assert menu_openers(screen(body), ["ana@example.org"])[0].name == "ana@example.org"


async def test_opening_gives_what_shows_then() -> None:
    tab = FakeTab(login_site(MENU))
    before = await tab.go(START)
    opened = await open_menu(tab, before, before.elements[0])
    assert opened is not None
    assert [each.name for each in opened.fresh] == ["Log out"]
    assert "Log out" in opened.lines


async def test_where_nothing_opens_nothing_is_fresh() -> None:
    tab = FakeTab(login_site("<nav><button aria-expanded='false'>Ana</button></nav>"))
    before = await tab.go(START)
    opened = await open_menu(tab, before, before.elements[0])
    assert opened is not None
    assert opened.fresh == ()


async def test_a_control_that_leaves_the_page_opens_nothing() -> None:
    site = login_site(
        '<nav><a href="javascript:go()" data-opens="x">A</a><form action="/home"><button>B</button></form></nav>'
    )
    site.private = frozenset()
    tab = FakeTab(site)
    before = await tab.go(START)
    assert await open_menu(tab, before, before.elements[1]) is None


async def test_a_link_is_hovered_over_and_not_followed() -> None:
    tab = FakeTab(
        login_site('<nav><a href="/home" data-hover="m">Me</a><button id="m" hidden>Out</button></nav>')
    )
    before = await tab.go(START)
    opened = await open_menu(tab, before, before.elements[0])
    assert opened is not None
    assert opened.path[0].hover
    assert tab.clicked == []


async def test_a_menu_is_closed_by_its_opener_where_the_key_does_not_help() -> None:
    tab = FakeTab(login_site(MENU))
    before = await tab.go(START)
    opened = await open_menu(tab, before, before.elements[0])
    assert opened is not None
    await close_menu(tab, opened)
    assert tab.clicked == ["Ana", "Ana"]


def test_of_elements_alike_the_last_is_the_new_one() -> None:
    before = screen("<button>Log out</button>")
    after = screen("<button>Log out</button><p>Sure?</p><button>Log out</button>")
    assert newly_shown(before, after) == (after.elements[1],)


def test_a_class_that_changes_makes_nothing_new() -> None:
    assert (
        newly_shown(screen('<a class="a" href="/x">X</a>'), screen('<a class="a active" href="/x">X</a>'))
        == ()
    )


def opens(element: Element) -> bool:
    screen = Screen(url="http://app.test/", title="", text="", elements=(element,))
    return menu_openers(screen, ("ana",)) == [element]


@pytest.mark.parametrize(
    "element",
    [
        Element(ref="1", tag="button", name="ana", landmark="banner"),
        Element(ref="1", tag="button", hints="user-menu", landmark="banner"),
        Element(ref="1", tag="button", name="Account / Sign out", expands=True, landmark="banner"),
    ],
)
def test_a_control_of_the_user_opens_a_menu(element: Element) -> None:
    assert opens(element)


@pytest.mark.parametrize(
    "element",
    [
        Element(ref="1", tag="a", name="Logout", href="http://app.test/#", id="usermenu-item-logout"),
        Element(ref="1", tag="button", name="Abmelden", hints="user-menu-item", landmark="banner"),
        Element(ref="1", tag="button", hints="user-menu-item fa-sign-out", landmark="banner"),
        Element(ref="1", tag="button", name="Log out", expands=True, landmark="banner"),
    ],
)
def test_a_way_out_in_a_user_menu_is_not_tried_for_a_menu(element: Element) -> None:
    assert not opens(element)
