import socket
import stat
import time
from pathlib import Path

import pytest

from sessionward.audit.browser import Scope, browser
from sessionward.audit.browser.chromium import Chromium
from sessionward.audit.browser.tab import BrowserTab
from sessionward.audit.driver import DriverError, OutOfScope, TargetUnreachable
from tests.audit.browser.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_a_page_is_opened_and_seen(tab: BrowserTab, site: Site) -> None:
    url = site.page("<h1>Hello</h1>")
    screen = await tab.go(url)
    assert (screen.url, screen.text, screen.status) == (url, "Hello", 200)


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
            "<style>ul{display:none} div:hover ul{display:block}</style><div tabindex=0>Ana<ul><li><a href=/x>Out</a></ul></div>"
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
