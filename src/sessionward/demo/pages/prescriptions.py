"""Prescriptions: what a patient was given, and prescribing."""

from starlette.requests import Request
from starlette.responses import Response

from sessionward.demo.forgery_guard import own_form
from sessionward.demo.pages.notices import done
from sessionward.demo.pages.patients import own_patient
from sessionward.demo.pages.role_doors import page_for
from sessionward.demo.people import Account, Prescription, Role
from sessionward.demo.rendering import page
from sessionward.demo.visitor import visitor_of

LONGEST = 200


@page_for(Role.PATIENT)
async def prescriptions(request: Request, account: Account) -> Response:
    """The patient's own."""
    return page(request, "prescriptions.html", prescriptions=account.prescriptions)


@page_for(Role.CLINICIAN)
async def prescribing(request: Request, account: Account) -> Response:
    """The form for an own patient."""
    return form_for(request, own_patient(request, account), {})


@page_for(Role.CLINICIAN)
async def prescribe(request: Request, account: Account) -> Response:
    """Prescribe for an own patient; the doctor signs with the password."""
    form = await own_form(request)
    patient = own_patient(request, account)
    values, errors = written(form)
    if wrong := _unsigned(request, account, form.get("current_password", "")):
        errors["current_password"] = wrong
    if errors:
        return form_for(request, patient, values, errors=errors)
    return signed(request, account, patient, values)


def written(form: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """What is to be prescribed, and what is wrong with it."""
    values = {name: form.get(name, "").strip() for name in ("medicine", "directions")}
    errors = {name: "Please fill this in." for name, value in values.items() if not value}
    errors |= {name: "Please be briefer." for name, value in values.items() if len(value) > LONGEST}
    return values, errors


def form_for(
    request: Request,
    patient: Account,
    values: dict[str, str],
    *,
    errors: dict[str, str] | None = None,
    signed_after: bool = False,
) -> Response:
    """The form; the signature is asked for in it or on the page after it."""
    status = 422 if errors else 200
    return page(
        request,
        "prescribe.html",
        status=status,
        patient=patient,
        values=values,
        errors=errors,
        signed_after=signed_after,
    )


def signed(request: Request, doctor: Account, patient: Account, values: dict[str, str]) -> Response:
    """Prescribe it."""
    today = f"{visitor_of(request).clinic.settings.calendar():%Y-%m-%d}"
    patient.prescriptions.insert(0, Prescription(date=today, doctor=doctor.name, **values))
    return done(request, f"/patients/{patient.id}", f"{values['medicine']} is prescribed.")


def _unsigned(request: Request, account: Account, password: str) -> str:
    """Why the signature does not count. Guessing it is throttled like a login."""
    visitor = visitor_of(request)
    key = (f"signature of {account.id}", visitor.client)
    if visitor.clinic.throttle.wait(key) > 0:
        return "Too many wrong passwords. Wait a moment and try again."
    if account.password.matches(password):
        visitor.clinic.throttle.succeeded(key)
        return ""
    visitor.clinic.throttle.failed(key)
    return "This is not your current password."
