import time

import pytest

from sessionward.audit.browser.tab import BrowserTab
from tests.audit.browser.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def seconds(tab: BrowserTab, url: str) -> float:
    before = time.monotonic()
    await tab.go(url)
    return time.monotonic() - before


async def test_what_a_script_draws_after_asking_is_waited_for(tab: BrowserTab, site: Site) -> None:
    screen = await tab.go(
        site.page(
            "<div id=a></div><script>setTimeout(() => fetch('/slow/0?seconds=0.6').then(() => "
            "setTimeout(() => { a.textContent = 'drawn' }, 30)), 30)</script>"
        )
    )
    assert screen.text == "drawn"


async def test_a_plain_page_settles_at_once(tab: BrowserTab, site: Site) -> None:
    await tab.go(site.page("<p>plain</p>"))
    before = time.monotonic()
    await tab.settle()
    assert time.monotonic() - before < 0.12


async def test_a_stream_of_events_is_not_waited_for(tab: BrowserTab, site: Site) -> None:
    assert await seconds(tab, site.page("<p>x</p><script>new EventSource('/events')</script>")) < 3


@pytest.mark.slow
async def test_a_long_poll_is_waited_for_once(tab: BrowserTab, site: Site) -> None:
    url = site.page(
        "<p>x</p><script>setTimeout(() => fetch('/slow/1?seconds=30&a=' + Math.random()))</script>"
    )
    assert 4.9 <= await seconds(tab, url) < 8
    assert await seconds(tab, url) < 3


async def test_a_frequent_poll_is_learnt(tab: BrowserTab, site: Site) -> None:
    url = site.page("<p>x</p><script>setInterval(() => fetch('/poll/often'), 60)</script>")
    assert await seconds(tab, url) < 4


async def test_polls_that_overlap_are_learnt(tab: BrowserTab, site: Site) -> None:
    url = site.page("<p>x</p><script>setInterval(() => fetch('/slow/7?seconds=0.4'), 60)</script>")
    assert await seconds(tab, url) < 4


async def test_a_page_that_never_rests_is_bounded(tab: BrowserTab, site: Site) -> None:
    url = site.page("<p id=p></p><script>setInterval(() => { p.textContent = Math.random() }, 20)</script>")
    assert await seconds(tab, url) < 4
    assert await seconds(tab, url) < 2


@pytest.mark.slow
async def test_a_picture_that_never_comes_is_bounded(tab: BrowserTab, site: Site) -> None:
    url = site.page("<img src='/slow/2?seconds=40&picture'><p>text</p>")
    before = time.monotonic()
    assert (await tab.go(url)).text == "text"
    assert time.monotonic() - before < 8


async def test_a_page_that_shows_nothing_yet_is_given_time(tab: BrowserTab, site: Site) -> None:
    url = site.page(
        "<div id=app></div><script>setTimeout(() => { app.textContent = 'drawn' }, 1500)</script>"
    )
    assert (await tab.go(url)).text == "drawn"


async def test_a_page_that_never_shows_anything_is_given_time_once(
    tab: BrowserTab, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sessionward.audit.browser.repose.BLANK", 2.0)
    url = site.page("<div></div><script></script>")
    assert await seconds(tab, url) >= 2
    assert await seconds(tab, url) < 1.5


async def test_a_page_whose_scripts_take_long_to_start_is_waited_for(
    tab: BrowserTab, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sessionward.audit.browser.repose.BLANK", 0.8)
    url = site.page(
        "<div id=app></div><script>let left = 4; const work = () => { const end = Date.now() + 600;"
        "while (Date.now() < end); if (--left) setTimeout(work, 20); else app.textContent = 'drawn' };"
        "setTimeout(work, 20)</script>"
    )
    assert (await tab.go(url)).text == "drawn"
    assert (await tab.go(url)).text == "drawn"


async def test_a_click_that_works_late_is_waited_for(tab: BrowserTab, site: Site) -> None:
    screen = await tab.go(
        site.page(
            "<button onclick='later()'>go</button><script>function later() { setTimeout(() => "
            "fetch('/slow/3?seconds=0.3').then(() => { document.title = 'late' }), 40) }</script>"
        )
    )
    await tab.click(screen.elements[0])
    assert (await tab.look()).title == "late"


async def test_a_dialog_that_fades_in_is_waited_for_and_what_pulses_for_ever_is_not(
    tab: BrowserTab, site: Site
) -> None:
    screen = await tab.go(
        site.page(
            "<style>@keyframes pulse { from { opacity: .2 } } i { animation: pulse 1s infinite } "
            "u { animation: pulse 9s } dialog { opacity: 0; transition: opacity .7s step-end } "
            "dialog.in { opacity: 1 }</style><i>beat</i><u>slow</u><button onclick='ask()'>go</button>"
            "<dialog><button>Sure</button></dialog><script>function ask() { d = "
            "document.querySelector('dialog'); d.show(); d.offsetTop; d.className = 'in' }</script>"
        )
    )
    await tab.click(next(each for each in screen.elements if each.name == "go"))
    sure = next(each for each in (await tab.look()).elements if each.name == "Sure")
    assert sure.visible
    before = time.monotonic()
    await tab.settle()
    assert time.monotonic() - before < 0.5


async def test_a_link_of_a_plain_page_is_followed_to_its_end(tab: BrowserTab, site: Site) -> None:
    target = site.page("<p>there</p>")
    screen = await tab.go(site.page(f"<a href='/redirect?to={target}'>go</a>"))
    await tab.click(screen.elements[0])
    assert (await tab.look()).text == "there"


@pytest.mark.slow
async def test_one_slow_call_does_not_hide_the_quick_ones(tab: BrowserTab, site: Site) -> None:
    await tab.go(site.page("<p>x</p><script>fetch('/slow/shared?seconds=7')</script>"))
    url = site.page(
        "<p id=p></p><script>fetch('/slow/shared?seconds=0.4').then(() => { p.textContent = 'drawn' })</script>"
    )
    assert (await tab.go(url)).text == "drawn"
    assert (await tab.go(url)).text == "drawn"
