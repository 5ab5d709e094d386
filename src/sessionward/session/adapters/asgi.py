"""The session layer for ASGI apps: a middleware that any framework can wrap around itself, and what handlers call.

`request.session` is a dictionary as in Starlette. Logging in and out goes by the functions below, because only
they renew tokens and end sessions. Whether a route may be shown without a login is the app's to say: `current`
tells who is logged in, and tells nobody while the session is locked or a second factor is missing.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from urllib.parse import quote

from sessionward.session.adapters.answer_headers import unavailable
from sessionward.session.adapters.asgi_answer import POLICY_VIOLATION, Answer, refuse
from sessionward.session.adapters.asgi_pages import page_path, serve_page
from sessionward.session.adapters.at_once import AtOnce
from sessionward.session.adapters.authorization import Authorization, authorization
from sessionward.session.adapters.client_facts import client_of
from sessionward.session.adapters.cookie_header import Headers, SessionCookie
from sessionward.session.adapters.keeper import Keeper, Refused
from sessionward.session.adapters.page_answers import PageAnswers
from sessionward.session.adapters.person import SAFE_METHODS, by_person
from sessionward.session.adapters.phone import ACTIVITY, arrive_by_phone
from sessionward.session.adapters.possession import Judge, offered
from sessionward.session.adapters.purges import Purges
from sessionward.session.adapters.served import KEY, App, Message, Receive, Scope, Send, Served
from sessionward.session.adapters.sockets import Socket, Sockets
from sessionward.session.adapters.visit import Visit
from sessionward.session.call import Steps
from sessionward.session.clock import SteadyClock
from sessionward.session.digest import Token
from sessionward.session.drafts.draft_shelf import Drafts
from sessionward.session.pages.page_settings import PageSettings
from sessionward.session.policies import Policies
from sessionward.session.policy import Policy
from sessionward.session.result import StoreError
from sessionward.session.state import Record
from sessionward.session.stores.direct import awaited
from sessionward.session.stores.drive import drive_async, remembering
from sessionward.session.stores.store import AsyncStore, Store

SERVED = frozenset({"http", "websocket"})


class SessionMiddleware:
    """Gives `app` sessions that are kept in `store` under `policy`: a profile's name, a policy, or policies.

    Paths below those in `public` (such as "/static") never see a session. WebSockets of a session that ended are
    closed within `revocation_bound` seconds. With `pages` the page script and its endpoints are served, and with
    `drafts` what people type is kept there. With `dpop`, a `sessionward.phones.Verifier`, sessions on phones are
    bound to the key that the client proves at the login.

    Each request asks the store, unless that is an `AsyncCachedStore`.

    Raises:
        PolicyError: the policy or the cookie is refused.
        UnknownProfileError: no profile has that name.

    """

    def __init__(  # noqa: PLR0913 - what a deployment chooses, each with its name
        self,
        app: App,
        *,
        store: Store | AsyncStore,
        policy: str | Policy | Policies = "patient-portal",
        cookie: SessionCookie | None = None,
        public: Iterable[str] = (),
        pages: PageSettings | None = None,
        drafts: Drafts | None = None,
        dpop: Judge | None = None,
        revocation_bound: float = 1.0,
        clock: Callable[[], float] | None = None,
    ) -> None:
        self._app = app
        self._cookie = cookie or SessionCookie()
        self._public = tuple(path.rstrip("/") for path in public)
        self._store = awaited(store)
        self._keeper = Keeper(policies=Policies.of(policy), clock=clock or SteadyClock())
        recall = remembering(self._store)
        self._at_once = (
            None
            if recall is None
            else AtOnce(recall, self._keeper, self._cookie, self._store, proofs=dpop is not None)
        )
        self._sockets = Sockets(self._keeper, self._store, interval=revocation_bound)
        self._purges = Purges()
        self._dpop = dpop
        self._pages = None if pages is None else PageAnswers(pages, drafts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        kind = scope["type"]
        if kind not in SERVED or (self._public and self._is_public(scope["path"])):
            await self._app(scope, receive, send)
            return
        if self._pages is not None and (below := self._pages.below(scope["path"])) is not None:
            await self._serve_page(self._pages, below, scope, receive, send)
            return
        try:
            known = None if self._at_once is None else self._at_once.find(scope)
            served: Served = known or await self._arrived(scope)
        except StoreError as error:
            await refuse(kind, send, unavailable(error))
            return
        scope["session"], scope[KEY] = served.session, served
        if kind == "websocket":
            await self._serve_socket(served.visit, scope, receive, send)
            return
        answer = Answer(served, self._cookie, send)
        try:
            await self._app(scope, receive, answer.send)
        except (StoreError, Refused) as error:
            if not await answer.fail(error):
                raise
        if self._purges.due(served.since):
            await self._purge()

    async def _arrived(self, scope: Scope) -> Served:
        """The request or WebSocket of `scope` with its session. Raises `StoreError` if that could not be found."""
        path, headers = scope["path"], scope["headers"]
        bearer, cookies = self._brought(headers)
        token = self._cookie.token(cookies) if bearer is None else bearer.token
        visit = Visit(self._keeper, token, path, client=partial(client_of, headers, scope.get("client")))
        if bearer is not None or self._dpop is not None:
            visit.possession = offered(
                self._dpop, _values(headers, b"dpop"), scope.get("method", "GET"), _raw_path(scope), bearer
            )
        safe = scope.get("method", "GET") in SAFE_METHODS  # a WebSocket is opened by a GET
        if (
            safe
            and self._at_once is not None
            and isinstance(token, Token)
            and visit.recall(self._at_once.recall)
        ):
            self._at_once.learn(headers, token)
        else:
            await drive_async(self._store, _arrival(visit, scope, bearer, safe=safe))
        return Served(visit, self._store, private=bearer is not None or bool(cookies))

    def _brought(self, headers: Headers) -> tuple[Authorization | None, list[bytes]]:
        """The access token and the cookies of our name that a request brings; one walk through its headers."""
        lines, bearer = [], None
        for name, value in headers:
            if name == b"cookie":
                lines.append(value)
            elif name == b"authorization":
                bearer = authorization(headers)
        return bearer, self._cookie.within(lines)

    async def _purge(self) -> None:
        with suppress(StoreError):  # the next one will do
            await self._store.purge(now=self._keeper.clock())

    def _is_public(self, path: str) -> bool:
        return any(path == entry or path.startswith(f"{entry}/") for entry in self._public)

    async def _serve_page(
        self,
        pages: PageAnswers,
        below: str,
        scope: Scope,
        receive: Receive,
        send: Send,
    ) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})
            return
        headers = scope["headers"]
        client = partial(client_of, headers, scope.get("client"))
        await serve_page(
            pages,
            below,
            visit=Visit(self._keeper, self._cookie.read(headers), page_path(scope), client=client),
            store=self._store,
            cookie=self._cookie,
            scope=scope,
            receive=receive,
            send=send,
        )

    async def _serve_socket(self, visit: Visit, scope: Scope, receive: Receive, send: Send) -> None:
        if visit.record is None:
            await self._app(scope, receive, send)
            return
        guarded = GuardedSocket(visit, visit.record, receive, send)
        try:
            await self._sockets.add(guarded.socket)
            await self._app(scope, guarded.receive, guarded.send)
        except StoreError:
            await guarded.socket.end()
        finally:
            self._sockets.remove(guarded.socket)


def _arrival(visit: Visit, scope: Scope, bearer: Authorization | None, *, safe: bool) -> Steps[None]:
    """How `visit` finds its session in the store."""
    acted = caused_by_person(scope)
    if bearer is None:
        return visit.arrive(by_person=acted, safe=safe)
    acted = acted or _values(scope["headers"], ACTIVITY.encode("ascii")) == ("?1",)
    return arrive_by_phone(visit, by_person=acted)


def caused_by_person(scope: Scope) -> bool:
    """Whether a person caused the request of `scope`; the opening of a WebSocket counts as a script's doing."""
    if scope["type"] != "http":
        return False
    known: dict[bytes, bytes] = dict(scope["headers"])

    def header(name: str) -> str | None:
        value = known.get(name.encode("ascii"))
        return None if value is None else value.decode("latin-1")

    return by_person(scope["method"], header)


def _values(headers: Headers, wanted: bytes) -> tuple[str, ...]:
    return tuple(value.decode("latin-1") for name, value in headers if name == wanted)


def _raw_path(scope: Scope) -> str:
    """The path as it was sent, without its query; a server may not tell it (ASGI, HTTP connection scope)."""
    raw: bytes | None = scope.get("raw_path")
    return quote(scope["path"]) if raw is None else raw.partition(b"?")[0].decode("latin-1")


class GuardedSocket:
    """A WebSocket that falls silent in both directions when its session ends."""

    def __init__(self, visit: Visit, record: Record, receive: Receive, send: Send) -> None:
        self.socket = Socket(
            record=record, path=visit.path, close=self._close, consults=lambda: visit.consults
        )
        self._receive = receive
        self._send = send

    async def receive(self) -> Message:
        """The browser's next message, or that it is gone."""
        return await self.socket.unless_ended(
            self._receive(), {"type": "websocket.disconnect", "code": POLICY_VIOLATION}
        )

    async def send(self, message: Message) -> None:
        """Send `message`; after the end this is an `OSError`, as for any connection that is lost."""
        if self.socket.ended.is_set():
            raise ConnectionResetError("The session of this WebSocket has ended.")
        await self._send(message)

    async def _close(self) -> None:
        await self._send({"type": "websocket.close", "code": POLICY_VIOLATION, "reason": "session ended"})
