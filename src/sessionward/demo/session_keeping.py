"""How a clinic's sessions are kept: what an app is wrapped in, and how each request's visitor is found."""

from typing import Protocol

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import HTTPConnection
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sessionward.demo.visitor import STATIC, Visitor


class SessionKeeping(Protocol):
    """The session layer, or sessions by hand."""

    def middleware(self) -> list[Middleware]:
        """What goes around the app, outermost first."""
        ...

    def routes(self) -> list[BaseRoute]:
        """Pages that only this way of keeping sessions has."""
        ...

    async def arrive(self, connection: HTTPConnection) -> Visitor:
        """Who asks; a remembered browser is logged in again."""
        ...


class VisitorLayer:
    """Puts the `Visitor` into the request's state, and its cookies on the answer, errors included."""

    def __init__(self, app: ASGIApp, keeping: SessionKeeping) -> None:
        """`keeping` is where visitors are known."""
        self._app = app
        self._keeping = keeping

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as `app` does, knowing the visitor."""
        if scope["type"] not in {"http", "websocket"} or scope["path"].startswith(STATIC):
            await self._app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        visitor = await self._keeping.arrive(connection)
        connection.state.visitor = visitor

        async def send_with_cookies(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for cookie in visitor.set_cookies:
                    headers.append("set-cookie", cookie)
            await send(message)

        await self._app(scope, receive, send_with_cookies)
