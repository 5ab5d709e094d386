"""Which handlers need a login, and what happens without one."""

from collections.abc import Awaitable, Callable
from functools import wraps

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from sessionward.demo.people import Account
from sessionward.demo.visitor import visitor_of

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
        by_token = "authorization" in request.headers
        account = await bearer(request) if by_token else visitor_of(request).account
        return await handler(request, account) if account else refused()

    return guarded


def bearer_api(handler: PrivateHandler) -> Handler:
    """For the page's script, by API token alone."""

    @wraps(handler)
    async def guarded(request: Request) -> Response:
        account = await bearer(request)
        return await handler(request, account) if account else refused()

    return guarded


async def bearer(request: Request) -> Account | None:
    """Whose session the request's API token belongs to."""
    credentials = request.headers.get("authorization", "")
    if not credentials.lower().startswith(BEARER):
        return None
    return await visitor_of(request).script_account(credentials[len(BEARER) :].strip())


def refused() -> Response:
    """The answer to a script without a login."""
    return JSONResponse({"error": "not logged in"}, 401, headers={"www-authenticate": "Bearer"})
