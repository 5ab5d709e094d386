"""Exploring an app."""

import pytest

from sessionward.audit.browser.chromium import Chromium
from sessionward.audit.driver import Screen, TargetUnreachable
from sessionward.audit.explore.explorer import Exploration, Limits, explore
from sessionward.audit.explore.forms import Filler
from sessionward.http import Request, Response
from tests.audit.explore.conftest import Stage
from tests.audit.explore.fake_tab import FakeTab
from tests.audit.explore.sites import LOGIN, Site, html

HOME = "http://app.test/home"
MANY = Limits(seconds=1e6)


class Clock:
    """A clock that goes on by one second each time it is read."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 1
        return self.now


def site_with(home: str, **pages: str) -> tuple[Site, FakeTab]:
    bodies = {"/": LOGIN, "/home": home} | {f"/{name}": body for name, body in pages.items()}
    site = Site(pages=bodies, private=frozenset(bodies) - {"/"})
    site.live.add("s1")
    tab = FakeTab(site)
    tab.jar["sid"] = "s1"
    return site, tab


async def walk(tab: FakeTab, limits: Limits = MANY, start: str = HOME) -> Exploration:
    return await explore(tab, start, limits, fill=Filler(7), clock=Clock())


def paths(site: Site) -> set[str]:
    return set(site.visits)


async def test_every_page_that_is_linked_to_is_seen_once() -> None:
    site, tab = site_with(
        '<a href="/a">A</a>', a='<a href="/b">B</a><p>x</p>', b='<a href="/home">Home</a><h1>B</h1>'
    )
    found = await walk(tab)
    assert found.ended == "nothing new"
    assert {screen.url for screen in found.screens} == {HOME, "http://app.test/a", "http://app.test/b"}
    assert site.visits.count("GET /b") == 1


async def test_what_others_see_as_well_is_opened_when_nothing_else_is_left() -> None:
    site, tab = site_with(
        '<a href="/a">A</a><a href="/b">B</a>', a="<p>x</p>", b='<a href="/c">C</a>', c="<h1>C</h1>"
    )
    await walk(tab, Limits(seconds=1e6, later=frozenset({"http://app.test/a"})))
    assert [visit for visit in dict.fromkeys(site.visits) if visit != "GET /home"] == [
        "GET /b",
        "GET /c",
        "GET /a",
    ]


@pytest.mark.parametrize(
    "link",
    [
        '<a href="/logout">Log out</a>',
        '<a href="/x" class="sign-out"><i class="power-off"></i></a>',
        '<a href="/item/7/delete">x</a>',
        '<a href="/x">Löschen</a>',
        '<a href="/x">退会</a>',
        '<a href="/report.pdf">Report</a>',
        '<a href="/x" data-method="post">Subscribe</a>',
        '<a href="/export?all=1">Everything</a>',
        '<a href="http://elsewhere.test/">Elsewhere</a>',
        '<a href="mailto:a@b.c">Mail</a>',
        '<a href="/secret/x">Secret</a>',
    ],
)
async def test_a_link_that_may_harm_or_lead_away_is_left_alone(link: str) -> None:
    site, tab = site_with(link)
    await walk(tab, Limits(seconds=1e6, exclude=("/secret",)))
    assert paths(site) == {"GET /home"}


@pytest.mark.parametrize(
    "control",
    [
        '<form method="post" action="/x"><button>Go</button></form>',
        '<button data-post="/x">Delete</button>',
        '<button data-post="/x">Save</button>',
        '<button data-post="/x">Send message</button>',
        '<button data-post="/x" class="trash"></button>',
        '<nav><button data-post="/x">Abmelden</button></nav>',
        '<button data-post="/x">Whatever this does</button>',
        '<nav><button data-post="/x">Dark mode</button></nav>',
        '<nav><div role="button" data-post="/x" class="night-mode on"></div></nav>',
    ],
)
async def test_a_control_that_may_change_something_is_not_clicked(control: str) -> None:
    site, tab = site_with(control)
    await walk(tab)
    assert site.seen == []


async def test_menus_tabs_and_boxes_are_opened_and_what_they_show_is_followed() -> None:
    home = """<nav><button aria-expanded="false" data-opens="m">Account</button><ul id="m" hidden>
      <li><a href="/a">Data</a></li></ul></nav><button role="tab" data-opens="t">Visits</button>
      <div id="t" hidden><a href="/b">The first</a></div>"""
    site, tab = site_with(home, a="<p>a</p>", b="<p>b</p>")
    found = await walk(tab)
    assert {"GET /a", "GET /b"} <= paths(site)
    assert {edge.by for edge in found.edges} >= {"Account", "Visits", "Data", "The first"}


async def test_of_a_calendar_only_a_few_days_are_opened() -> None:
    def day(request: Request, site: Site) -> Response:
        number = int(request.url.rpartition("/")[2])
        return html(f'<p>{number}</p><a href="/day/{number + 1}">Next day</a>' + "<p>x</p>" * number)

    site, tab = site_with('<a href="/day/1">Calendar</a>')
    site.routes = {("GET", f"/day/{number}"): day for number in range(100)}
    found = await walk(tab)
    assert len([visit for visit in site.visits if "/day/" in visit]) == MANY.per_pattern
    assert found.ended == "nothing new"


async def test_of_a_wiki_of_a_thousand_words_only_some_pages_are_opened() -> None:
    words = [f"{a}{b}{c}" for a in "abcdefghij" for b in "aeiouyklmn" for c in "rst"]
    site, tab = site_with(
        "".join(f'<a href="/wiki?page={word}">{word}</a>' for word in words), wiki="<p>w</p>"
    )
    await walk(tab)
    assert 3 < site.visits.count("GET /wiki") <= 12


async def test_time_ends_it() -> None:
    site, tab = site_with("".join(f'<a href="/{word}">x</a>' for word in ("a", "b", "c", "d", "e", "f")))
    found = await walk(tab, Limits(seconds=6))
    assert found.ended == "time"
    assert len(site.visits) <= 6


async def test_of_a_slow_app_a_few_screens_are_seen_all_the_same() -> None:
    names = "abcdefghij"
    links = "".join(f'<a href="/{name}">{name}</a>' for name in names)
    site, tab = site_with(links, **{name: f"<h1>{name}</h1>{'<p>x</p>' * n}" for n, name in enumerate(names)})
    limits = Limits(seconds=8.0)
    found = await explore(tab, HOME, limits, fill=Filler(7), clock=lambda: 5.0 * len(site.visits))
    assert (found.ended, len(found.screens)) == ("time", 6)


async def test_a_number_of_screens_ends_it() -> None:
    _, tab = site_with('<a href="/a">A</a><a href="/b">B</a>', a="<button>a</button>", b="<h1>b</h1>")
    found = await walk(tab, Limits(seconds=1e6, screens=2))
    assert (len(found.screens), found.ended) == (2, "screens")


async def test_a_session_that_ends_on_the_way_ends_it() -> None:
    site, tab = site_with('<a href="/a">A</a><a href="/b">B</a>', b="<p>b</p>")

    def end(_request: Request, site: Site) -> Response:
        site.live.clear()
        return html(LOGIN)

    site.routes = {("GET", "/a"): end}
    found = await walk(tab)
    assert found.ended == "logged out after opening http://app.test/a"


async def test_a_search_is_made_once_with_a_canary() -> None:
    form = '<form action="/find" role="search"><input type="search" name="q"><button>Search</button></form>'
    site, tab = site_with(f'{form}<a href="/a">A</a>', a=form + "<p>a</p>", find=form)
    found = await walk(tab)
    asked = [exchange.request.url for exchange in tab.exchanges if "/find" in exchange.request.url]
    assert len(asked) == 1
    assert len(found.canaries) == 1
    assert found.canaries[0] in asked[0]
    assert site.visits.count("GET /find") == 1


async def test_a_file_with_what_was_searched_for_is_none_of_the_account_s() -> None:
    form = '<form action="/find" role="search"><input type="search" name="q"><button>Search</button></form>'
    (canary,) = (await walk(site_with(form, find=form)[1])).canaries  # the same seed makes the same one
    files = f'<a href="/found.csv?q={canary}">CSV</a><a href="/all.csv">CSV of all</a>'
    found = await walk(site_with(form, find=form + files)[1])
    assert found.documents == ("http://app.test/all.csv",)


async def test_pages_of_one_shape_at_one_path_are_one_screen() -> None:
    site, tab = site_with(
        '<a href="/item?id=1">1</a><a href="/item?id=2">2</a>', item="<a href='/home'>Back</a>"
    )
    found = await walk(tab)
    assert site.visits.count("GET /item") == 2
    assert len(found.screens) == 2


async def test_each_new_screen_is_told_to_the_listener() -> None:
    _, tab = site_with('<a href="/a">A</a>', a="<button>a</button>")
    told: list[Screen] = []
    found = await explore(tab, HOME, MANY, fill=Filler(7), on_screen=told.append, clock=Clock())
    assert tuple(told) == found.screens


async def test_a_page_that_fails_does_not_end_it() -> None:
    site, tab = site_with('<a href="/loop">L</a><a href="/a">A</a>', a="<p>a</p>")
    site.routes = {("GET", "/loop"): lambda _r, _s: Response(status=302, headers=(("location", "/loop"),))}
    await walk(tab)
    assert "GET /a" in site.visits


async def test_addresses_that_were_only_linked_to_are_kept() -> None:
    _, tab = site_with("".join(f'<a href="/u/{number}">x</a>' for number in range(9)))
    found = await walk(tab)
    assert "http://app.test/u/8" in found.addresses


async def test_a_start_that_does_not_open_is_passed_up() -> None:
    _, tab = site_with("")
    with pytest.raises(TargetUnreachable):
        await walk(tab, start="http://elsewhere.test/")


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
async def test_in_a_browser_menus_are_opened_searches_made_and_nothing_harmed(
    stage: Stage, driver: Chromium
) -> None:
    home = """<header><button aria-expanded="false" data-opens="m">Account</button><ul id="m" hidden>
      <li><a href="/a">Data</a></li><li><a href="/logout">Log out</a></li></ul></header>
      <form action="/find"><input name="q" type="search"><button>Search</button></form>
      <form method="post" action="/x"><button>Send</button></form><button data-post="/x">Delete</button>"""
    site, _ = site_with(
        home, a="<h1>Data</h1><a href='/b'>More</a>", b="<p>b</p>", find="<p>Nothing found</p>"
    )
    site.private = frozenset()
    stage.app = site
    tab = await driver.open()
    found = await explore(tab, stage.start + "home", Limits(seconds=60), fill=Filler(7))
    await tab.close()
    assert found.ended == "nothing new"
    assert {"GET /a", "GET /b", "GET /find"} <= paths(site)
    assert "GET /logout" not in paths(site)
    assert site.seen == []
