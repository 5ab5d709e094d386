"""Appointments: what is booked, what is free, booking, waiting and cancelling."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sessionward.demo.diary import MOST_BOOKED, Booking, Slot
from sessionward.demo.forgery_guard import own_form
from sessionward.demo.pages.doors import private_api
from sessionward.demo.pages.notices import done
from sessionward.demo.pages.role_doors import page_for
from sessionward.demo.people import Account, Message, Role
from sessionward.demo.rendering import page
from sessionward.demo.visitor import visitor_of

NO_SLOT = "There is no such time."


@page_for(Role.PATIENT)
async def appointments(request: Request, account: Account) -> Response:
    """What the patient holds and waits for, and the times that may be had."""
    return _appointments(request, account)


@page_for(Role.PATIENT)
async def book(request: Request, account: Account) -> Response:
    """Book a time or go on its waiting list."""
    await own_form(request)
    slot = _slot(request, account)
    booking = visitor_of(request).clinic.diary.book(slot, account)
    if booking in {Booking.BOOKED, Booking.WAITING}:
        return done(request, "/appointments", booking.value)
    return _appointments(request, account, problem=booking.value)


@page_for(Role.PATIENT)
async def cancel(request: Request, account: Account) -> Response:
    """Give a time back, or a place on its waiting list."""
    clinic = visitor_of(request).clinic
    if not clinic.settings.protections.cancel_by_link:
        await own_form(request)
    slot = _slot(request, account)
    held = slot.holder == account.id
    if not held and account.id not in slot.waiting:
        raise HTTPException(404, NO_SLOT)
    if (next_one := clinic.diary.cancel(slot, account)) is not None:
        when = f"{slot.begins:%A %d %B, %H:%M}"
        text = f"The time that you waited for is yours: {when}, with {slot.doctor.name}."
        today = f"{clinic.settings.calendar():%Y-%m-%d}"
        next_one.messages.insert(0, Message(date=today, sender="Reception", text=text))
        clinic.outbox.send(next_one.email, "Your appointment", f"{text}\n\nLog in to cancel it.\n")
    return done(
        request, "/appointments", "Your appointment is cancelled." if held else "You left the waiting list."
    )


@private_api
async def my_appointments(request: Request, account: Account) -> Response:
    """The appointments of whoever is logged in, booked ones first."""
    diary = visitor_of(request).clinic.diary
    held, awaited = diary.held_by(account), diary.awaited_by(account)
    return JSONResponse(
        [_told(slot, "booked") for slot in held] + [_told(slot, "waiting") for slot in awaited]
    )


def _told(slot: Slot, state: str) -> dict[str, str]:
    return {
        "id": slot.id,
        "begins": slot.begins.isoformat(),
        "doctor": slot.doctor.name,
        "kind": slot.kind,
        "state": state,
    }


def _slot(request: Request, account: Account) -> Slot:
    found = visitor_of(request).clinic.diary.get(request.path_params["slot_id"], account.tenant)
    if found is None:
        raise HTTPException(404, NO_SLOT)
    return found


def _appointments(request: Request, account: Account, *, problem: str = "") -> Response:
    diary = visitor_of(request).clinic.diary
    held, awaited = diary.held_by(account), diary.awaited_by(account)
    days: dict[str, list[Slot]] = {}
    for slot in diary.ahead(account.tenant):
        if slot not in held and slot not in awaited and slot.doctor.id == account.doctor:
            days.setdefault(f"{slot.begins:%A %d %B}", []).append(slot)
    return page(
        request,
        "appointments.html",
        status=409 if problem else 200,
        problem=problem,
        held=held,
        awaited=awaited,
        days=days,
        most=MOST_BOOKED,
        doctor=visitor_of(request).clinic.people.doctor_of(account),
    )
