"""The defence against forged requests for WSGI apps: Flask, and any other."""

from collections.abc import Callable, Iterable, Mapping
from io import BufferedReader, BytesIO, RawIOBase
from typing import Any, Protocol

from sessionward.session.adapters.arrival import REFUSAL, REFUSAL_TYPE, Arrival, OnRefusal
from sessionward.session.forgery.first_field import LONGEST_LOOK, token_in_form
from sessionward.session.forgery.judge import Sent
from sessionward.session.forgery.rules import ForgeryRules

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
WSGIApp = Callable[[Environ, StartResponse], Iterable[bytes]]

PLACE = "sessionward.arrival"


class Readable(Protocol):
    """A body that can be read."""

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes, all of them if it is negative."""
        ...


class WSGIForgeryGuard:
    """Refuses what other sites had a browser send to `app`, before the app hears of it.

    `on_refusal` is told of each refusal.
    """

    def __init__(self, app: WSGIApp, rules: ForgeryRules, *, on_refusal: OnRefusal | None = None) -> None:
        self._app = app
        self._rules = rules
        self._on_refusal = on_refusal

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Serve one request."""
        arrival = Arrival(self._rules, sent_by(environ))
        show(arrival, environ)
        if arrival.doubt is not None:
            refused = arrival.refused()
            if self._on_refusal is not None:
                self._on_refusal(refused)
            start_response("403 Forbidden", [*REFUSED])
            return [REFUSAL.encode("ascii")]
        environ[PLACE] = arrival

        def start(status: str, headers: list[tuple[str, str]], *error: object) -> object:
            return start_response(status, with_cookie(arrival, headers), *error)

        return self._app(environ, start)


REFUSED = (
    ("Content-Type", REFUSAL_TYPE),
    ("Cache-Control", "no-store"),
    ("Vary", "Origin, Sec-Fetch-Site, Sec-Fetch-Mode, Sec-Fetch-Dest"),
    ("X-Content-Type-Options", "nosniff"),
)


def arrival_of(environ: Mapping[str, Any]) -> Arrival:
    """What the guard left for the request of `environ`.

    Raises:
        RuntimeError: the guard is not installed.

    """
    found: Arrival | None = environ.get(PLACE)
    if found is None:
        raise RuntimeError("The forgery guard is not installed.")
    return found


def with_cookie(arrival: Arrival, headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """`headers` and the cookie that the form tokens in the answer need; no cache may then keep it."""
    cookie = arrival.new_cookie
    if cookie is None:
        return [*headers]
    kept = (entry for entry in headers if entry[0].lower() != "cache-control")
    return [*kept, ("Cache-Control", "no-store"), ("Set-Cookie", cookie)]


def sent_by(environ: Mapping[str, Any], path: str | None = None) -> Sent:
    """The request of `environ` as it is judged (PEP 3333). Headers that came twice stand there joined by commas."""
    spelled = f"{environ.get('SCRIPT_NAME', '')}{environ.get('PATH_INFO', '')}"
    found = spelled.encode("latin-1", "replace").decode("utf-8", "replace") or "/"
    headers = {
        name.removeprefix("HTTP_").replace("_", "-").lower(): (str(value),)
        for name, value in environ.items()
        if name.startswith("HTTP_") or (name == "CONTENT_TYPE" and value)
    }
    return Sent(
        method=environ["REQUEST_METHOD"],
        path=found if path is None else path,
        query=environ.get("QUERY_STRING", ""),
        headers=headers,
    )


def show(arrival: Arrival, environ: Environ) -> None:
    """Where a form token is awaited, look for it in the headers, then in the beginning of the body."""
    if not arrival.awaits_token:
        return
    if arrival.token_in_header is not None:
        arrival.show(arrival.token_in_header)
        return
    stream: Readable = environ["wsgi.input"]
    length = environ.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal():  # of unknown length: nothing says that reading ahead would ever end
        arrival.show(None)
        return
    wanted = min(int(length), LONGEST_LOOK)
    begun = _read(stream, wanted)
    environ["wsgi.input"] = BufferedReader(_Again(begun, stream))
    arrival.show(token_in_form(arrival.content_type, begun, whole=wanted == int(length)))


def _read(stream: Readable, size: int) -> bytes:
    parts: list[bytes] = []
    while size > 0 and (part := stream.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


class _Again(RawIOBase):
    """A body of which the beginning was read already, for whoever reads it from the beginning."""

    def __init__(self, begun: bytes, rest: Readable) -> None:
        super().__init__()
        self._begun = BytesIO(begun)
        self._rest = rest

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """Fill the beginning of `buffer`; how many bytes came."""
        part = self._begun.read(len(buffer)) or self._rest.read(len(buffer))
        buffer[: len(part)] = part
        return len(part)
