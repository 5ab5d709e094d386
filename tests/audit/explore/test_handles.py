"""Finding an element again."""

from dataclasses import replace

import pytest

from sessionward.audit.driver import Element, Screen
from sessionward.audit.explore.flows import Handle
from sessionward.audit.explore.handles import PATIENCE, follow, handle_of, resolve, wait_for
from tests.audit.explore.fake_tab import FakeTab
from tests.audit.explore.html_screen import parse, screen_of
from tests.audit.explore.sites import START, login_site


def screen(body: str) -> Screen:
    return screen_of(parse(body), START)


@pytest.mark.parametrize(
    "before,after",
    [
        ("<button>Save</button>", "<p>x</p><button>Cancel</button><button>Save</button>"),
        ('<input name="q" id="x1">', '<input name="other"><input name="q" id="x2">'),
        (
            '<a href="/logout?token=1a2b">Out</a>',
            '<a href="/home">Home</a><a href="/logout?token=9z8y">Out</a>',
        ),
        ("<button>Messages (3)</button>", "<button>Home</button><button>Messages (14)</button>"),
        (
            '<button class="icon check big"></button>',
            '<button class="icon trash"></button><button class="icon check"></button>',
        ),
        (
            '<a class="v-icon account" href="/users/516909d6-1aa8"></a>',
            '<a class="v-icon home" href="/home"></a><a class="v-icon account" href="/users/19a7df98-68ac"></a>',
        ),
        ('<input type="password" id=":r1:">', '<input id=":r2:"><input type="password" id=":r7:">'),
    ],
)
def test_it_is_found_on_a_page_that_was_drawn_anew(before: str, after: str) -> None:
    old, new = screen(before), screen(after)
    assert resolve(new, handle_of(old, old.elements[0])) == new.elements[-1]


def test_of_twins_the_same_one_is_found() -> None:
    page = screen("<button>Edit</button><button>Edit</button><button>Edit</button>")
    assert resolve(page, handle_of(page, page.elements[1])) == page.elements[1]


def test_what_has_gone_is_not_mistaken_for_something_else() -> None:
    old, new = screen("<button>Delete</button>"), screen("<button>Save</button><a href='/x'>Delete</a>")
    assert resolve(new, handle_of(old, old.elements[0])) is None


def test_a_password_is_never_typed_into_a_plain_field() -> None:
    old, new = screen('<input type="password" name="p">'), screen('<input type="text" name="p">')
    assert resolve(new, handle_of(old, old.elements[0])) is None


def test_one_that_is_drawn_is_preferred() -> None:
    page = screen('<a href="/out" hidden>Log out</a><a href="/out">Log out</a>')
    found = resolve(page, Handle(tag="a", name="Log out", href="http://app.test/out"))
    assert found == page.elements[1]


async def test_a_path_is_clicked_in_turn() -> None:
    tab = FakeTab(login_site('<button data-opens="m">Menu</button><a id="m" href="/home" hidden>In</a>'))
    path = (Handle(tag="button", name="Menu"), Handle(tag="a", name="In"))
    assert await follow(tab, await tab.go(START), path) is not None
    assert tab.clicked == ["Menu", "In"]


async def test_a_step_to_hover_is_not_clicked() -> None:
    tab = FakeTab(login_site('<button data-hover="m">Me</button><button id="m" hidden>Out</button>'))
    after = await follow(tab, await tab.go(START), (Handle(tag="button", name="Me", hover=True),))
    assert after is not None
    assert [each.visible for each in after.elements] == [True, True]
    assert tab.clicked == []


async def test_a_path_that_is_gone_leads_nowhere() -> None:
    tab = FakeTab(login_site("<p>Hello</p>"))
    assert await follow(tab, await tab.go(START), (Handle(tag="button", name="Menu"),)) is None


async def test_what_is_drawn_late_is_waited_for() -> None:
    class Late(FakeTab):
        settled = 0

        async def settle(self) -> None:
            self.settled += 1
            if self.settled == PATIENCE:
                self.root = parse("<button>Menu</button>")

    tab = Late(login_site("<p>Hello</p>"))
    _, found = await wait_for(tab, await tab.go(START), Handle(tag="button", name="Menu"))
    assert found is not None


def test_a_field_without_a_name_is_told_by_what_stands_above_it() -> None:
    def field(ref: str, top: float) -> Element:
        return Element(ref=ref, tag="input", type="text", box=(0, top, 100, 30))

    def words(ref: str, name: str, top: float) -> Element:
        return Element(ref=ref, tag="div", name=name, box=(0, top, 100, 20))

    elements = (words("1", "First", 0), field("2", 20), words("3", "Last", 60), field("4", 80))
    page = Screen(url=START, title="", text="", elements=elements)
    handle = handle_of(page, elements[3])
    assert (handle.name, handle.ordinal) == ("Last", 0)
    other = replace(page, elements=(words("7", "Middle", -60), field("8", -40), *elements))
    found = resolve(other, handle)
    assert found is not None
    assert found.ref == "4"
