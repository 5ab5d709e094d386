"""Pages that only some roles have."""

from collections.abc import Callable
from functools import wraps

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from sessionward.demo.pages.doors import Handler, PrivateHandler, private_page
from sessionward.demo.people import Account, Role
from sessionward.demo.visitor import visitor_of


def page_for(*roles: Role) -> Callable[[PrivateHandler], Handler]:
    """For whoever is logged in and has one of these roles. Others are refused with 403."""

    def door(handler: PrivateHandler) -> Handler:
        @wraps(handler)
        async def guarded(request: Request, account: Account) -> Response:
            may_enter = visitor_of(request).clinic.settings.protections.may_enter
            if not may_enter(account, frozenset(roles)):
                raise HTTPException(403, "Your account has no access to this page.")
            return await handler(request, account)

        return private_page(guarded)

    return door
