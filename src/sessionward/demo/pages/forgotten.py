"""A forgotten password: ask for a link, and choose a new one with it."""

from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sessionward.asgi import Reason
from sessionward.demo.forgery_guard import own_form
from sessionward.demo.pages.own_account import LONGEST_PASSWORD, SHORTEST_PASSWORD
from sessionward.demo.people import Account
from sessionward.demo.rendering import page
from sessionward.demo.visitor import visitor_of

CLOSED = "This link was used already or is older than half an hour. You can ask for another one."


async def reset_form(request: Request) -> Response:
    """Which address the link goes to."""
    visitor_of(request).prepare_form()
    return page(request, "reset.html", value="")


async def ask_for_link(request: Request) -> Response:
    """Say the same for every address, and as fast: the mail is written after the answer."""
    form = await own_form(request)
    clinic = visitor_of(request).clinic
    email = form.get("email", "").strip()
    account = clinic.people.by_email(email)
    if account is None and clinic.settings.protections.tells_known_addresses:
        errors = {"email": "There is no account with this address."}
        return page(request, "reset.html", status=422, value=email, errors=errors)
    answer = page(request, "look_in_mails.html", email=email, purpose="choose a new password")
    if take_up(request, email) and account:
        answer.background = BackgroundTask(_write, request, account)
    return answer


async def new_password_form(request: Request) -> Response:
    """Where the link in the mail leads."""
    _holder(request)
    visitor_of(request).prepare_form()
    return page(request, "new_password.html")


async def set_new_password(request: Request) -> Response:
    """Take the new password, and end whatever the account has open anywhere."""
    form = await own_form(request)
    clinic = visitor_of(request).clinic
    account = _holder(request)
    wanted, errors = form.get("new_password", ""), {}
    if not SHORTEST_PASSWORD <= len(wanted) <= LONGEST_PASSWORD:
        errors["new_password"] = f"Please use {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters."
    elif wanted != form.get("repeat_password", ""):
        errors["repeat_password"] = "The two new passwords differ."
    if errors:
        return page(request, "new_password.html", status=422, errors=errors)
    clinic.resets.use(request.path_params["token"])
    clinic.people.change_password(account, wanted)
    await visitor_of(request).end_all_of(account, Reason.PASSWORD_RESET)
    return RedirectResponse("/reset/done", 303)


async def reset_done(request: Request) -> Response:
    """The password is new."""
    return page(request, "reset_done.html")


def own_address(request: Request) -> str:
    """The clinic's own address, from the socket that it listens at: a request's headers could name another host."""
    host, port = request.scope["server"]
    return f"{request.url.scheme}://{host}:{port}" if port else f"{request.url.scheme}://{host}"


def take_up(request: Request, email: str) -> bool:
    """Whether a mail goes to that address: nobody's mailbox is flooded from here."""
    visitor = visitor_of(request)
    key = (f"mail to {email.casefold()}", visitor.client)
    if visitor.clinic.throttle.wait(key) > 0:
        return False
    visitor.clinic.throttle.failed(key)
    return True


def _holder(request: Request) -> Account:
    clinic = visitor_of(request).clinic
    account = clinic.people.get(clinic.resets.look(request.path_params["token"]) or "")
    if account is None:
        raise HTTPException(410, CLOSED)
    return account


def _write(request: Request, account: Account) -> None:
    clinic = visitor_of(request).clinic
    link = f"{own_address(request)}/reset/{clinic.resets.make(account.id, account.id)}"
    text = f"Dear {account.name},\n\nchoose a new password here:\n\n{link}\n\n"
    text += "The link works once, for half an hour. If you did not ask for it, there is nothing to do.\n"
    clinic.outbox.send(account.email, "Your new password", text)
