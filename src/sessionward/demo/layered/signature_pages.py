"""Prescribing, signed with a one-time code for exactly what the doctor was shown (21 CFR 1311.140)."""

import math

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from sessionward.asgi import StepUp, needs_permission, reauthenticated
from sessionward.demo.forgery_guard import own_form
from sessionward.demo.pages.login_code import WRONG
from sessionward.demo.pages.patients import own_patient
from sessionward.demo.pages.prescriptions import form_for, signed, written
from sessionward.demo.pages.role_doors import page_for
from sessionward.demo.people import Account, Role
from sessionward.demo.rendering import page
from sessionward.demo.visitor import visitor_of

WRITTEN = "prescription"
"""What the session's data holds: the prescription that waits for its signature."""
SCOPE = "prescribe"
CHANGED = "The prescription is another one than you were shown. Look at it again, then sign."


def signature_routes() -> list[BaseRoute]:
    """The addresses of these pages."""
    return [
        Route("/patients/{patient_id}/prescribe", write_form, methods=["GET"]),
        Route("/patients/{patient_id}/prescribe", write, methods=["POST"]),
        Route("/patients/{patient_id}/prescribe/sign", sign_form, methods=["GET"]),
        Route("/patients/{patient_id}/prescribe/sign", sign, methods=["POST"]),
    ]


@page_for(Role.CLINICIAN)
async def write_form(request: Request, account: Account) -> Response:
    """What is to be prescribed for an own patient."""
    return form_for(request, own_patient(request, account), {}, signed_after=True)


@page_for(Role.CLINICIAN)
async def write(request: Request, account: Account) -> Response:
    """Keep it in the session until it is signed."""
    form = await own_form(request)
    patient = own_patient(request, account)
    values, errors = written(form)
    if errors:
        return form_for(request, patient, values, errors=errors, signed_after=True)
    request.session[WRITTEN] = {"patient": patient.id, **values}
    return RedirectResponse(f"/patients/{patient.id}/prescribe/sign", 303)


@page_for(Role.CLINICIAN)
async def sign_form(request: Request, account: Account) -> Response:
    """Show it, and ask for the code."""
    patient = own_patient(request, account)
    return _sign_page(request, patient, _waiting(request, patient))


@page_for(Role.CLINICIAN)
async def sign(request: Request, account: Account) -> Response:
    """Prescribe what was shown. The code permits that alone, once, whatever waits in the session by now."""
    form = await own_form(request)
    patient = own_patient(request, account)
    waiting = _waiting(request, patient)
    if wrong := _wrong_code(request, account, form.get("code", "")):
        return _sign_page(request, patient, waiting, wrong=wrong, status=422)
    seen = {"patient": patient.id, **written(form)[0]}
    await reauthenticated(request, method="totp", scope=SCOPE, shown=seen)
    try:
        await needs_permission(request, SCOPE, shown=waiting)
    except StepUp:
        return _sign_page(request, patient, waiting, wrong=CHANGED, status=409)
    del request.session[WRITTEN]
    return signed(request, account, patient, {name: waiting[name] for name in ("medicine", "directions")})


def _waiting(request: Request, patient: Account) -> dict[str, str]:
    """What waits for its signature. Raises HTTPException 404 where that is nothing, or for somebody else."""
    found: dict[str, str] | None = request.session.get(WRITTEN)
    if found is None or found["patient"] != patient.id:
        raise HTTPException(404, "There is no prescription to sign.")
    return found


def _sign_page(
    request: Request, patient: Account, waiting: dict[str, str], *, wrong: str = "", status: int = 200
) -> Response:
    errors = {"code": wrong} if wrong else {}
    return page(request, "sign.html", status=status, patient=patient, values=waiting, errors=errors)


def _wrong_code(request: Request, account: Account, code: str) -> str:
    """Why the code does not count. Guessing it is throttled as at the login."""
    visitor = visitor_of(request)
    throttle, key = visitor.clinic.throttle, (f"code of {account.id}", visitor.client)
    if (wait := math.ceil(throttle.wait(key))) > 0:
        return f"Too many wrong codes. Try again in {wait} {'second' if wait == 1 else 'seconds'}."
    if not visitor.clinic.codes.proves(account, code):
        throttle.failed(key)
        return WRONG
    throttle.succeeded(key)
    return ""
