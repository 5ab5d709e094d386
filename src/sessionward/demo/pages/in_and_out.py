"""In and out: the start page, login and logout."""

import math

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sessionward.asgi import Reason
from sessionward.demo.forgery_guard import FIELD, from_own_origin, is_own, own_form, read_form
from sessionward.demo.pages.login_code import ask_for_code
from sessionward.demo.rendering import page
from sessionward.demo.visitor import visitor_of

REASONS = {
    Reason.INACTIVITY: "You were logged out because nothing happened here for a while.",
    Reason.LIFETIME: "You were logged out because your login had reached its longest duration.",
    Reason.TAKEN_OVER: "You were logged out here because your account logged in on other devices.",
    Reason.PASSWORD_CHANGE: "You were logged out because the password or login name of your account changed.",
    Reason.PASSWORD_RESET: "You were logged out because the password of your account changed.",
    Reason.ADMINISTRATOR: "Your clinic logged you out on all your devices.",
    Reason.LOGOUT_EVERYWHERE: "You logged out on all your devices.",
    Reason.THEFT: "You were logged out because somebody else may have used your login. Look at your devices.",
}
"""What a person is told who comes back to a session that is over."""

WRONG = "This e-mail address and password do not belong together."
STALE = "This form was open for too long. Please log in again."


async def start(request: Request) -> Response:
    """The public page."""
    return page(request, "start.html")


async def login_form(request: Request) -> Response:
    """The form; whoever is logged in has no need of it."""
    visitor = visitor_of(request)
    if visitor.account:
        return RedirectResponse("/overview", 303)
    ended = await visitor.ended_because()
    return _login(request, notice=REASONS.get(ended) if ended else None)


async def log_in(request: Request) -> Response:
    """Check the credentials. Between the wait and the count nothing is awaited, so no guess slips through."""
    visitor = visitor_of(request)
    form = await read_form(request)
    username, password = form.get("username", ""), form.get("password", "")
    if visitor.clinic.settings.protections.login_form_guarded and not is_own(request, form.get(FIELD)):
        return _login(request, username, error=STALE, status=403)
    key = (username.strip().casefold(), visitor.client)
    wait = visitor.clinic.throttle.wait(key)
    if wait > 0:
        return _wait(request, username, math.ceil(wait))
    account = visitor.clinic.people.recognise(username, password)
    if account is None:
        visitor.clinic.throttle.failed(key)
        return _login(request, username, error=WRONG, status=422)
    visitor.clinic.throttle.succeeded(key)
    if account.totp:
        return await ask_for_code(request, account)
    await visitor.log_in(account, remember="remember" in form)
    return RedirectResponse(visitor.landing(), 303)


async def log_out(request: Request) -> Response:
    """End the login. Where it is over already the cookies still go, unless another site asked for it."""
    visitor = visitor_of(request)
    if not visitor.clinic.settings.protections.logout_by_link:
        if visitor.account:
            await own_form(request)
        elif not from_own_origin(request):
            return RedirectResponse("/", 303)
    await visitor.log_out()
    return RedirectResponse("/goodbye", 303)


async def goodbye(request: Request) -> Response:
    """What is shown after a logout."""
    return page(request, "goodbye.html")


def _login(
    request: Request,
    username: str = "",
    *,
    notice: str | None = None,
    error: str | None = None,
    status: int = 200,
) -> Response:
    visitor_of(request).prepare_form()
    return page(request, "login.html", status=status, username=username, notice=notice, error=error)


def _wait(request: Request, username: str, seconds: int) -> Response:
    unit = "second" if seconds == 1 else "seconds"
    answer = _login(
        request, username, error=f"Too many failed logins. Try again in {seconds} {unit}.", status=429
    )
    answer.headers["retry-after"] = str(seconds)
    return answer
