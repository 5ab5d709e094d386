"""The defence against forged requests for ASGI apps, whatever the framework."""

from collections.abc import Iterable, Mapping

from sessionward.session.adapters.arrival import REFUSAL, REFUSAL_TYPE, Arrival, OnRefusal, token_field
from sessionward.session.adapters.served import KEY, App, HasScope, Message, Receive, Scope, Send, Served
from sessionward.session.forgery.first_field import LONGEST_LOOK, token_in_form
from sessionward.session.forgery.judge import Sent
from sessionward.session.forgery.rules import ForgeryRules

PLACE = "sessionward.arrival"
POLICY_VIOLATION = 1008


class ForgeryGuard:
    """Refuses what other sites had a browser send to `app`, before the app or a store hears of it.

    It belongs around everything else, the session middleware too. `on_refusal` is told of each refusal.
    """

    def __init__(self, app: App, rules: ForgeryRules, *, on_refusal: OnRefusal | None = None) -> None:
        self._app = app
        self._rules = rules
        self._on_refusal = on_refusal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        arrival = Arrival(self._rules, sent_by(scope))
        receive = await shown(arrival, receive)
        if arrival.doubt is not None:
            refused = arrival.refused()
            if self._on_refusal is not None:
                self._on_refusal(refused)
            await _refuse(scope["type"], send)
            return
        answer = _Answer(arrival, send)
        scope[PLACE] = answer
        await self._app(scope, receive, answer.send if scope["type"] == "http" else send)


def forgery_token(connection: HasScope) -> str:
    """A form token for `connection`'s answer, which a script may send as the header X-CSRF-Token.

    Raises:
        RuntimeError: the guard is not installed, or the answer has begun without the cookie that it needs.
        PolicyError: the rules have no keys.

    """
    answer: _Answer | None = connection.scope.get(PLACE)
    if answer is None:
        raise RuntimeError("ForgeryGuard is not installed.")
    served: Served | None = connection.scope.get(KEY)
    return answer.token(None if served is None else served)


def forgery_field(connection: HasScope) -> str:
    """The hidden field for a form, as HTML. In a form with uploads it must be the first field. Raises as above."""
    return token_field(forgery_token(connection))


def from_own_page(connection: HasScope) -> bool:
    """Whether one of the app's own pages sent the request, for a handler that changes something upon GET.

    Raises:
        RuntimeError: the guard is not installed.

    """
    answer: _Answer | None = connection.scope.get(PLACE)
    if answer is None:
        raise RuntimeError("ForgeryGuard is not installed.")
    answer.arrival.mark()
    answer.arrival.show(answer.arrival.token_in_header)
    return answer.arrival.doubt is None


class _Answer:
    """An answer on its way out, which may have to bring a cookie for the form tokens in it."""

    def __init__(self, arrival: Arrival, send: Send) -> None:
        self.arrival = arrival
        self._send = send
        self._begun = False

    def token(self, served: Served | None) -> str:
        """A form token for this answer."""
        new = None if served is None else served.handed_out
        had_cookie = self.arrival.new_cookie is not None
        made = self.arrival.token(
            handed_out=None if new is None else new.text, ending=served is not None and served.ending
        )
        if self._begun and not had_cookie and self.arrival.new_cookie is not None:
            raise RuntimeError("Ask for the form token before the answer begins: it needs a cookie.")
        return made

    async def send(self, message: Message) -> None:
        """Send `message`, with the cookie if it begins the answer."""
        if message["type"] == "http.response.start":
            self._begun = True
            cookie = self.arrival.new_cookie
            if cookie is not None:
                kept = (entry for entry in message.get("headers", ()) if entry[0].lower() != b"cache-control")
                more = ((b"cache-control", b"no-store"), (b"set-cookie", cookie.encode("ascii")))
                message["headers"] = [*kept, *more]
        await self._send(message)


def sent_by(scope: Scope) -> Sent:
    """The request of `scope` as it is judged."""
    return Sent(
        method=scope.get("method", "GET"),
        path=scope["path"],
        query=scope.get("query_string", b"").decode("latin-1"),
        headers=by_name(scope["headers"]),
        websocket=scope["type"] == "websocket",
    )


def by_name(headers: Iterable[tuple[bytes, bytes]]) -> Mapping[str, tuple[str, ...]]:
    """All values of each header by its name in small letters."""
    found: dict[str, tuple[str, ...]] = {}
    for name, value in headers:
        key, text = name.decode("latin-1").lower(), value.decode("latin-1")
        found[key] = (*found[key], text) if key in found else (text,)
    return found


async def shown(arrival: Arrival, receive: Receive) -> Receive:
    """Where a form token is awaited, look for it in the headers, then in the beginning of the body.

    What was read of the body is given out once more by what is returned.
    """
    if not arrival.awaits_token:
        return receive
    if arrival.token_in_header is not None:
        arrival.show(arrival.token_in_header)
        return receive
    read: list[Message] = []
    length, more = 0, True
    while more and length < LONGEST_LOOK:
        message = await receive()
        read.append(message)
        length += len(message.get("body", b""))
        more = message["type"] == "http.request" and message.get("more_body", False)
    body = b"".join(message.get("body", b"") for message in read)
    arrival.show(token_in_form(arrival.content_type, body, whole=not more))

    async def again() -> Message:
        return read.pop(0) if read else await receive()

    return again


async def _refuse(kind: str, send: Send) -> None:
    if kind == "websocket":  # before it is accepted, which the browser is told as 403
        await send({"type": "websocket.close", "code": POLICY_VIOLATION})
        return
    headers = [
        (b"content-type", REFUSAL_TYPE.encode("ascii")),
        (b"cache-control", b"no-store"),
        (b"vary", b"Origin, Sec-Fetch-Site, Sec-Fetch-Mode, Sec-Fetch-Dest"),
        (b"x-content-type-options", b"nosniff"),
    ]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": REFUSAL.encode("ascii")})
