"""Which handlers need a login, and what happens without one."""

from collections.abc import Awaitable, Callable
from functools import wraps

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from sessionward.demo.login_sessions import Channel
from sessionward.demo.people import Account
from sessionward.demo.visitor import is_activity, visitor_of

PrivateHandler = Callable[[Request, Account], Awaitable[Response]]
Handler = Callable[[Request], Awaitable[Response]]

BEARER = "bearer "


def private_page(handler: PrivateHandler) -> Handler:
    """For whoever is logged in; others are sent to the login."""

    @wraps(handler)
    async def guarded(request: Request) -> Response:
        account = visitor_of(request).account
        return await handler(request, account) if account else RedirectResponse("/login", 303)

    return guarded


def private_api(handler: PrivateHandler) -> Handler:
    """For the page's script, by API token or by cookie. A token that opens nothing is refused, cookie or not."""

    @wraps(handler)
    async def guarded(request: Request) -> Response:
        account = bearer(request) if "authorization" in request.headers else visitor_of(request).account
        return await handler(request, account) if account else refused()

    return guarded


def bearer_api(handler: PrivateHandler) -> Handler:
    """For the page's script, by API token alone."""

    @wraps(handler)
    async def guarded(request: Request) -> Response:
        account = bearer(request)
        return await handler(request, account) if account else refused()

    return guarded


def bearer(request: Request) -> Account | None:
    """Whose session the request's API token belongs to."""
    clinic = visitor_of(request).clinic
    credentials = request.headers.get("authorization", "")
    if not credentials.lower().startswith(BEARER):
        return None
    token = credentials[len(BEARER) :].strip()
    session = clinic.sessions.present(token, Channel.API, activity=is_activity(request))
    return clinic.people.get(session.subject) if session and session.subject else None


def refused() -> Response:
    """The answer to a script without a login."""
    return JSONResponse({"error": "not logged in"}, 401, headers={"www-authenticate": "Bearer"})
