"""Handlers that need a fresh proof of identity: as a decorator, or as a dependency of FastAPI's.

Whoever has none is answered as RFC 9470 says, so that a page or an app knows to ask for the proof and try again.
"""

from collections.abc import Awaitable, Callable, Mapping
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from sessionward.session.adapters.asgi_calls import proved_within, spend
from sessionward.session.adapters.keeper import Refused
from sessionward.session.adapters.served import HasScope, Receive, Scope, Send
from sessionward.session.command import Refusal

P = ParamSpec("P")
T = TypeVar("T")
Connection = TypeVar("Connection", bound=HasScope)
Handler = Callable[Concatenate[Connection, P], Awaitable[T]]


class StepUp(Refused):
    """A fresh proof of identity is needed. It is its own answer, for whoever returns it from a handler.

    `max_age` is how fresh in seconds, `scope` what for; either may be None.
    """

    def __init__(self, *, max_age: float | None = None, scope: str | None = None) -> None:
        super().__init__(Refusal.NOT_PROVED)
        self.max_age = max_age
        self.scope = scope
        self.status_code = 401

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers of the answer (RFC 9470, section 3)."""
        said = ['Session error="insufficient_user_authentication"']
        if self.max_age is not None:
            said.append(f'max_age="{self.max_age:g}"')
        if self.scope is not None:
            said.append(f'scope="{self.scope}"')
        return {"www-authenticate": ", ".join(said), "content-type": "text/plain; charset=utf-8"}

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        """Answer as an ASGI app."""
        headers = [(name.encode("ascii"), value.encode("ascii")) for name, value in self.headers.items()]
        await send({"type": "http.response.start", "status": self.status_code, "headers": headers})
        await send({"type": "http.response.body", "body": b"Prove once more who you are.\n"})


async def needs_proof(connection: HasScope, *, within: float) -> None:
    """Let go on whoever proved who they are less than `within` seconds ago.

    Raises:
        StepUp: they did not.

    """
    if not proved_within(connection, within):
        raise StepUp(max_age=within)


async def needs_permission(connection: HasScope, scope: str, *, shown: object = None) -> None:
    """Let go on whoever proved who they are for `scope`, and for what they were `shown`, if anything.

    Raises:
        StepUp: they did not, or used it already.

    """
    try:
        await spend(connection, scope, shown=shown)
    except Refused as refused:
        raise StepUp(scope=scope) from refused


def proved_recently(
    within: float,
) -> Callable[[Handler[Connection, P, T]], Handler[Connection, P, T | StepUp]]:
    """Decorate a handler whose first argument is the request: it needs a proof less than `within` seconds old."""

    def decorate(handler: Handler[Connection, P, T]) -> Handler[Connection, P, T | StepUp]:
        @wraps(handler)
        async def guarded(connection: Connection, /, *args: P.args, **kwargs: P.kwargs) -> T | StepUp:
            try:
                await needs_proof(connection, within=within)
            except StepUp as answer:
                return answer
            return await handler(connection, *args, **kwargs)

        return guarded

    return decorate


def permitted(scope: str) -> Callable[[Handler[Connection, P, T]], Handler[Connection, P, T | StepUp]]:
    """Decorate a handler whose first argument is the request: it needs a permission for `scope` at large."""

    def decorate(handler: Handler[Connection, P, T]) -> Handler[Connection, P, T | StepUp]:
        @wraps(handler)
        async def guarded(connection: Connection, /, *args: P.args, **kwargs: P.kwargs) -> T | StepUp:
            try:
                await needs_permission(connection, scope)
            except StepUp as answer:
                return answer
            return await handler(connection, *args, **kwargs)

        return guarded

    return decorate
