"""A connection that the session layer serves: where the middleware left it, and where handlers find it."""

from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from sessionward.session.adapters.answer_headers import FORBIDDEN, unavailable
from sessionward.session.adapters.keeper import Refused
from sessionward.session.adapters.visit import Visit
from sessionward.session.call import Steps
from sessionward.session.result import StoreError
from sessionward.session.stores.drive import drive_async
from sessionward.session.stores.store import AsyncStore

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
T = TypeVar("T")

KEY = "sessionward"


class HasScope(Protocol):
    """A request or WebSocket of any ASGI framework."""

    @property
    def scope(self) -> Scope:
        """The ASGI connection scope."""
        ...


@dataclass(slots=True, eq=False)
class Served:
    """A request's visit, and the store that its steps are taken on. Made at each request: freezing it costs twice."""

    visit: Visit
    store: AsyncStore
    failure: StoreError | Refused | None = None

    async def take(self, steps: Steps[T]) -> T:
        """What `steps` come to."""
        try:
            return await drive_async(self.store, steps)
        except (StoreError, Refused) as error:
            self.failure = error
            raise

    def refusal(self) -> int | None:
        """How to answer a request in which the app crashed, None if not by what was asked of its session."""
        if self.failure is None:
            return None
        return FORBIDDEN if isinstance(self.failure, Refused) else unavailable(self.failure)


def served(connection: HasScope) -> Served:
    """What the middleware left for `connection`.

    Raises:
        RuntimeError: the middleware is not installed, or the path is public.

    """
    found: Served | None = connection.scope.get(KEY)
    if found is None:
        raise RuntimeError("SessionMiddleware is not installed, or this path is public.")
    return found
