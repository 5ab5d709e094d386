"""All that the clinic holds of a patient as one file, for whoever proves once more to be that patient."""

from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from sessionward.asgi import StepUp, needs_permission, reauthenticated
from sessionward.demo.forgery_guard import own_form
from sessionward.demo.layered.layered_visitor import EXPORT
from sessionward.demo.pages.own_account import wrong_password
from sessionward.demo.pages.role_doors import page_for
from sessionward.demo.people import Account, Role
from sessionward.demo.rendering import page
from sessionward.demo.visitor import visitor_of

FILE = f"{EXPORT}/file"
SCOPE = "export"


def export_routes() -> list[BaseRoute]:
    """The addresses of these pages."""
    return [
        Route(EXPORT, export_form, methods=["GET"]),
        Route(EXPORT, allow_export, methods=["POST"]),
        Route(FILE, export, methods=["GET"]),
    ]


@page_for(Role.PATIENT)
async def export_form(request: Request, _account: Account) -> Response:
    """Ask for the password: an open screen is not enough to carry everything away."""
    return page(request, "export.html")


@page_for(Role.PATIENT)
async def allow_export(request: Request, account: Account) -> Response:
    """Permit it for some minutes."""
    form = await own_form(request)
    if errors := wrong_password(visitor_of(request), account, form):
        return page(request, "export.html", status=422, errors=errors)
    await reauthenticated(request, scope=SCOPE)
    return RedirectResponse(FILE, 303)


@page_for(Role.PATIENT)
async def export(request: Request, account: Account) -> Response:
    """The file, or the way to the password."""
    try:
        await needs_permission(request, SCOPE)
    except StepUp:
        return RedirectResponse(EXPORT, 303)
    told = {
        "name": account.name,
        "email": account.email,
        "phone": account.phone,
        "address": account.address,
        "emergency_contact": account.emergency_contact,
        "records": [asdict(record) for record in account.records],
        "prescriptions": [asdict(each) for each in account.prescriptions],
        "messages": [asdict(message) for message in account.messages],
        "sent": [asdict(message) for message in account.sent],
        "medical_history": account.history,
    }
    return JSONResponse(told, headers={"content-disposition": 'attachment; filename="my-record.json"'})
