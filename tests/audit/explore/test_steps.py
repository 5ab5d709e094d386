"""Which links may be followed and which controls clicked."""

import pytest

from sessionward.audit.driver import Screen
from sessionward.audit.explore.steps import clicks, is_excluded, links, searches
from tests.audit.explore.html_screen import parse, screen_of
from tests.audit.explore.sites import START


def screen(body: str) -> Screen:
    return screen_of(parse(body), START)


def test_a_link_to_the_account_is_the_most_interesting() -> None:
    body = """<nav><a href="/news">News</a><a href="/me">My profile</a></nav>
      <footer><a href="/imprint">Imprint</a></footer>"""
    found = sorted(links(screen(body), START, ()), reverse=True)
    assert [name for _, _, name in found] == ["My profile", "News", "Imprint"]


def test_a_place_on_the_page_is_no_other_address() -> None:
    body = '<a href="/a#x">X</a><a href="/a#y">Y</a>'
    assert [address for _, address, _ in links(screen(body), START, ())] == ["http://app.test/a"]


@pytest.mark.parametrize(
    "link, followed",
    [
        ('<a href="/me/looks?id=2">Dark mode</a>', False),
        ('<a href="/me/looks?id=2" aria-label="Toggle theme"><i></i></a>', False),
        ('<a href="/nightmode/on">Switch to dark mode</a>', False),
        ('<a href="/help/images">High contrast images</a>', True),
        ('<a href="/themes">Themes of this year</a>', True),
    ],
)
def test_a_link_that_switches_the_page_s_looks_is_not_followed(link: str, *, followed: bool) -> None:
    assert bool(links(screen(f"<nav>{link}</nav>"), START, ())) is followed


@pytest.mark.parametrize(
    "path,excluded", [("/admin", True), ("/admin/users", True), ("/administration", False), ("/", False)]
)
def test_an_excluded_path_covers_all_below_it(path: str, *, excluded: bool) -> None:
    assert is_excluded(f"http://app.test{path}", ("/admin",)) is excluded


def test_what_opens_is_clicked_before_what_may_show_more() -> None:
    body = '<main><button>Details</button></main><nav><button aria-expanded="false">Menu</button></nav>'
    assert [each.name for each in clicks(screen(body))] == ["Menu", "Details"]


def test_of_many_rows_alike_two_are_clicked() -> None:
    rows = "".join(f'<div onclick="x()" class="row">Visit {n}</div>' for n in range(9))
    assert len(clicks(screen(rows))) == 2


@pytest.mark.parametrize(
    "body",
    [
        '<nav><button class="fa fa-power-off"></button></nav>',
        "<nav><button>Log out</button></nav>",
        '<nav><button class="icon-trash"></button></nav>',
        "<nav><button>Enviar</button></nav>",
        "<nav><button disabled>Menu</button></nav>",
    ],
)
def test_what_may_end_or_change_something_is_not_clicked(body: str) -> None:
    assert clicks(screen(body)) == []


@pytest.mark.parametrize(
    "body,found",
    [
        ('<form action="/s"><input name="q"></form>', 1),
        ('<form action="/s"><input type="search" name="x"><input type="checkbox" name="y"></form>', 1),
        ('<form action="/s" method="post"><input name="q"></form>', 0),
        ('<form action="/s"><input name="u"><input type="password" name="p"></form>', 0),
        ('<form action="/s"><input name="from"><input name="to"></form>', 0),
        ('<form><input name="x" placeholder="Suche nach Befunden"></form>', 1),
        ('<form action="/x"><input name="x"><button>Найти</button></form>', 1),
        (
            '<form id="f"><label>Home address<input id="a" value="Elm 1"></label><button>Save</button></form>',
            0,
        ),
        ('<form id="f"><label>住所<input id="d"></label><button>更新する</button></form>', 0),
        ('<form id="f"><input id="m"><button>→</button></form>', 0),
        ('<form id="f"><input name="q"><button>Save filter</button></form>', 0),
    ],
)
def test_a_form_that_only_asks_is_a_search(body: str, found: int) -> None:
    assert len(searches(screen(body))) == found
