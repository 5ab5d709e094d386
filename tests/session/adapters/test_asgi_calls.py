from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from tests.session.adapters.portal import CLICK, COOKIE, POLICY, Portal


@pytest.fixture
def portal() -> Portal:
    return Portal()


@pytest.fixture
async def browser(portal: Portal) -> AsyncIterator[httpx.AsyncClient]:
    async with portal.browser() as client:
        yield client


@pytest.fixture
async def other(portal: Portal) -> AsyncIterator[httpx.AsyncClient]:
    async with portal.browser() as client:
        yield client


async def me(browser: httpx.AsyncClient, **headers: str) -> dict[str, Any]:
    found: dict[str, Any] = (await browser.get("/me", headers=headers or CLICK)).json()
    return found


async def who(browser: httpx.AsyncClient) -> str | None:
    name: str | None = (await me(browser))["who"]
    return name


async def post(browser: httpx.AsyncClient, path: str, content: str = "") -> int:
    return (await browser.post(path, content=content)).status_code


async def shown_with(portal: Portal, token: str | None) -> dict[str, Any]:
    """What a browser is shown that presents `token`."""
    async with portal.browser() as client:
        client.cookies.set(COOKIE, token or "", domain="portal.example")
        return await me(client)


async def test_logging_out_everywhere_ends_all_of_the_subject_in_this_tenant(
    portal: Portal, browser: httpx.AsyncClient, other: httpx.AsyncClient
) -> None:
    async with portal.browser() as namesake:
        await post(browser, "/login/north/ana")
        await post(other, "/login/north/ana")
        await post(namesake, "/login/south/ana")
        await post(browser, "/logout-everywhere")
        found = [await who(client) for client in (browser, other, namesake)]
    assert found == [None, None, "south/ana"]


async def test_a_changed_password_ends_the_others_and_renews_this_one(
    portal: Portal, browser: httpx.AsyncClient, other: httpx.AsyncClient
) -> None:
    await post(browser, "/login/north/ana")
    await post(other, "/login/north/ana")
    before = browser.cookies[COOKIE]
    await post(browser, "/password")
    assert browser.cookies[COOKIE] != before
    assert [await who(browser), await who(other)] == ["north/ana", None]
    assert (await shown_with(portal, before))["who"] == "north/ana"
    portal.now += POLICY.renewal_grace
    assert (await shown_with(portal, before))["state"] == "terminated"
    assert await who(browser) is None, "a token used after its grace was stolen, so the family ends"


async def test_what_needs_a_login_is_refused_without_one(browser: httpx.AsyncClient) -> None:
    for action in ("logout-everywhere", "password", "unlock", "lock"):
        assert await post(browser, f"/{action}") == 403
    assert await post(browser, "/logout") == 200
