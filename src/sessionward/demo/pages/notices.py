"""Going on to the next page with word of what was done."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sessionward.demo.visitor import visitor_of


def done(request: Request, path: str, notice: str) -> Response:
    """Lead to `path`, where `notice` is shown once."""
    session = visitor_of(request).session
    if session is not None:
        session.notices.append(notice)
    return RedirectResponse(path, 303)
