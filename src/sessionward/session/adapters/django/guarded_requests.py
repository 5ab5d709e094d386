"""Django's part of a request in which owned rows are read: whether one is served, and how a refusal is answered."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from inspect import iscoroutinefunction
from typing import Any

from django.http import Http404

from sessionward.session.guard.ownership import NotYours

MIDDLEWARE = "sessionward.django.ObjectGuard"
"""What to name in `MIDDLEWARE`."""
SPELLINGS = frozenset({MIDDLEWARE, f"{__name__}.ObjectGuard"})
"""How it may be named there: by the short name, or by where it is."""
_inside: ContextVar[bool] = ContextVar("sessionward_in_request", default=False)


def ObjectGuard(get_response: Callable[[Any], Any]) -> Callable[[Any], Any]:  # noqa: N802 - MIDDLEWARE names it
    """Middleware that has owned querysets refuse to be read unlimited, and answers `NotYours` as the app's own 404."""

    def serve(request: Any) -> Any:
        with _request():
            return get_response(request)

    async def serve_async(request: Any) -> Any:
        with _request():
            return await get_response(request)

    served = serve_async if iscoroutinefunction(get_response) else serve
    vars(served).update(process_exception=_as_missing)
    return served


vars(ObjectGuard).update(sync_capable=True, async_capable=True)


def _as_missing(_request: object, error: Exception) -> None:
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
