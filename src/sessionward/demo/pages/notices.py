"""Going on to the next page with word of what was done."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sessionward.demo.visitor import visitor_of


def done(request: Request, path: str, notice: str) -> Response:
    """Lead to `path`, where `notice` is shown once."""
    visitor_of(request).tell(notice)
    return RedirectResponse(path, 303)
