from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from sessionward.session.state import Reason
from sessionward.session.stores.memory import MemoryStore
from sessionward.session.trail import Happening, TrailEvent
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


async def test_a_phone_is_served_by_its_access_token_and_gets_no_cookie(
    portal: Portal, browser: httpx.AsyncClient, other: httpx.AsyncClient
) -> None:
    answer = await browser.post("/phone/north/ana")
    pair = answer.json()
    assert "set-cookie" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"
    other.headers["authorization"] = f"Bearer {pair['access_token']}"
    assert await who(other) == "north/ana"
    assert await post(other, "/set/note", "x") == 200
    assert (await me(other))["data"] == {"note": "x"}
    answer = await browser.post("/token", content=pair["refresh_token"])
    assert answer.headers["cache-control"] == "no-store"
    fresh = answer.json()
    other.headers["authorization"] = f"Bearer {fresh['access_token']}"
    assert await who(other) == "north/ana"
    assert await post(other, "/logout") == 200
    assert (await me(other))["state"] == "terminated"
    assert (await browser.post("/token", content=fresh["refresh_token"])).status_code == 400


async def test_no_refresh_token_is_taken_for_a_cookie_or_an_access_token(
    portal: Portal, browser: httpx.AsyncClient
) -> None:
    pair = (await browser.post("/phone/north/ana")).json()
    assert (await shown_with(portal, pair["refresh_token"]))["who"] is None
    browser.headers["authorization"] = f"Bearer {pair['refresh_token']}"
    assert await who(browser) is None
    assert (await browser.post("/token", content="nonsense")).status_code == 400


async def test_a_workstation_goes_from_hand_to_hand(browser: httpx.AsyncClient) -> None:
    await post(browser, "/login/north/ana")
    await post(browser, "/set/note", "x")
    assert await post(browser, "/park") == 200
    assert COOKIE not in browser.cookies
    await post(browser, "/login/north/ben")
    assert (await me(browser))["data"] == {}
    assert await post(browser, "/resume/south/ana") == 403
    assert await post(browser, "/resume/north/ana") == 200
    assert await me(browser) == {
        "state": "active",
        "who": "north/ana",
        "role": "patient",
        "data": {"note": "x"},
    }


async def test_a_lease_needs_a_policy_that_has_one(browser: httpx.AsyncClient) -> None:
    await post(browser, "/login/north/ana")
    assert await post(browser, "/hold") == 403


async def test_a_consultation_keeps_the_session_open_while_it_shows_life() -> None:
    portal = Portal(policy=POLICY.but(lease_length=90))
    async with portal.browser() as browser:
        await post(browser, "/login/north/ana")
        for _ in range(10):
            portal.now += 60
            assert await post(browser, "/hold") == 200
        assert (await me(browser, **{"sec-fetch-mode": "cors"}))["state"] == "active"


async def test_all_that_happens_to_sessions_stands_in_the_trail_of_their_tenant(
    browser: httpx.AsyncClient, portal: Portal
) -> None:
    browser.headers["user-agent"] = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    await post(browser, "/login/north/ana")
    token = browser.cookies[COOKIE]
    await post(browser, "/lock")
    await post(browser, "/unlock")
    await post(browser, "/logout-everywhere")
    store = portal.store
    assert isinstance(store, MemoryStore)
    found = [TrailEvent.decode(entry.content) for entry in store.audit_since("north", 0, limit=99)]
    assert [(entry.what, entry.reason) for entry in found] == [
        (Happening.CREATED, None),
        (Happening.LOCKED, None),
        (Happening.PROVED, None),
        (Happening.ALL_ENDED, Reason.LOGOUT_EVERYWHERE),
    ]
    assert {(entry.subject, entry.device) for entry in found} == {("ana", "Firefox on Linux")}
    assert token.encode() not in b"".join(entry.encode() for entry in found)
    assert store.audit_since("south", 0, limit=99) == ()


async def test_an_administrator_who_ends_anothers_sessions_is_named(
    browser: httpx.AsyncClient, other: httpx.AsyncClient, portal: Portal
) -> None:
    await post(browser, "/login/north/ana")
    await post(other, "/login/north/admin")
    assert await post(other, "/end/north/ana") == 200
    assert [await who(browser), await who(other)] == [None, "north/admin"]
    store = portal.store
    assert isinstance(store, MemoryStore)
    last = TrailEvent.decode(store.audit_since("north", 0, limit=99)[-1].content)
    assert (last.what, last.subject, last.by) == (Happening.ALL_ENDED, "ana", "admin")


async def test_an_administrator_ends_a_tenant_and_everybody(
    browser: httpx.AsyncClient, other: httpx.AsyncClient
) -> None:
    await post(browser, "/login/north/ana")
    await post(other, "/login/south/admin")
    assert (await other.post("/end-tenant/north")).json() == {"north": 1}
    assert [await who(browser), await who(other)] == [None, "south/admin"]
    await post(browser, "/login/north/ana")
    assert (await other.post("/end-everybody")).json() == {"north": 1, "south": 1}
    assert [await who(browser), await who(other)] == [None, None]
