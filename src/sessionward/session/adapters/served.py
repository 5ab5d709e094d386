"""A connection that the session layer serves: where the middleware left it, and where handlers find it."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Protocol, TypeVar

from sessionward.session.adapters.answer_headers import FORBIDDEN, unavailable
from sessionward.session.adapters.keeper import Refused
from sessionward.session.adapters.presence import Current, present
from sessionward.session.adapters.visit import Visit
from sessionward.session.call import Steps
from sessionward.session.digest import Token
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


class Served:
    """A request's visit, the store that its steps are taken on, and since when, in seconds since 1970.

    It is `private` if it came with something that may open a session, though it be nonsense.
    """

    __slots__ = ("_visit", "failure", "private", "session", "since", "store")

    def __init__(self, visit: Visit, store: AsyncStore, *, private: bool) -> None:
        self._visit = visit
        self.session = visit.session
        self.since = visit.since
        self.store = store
        self.private = private
        self.failure: StoreError | Refused | None = None

    @property
    def visit(self) -> Visit:
        """The request's dealings with its session."""
        return self._visit

    @property
    def current(self) -> Current:
        """Who is there, as of now in this request."""
        return present(self.visit)

    @property
    def handed_out(self) -> Token | None:
        """The new token that the answer brings."""
        return self.visit.hand_out

    @property
    def ending(self) -> bool:
        """Whether the answer takes the browser's token away."""
        return self.visit.forget

    @property
    def idle(self) -> bool:
        """Whether nothing can have happened to the session, so that nobody has to look."""
        return False

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
