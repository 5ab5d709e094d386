"""A request that changes something must come from the clinic's own page in this browser."""

import hmac
from urllib.parse import urlsplit

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request

from sessionward.demo.visitor import visitor_of

FIELD = "forgery_token"
HEADER = "x-forgery-token"


def from_own_origin(request: Request) -> bool:
    """Whether the browser says that our own page sent this. One that says nothing is judged by the token alone."""
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


def is_own(request: Request, sent: object) -> bool:
    """Whether `sent` is the forgery token of the request's session, and nothing says that it came from elsewhere."""
    session = visitor_of(request).session
    if session is None or not isinstance(sent, str) or not from_own_origin(request):
        return False
    return hmac.compare_digest(sent.encode("utf-8", "surrogateescape"), session.forgery_token.encode())


async def own_form(request: Request) -> FormData:
    """The form that was sent; raises HTTPException 403 for one that is not our own."""
    form = await request.form()
    if not is_own(request, form.get(FIELD)):
        raise HTTPException(403, "This form did not come from this page, or was open for too long.")
    return form
