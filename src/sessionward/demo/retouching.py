"""What happens to answers on their way out, after everything that protects them: nothing, unless a hazard says so."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sessionward.demo.protections import Retouch


class Retouching:
    """Stands where a proxy would, in front of the app."""

    def __init__(self, app: ASGIApp, retouches: tuple[Retouch, ...]) -> None:
        """Each of `retouches` is given every answer's headers."""
        self._app = app
        self._retouches = retouches

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as `app` does, retouched."""

        async def send_retouched(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for retouch in self._retouches:
                    retouch(scope, headers)
            await send(message)

        await self._app(scope, receive, send_retouched if self._retouches else send)
