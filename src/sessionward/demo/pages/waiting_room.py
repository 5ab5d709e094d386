"""The waiting room: how long it takes until the doctor has time. The page asks again and again."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sessionward.demo.pages.doors import private_api
from sessionward.demo.pages.role_doors import page_for
from sessionward.demo.people import Account, Role
from sessionward.demo.rendering import page
from sessionward.demo.visitor import visitor_of

MINUTES_EACH = 7


@page_for(Role.PATIENT)
async def waiting_room(request: Request, account: Account) -> Response:
    """A page whose script asks how things stand."""
    return page(request, "waiting_room.html", doctor=visitor_of(request).clinic.people.doctor_of(account))


@private_api
async def waiting(request: Request, account: Account) -> Response:
    """How things stand for whoever is logged in."""
    clinic = visitor_of(request).clinic
    doctor = clinic.people.doctor_of(account)
    queue = [each.id for each in clinic.people.patients_of(doctor)] if doctor else []
    before = queue.index(account.id) if account.id in queue else 0
    return JSONResponse(
        {
            "doctor": doctor.name if doctor else "",
            "before": before,
            "minutes": before * MINUTES_EACH,
            "at": f"{clinic.settings.calendar():%H:%M:%S}",
        }
    )
