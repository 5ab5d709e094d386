"""The JSON that the pages' script asks for."""

from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sessionward.demo.forgery_guard import HEADER, is_own
from sessionward.demo.pages.doors import bearer_api, private_api, refused
from sessionward.demo.people import Account
from sessionward.demo.visitor import visitor_of


@private_api
async def me(request: Request, account: Account) -> Response:
    """Who is logged in."""
    visitor = visitor_of(request)
    return JSONResponse(
        visitor.told_to_scripts()
        | {
            "name": account.name,
            "email": account.email,
            "role": account.role,
            "phone": account.phone,
            "address": account.address,
            "emergency_contact": account.emergency_contact,
        }
    )


@private_api
async def my_records(_request: Request, account: Account) -> Response:
    """The records of whoever is logged in."""
    return JSONResponse([asdict(record) for record in account.records])


@bearer_api
async def my_messages(_request: Request, account: Account) -> Response:
    """The messages of whoever is logged in."""
    return JSONResponse([asdict(message) for message in account.messages])


async def issue_token(request: Request) -> Response:
    """A token for the page's script: it belongs to the page's session and ends with it."""
    visitor = visitor_of(request)
    if visitor.account is None:
        return refused()
    if not is_own(request, request.headers.get(HEADER)):
        return JSONResponse({"error": "not from our own page"}, 403)
    token = await visitor.script_token()
    return JSONResponse({"token": token}) if token else refused()
