"""The session layer for ASGI apps: a middleware that any framework can wrap around itself, and what handlers call.

`request.session` is a dictionary as in Starlette. Logging in and out goes by the functions below, because only
they renew tokens and end sessions. Whether a route may be shown without a login is the app's to say: `current`
tells who is logged in, and tells nobody while the session is locked or a second factor is missing.
"""

import inspect
from collections.abc import Awaitable, Callable, Collection, Iterable, MutableMapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol

from sessionward.session.adapters.cookie_header import Headers, SameSite, SessionCookie
from sessionward.session.adapters.sockets import Socket, Sockets
from sessionward.session.adapters.visit import Keeper, Unsaved, Visit
from sessionward.session.clock import SteadyClock
from sessionward.session.policies import Policies
from sessionward.session.policy import Policy
from sessionward.session.result import StoreError
from sessionward.session.state import Reason, Record, State, Subject
from sessionward.session.stores.direct import Direct
from sessionward.session.stores.store import AsyncStore, Store

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

KEY = "sessionward"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
POLICY_VIOLATION = 1008
PURGE_INTERVAL = 600.0
REFUSALS = {Unsaved.CONFLICT: 409, Unsaved.LOCKED: 423}


class HasScope(Protocol):
    """A request or WebSocket of any ASGI framework."""

    @property
    def scope(self) -> Scope:
        """The ASGI connection scope."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Current:
    """Who is there. `subject` and `role` are None unless the session is active."""

    state: State
    subject: Subject | None
    role: str | None
    handle: str | None


class SessionMiddleware:
    """Gives `app` sessions that are kept in `store` under `policy`: a profile's name, a policy, or policies.

    Paths below those in `public` (such as "/static") never see a session. WebSockets of a session that ended are
    closed within `revocation_bound` seconds; requests are never served from anything but the store.

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
        cookie: str = "__Host-session",
        same_site: SameSite = "lax",
        public: Iterable[str] = (),
        revocation_bound: float = 1.0,
        clock: Callable[[], float] | None = None,
    ) -> None:
        self._app = app
        self._cookie = SessionCookie(name=cookie, same_site=same_site)
        self._public = tuple(path.rstrip("/") for path in public)
        base = Policy.of(policy) if isinstance(policy, str) else policy
        policies = base if isinstance(base, Policies) else Policies(base=base)
        self._keeper = Keeper(store=_awaited(store), policies=policies, clock=clock or SteadyClock())
        self._sockets = Sockets(self._keeper, interval=revocation_bound)
        self._purge_at = 0.0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] not in {"http", "websocket"} or self._is_public(scope["path"]):
            await self._app(scope, receive, send)
            return
        headers: Headers = scope["headers"]
        visit = Visit(self._keeper, self._cookie.read(headers), scope["path"])
        try:
            await visit.arrive(by_person=by_person(scope))
        except StoreError:
            await _refuse(scope["type"], send, 503)
            return
        scope["session"], scope[KEY] = visit.session, visit
        if scope["type"] == "websocket":
            await self._serve_socket(visit, scope, receive, send)
        else:
            answer = _Answer(visit, self._cookie, send, private=self._cookie.present(headers))
            await self._app(scope, receive, answer.send)
            await self._purge()

    async def _purge(self) -> None:
        """Every ten minutes let the store forget what is too old to matter, after an answer and not before."""
        now = self._keeper.clock()
        if now >= self._purge_at:
            self._purge_at = now + PURGE_INTERVAL
            with suppress(StoreError):  # the next one will do
                await self._keeper.store.purge(now=now)

    def _is_public(self, path: str) -> bool:
        return any(path == entry or path.startswith(f"{entry}/") for entry in self._public)

    async def _serve_socket(self, visit: Visit, scope: Scope, receive: Receive, send: Send) -> None:
        if visit.record is None:
            await self._app(scope, receive, send)
            return
        guarded = GuardedSocket(visit.record, scope["path"], receive, send)
        try:
            await self._sockets.add(guarded.socket)
            await self._app(scope, guarded.receive, guarded.send)
        except StoreError:
            await guarded.socket.end()
        finally:
            self._sockets.remove(guarded.socket)


async def login(
    connection: HasScope,
    subject: Subject,
    *,
    role: str | None = None,
    method: str = "password",
    epoch: int | None = None,
    keep: Collection[str] = (),
) -> None:
    """`subject` is logged in from here on, in a new session with a new token; the one before has ended.

    Of `request.session` only the values named in `keep` go along. With `epoch` as `epoch_of` told it before the
    password was checked, a login is refused over which all sessions of the subject were ended.

    Raises:
        Refused: another subject's second factor was awaited, or all sessions were ended meanwhile.
        StoreError: the store could not be asked; nobody is logged in.

    """
    await _visit(connection).login(subject, role=role, method=method, epoch=epoch, keep=keep)


async def first_factor(
    connection: HasScope, subject: Subject, *, method: str = "password", epoch: int | None = None
) -> None:
    """A first factor was right: the session waits for `login` after the second, and shows nothing yet."""
    await _visit(connection).first_factor(subject, method=method, epoch=epoch)


async def epoch_of(connection: HasScope, subject: Subject) -> int:
    """The number that changes when all sessions of `subject` are ended."""
    return await _visit(connection).keeper.store.epoch(subject)


async def logout(connection: HasScope) -> None:
    """End this session; the browser is told to let go of its token, and it opens nothing any more."""
    await _visit(connection).logout()


async def logout_everywhere(connection: HasScope) -> None:
    """End all sessions of whoever is logged in, this one too. Raises `Refused` where nobody is."""
    await _visit(connection).end_all(Reason.LOGOUT_EVERYWHERE, keep_this=False)


async def password_changed(connection: HasScope) -> None:
    """End the other sessions of whoever is logged in and renew this one's token. Raises `Refused` where nobody is."""
    visit = _visit(connection)
    await visit.end_all(Reason.PASSWORD_CHANGE, keep_this=True)
    await visit.reauthenticated(method="password")


async def reauthenticated(connection: HasScope, *, method: str = "password") -> None:
    """The subject proved once more who they are: a new token; a locked session is open again.

    Raises `Refused` where nobody is logged in.
    """
    await _visit(connection).reauthenticated(method=method)


async def change_role(connection: HasScope, role: str | None) -> None:
    """The privileges in this session change: a new token. Raises `Refused` where nobody is logged in."""
    await _visit(connection).change_role(role)


async def lock(connection: HasScope) -> None:
    """Lock this session until `reauthenticated`. Raises `Refused` where nobody is logged in."""
    await _visit(connection).lock()


async def own_sessions(connection: HasScope) -> tuple[Record, ...]:
    """The living sessions of whoever is logged in. Raises `Refused` where nobody is."""
    return await _visit(connection).others()


async def end_session(connection: HasScope, handle: str, *, reason: Reason = Reason.LOGOUT) -> bool:
    """End one of the subject's own sessions by its handle; False if it is none of theirs or has ended.

    Raises `Refused` where nobody is logged in.
    """
    return await _visit(connection).end_other(handle, reason=reason)


def current(connection: HasScope) -> Current:
    """Who is there, as of now in this request."""
    visit = _visit(connection)
    known = visit.subject is not None and visit.record is not None
    return Current(
        state=visit.state,
        subject=visit.subject,
        role=visit.record.role if known and visit.record is not None else None,
        handle=None if visit.record is None else visit.record.handle,
    )


def locked_subject(connection: HasScope) -> Subject | None:
    """Whose session is locked or waits for a second factor, so that the app knows which secret to ask for."""
    visit = _visit(connection)
    if visit.record is None or visit.state not in {State.LOCKED, State.PENDING}:
        return None
    return visit.record.subject


def by_person(scope: Scope) -> bool:
    """Whether a person caused the request: by a click, a typed address, a form, and not a poll or a prefetch.

    Browsers say so themselves (Fetch metadata); one that does not is taken to have navigated if it asks for a page.
    """
    headers = {name.lower(): value for name, value in scope["headers"]}
    if scope["type"] == "websocket" or b"sec-purpose" in headers:
        return False
    if scope["method"] not in SAFE_METHODS:
        return True
    if b"sec-fetch-mode" in headers:
        return headers[b"sec-fetch-mode"] == b"navigate" and headers.get(b"sec-fetch-user") == b"?1"
    return b"text/html" in headers.get(b"accept", b"")


class _Answer:
    """An answer on its way out: first the session is saved, then the headers are completed."""

    def __init__(self, visit: Visit, cookie: SessionCookie, send: Send, *, private: bool) -> None:
        self._visit = visit
        self._cookie = cookie
        self._send = send
        self._private = private
        self._refused = False

    async def send(self, message: Message) -> None:
        """Send `message`, or nothing more once the answer was refused."""
        if message["type"] == "http.response.start":
            status = await self._save()
            if status is not None:
                self._refused = True
                await _refuse("http", self._send, status)
                return
            message["headers"] = self._completed(message.get("headers", ()))
        if not self._refused:
            await self._send(message)

    async def _save(self) -> int | None:
        """The status to refuse with, None if all is well."""
        try:
            unsaved = await self._visit.save()
        except StoreError:
            return 503
        return None if unsaved is None else REFUSALS[unsaved]

    def _completed(self, headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        """Whatever depends on a session is kept by no cache, and all depends on whether there is one."""
        made = [*headers]
        visit = self._visit
        if self._private or visit.hand_out is not None or visit.forget:
            made = [entry for entry in made if entry[0].lower() not in {b"cache-control", b"expires"}]
            made.append((b"cache-control", b"no-store"))
        if visit.hand_out is not None:
            made.append((b"set-cookie", self._cookie.set(visit.hand_out)))
        elif visit.forget:
            made.append((b"set-cookie", self._cookie.forget()))
        return [*made, (b"vary", b"Cookie")]


class GuardedSocket:
    """A WebSocket that falls silent in both directions when its session ends."""

    def __init__(self, record: Record, path: str, receive: Receive, send: Send) -> None:
        self.socket = Socket(record=record, path=path, close=self._close)
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


async def _refuse(kind: str, send: Send, status: int) -> None:
    """Serve nothing: neither what the app made nor anything of the session."""
    if kind == "websocket":
        await send({"type": "websocket.close", "code": POLICY_VIOLATION})
        return
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"vary", b"Cookie"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": f"{status}\n".encode()})


def _awaited(store: Store | AsyncStore) -> AsyncStore:
    """`store` for those who await. A structural type cannot be asked for at run time; its methods can."""
    known: Any = store
    made: AsyncStore = known if inspect.iscoroutinefunction(known.get) else Direct(known)
    return made


def _visit(connection: HasScope) -> Visit:
    found: Visit | None = connection.scope.get(KEY)
    if found is None:
        raise RuntimeError("SessionMiddleware is not installed, or this path is public.")
    return found
