import pytest

from sessionward.audit.browser.tab import BrowserTab
from sessionward.audit.driver import OutOfScope
from tests.audit.browser.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

OTHER = "http://sessionward-attacker.test"


def sibling(site: Site) -> str:
    return f"{site.origin.rpartition(':')[0]}:{site.port + 1}"


async def test_an_origin_that_is_given_leave_reads_what_the_cookies_of_its_site_open(
    tab: BrowserTab, site: Site
) -> None:
    await tab.go(f"{site.origin}/cookies")
    near = await tab.read_across(f"{site.origin}/shared", sibling(site))
    assert near.readable
    assert "strict" in near.body
    far = await tab.read_across(f"{site.origin}/shared", OTHER)
    assert far.readable
    assert "strict" not in far.body
    assert "strict was kept back (SameSite)" in far.reason


async def test_a_page_without_an_origin_asks_as_null(tab: BrowserTab, site: Site) -> None:
    heard = await tab.read_across(f"{site.origin}/shared", "null")
    assert heard.readable
    assert site.at("/shared")[-1].headers["origin"] == "null"


async def test_an_origin_that_is_given_no_leave_reads_nothing(tab: BrowserTab, site: Site) -> None:
    for origin in (OTHER, sibling(site), "null"):
        heard = await tab.read_across(f"{site.origin}/unshared", origin)
        assert (heard.readable, heard.body) == (False, "")
        assert heard.reason


async def test_nothing_out_of_scope_is_asked_for(tab: BrowserTab) -> None:
    with pytest.raises(OutOfScope):
        await tab.read_across("http://example.org/", OTHER)
