import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sessionward import asgi
from sessionward.session.adapters.asgi import SessionMiddleware, caused_by_person
from sessionward.session.adapters.cookie_header import SessionCookie
from sessionward.session.digest import Token
from sessionward.session.policy import PolicyError
from sessionward.session.result import Creation, StoreError
from sessionward.session.state import Presented, Session, Value
from sessionward.session.stores.cached_async import AsyncCachedStore
from sessionward.session.stores.memory import MemoryStore
from sessionward.session.stores.store import PURGE_MARGIN
from tests.session.adapters.portal import CLICK, COOKIE, POLICY, POLL, Portal


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


async def test_a_login_gives_a_session_of_that_subject(browser: httpx.AsyncClient) -> None:
    assert await me(browser) == {"state": "anonymous", "who": None, "role": None, "data": {}}
    assert await post(browser, "/login/north/ana") == 200
    assert await me(browser) == {"state": "active", "who": "north/ana", "role": "patient", "data": {}}


async def test_visitors_store_nothing_and_garbage_never_reaches_the_store() -> None:
    class Counting(MemoryStore):
        asked = 0

        def get(self, digest: bytes) -> Session:
            self.asked += 1
            return super().get(digest)

    store = Counting()
    portal = Portal(store)
    async with portal.browser() as browser:
        for _ in range(50):
            assert (await browser.get("/me")).headers.get("set-cookie") is None
    for token in ("garbage", "A" * 42, "A" * 9000, "A" * 42 + "B", ""):
        assert (await shown_with(portal, token))["state"] == "anonymous"
    assert store.asked == 0
    assert (await shown_with(portal, Token.mint().text))["state"] == "anonymous"
    assert store.asked == 1
    assert store.purge(now=1e12) == 0


async def test_a_chosen_token_is_never_adopted(portal: Portal, browser: httpx.AsyncClient) -> None:
    chosen = Token.mint().text
    browser.cookies.set(COOKIE, chosen, domain="portal.example")
    await post(browser, "/login/north/ana")
    assert (await shown_with(portal, chosen))["who"] is None


async def test_a_token_from_before_the_login_opens_nothing_and_ends_nothing(
    portal: Portal, browser: httpx.AsyncClient
) -> None:
    await post(browser, "/set/basket", "planted")
    await post(browser, "/set/next", "/records")
    before = browser.cookies[COOKIE]
    await post(browser, "/login/north/ana")
    portal.now += 60
    assert await shown_with(portal, before) == {"state": "terminated", "who": None, "role": None, "data": {}}
    assert (await me(browser))["data"] == {"next": "/records"}


async def test_a_second_factor_is_awaited_before_anything_is_shown(browser: httpx.AsyncClient) -> None:
    await post(browser, "/first/north/ana")
    assert ((await me(browser))["state"], await who(browser)) == ("pending", None)
    assert await post(browser, "/login/north/ben") == 403
    await post(browser, "/first/north/ana")
    await post(browser, "/login/north/ana")
    assert await who(browser) == "north/ana"


async def test_a_logout_takes_the_cookie_away_and_the_token_opens_nothing(
    portal: Portal, browser: httpx.AsyncClient
) -> None:
    await post(browser, "/login/north/ana")
    token = browser.cookies[COOKIE]
    await post(browser, "/logout")
    assert COOKIE not in browser.cookies
    assert (await shown_with(portal, token))["who"] is None


async def test_a_request_under_way_at_the_logout_brings_nothing_back(
    portal: Portal, browser: httpx.AsyncClient
) -> None:
    await post(browser, "/login/north/ana")
    token = browser.cookies[COOKIE]
    slow = asyncio.create_task(browser.post("/slow/a"))
    await portal.entered.wait()
    await post(browser, "/logout")
    portal.go_on.set()
    assert "set-cookie" not in (await slow).headers
    assert (await shown_with(portal, token))["state"] == "terminated"


async def test_parallel_requests_write_different_values_and_are_told_of_the_same(
    portal: Portal, browser: httpx.AsyncClient
) -> None:
    await post(browser, "/login/north/ana")
    slow = [asyncio.create_task(browser.post(f"/slow/{key}")) for key in ("a", "b")]
    await portal.entered.wait()
    await post(browser, "/set/b", "quick")
    portal.go_on.set()
    assert [(await task).status_code for task in slow] == [200, 409]
    assert (await me(browser))["data"] == {"a": "slow", "b": "quick"}


async def test_a_lock_withholds_the_data_and_a_proof_gives_it_back(
    portal: Portal, browser: httpx.AsyncClient
) -> None:
    await post(browser, "/login/north/ana")
    await post(browser, "/set/note", "x")
    portal.now += 300
    assert await me(browser) == {"state": "locked", "who": None, "role": None, "data": {}}
    assert await post(browser, "/set/note", "y") == 423
    assert await post(browser, "/unlock") == 200
    assert (await me(browser))["data"] == {"note": "x"}


async def test_clicks_keep_a_session_alive_and_polls_do_not(
    portal: Portal, browser: httpx.AsyncClient
) -> None:
    await post(browser, "/login/north/ana")
    for _ in range(3):
        portal.now += 200
        assert (await me(browser, **CLICK))["state"] == "active"
    states = []
    for _ in range(2):
        portal.now += 150
        states.append((await me(browser, **POLL))["state"])
    assert states == ["active", "locked"]


async def test_a_login_takes_over_from_the_least_active(browser: httpx.AsyncClient) -> None:
    portal = Portal(policy=POLICY.but(concurrent_sessions=1))
    async with portal.browser() as first, portal.browser() as second:
        await post(first, "/login/north/ana")
        await post(second, "/login/north/ana")
        assert [await who(first), await who(second)] == [None, "north/ana"]


async def test_whatever_depends_on_a_session_is_kept_by_no_cache(browser: httpx.AsyncClient) -> None:
    without = await browser.get("/me")
    assert without.headers["cache-control"] == "public, max-age=60"
    handing_out = await browser.post("/login/north/ana")
    within = await browser.get("/me")
    leaving = await browser.post("/logout")
    for answer in (handing_out, within, leaving):
        assert answer.headers["cache-control"] == "no-store"
    for answer in (without, handing_out, within, leaving):
        assert answer.headers["vary"] == "Cookie, Authorization"
    browser.cookies.set(COOKIE, "garbage", domain="portal.example")
    assert (await browser.get("/me")).headers["cache-control"] == "no-store"
    assert (await browser.get("/static/style.css")).headers["cache-control"] == "public"


async def test_a_store_that_is_down_serves_nothing_and_forgets_nothing(
    portal: Portal, browser: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*values: object, **named: object) -> Session:
        raise StoreError("down")

    await post(browser, "/login/north/ana")
    with monkeypatch.context() as patch:
        patch.setattr(portal.store, "get", broken)
        answer = await browser.get("/me")
        assert (answer.status_code, answer.headers["cache-control"]) == (503, "no-store")
        assert "ana" not in answer.text
    with monkeypatch.context() as patch:
        patch.setattr(portal.store, "write", broken)
        assert await post(browser, "/set/a", "1") == 503
    assert await who(browser) == "north/ana"


async def test_a_store_that_is_lost_in_a_handler_is_answered_as_one_that_is_down_and_the_log_says_why(
    portal: Portal,
    browser: httpx.AsyncClient,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken(*values: object, **named: object) -> Creation:
        raise StoreError("down")

    monkeypatch.setattr(portal.store, "create", broken)
    answer = await browser.post("/login/north/ana")
    assert (answer.status_code, answer.text, "set-cookie" in answer.headers) == (503, "503\n", False)
    assert [entry.getMessage() for entry in caplog.records if entry.name == "sessionward.store"] == [
        "A request is answered with 503: down"
    ]


async def test_what_wants_a_login_is_forbidden_without_one(browser: httpx.AsyncClient) -> None:
    answer = await browser.post("/logout-everywhere")
    assert (answer.status_code, answer.headers["vary"]) == (403, "Cookie, Authorization")


async def test_what_is_too_old_is_forgotten_by_and_by(portal: Portal, browser: httpx.AsyncClient) -> None:
    await post(browser, "/login/north/ana")
    token = Token.parse(browser.cookies[COOKIE])
    assert token is not None
    store = portal.store
    assert isinstance(store, MemoryStore)
    portal.now += POLICY.absolute_lifetime + PURGE_MARGIN
    assert store.get(token.digest) is not None
    await browser.get("/static/style.css")
    async with portal.browser() as visitor:
        await visitor.get("/me")
    assert store.get(token.digest) is None


async def test_a_store_that_remembers_is_asked_once_and_again_when_something_changed() -> None:
    class Counting(MemoryStore):
        asked = 0

        def get(self, digest: bytes) -> Session:
            self.asked += 1
            return super().get(digest)

    beneath = Counting()
    store = AsyncCachedStore(beneath, bound=60.0)
    portal = Portal(store)
    async with portal.browser() as browser, portal.browser() as elsewhere:
        await post(browser, "/login/north/ana")
        await post(elsewhere, "/login/north/ana")
        await store.read_feed()
        asked = []
        for path in ("/set/a", "", "", "/set/a", "", "/lock", "", ""):
            if path:
                await post(browser, path, "1")
            else:
                assert (await me(browser))["data"] in ({"a": "1"}, {})
            asked.append(beneath.asked)
        assert asked[1] == asked[2]
        assert asked[6] == asked[7]
        assert (await me(browser))["state"] == "locked"
        await post(browser, "/unlock")
        assert (await me(browser))["data"] == {"a": "1"}
        await post(elsewhere, "/logout-everywhere")
        assert await who(browser) is None
    await store.close()


async def test_what_cannot_be_read_is_served_neither_from_the_store_nor_from_memory() -> None:
    class Garbled(MemoryStore):
        asked = 0

        def get(self, digest: bytes) -> Session:
            self.asked += 1
            found = super().get(digest)
            garbage = {"a": Value(version=1, content=b"\x80")}
            return replace(found, data=garbage) if isinstance(found, Presented) else found

    beneath = Garbled()
    store = AsyncCachedStore(beneath, bound=60.0)
    async with Portal(store).browser() as browser:
        await post(browser, "/login/north/ana")
        await store.read_feed()
        before = beneath.asked
        assert [(await browser.get("/me")).status_code for _ in range(3)] == [503] * 3
        assert beneath.asked == before + 1
    await store.close()


async def test_a_change_does_not_collide_with_one_that_another_process_made_before_it() -> None:
    beneath = MemoryStore()
    stores = [AsyncCachedStore(beneath, bound=60.0) for _ in range(2)]
    here, there = (Portal(store) for store in stores)
    async with here.browser() as browser, there.browser() as same:
        await post(browser, "/login/north/ana")
        same.cookies.set(COOKIE, browser.cookies[COOKIE], domain="portal.example")
        for store in stores:
            await store.read_feed()
        assert [await who(same) for _ in range(2)] == ["north/ana"] * 2
        assert await post(browser, "/set/a", "1") == 200
        assert await post(same, "/set/a", "2") == 200
        assert (await me(same))["data"] == {"a": "2"}
    for store in stores:
        await store.close()


def test_the_opening_of_a_websocket_is_a_scripts_doing() -> None:
    raw = [(name.encode(), value.encode()) for name, value in CLICK.items()]
    assert caused_by_person({"type": "http", "method": "GET", "headers": raw}) is True
    assert caused_by_person({"type": "websocket", "headers": raw}) is False


def test_nonsense_is_refused_at_the_start() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None: ...

    with pytest.raises(PolicyError):
        SessionMiddleware(app, store=MemoryStore(), cookie=SessionCookie(name="session"))
    with pytest.raises(LookupError, match="no profile is called 'ward'"):
        SessionMiddleware(app, store=MemoryStore(), policy="ward")


async def test_a_refused_answer_still_brings_the_token_of_a_renewal(
    portal: Portal, browser: httpx.AsyncClient
) -> None:
    async def renew(request: Request) -> Response:
        await asgi.reauthenticated(request)
        await asgi.lock(request)
        request.session["a"] = 1
        return Response(headers={"x-app": "secret"})

    await post(browser, "/login/north/ana")
    app = SessionMiddleware(
        Starlette(routes=[Route("/", renew, methods=["POST"])]),
        store=portal.store,
        policy=POLICY,
        clock=lambda: portal.now,
    )
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="https://portal.example") as again:
        again.cookies = browser.cookies
        answer = await again.post("/")
        assert (answer.status_code, answer.text, answer.headers["cache-control"]) == (
            423,
            "423\n",
            "no-store",
        )
        assert (answer.headers["vary"], answer.headers.get("x-app")) == ("Cookie, Authorization", None)
        portal.now += 60
        assert (await shown_with(portal, again.cookies[COOKIE]))["state"] == "locked"
