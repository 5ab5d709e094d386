"""The records of whoever is logged in: the list, one record, and its printable form."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sessionward.demo.pages.doors import private_page
from sessionward.demo.people import Account
from sessionward.demo.rendering import page
from sessionward.demo.visitor import visitor_of

NO_RECORD = "There is no such record."


@private_page
async def records(request: Request, account: Account) -> Response:
    """All of them."""
    return page(request, "records.html", records=account.records)


@private_page
async def record(request: Request, account: Account) -> Response:
    """One of them; another account's is as unknown as one that does not exist."""
    clinic = visitor_of(request).clinic
    record_id = request.path_params["record_id"]
    owner = clinic.people.owner_of(record_id)
    if owner is None or not clinic.settings.protections.may_read(account, owner):
        raise HTTPException(404, NO_RECORD)
    return page(request, "record.html", record=owner.record(record_id), owner=owner)


async def printable(request: Request) -> Response:
    """One of them on a sheet of its own, with the person's contact details."""
    visitor = visitor_of(request)
    record_id = request.path_params["record_id"]
    owner = visitor.clinic.people.owner_of(record_id)
    if owner and visitor.clinic.settings.protections.may_print(visitor.account, owner):
        return page(request, "printable.html", owner=owner, record=owner.record(record_id))
    if visitor.account is None:
        return RedirectResponse("/login", 303)
    raise HTTPException(404, NO_RECORD)
