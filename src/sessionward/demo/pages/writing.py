"""Messages between a patient and the doctor who looks after the patient."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from sessionward.demo.forgery_guard import own_form
from sessionward.demo.pages.doors import private_page
from sessionward.demo.pages.notices import done
from sessionward.demo.people import Account, Message, Role
from sessionward.demo.rendering import page
from sessionward.demo.visitor import visitor_of

LONGEST_MESSAGE = 4000


@private_page
async def messages(request: Request, account: Account) -> Response:
    """The messages, fetched by the page's script, and the form for a new one."""
    return _messages(request, account)


@private_page
async def send_message(request: Request, account: Account) -> Response:
    """Write to the own doctor, or as a doctor to an own patient."""
    form = await own_form(request)
    text = form.get("text", "").strip()
    errors = {}
    if not text:
        errors["text"] = "Please write something."
    elif len(text) > LONGEST_MESSAGE:
        errors["text"] = f"Please use at most {LONGEST_MESSAGE} characters."
    recipient = next((each for each in _recipients(request, account) if each.id == form.get("to")), None)
    if recipient is None:
        raise HTTPException(403, "You cannot write to this account.")
    if errors:
        return _messages(request, account, text=text, errors=errors)
    today = f"{visitor_of(request).clinic.settings.calendar():%Y-%m-%d}"
    recipient.messages.insert(0, Message(date=today, sender=account.name, text=text))
    account.sent.insert(0, Message(date=today, sender=recipient.name, text=text))
    return done(request, "/messages", f"Your message to {recipient.name} is sent.")


def _recipients(request: Request, account: Account) -> list[Account]:
    people = visitor_of(request).clinic.people
    if account.role is Role.CLINICIAN:
        return people.patients_of(account)
    doctor = people.doctor_of(account)
    return [doctor] if doctor else []


def _messages(
    request: Request, account: Account, *, text: str = "", errors: dict[str, str] | None = None
) -> Response:
    return page(
        request,
        "messages.html",
        status=422 if errors else 200,
        recipients=_recipients(request, account),
        chosen=request.query_params.get("to", ""),
        text=text,
        errors=errors,
    )
