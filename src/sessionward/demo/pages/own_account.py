"""What people see and change of their own account: overview, profile, login name, password."""

from starlette.requests import Request
from starlette.responses import Response

from sessionward.demo.forgery_guard import own_form
from sessionward.demo.pages.doors import private_page
from sessionward.demo.pages.notices import done
from sessionward.demo.people import Account
from sessionward.demo.rendering import page
from sessionward.demo.visitor import Visitor, visitor_of

LONGEST = 200
SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 256
DETAILS = ("name", "phone", "address", "emergency_contact")

REQUIRED = "Please fill this in."
TOO_LONG = f"Please use at most {LONGEST} characters."
NOT_CURRENT = "This is not your current password."


@private_page
async def overview(request: Request, account: Account) -> Response:
    """Where a login leads; the page's script fills it."""
    clinic = visitor_of(request).clinic
    return page(
        request,
        "overview.html",
        next_ones=clinic.diary.held_by(account)[:1],
        doctor=clinic.people.doctor_of(account),
        patients=len(clinic.people.patients_of(account)),
    )


@private_page
async def profile(request: Request, account: Account) -> Response:
    """The contact details, in the form that changes them."""
    protections = visitor_of(request).clinic.settings.protections
    if protections.saves_by_link and "name" in request.query_params:
        return _save_details(request, account, dict(request.query_params))
    return page(request, "profile.html", values={name: getattr(account, name) for name in DETAILS})


@private_page
async def save_profile(request: Request, account: Account) -> Response:
    """Change the contact details."""
    return _save_details(request, account, await own_form(request))


def _save_details(request: Request, account: Account, form: dict[str, str]) -> Response:
    values = {name: form.get(name, "").strip() for name in DETAILS}
    errors = {name: TOO_LONG for name, value in values.items() if len(value) > LONGEST}
    if not values["name"]:
        errors["name"] = REQUIRED
    if errors:
        return page(request, "profile.html", status=422, values=values, errors=errors)
    account.name, account.phone = values["name"], values["phone"]
    account.address, account.emergency_contact = values["address"], values["emergency_contact"]
    return done(request, "/profile", "Your details are saved.")


@private_page
async def email(request: Request, account: Account) -> Response:
    """The form that changes the login name."""
    return page(request, "email.html", value=account.email)


@private_page
async def save_email(request: Request, account: Account) -> Response:
    """Change the login name, for whoever knows the password."""
    form = await own_form(request)
    visitor = visitor_of(request)
    wanted = form.get("email", "").strip()
    holder = visitor.clinic.people.by_email(wanted)
    errors = wrong_password(visitor, account, form)
    if len(wanted) > LONGEST or wanted.count("@") != 1 or (holder and holder is not account):
        errors["email"] = "This address cannot be used."
    if errors:
        return page(request, "email.html", status=422, value=wanted, errors=errors)
    account.email = wanted
    await visitor.credentials_changed()
    return done(request, "/profile", "Your e-mail address is changed. Use it the next time that you log in.")


@private_page
async def password(request: Request, _account: Account) -> Response:
    """The form that changes the password."""
    return page(request, "password.html")


@private_page
async def save_password(request: Request, account: Account) -> Response:
    """Change the password, for whoever knows the current one."""
    form = await own_form(request)
    visitor = visitor_of(request)
    wanted = form.get("new_password", "")
    errors = wrong_password(visitor, account, form)
    if not SHORTEST_PASSWORD <= len(wanted) <= LONGEST_PASSWORD:
        errors["new_password"] = f"Please use {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters."
    elif wanted != form.get("repeat_password", ""):
        errors["repeat_password"] = "The two new passwords differ."
    if errors:
        return page(request, "password.html", status=422, errors=errors)
    visitor.clinic.people.change_password(account, wanted)
    await visitor.credentials_changed()
    return done(request, "/profile", "Your password is changed. Other devices must log in again.")


def wrong_password(visitor: Visitor, account: Account, form: dict[str, str]) -> dict[str, str]:
    """The error where the current password is asked for and not given. Guessing it is throttled like a login."""
    if not visitor.clinic.settings.protections.asks_current_password:
        return {}
    key = (f"current password of {account.id}", visitor.client)
    if visitor.clinic.throttle.wait(key) > 0:
        return {"current_password": "Too many wrong passwords. Wait a moment and try again."}
    if account.password.matches(form.get("current_password", "")):
        visitor.clinic.throttle.succeeded(key)
        return {}
    visitor.clinic.throttle.failed(key)
    return {"current_password": NOT_CURRENT}
