"""The second step of a login for whoever has an authenticator: the code that it shows."""

import math

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sessionward.demo.forgery_guard import own_form
from sessionward.demo.people import Account
from sessionward.demo.rendering import page
from sessionward.demo.visitor import visitor_of

WRONG = "This code is not right, or was used before. Type the one that your authenticator shows now."


async def ask_for_code(request: Request, account: Account) -> Response:
    """The password was right: nobody is logged in until the code is, too."""
    await visitor_of(request).expect_code(account)
    return RedirectResponse("/login/code", 303)


async def code_form(request: Request) -> Response:
    """The form for the code."""
    return page(request, "code.html") if visitor_of(request).proving else RedirectResponse("/login", 303)


async def check_code(request: Request) -> Response:
    """Look at the code. Between the wait and the count nothing is awaited, so no guess slips through."""
    form = await own_form(request)
    visitor = visitor_of(request)
    account = visitor.proving
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
    await visitor.log_in(account, method="password+totp")
    return RedirectResponse(visitor.landing(), 303)
