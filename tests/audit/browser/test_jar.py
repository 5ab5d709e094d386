import time

import pytest

from sessionward.audit.browser.tab import BrowserTab
from sessionward.http import Cookie
from tests.audit.browser.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_cookies_are_told_with_what_the_server_said(tab: BrowserTab, site: Site) -> None:
    await tab.go(f"{site.origin}/cookies")
    found = {cookie.name: cookie for cookie in await tab.cookies()}
    assert {name: cookie.same_site for name, cookie in found.items()} == {
        "loose": "None",
        "lax": "Lax",
        "strict": "Strict",
        "unsaid": "",
    }
    assert found["strict"].http_only
    assert found["loose"].secure
    assert not found["unsaid"].persistent
    assert found["unsaid"].host_only


async def test_planted_cookies_are_sent(tab: BrowserTab, site: Site) -> None:
    expires = float(int(time.time()) + 3600)
    planted = (
        Cookie(name="a", value="1"),
        Cookie(name="b", value="2", path="/only", http_only=True, same_site="Strict", expires=expires),
    )
    await tab.plant(planted)
    await tab.go(f"{site.origin}/planted")
    await tab.go(f"{site.origin}/only/here")
    assert site.at("/planted")[-1].cookies == {"a"}
    assert site.at("/only/here")[-1].cookies == {"a", "b"}
    back = next(cookie for cookie in await tab.cookies() if cookie.name == "b")
    assert (back.path, back.http_only, back.same_site, back.expires) == ("/only", True, "Strict", expires)


async def test_a_planted_cookie_is_replaced_by_the_server(tab: BrowserTab, site: Site) -> None:
    await tab.plant([Cookie(name="lax", value="planted")])
    await tab.go(f"{site.origin}/cookies")
    assert [cookie.value for cookie in await tab.cookies() if cookie.name == "lax"] == ["1"]


STORING = """<script>
document.cookie = "seen=1"; localStorage.a = "local text"; sessionStorage.b = "session text";
const open = indexedDB.open("base", 1);
open.onupgradeneeded = () => open.result.createObjectStore("store").put({ deep: { token: "kept in a base" } }, "key");
open.onsuccess = () => { document.title = "stored"; open.result.close(); };
</script>"""


async def test_what_scripts_can_read_is_told(tab: BrowserTab, site: Site) -> None:
    await tab.go(f"{site.origin}/cookies")
    await tab.go(site.page(STORING))
    seen = await tab.storage()
    assert "seen=1" in seen.cookie
    assert "strict" not in seen.cookie
    assert set(seen.items) == {
        ("local", "a", "local text"),
        ("session", "b", "session text"),
        ("indexeddb", "base/store/key/deep/token", "kept in a base"),
    }


async def test_a_page_without_storage_has_none(tab: BrowserTab) -> None:
    seen = await tab.storage()
    assert (seen.cookie, seen.items) == ("", ())


async def test_planted_items_are_there_and_the_app_was_not_asked(tab: BrowserTab, site: Site) -> None:
    before = len(site.hits)
    await tab.plant_storage([("local", "token", "t"), ("session", "s", "u"), ("indexeddb", "x", "y")])
    assert len(site.hits) == before
    await tab.go(site.page("<p>x</p>"))
    assert set((await tab.storage()).items) == {("local", "token", "t"), ("session", "s", "u")}
