"""A request that changes something must come from the clinic's own page in this browser."""

from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request

from sessionward.demo.visitor import visitor_of

FIELD = "forgery_token"
HEADER = "x-forgery-token"
LOGOUT = "/logout"
MOST_FIELDS = 60


def from_own_origin(request: Request) -> bool:
    """Whether the browser says that our own page sent this. One that says nothing is judged by the token alone."""
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


def is_own(request: Request, sent: str | None) -> bool:
    """Whether a page of ours in this browser sent the request; `sent` is the forgery token that came with it."""
    return from_own_origin(request) and visitor_of(request).sent_own_form(sent)


async def read_form(request: Request) -> dict[str, str]:
    """The fields that were sent. Raises HTTPException 400 for more than any form of the clinic has, and for files."""
    async with request.form(max_files=0, max_fields=MOST_FIELDS) as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}


async def own_form(request: Request) -> dict[str, str]:
    """The fields of a form of our own. Raises HTTPException 403 for one that is not, otherwise as `read_form`."""
    form = await read_form(request)
    visitor = visitor_of(request)
    protections, path = visitor.clinic.settings.protections, request.url.path
    taken_from_anywhere = any(path.startswith(beginning) for beginning in protections.unguarded_forms)
    by_token_alone = not protections.asks_origin and path != LOGOUT
    known = visitor.sent_own_form(form.get(FIELD)) and (by_token_alone or from_own_origin(request))
    if not taken_from_anywhere and not known:
        raise HTTPException(403, "This form did not come from this page, or was open for too long.")
    return form
