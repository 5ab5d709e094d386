"""A small portal on the session layer, as an app would be written, and browsers that use it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from sessionward import asgi
from sessionward.session.policies import Policies
from sessionward.session.policy import Policy
from sessionward.session.stores.memory import MemoryStore
from sessionward.session.stores.store import AsyncStore, Store

COOKIE = "__Host-session"
POLICY = Policy.of("patient-portal").but(lock_after=300.0)
CLICK = {"sec-fetch-mode": "navigate", "sec-fetch-user": "?1"}
POLL = {"sec-fetch-mode": "cors"}


class Portal:
    """The app, its clock, and gates at which a request can be held up."""

    def __init__(self, store: Store | AsyncStore | None = None, policy: Policy | Policies = POLICY) -> None:
        self.now = 1_700_000_000.0
        self.entered = asyncio.Event()
        self.go_on = asyncio.Event()
        self.store = store or MemoryStore()
        routes = [
            Route("/me", me),
            Route("/set/{key}", put, methods=["POST"]),
            Route("/slow/{key}", self.slow, methods=["POST"]),
            Route("/first/{tenant}/{name}", first, methods=["POST"]),
            Route("/login/{tenant}/{name}", log_in, methods=["POST"]),
            Route("/static/style.css", style),
            Route("/phone/{tenant}/{name}", phone, methods=["POST"]),
            Route("/end/{tenant}/{name}", end, methods=["POST"]),
            Route("/end-tenant/{tenant}", end_tenant, methods=["POST"]),
            Route("/end-everybody", end_everybody, methods=["POST"]),
            Route("/token", token, methods=["POST"]),
            Route("/resume/{tenant}/{name}", resume, methods=["POST"]),
            Route("/prove/{scope}", prove, methods=["POST"]),
            Route("/sign", sign, methods=["POST"]),
            Route("/export", export, methods=["POST"]),
            Route("/factors", factors, methods=["POST"]),
            Route("/{action}", act, methods=["POST"]),
            WebSocketRoute("/live", live),
        ]
        self.app = asgi.SessionMiddleware(
            Starlette(routes=routes),
            store=self.store,
            policy=policy,
            public=["/static"],
            revocation_bound=0.01,
            clock=lambda: self.now,
        )

    @asynccontextmanager
    async def browser(self) -> AsyncIterator[httpx.AsyncClient]:
        """A browser with a cookie jar of its own."""
        transport = httpx.ASGITransport(app=self.app)
        async with httpx.AsyncClient(transport=transport, base_url="https://portal.example") as client:
            yield client

    async def slow(self, request: Request) -> Response:
        """Write a value, but wait for the gate before the answer begins."""
        self.entered.set()
        await self.go_on.wait()
        request.session[request.path_params["key"]] = "slow"
        return JSONResponse({})


async def me(request: Request) -> Response:
    who = asgi.current(request)
    named = None if who.subject is None else f"{who.subject.tenant}/{who.subject.id}"
    body = {"state": who.state, "who": named, "role": who.role, "data": dict(request.session)}
    return JSONResponse(body, headers={"Cache-Control": "public, max-age=60"})


async def put(request: Request) -> Response:
    request.session[request.path_params["key"]] = (await request.body()).decode()
    return JSONResponse({})


async def first(request: Request) -> Response:
    await asgi.first_factor(request, subject(request))
    return JSONResponse({})


async def log_in(request: Request) -> Response:
    try:
        await asgi.login(request, subject(request), role="patient", keep=["next"])
    except asgi.Refused as error:
        return JSONResponse({"refused": error.refusal}, status_code=403)
    return JSONResponse({})


async def style(request: Request) -> Response:
    return Response("body {}", headers={"Cache-Control": "public"})


async def act(request: Request) -> Response:
    actions = {
        "logout": asgi.logout,
        "logout-everywhere": asgi.logout_everywhere,
        "password": asgi.password_changed,
        "unlock": asgi.reauthenticated,
        "lock": asgi.lock,
        "park": asgi.park,
        "hold": asgi.hold,
    }
    try:
        await actions[request.path_params["action"]](request)
    except asgi.Refused as error:
        return JSONResponse({"refused": error.refusal}, status_code=403)
    return JSONResponse({})


async def phone(request: Request) -> Response:
    return JSONResponse((await asgi.login_bearer(request, subject(request))).as_dict())


async def token(request: Request) -> Response:
    try:
        pair = await asgi.refresh(request, (await request.body()).decode())
    except asgi.Refused:
        return JSONResponse({"error": "invalid_grant"}, status_code=400)
    return JSONResponse(pair.as_dict())


async def resume(request: Request) -> Response:
    try:
        await asgi.resume(request, subject(request), method="badge")
    except asgi.Refused as error:
        return JSONResponse({"refused": error.refusal}, status_code=403)
    return JSONResponse({})


async def end(request: Request) -> Response:
    await asgi.end_subject(request, subject(request))
    return JSONResponse({})


async def end_tenant(request: Request) -> Response:
    return JSONResponse(await asgi.end_tenant(request, request.path_params["tenant"]))


async def end_everybody(request: Request) -> Response:
    return JSONResponse(
        {str(tenant): number for tenant, number in (await asgi.end_everybody(request)).items()}
    )


async def prove(request: Request) -> Response:
    shown = (await request.body()).decode() or None
    await asgi.reauthenticated(request, method="totp", scope=request.path_params["scope"], shown=shown)
    return JSONResponse({})


async def sign(request: Request) -> Response:
    try:
        await asgi.needs_permission(request, "sign", shown=(await request.body()).decode())
    except asgi.StepUp as answer:
        return answer  # type: ignore[return-value]  # an ASGI app, as every answer of Starlette's
    return JSONResponse({})


@asgi.permitted("export")
async def export(request: Request) -> Response:
    return JSONResponse({})


@asgi.proved_recently(300)
async def factors(request: Request) -> Response:
    return JSONResponse({})


async def live(socket: WebSocket) -> None:
    await socket.accept()
    async for text in socket.iter_text():
        if text == "consult":
            await asgi.hold(socket)
        await socket.send_text(text.upper())


def subject(request: Request) -> asgi.Subject:
    return asgi.Subject(tenant=request.path_params["tenant"], id=request.path_params["name"])
