"""The administrator's pages: the accounts of the own clinic, and ending somebody's sessions."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from sessionward.asgi import Reason
from sessionward.demo.forgery_guard import own_form
from sessionward.demo.pages.notices import done
from sessionward.demo.pages.role_doors import page_for
from sessionward.demo.people import Account, Role
from sessionward.demo.rendering import page
from sessionward.demo.visitor import visitor_of


@page_for(Role.ADMINISTRATOR)
async def accounts(request: Request, account: Account) -> Response:
    """Everybody of the administrator's own clinic."""
    people = visitor_of(request).clinic.people
    return page(request, "accounts.html", accounts=people.of_tenant(account.tenant))


@page_for(Role.ADMINISTRATOR)
async def end_sessions(request: Request, account: Account) -> Response:
    """Log somebody of the own clinic out on all devices."""
    await own_form(request)
    found = visitor_of(request).clinic.people.get(request.path_params["account_id"])
    if found is None or found.tenant != account.tenant:
        raise HTTPException(404, "There is no such account.")
    await visitor_of(request).end_all_of(found, Reason.ADMINISTRATOR)
    return done(request, "/administration/accounts", f"{found.name} is logged out everywhere.")
