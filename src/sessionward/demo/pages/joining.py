"""Registering: the form, the mail that asks whether the address is one's own, and the confirmation.

The page says the same whether the address has an account or not; the mail, which only the address's owner reads,
tells.
"""

from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from sessionward.demo.forgery_guard import own_form
from sessionward.demo.pages.forgotten import own_address, take_up
from sessionward.demo.pages.own_account import LONGEST_PASSWORD, SHORTEST_PASSWORD
from sessionward.demo.people import Joining
from sessionward.demo.rendering import page
from sessionward.demo.tenants import TENANTS
from sessionward.demo.visitor import visitor_of

LONGEST = 200
CLOSED = "This link was used already or is older than half an hour."


async def register_form(request: Request) -> Response:
    """What a new patient tells."""
    visitor_of(request).prepare_form()
    return page(request, "register.html", tenants=TENANTS.values(), values={"tenant": "north"})


async def register(request: Request) -> Response:
    """Send a mail to the address that was given."""
    form = await own_form(request)
    clinic = visitor_of(request).clinic
    values = {name: form.get(name, "").strip() for name in ("name", "email", "tenant")}
    password = form.get("new_password", "")
    errors = _mistakes(values, password, form.get("repeat_password", ""))
    if (
        not errors
        and clinic.settings.protections.tells_known_addresses
        and clinic.people.by_email(values["email"])
    ):
        errors["email"] = "There is an account with this address already."
    if errors:
        return page(
            request, "register.html", status=422, tenants=TENANTS.values(), values=values, errors=errors
        )
    joining = Joining(
        tenant=values["tenant"],
        name=values["name"],
        email=values["email"],
        password=clinic.people.hash(password),
    )
    token = clinic.joining.make(values["email"].casefold(), joining)
    link = f"{own_address(request)}/register/{token}"
    answer = page(request, "look_in_mails.html", email=values["email"], purpose="confirm your address")
    if take_up(request, values["email"]):
        answer.background = BackgroundTask(_write, request, values["email"], link)
    return answer


async def confirm_form(request: Request) -> Response:
    """Where the link in the mail leads: one button, so that a mail scanner that opens links confirms nothing."""
    visitor = visitor_of(request)
    joining = visitor.clinic.joining.look(request.path_params["token"])
    if joining is None:
        raise HTTPException(410, CLOSED)
    visitor.prepare_form()
    return page(request, "confirm.html", joining=joining, tenant=TENANTS[joining.tenant])


async def confirm(request: Request) -> Response:
    """Open the account."""
    await own_form(request)
    clinic = visitor_of(request).clinic
    joining = clinic.joining.use(request.path_params["token"])
    if joining is None or clinic.people.join(joining) is None:
        raise HTTPException(410, CLOSED)
    return page(request, "welcome.html", joining=joining)


def _mistakes(values: dict[str, str], password: str, repeated: str) -> dict[str, str]:
    errors = {name: "Please fill this in." for name, value in values.items() if not value}
    errors |= {name: "Please be briefer." for name, value in values.items() if len(value) > LONGEST}
    if values["tenant"] not in TENANTS:
        errors["tenant"] = "Please choose a clinic."
    if values["email"].count("@") != 1 and "email" not in errors:
        errors["email"] = "This is no e-mail address."
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        errors["new_password"] = f"Please use {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters."
    elif password != repeated:
        errors["repeat_password"] = "The two passwords differ."
    return errors


def _write(request: Request, email: str, link: str) -> None:
    clinic = visitor_of(request).clinic
    if clinic.people.by_email(email):
        clinic.joining.close(email.casefold())
        text = "Somebody wanted to register with your address, which has an account already.\n"
        text += "If it was you, just log in. If not, there is nothing to do.\n"
    else:
        text = f"Please confirm that this address is yours:\n\n{link}\n\nThe link works once, for half an hour.\n"
    clinic.outbox.send(email, "Your account at Fjordview Clinic", text)
