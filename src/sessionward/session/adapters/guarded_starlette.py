"""What is another's, answered by Starlette and FastAPI as what does not exist."""

import inspect
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from sessionward.session.guard.ownership import NotYours


def starlette_object_guard(app: Starlette) -> None:
    """Answer `NotYours` in handlers of `app` as the app answers an address that it does not know."""
    app.add_exception_handler(NotYours, _as_missing)


async def _as_missing(request: Request, _error: Exception) -> Response:
    handlers: dict[Any, Any] = request.app.exception_handlers
    missing = HTTPException(404)
    handler = handlers.get(404) or handlers.get(HTTPException)
    if handler is None:
        return PlainTextResponse(missing.detail, status_code=404)
    answer = handler(request, missing)
    found: Response = await answer if inspect.isawaitable(answer) else answer
    return found
