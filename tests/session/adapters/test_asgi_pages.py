from collections.abc import AsyncIterator, MutableMapping
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from sessionward.asgi import MemoryStore, PageSettings, Policies, SessionMiddleware
from sessionward.session.result import StoreError
from tests.session.adapters.portal import COOKIE, POLICY, Portal

OWN = {"x-session-page": "/form", "sec-fetch-site": "same-origin"}


@pytest.fixture
async def browser() -> AsyncIterator[httpx.AsyncClient]:
    portal = Portal()
    portal.app._pages = SessionMiddleware(  # noqa: SLF001 - the portal with pages
        Starlette(), store=portal.store, policy=POLICY, pages=PageSettings(keys=(b"k" * 32,))
    )._pages
    async with portal.browser() as client:
        yield client


async def test_the_script_is_served_to_anybody(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/session/script.js")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["etag"]


async def test_a_copy_of_the_script_that_is_still_right_is_not_sent_again(browser: httpx.AsyncClient) -> None:
    etag = (await browser.get("/session/script.js")).headers["etag"]
    for known in (etag, f'"other", W/{etag}'):
        answer = await browser.get("/session/script.js", headers={"if-none-match": known})
        assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", etag)
    assert (await browser.get("/session/script.js", headers={"if-none-match": '"other"'})).status_code == 200


async def test_the_script_is_only_read(browser: httpx.AsyncClient) -> None:
    answer = await browser.post("/session/script.js")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")
    answer = await browser.head("/session/script.js")
    assert (answer.status_code, answer.content) == (200, b"")


async def test_the_state_is_kept_by_nobody_and_a_logout_takes_the_cookie_away(
    browser: httpx.AsyncClient,
) -> None:
    await browser.post("/login/north/ana")
    state = await browser.get("/session/state", headers=OWN)
    assert (state.json()["state"], state.headers["cache-control"]) == ("active", "no-store")
    assert state.headers["cross-origin-resource-policy"] == "same-origin"
    assert (await browser.post("/session/logout", headers=OWN)).json()["state"] == "terminated"
    assert COOKIE not in browser.cookies


async def test_a_body_that_is_too_long_is_refused(browser: httpx.AsyncClient) -> None:
    await browser.post("/login/north/ana")
    answer = await browser.put("/session/drafts/a", headers=OWN, content=b"x" * 65_537)
    assert answer.status_code == 413


async def test_a_store_that_is_down_is_told(
    browser: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    await browser.post("/login/north/ana")

    def broken(*values: object) -> Any:
        raise StoreError("The store is down.")

    monkeypatch.setattr(MemoryStore, "get", broken)
    assert (await browser.get("/session/state", headers=OWN)).status_code == 503


async def test_the_route_of_the_page_that_asks_is_the_one_that_counts() -> None:
    policies = Policies(base=POLICY, routes={"/prescriptions": {"lock_after": 60.0}})
    portal = Portal(policy=policies)
    settings = PageSettings(keys=(b"k" * 32,))
    portal.app = SessionMiddleware(
        portal.app._app,  # noqa: SLF001 - the same app
        store=portal.store,
        policy=policies,
        pages=settings,
        clock=lambda: portal.now,
    )
    async with portal.browser() as client:
        await client.post("/login/north/ana")
        for page, lock in (
            ("/form", 300),
            ("/prescriptions/1", 60),
            ("/prescription%73/1", 60),
            ("nonsense", 300),
        ):
            answer = await client.get("/session/state", headers={**OWN, "x-session-page": page})
            assert answer.json()["lock"] == lock


@pytest.mark.parametrize("below", ["script.js", "state"])
async def test_a_websocket_to_the_pages_is_refused_and_no_crash(below: str) -> None:
    portal = Portal()
    pages = PageSettings(keys=(b"k" * 32,))
    app = SessionMiddleware(Starlette(), store=portal.store, policy=POLICY, pages=pages)
    sent: list[str] = []

    async def receive() -> dict[str, Any]:
        return {"type": "websocket.connect"}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message["type"])

    scope: dict[str, Any] = {"type": "websocket", "path": f"/session/{below}", "headers": [], "client": None}
    await app(scope, receive, send)
    assert sent == ["websocket.close"]
