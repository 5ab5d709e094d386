import asyncio
import socket
import stat
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Error

from sessionward.audit.browser import Scope, browser
from sessionward.audit.browser.chromium import Chromium
from sessionward.audit.browser.tab import BrowserTab
from sessionward.audit.driver import DriverError, OutOfScope, TargetUnreachable
from sessionward.http import Request
from tests.audit.browser.site import Running, Site

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_a_page_is_opened_and_seen(tab: BrowserTab, site: Site) -> None:
    url = site.page("<h1>Hello</h1>")
    screen = await tab.go(url)
    assert (screen.url, screen.text, screen.status) == (url, "Hello", 200)


@pytest.mark.parametrize("fragment", ["#one", "#two"])
async def test_a_page_is_loaded_anew_where_only_the_fragment_differs(
    tab: BrowserTab, site: Site, fragment: str
) -> None:
    url = site.page("<p>fresh</p><button onclick='this.previousSibling.remove()'>x</button>")
    await tab.click((await tab.go(f"{url}#one")).elements[0])
    assert (await tab.look()).text == "x"
    screen = await tab.go(url + fragment)
    assert (screen.url, screen.text.split()) == (url + fragment, ["fresh", "x"])


async def test_tabs_share_nothing(driver: Chromium, tab: BrowserTab, site: Site) -> None:
    await tab.go(f"{site.origin}/cookies")
    await tab.plant_storage([("local", "a", "1")])
    other = await driver.open()
    await other.go(site.page("<p>x</p>"))
    assert await other.cookies() == ()
    assert (await other.storage()).items == ()
    await other.close()


async def test_a_form_is_filled_and_sent(tab: BrowserTab, site: Site) -> None:
    screen = await tab.go(
        site.page(
            "<form action=/signup method=post><input name=user><input type=password name=pw>"
            "<input type=checkbox name=keep value=yes><select name=role><option value=a>A<option value=b>B</select>"
            "<input name=gone value=x required><button>Send</button></form>"
        )
    )
    user, password, keep, role, gone, send = screen.elements
    await tab.fill(user, "ana")
    await tab.fill(password, "s3cret &")
    await tab.check(keep, on=True)
    await tab.choose(role, "b")
    await tab.remove(gone)
    await tab.click(send)
    assert site.at("/signup")[-1].body == b"user=ana&pw=s3cret+%26&keep=yes&role=b"


async def test_a_key_sends_a_form(tab: BrowserTab, site: Site) -> None:
    screen = await tab.go(site.page("<form action=/entered><input name=q></form>"))
    await tab.fill(screen.elements[0], "x")
    await tab.press("Enter")
    assert (await tab.look()).url == f"{site.origin}/entered?q=x"


async def test_pointing_opens_a_menu(tab: BrowserTab, site: Site) -> None:
    screen = await tab.go(
        site.page(
            "<style>ul{display:none} div:hover ul{display:block}</style>"
            "<div tabindex=0>Ana<ul><li><a href=/x>Out</a></ul></div>"
        )
    )
    assert not screen.elements[1].visible
    await tab.hover(screen.elements[0])
    assert (await tab.look()).elements[1].visible


async def test_a_picture_is_private(tab: BrowserTab, site: Site, tmp_path: Path) -> None:
    await tab.go(site.page("<h1>Hello</h1>"))
    path = tmp_path / "a.png"
    path.write_bytes(b"old")
    path.chmod(0o644)
    await tab.screenshot(path)
    assert path.read_bytes().startswith(b"\x89PNG")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


async def test_an_address_out_of_scope_is_not_opened(tab: BrowserTab) -> None:
    with pytest.raises(OutOfScope, match=r"http://elsewhere.test/ is not in scope"):
        await tab.go("http://elsewhere.test/")


async def test_a_port_where_nothing_listens_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        url = f"http://127.0.0.1:{free.getsockname()[1]}/"
    async with browser(scope=Scope(start=url)) as driver:
        lonely = await driver.open()
        with pytest.raises(TargetUnreachable, match="nothing listens there"):
            await lonely.go(url)


async def test_a_name_that_nobody_knows_is_unreachable() -> None:
    async with browser(scope=Scope(start="http://clinic.invalid/")) as driver:
        lonely = await driver.open()
        with pytest.raises(TargetUnreachable, match="the host name is not known"):
            await lonely.go("http://clinic.invalid/")


async def test_a_distrusted_certificate_is_told_with_what_to_set(secure_site: Site) -> None:
    async with browser(scope=Scope(start=secure_site.origin)) as driver:
        wary = await driver.open()
        with pytest.raises(DriverError, match=r"certificate is not trusted; set verify_tls = false"):
            await wary.go(f"{secure_site.origin}/")


async def test_a_distrusted_certificate_is_accepted_where_that_is_wanted(secure_site: Site) -> None:
    async with browser(scope=Scope(start=secure_site.origin), verify_tls=False) as driver:
        trusting = await driver.open()
        assert (await trusting.go(secure_site.page("<p>over TLS</p>"))).text == "over TLS"


async def test_a_site_on_the_other_internet_protocol_is_opened() -> None:
    running = Running(host="::1")
    async with browser(scope=Scope(start=running.site.origin)) as driver:
        one = await driver.open()
        assert (await one.go(running.site.page("<p>six</p>"))).text == "six"
        assert (await driver.fetch(Request(method="GET", url=f"{running.site.origin}/x"))).status == 200
    running.stop()


async def test_a_download_without_end_is_no_page(tab: BrowserTab, site: Site) -> None:
    here = site.page("<p>here</p>")
    await tab.go(here)
    before = time.monotonic()
    with pytest.raises(DriverError, match="is a download, not a page"):
        await tab.go(f"{site.origin}/download")
    assert time.monotonic() - before < 5
    assert (await tab.look()).text == "here"


async def test_an_answer_without_content_leaves_the_page(tab: BrowserTab, site: Site) -> None:
    here = site.page("<p>here</p>")
    await tab.go(here)
    assert (await tab.go(f"{site.origin}/nothing")).url == here


async def test_a_fault_without_a_body_is_a_screen(tab: BrowserTab, site: Site) -> None:
    screen = await tab.go(f"{site.origin}/broken")
    assert (screen.url, screen.status, screen.text) == (f"{site.origin}/broken", 500, "")


async def test_a_redirect_in_a_circle_is_told(tab: BrowserTab, site: Site) -> None:
    with pytest.raises(DriverError, match="redirects in a circle"):
        await tab.go(f"{site.origin}/circle")


async def test_a_page_that_leads_on_by_script_is_followed(tab: BrowserTab, site: Site) -> None:
    last = site.page("<p>arrived</p>")
    middle = site.page(f"<script>location.replace('{last}')</script>")
    screen = await tab.go(site.page(f"<meta http-equiv=refresh content='0;url={middle}'>"))
    assert (screen.url, screen.text) == (last, "arrived")


@pytest.mark.slow
async def test_a_page_whose_script_never_ends_is_given_up(
    tab: BrowserTab, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = await tab.go(site.page("<button onclick='while (true);'>hang</button>"))
    await tab.click(screen.elements[0])
    monkeypatch.setattr("sessionward.audit.browser.tab.LOOK_SECONDS", 0.5)
    with pytest.raises(DriverError, match=r"did not answer for 0.5 s while looking at it"):
        await tab.look()


async def test_closing_twice_is_no_failure(driver: Chromium, site: Site) -> None:
    one = await driver.open()
    await one.close()
    await one.close()
    with pytest.raises(DriverError, match="gone while"):
        await one.look()


async def test_an_app_that_dies_in_the_middle_is_unreachable() -> None:
    page = b"<!doctype html><title>x</title><a href=/next>next</a>"

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\nContent-Length: {len(page)}\r\n\r\n"
        writer.write(head.encode() + page)
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
    async with browser(scope=Scope(start=url)) as driver:
        lonely = await driver.open()
        screen = await lonely.go(url)
        server.close()
        await server.wait_closed()
        with pytest.raises(TargetUnreachable, match="nothing listens there"):
            await lonely.click(screen.elements[0])
        assert (await lonely.look()).text == ""


async def test_a_page_that_crashed_is_told_and_the_next_one_opens(tab: BrowserTab, site: Site) -> None:
    await tab.go(f"{site.origin}/cookies")
    with suppress(Error, TimeoutError):
        await asyncio.wait_for(tab._window.session.send("Page.crash"), 2)  # noqa: SLF001 — nothing else crashes it
    with pytest.raises(DriverError, match="may have crashed"):
        await tab.look()
    assert (await tab.go(site.page("<p>up again</p>"))).text == "up again"
    assert "lax" in site.hits[-1].cookies


FRAMED = """<form method="post" action="/framed-save"><label>Address <input name="address" value="here"></label>
<button>Save</button></form>"""


async def test_a_page_in_a_frame_of_another_site_is_drawn_and_can_be_clicked_on(
    tab: BrowserTab, site: Site
) -> None:
    await tab.go(f"{site.origin}/cookies")
    screen = await tab.lure(site.page(FRAMED), "http://sessionward-attacker.test")
    assert screen.url == "http://sessionward-attacker.test/"
    button = next(one for one in screen.elements if one.tag == "button")
    assert (button.frame != "", button.visible) == (True, True)
    await tab.click(button)
    assert "strict" not in (await site.first("/framed-save")).cookies
    await tab.go(f"{site.origin}/cookies")
    assert (await tab.look()).url == f"{site.origin}/cookies"


async def test_only_what_is_in_scope_is_framed(tab: BrowserTab) -> None:
    with pytest.raises(OutOfScope):
        await tab.lure("http://example.org/", "http://sessionward-attacker.test")


async def test_going_back_leads_to_the_page_before_and_nowhere_from_the_first(
    tab: BrowserTab, site: Site
) -> None:
    first, second = site.page("<p>first</p>"), site.page("<p>second</p>")
    await tab.go(first)
    await tab.go(second)
    seen = await tab.back()
    assert seen is not None
    assert "first" in seen.text
    while (screen := await tab.back()) is not None:
        assert screen.url in {first, "about:blank"}


async def test_the_source_holds_what_is_not_drawn(tab: BrowserTab, site: Site) -> None:
    await tab.go(site.page("<p hidden>not drawn</p>"))
    assert "not drawn" in await tab.source()


async def test_the_cache_gives_what_may_be_kept_and_nothing_else(tab: BrowserTab, site: Site) -> None:
    kept = site.page("<p>kept</p>", headers={"cache-control": "private, max-age=0"})
    gone = site.page("<p>gone</p>", headers={"cache-control": "no-store"})
    await tab.go(kept)
    await tab.go(gone)
    asked = len(site.at(urlsplit(kept).path))
    assert "kept" in (await tab.from_cache(kept) or "")
    assert await tab.from_cache(gone) is None
    assert len(site.at(urlsplit(kept).path)) == asked
