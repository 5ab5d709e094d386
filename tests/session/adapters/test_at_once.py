"""The short way must come to what the long one does, and is taken only where it can."""

import gc
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sessionward import asgi
from sessionward.session.adapters.at_once import ServedAtOnce
from sessionward.session.adapters.cookie_lines import LONGEST
from sessionward.session.digest import Token
from sessionward.session.dpop.proof_terms import ProofRefused, ProofRequest
from sessionward.session.pages.page_settings import PageSettings
from sessionward.session.result import StoreError
from sessionward.session.state import State
from tests.session.adapters.portal import CLICK, COOKIE, POLICY, POLL
from tests.session.adapters.remembering_scene import ANA, Scene, me, remembering_scene


@pytest.fixture
async def scene(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Scene]:
    async with remembering_scene(monkeypatch) as made:
        yield made


@pytest.fixture
async def browser(scene: Scene) -> AsyncIterator[httpx.AsyncClient]:
    async with scene.logged_in() as client:
        yield client


async def test_a_request_that_changes_nothing_is_answered_as_on_the_long_way(
    scene: Scene, browser: httpx.AsyncClient
) -> None:
    short = await browser.get("/me", headers=CLICK)
    before = scene.beneath.asked
    short_again = await browser.get("/me", headers=POLL)
    assert scene.beneath.asked == before
    async with scene.same_browser(browser) as tab:
        asked = await tab.get("/me", headers=CLICK)
    assert short.json() == short_again.json() == asked.json() == ANA
    assert short.headers == short_again.headers == asked.headers
    assert short.headers["cache-control"] == "no-store"
    assert scene.ways == [True, True]


async def test_whatever_else_a_request_brings_sends_it_the_long_way(
    scene: Scene, browser: httpx.AsyncClient
) -> None:
    text = browser.cookies[COOKIE]
    line = f"{COOKIE}={text}"
    other = f"{COOKIE}={Token.mint().text}"
    async with scene.portal.browser() as bare:
        for headers, who in (
            ([("cookie", line)], "north/ana"),
            ([("cookie", line), ("cookie", "theme=dark")], "north/ana"),
            ([("cookie", line), ("cookie", other)], None),
            ([("cookie", other), ("cookie", line)], None),
            ([("cookie", line), ("cookie", line)], None),
            ([("cookie", f"{line}; {other}")], None),
            ([("cookie", f"{line}x")], None),
            ([("cookie", line), ("authorization", f"Bearer {text}")], "north/ana"),  # none of ours
            ([("cookie", line), ("authorization", f"Bearer {'A' * 86}")], None),
        ):
            for _ in range(2):
                found = await bare.get("/me", headers=[*CLICK.items(), *headers])
                assert found.json()["who"] == who
                assert found.headers["cache-control"] == "no-store"
        assert scene.ways == [True] * 2 + [False] * 16
        long = f"{line}; other={'x' * LONGEST}"
        for _ in range(3):
            assert (await bare.get("/me", headers={"cookie": long})).json()["who"] == "north/ana"
        assert not any(scene.ways[2:])
        known = f"theme=dark; {line}"
        for _ in range(2):
            assert (await bare.get("/me", headers={"cookie": known})).json()["who"] == "north/ana"
        assert scene.ways[-2:] == [False, True]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "QUERY"])
async def test_an_unsafe_method_begins_with_what_the_store_says(
    scene: Scene, browser: httpx.AsyncClient, method: str
) -> None:
    before = scene.beneath.asked
    await browser.request(method, "/set/a", content="1")
    assert (scene.ways, scene.beneath.asked) == ([False], before + 1)


async def test_what_a_handler_writes_is_written_and_nobody_elses(
    scene: Scene, browser: httpx.AsyncClient
) -> None:
    async def write(request: Request) -> Response:
        request.session["n"] = request.session.get("n", 0) + 1
        return JSONResponse(request.session)

    async def deep(request: Request) -> Response:
        request.session.setdefault("list", []).append(1)
        return JSONResponse(request.session)

    async def late(request: Request) -> Response:
        assert asgi.current(request).state is State.ACTIVE
        request.session.pop("n", None)
        return JSONResponse(dict(request.session), headers={"x-who": str(asgi.current(request).subject)})

    app = asgi.SessionMiddleware(
        Starlette(routes=[Route("/n", write), Route("/deep", deep), Route("/late", late)]),
        store=scene.store,
        policy=POLICY,
        clock=lambda: scene.portal.now,
    )
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="https://portal.example") as client:
        client.cookies = browser.cookies
        for number in (1, 2, 3):
            for path in ("/me", "/me"):
                await browser.get(path)
            assert (await client.get("/n")).json() == {"a": "1", "n": number}
            assert (await me(browser))["data"] == {"a": "1", "n": number}
        for number in (1, 2, 3):
            await me(browser)
            assert (await client.get("/deep")).json() == {"a": "1", "n": 3, "list": [1] * number}
        await me(browser)
        assert (await client.get("/late")).json() == {"a": "1", "list": [1, 1, 1]}
        assert (await me(browser))["data"] == {"a": "1", "list": [1, 1, 1]}
    assert scene.ways.count(True) > 8


async def test_a_handler_that_ends_or_renews_the_session_upon_a_safe_method_does_so(
    scene: Scene, browser: httpx.AsyncClient
) -> None:
    async def act(request: Request) -> Response:
        await {"renew": asgi.reauthenticated, "out": asgi.logout}[request.path_params["act"]](request)
        return JSONResponse({"who": asgi.current(request).subject is not None})

    app = asgi.SessionMiddleware(
        Starlette(routes=[Route("/{act}", act)]),
        store=scene.store,
        policy=POLICY,
        clock=lambda: scene.portal.now,
    )
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="https://portal.example") as client:
        client.cookies = browser.cookies
        await client.get("/renew")
        scene.ways.clear()
        before = client.cookies[COOKIE]
        for path, who in (("/renew", True), ("/out", False)):
            assert (await client.get(path)).json() == {"who": who}
            if who:
                assert client.cookies[COOKIE] != before
        assert client.cookies.get(COOKIE) is None
        client.cookies.set(COOKIE, before, domain="portal.example")
        assert (await me(browser, {**CLICK, "cookie": f"{COOKIE}={before}"}))["who"] is None


async def test_what_a_handler_lets_pass_is_answered_as_on_the_long_way(
    scene: Scene, browser: httpx.AsyncClient
) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        request = Request(scope)
        if request.url.path == "/refused":
            await asgi.spend(request, "sign")
        if request.url.path == "/down":
            scene.beneath.lost = True
            await asgi.epoch_of(request, asgi.Subject(tenant="north", id="ana"))
            raise StoreError("down")
        raise ZeroDivisionError

    own = asgi.SessionMiddleware(app, store=scene.store, policy=POLICY, clock=lambda: scene.portal.now)
    transport = httpx.ASGITransport(app=own)
    async with httpx.AsyncClient(transport=transport, base_url="https://portal.example") as client:
        client.cookies = browser.cookies
        with pytest.raises(ZeroDivisionError):
            await client.get("/other")
        for _ in range(2):
            assert (await client.get("/refused")).status_code == 403
        answer = await client.get("/down")
        assert (answer.status_code, answer.headers["cache-control"]) == (503, "no-store")
    assert scene.ways[1:] == [True, True, True]


async def test_requests_at_the_same_time_do_not_see_each_others_values(
    scene: Scene, browser: httpx.AsyncClient
) -> None:
    sessions = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        sessions.append(scope["session"])
        if len(sessions) == 3:
            sessions[2]["a"] = "other"
            del sessions[1]["a"]
            assert sessions[0] == {"a": "1"}
        if len(sessions) < 4:
            await own({**scope}, receive, quiet)
        else:
            assert sessions[3] == {"a": "1"}
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def quiet(message: Any) -> None: ...

    own = asgi.SessionMiddleware(app, store=scene.store, policy=POLICY, clock=lambda: scene.portal.now)
    transport = httpx.ASGITransport(app=own)
    async with httpx.AsyncClient(transport=transport, base_url="https://portal.example") as client:
        client.cookies = browser.cookies
        await client.get("/")
    assert scene.ways[1:] == [True, True, True]


async def test_a_proof_of_a_key_is_looked_at_where_keys_are_proved(
    scene: Scene, browser: httpx.AsyncClient
) -> None:
    class Judge:
        def judge(self, request: ProofRequest, now: float) -> ProofRefused:
            raise AssertionError("No cookie's session is bound to a key.")

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await Response(f"{asgi.current(Request(scope)).state}")(scope, receive, send)

    own = asgi.SessionMiddleware(
        app, store=scene.store, policy=POLICY, dpop=Judge(), clock=lambda: scene.portal.now
    )
    transport = httpx.ASGITransport(app=own)
    async with httpx.AsyncClient(transport=transport, base_url="https://portal.example") as client:
        client.cookies = browser.cookies
        for headers in ({}, {}, {"dpop": "x"}, {}):
            assert (await client.get("/", headers=headers)).text == "active"
    assert scene.ways == [False, True, False, True]


async def test_below_the_pages_prefix_the_pages_answer(scene: Scene, browser: httpx.AsyncClient) -> None:
    settings = PageSettings(keys=(b"k" * 32,))

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await Response("app")(scope, receive, send)

    own = asgi.SessionMiddleware(
        app, store=scene.store, policy=POLICY, pages=settings, clock=lambda: scene.portal.now
    )
    transport = httpx.ASGITransport(app=own)
    async with httpx.AsyncClient(transport=transport, base_url="https://portal.example") as client:
        client.cookies = browser.cookies
        for _ in range(2):
            assert (await client.get("/")).text == "app"
        state = await client.get(f"{settings.prefix}/state", headers={"x-session-page": "/"})
        assert state.json()["state"] == "active"
    assert scene.ways == [False, True]


async def test_a_request_leaves_nothing_to_the_garbage_collector(
    scene: Scene, browser: httpx.AsyncClient
) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        assert scope["session"] == {"a": "1"}
        served = asgi.current(Request(scope))
        assert served.subject is not None
        await send({"type": "http.response.start", "status": 200, "headers": []})

    class Cycle:
        """As a server's, which holds the scope."""

        def __init__(self) -> None:
            self.scope: dict[str, Any] = {
                "type": "http",
                "method": "GET",
                "path": "/",
                "headers": [(b"cookie", f"{COOKIE}={browser.cookies[COOKIE]}".encode())],
            }

        async def send(self, message: Any) -> None: ...

    own = asgi.SessionMiddleware(app, store=scene.store, policy=POLICY, clock=lambda: scene.portal.now)

    async def receive() -> Any: ...

    async def serve() -> None:
        cycle = Cycle()
        await own(cycle.scope, receive, cycle.send)

    for _ in range(3):
        await serve()
    gc.collect()
    gc.disable()
    try:
        await serve()
        assert scene.ways[-1]
        assert not [entry for entry in gc.get_objects() if type(entry) in {ServedAtOnce, Cycle}]
    finally:
        gc.enable()
