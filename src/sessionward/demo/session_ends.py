"""Ending what an account has open, from outside its own browser."""

from starlette.requests import Request

from sessionward.demo.login_sessions import Ending
from sessionward.demo.people import Account
from sessionward.demo.visitor import visitor_of


async def end_all_sessions(request: Request, account: Account) -> None:
    """From here on `account` is logged in nowhere, and no browser of it is remembered."""
    clinic = visitor_of(request).clinic
    for session in [*clinic.sessions.history_of(account.id)]:
        clinic.sessions.end(session, Ending.CREDENTIALS_CHANGED)
    clinic.remembered.forget_subject(account.id)
