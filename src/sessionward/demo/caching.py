"""Who may keep an answer: nobody, but for files that are the same for everybody."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sessionward.demo.visitor import STATIC, VERSION


class Caching:
    """Says so on every answer that does not say it itself."""

    def __init__(self, app: ASGIApp) -> None:
        """`app` is what answers."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as `app` does."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_keeping(message: Message) -> None:
            if message["type"] == "http.response.start":
                shared = scope["path"].startswith(STATIC)
                MutableHeaders(scope=message).setdefault(
                    "cache-control", _keeping(scope) if shared else "no-store"
                )
            await send(message)

        await self._app(scope, receive, send_with_keeping)


def _keeping(scope: Scope) -> str:
    """How long caches may keep a file: for good where its address changes with its content."""
    versioned = scope["query_string"].startswith(f"{VERSION}=".encode())
    return "public, max-age=31536000, immutable" if versioned else "no-cache"
