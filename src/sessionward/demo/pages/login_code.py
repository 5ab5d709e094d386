"""The second step of a login for whoever has an authenticator: the code that it shows."""

import math

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sessionward.demo.forgery_guard import own_form
from sessionward.demo.people import Account
from sessionward.demo.rendering import page
from sessionward.demo.visitor import visitor_of

TIME = 300.0
"""Seconds that the password is good for without the code."""
WRONG = "This code is not right, or was used before. Type the one that your authenticator shows now."


def ask_for_code(request: Request, account: Account) -> Response:
    """The password was right: nobody is logged in until the code is, too."""
    visitor = visitor_of(request)
    session = visitor.begin()
    session.proving = account.id
    session.proving_until = visitor.clinic.settings.clock() + TIME
    return RedirectResponse("/login/code", 303)


async def code_form(request: Request) -> Response:
    """The form for the code."""
    return page(request, "code.html") if _proving(request) else RedirectResponse("/login", 303)


async def check_code(request: Request) -> Response:
    """Look at the code. Between the wait and the count nothing is awaited, so no guess slips through."""
    form = await own_form(request)
    visitor, account = visitor_of(request), _proving(request)
    if account is None:
        return RedirectResponse("/login", 303)
    throttle, key = visitor.clinic.throttle, (f"code of {account.id}", visitor.client)
    wait = math.ceil(throttle.wait(key))
    if wait > 0:
        error = f"Too many wrong codes. Try again in {wait} {'second' if wait == 1 else 'seconds'}."
        answer = page(request, "code.html", status=429, errors={"code": error})
        answer.headers["retry-after"] = str(wait)
        return answer
    if not visitor.clinic.codes.proves(account, form.get("code", "")):
        throttle.failed(key)
        return page(request, "code.html", status=422, errors={"code": WRONG})
    throttle.succeeded(key)
    visitor.log_in(account)
    return RedirectResponse(visitor.clinic.settings.protections.lands_at(visitor.issued), 303)


def _proving(request: Request) -> Account | None:
    """Whose password was right a moment ago in this browser."""
    visitor = visitor_of(request)
    session = visitor.session
    if session is None or session.subject or not session.proving:
        return None
    if visitor.clinic.settings.clock() >= session.proving_until:
        return None
    return visitor.clinic.people.get(session.proving)
