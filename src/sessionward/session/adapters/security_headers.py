"""Security headers for ASGI apps, whatever the framework."""

from sessionward.session.adapters.request_origin import by_name
from sessionward.session.adapters.served import KEY, App, HasScope, Message, Receive, Scope, Send, Served
from sessionward.session.headers.dressing import Dressing, policies_of
from sessionward.session.headers.header_policy import HeaderPolicies, HeaderPolicy

PLACE = "sessionward.headers"


class SecurityHeaders:
    """Gives the answers of `app` the headers that have browsers protect them.

    Templates find the nonce for their scripts as `request.state.csp_nonce`. It belongs around the session middleware,
    whose logouts it sees and has the browser forget what it stored.
    """

    def __init__(self, app: App, policies: HeaderPolicies | HeaderPolicy | None = None) -> None:
        self._app = app
        self._policies = policies_of(policies)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        dressing = Dressing.begin(self._policies, scope["path"], secure=scope.get("scheme") == "https")
        scope[PLACE] = dressing
        scope["state"] = {**scope.get("state", {}), "csp_nonce": dressing.nonce}

        async def send_dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                served: Served | None = scope.get(KEY)
                dressing.ended = dressing.ended or (served is not None and served.ending)
                headers = list(message.get("headers", ()))
                change = dressing.amendment(message["status"], by_name(headers))
                kept = [entry for entry in headers if entry[0].decode("latin-1").lower() not in change.drop]
                more = [
                    (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in change.add
                ]
                message["headers"] = [*kept, *more]
            await send(message)

        await self._app(scope, receive, send_dressed)


def csp_nonce(connection: HasScope) -> str:
    """The nonce that scripts of this answer must bear, empty where the route's policy goes by none.

    Raises:
        RuntimeError: the middleware is not installed.

    """
    return _of(connection).nonce


def clear_site_data(connection: HasScope) -> None:
    """Have the browser forget what the site stored in it, as at a logout by `logout`. Before the answer begins.

    Raises:
        RuntimeError: the middleware is not installed.

    """
    _of(connection).ended = True


def _of(connection: HasScope) -> Dressing:
    found: Dressing | None = connection.scope.get(PLACE)
    if found is None:
        raise RuntimeError("SecurityHeaders is not installed.")
    return found
