"""Django's part of a request in which owned rows are read: whether one is served, and how a refusal is answered."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.http import Http404

from sessionward.session.guard import NotYours

MIDDLEWARE = f"{__name__}.ObjectGuard"
"""What to name in `MIDDLEWARE`."""
_inside: ContextVar[bool] = ContextVar("sessionward_in_request", default=False)


class ObjectGuard:
    """Middleware that has owned querysets refuse to be read unlimited, and answers `NotYours` as the app's own 404."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Callable[[Any], Any]) -> None:
        self._get_response = get_response
        self._awaits = iscoroutinefunction(get_response)
        if self._awaits:
            markcoroutinefunction(self)

    def __call__(self, request: Any) -> Any:
        """Serve `request`; an awaitable answer where the app is served that way."""
        if self._awaits:
            return self._serve(self._get_response(request))
        with _request():
            return self._get_response(request)

    async def _serve(self, response: Awaitable[Any]) -> Any:
        with _request():
            return await response

    def process_exception(self, _request: object, error: Exception) -> None:
        """Answer what is another's as what does not exist."""
        if isinstance(error, NotYours):
            raise Http404 from error


def in_request() -> bool:
    """Whether the code that runs serves a request."""
    return _inside.get()


@contextmanager
def _request() -> Iterator[None]:
    before = _inside.set(True)
    try:
        yield
    finally:
        _inside.reset(before)
