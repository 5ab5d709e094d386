"""The clinic as an ASGI app."""

from collections.abc import Sequence
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from sessionward.demo.caching import Caching
from sessionward.demo.care_routes import care_routes
from sessionward.demo.clinic import open_clinic
from sessionward.demo.clinic_settings import Settings
from sessionward.demo.home_made.home_made_sessions import HomeMadeSessions
from sessionward.demo.layered.layered_sessions import LayeredSessions
from sessionward.demo.pages import in_and_out, login_code, own_account, own_records, script_api
from sessionward.demo.rendering import page
from sessionward.demo.retouching import Retouching
from sessionward.demo.session_keeping import SessionKeeping, VisitorLayer
from sessionward.demo.visitor import STATIC

STATIC_FILES = Path(__file__).parent / "static"


def create_app(settings: Settings, *, origins: Sequence[str]) -> Starlette:
    """A clinic of its own: two apps share no account, session or throttle.

    `origins` are its addresses as browsers show them, such as "http://127.0.0.1:8000".
    """
    clinic = open_clinic(settings)
    keeping: SessionKeeping
    if settings.protections.keeps_sessions_by_hand:
        keeping = HomeMadeSessions(clinic)
    else:
        keeping = LayeredSessions(clinic, origins)
    return Starlette(
        routes=[*keeping.routes(), *_routes(settings)],
        middleware=[
            Middleware(Retouching, retouches=settings.protections.retouches),
            Middleware(Caching),
            *keeping.middleware(),
            Middleware(VisitorLayer, keeping=keeping),
        ],
        exception_handlers={HTTPException: _refusal},
    )


def _routes(settings: Settings) -> list[BaseRoute]:
    get, post = ["GET"], ["POST"]
    return [
        Mount("/static", StaticFiles(directory=STATIC_FILES)),
        Route("/", in_and_out.start, methods=get),
        Route("/login", in_and_out.login_form, methods=get),
        Route("/login", in_and_out.log_in, methods=post),
        Route("/login/code", login_code.code_form, methods=get),
        Route("/login/code", login_code.check_code, methods=post),
        Route("/logout", in_and_out.log_out, methods=get if settings.protections.logout_by_link else post),
        Route("/goodbye", in_and_out.goodbye, methods=get),
        Route("/overview", own_account.overview, methods=get),
        Route("/profile", own_account.profile, methods=get),
        Route("/profile", own_account.save_profile, methods=post),
        Route("/email", own_account.email, methods=get),
        Route("/email", own_account.save_email, methods=post),
        Route("/password", own_account.password, methods=get),
        Route("/password", own_account.save_password, methods=post),
        Route("/records", own_records.records, methods=get),
        Route("/records/{record_id}", own_records.record, methods=get),
        Route("/records/{record_id}/print", own_records.printable, methods=get),
        Route("/api/me", script_api.me, methods=get),
        Route("/api/records", script_api.my_records, methods=get),
        Route("/api/messages", script_api.my_messages, methods=get),
        Route("/api/token", script_api.issue_token, methods=post),
        *care_routes(settings),
    ]


async def _refusal(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    detail = error.detail if isinstance(error, HTTPException) else "Something went wrong."
    headers = error.headers if isinstance(error, HTTPException) else None
    path = request.url.path
    if path.startswith(STATIC):
        return PlainTextResponse(detail, status, headers=headers)
    if path.startswith("/api/"):
        return JSONResponse({"error": detail}, status, headers=headers)
    answer = page(request, "refusal.html", status=status, detail=detail)
    answer.headers.update(headers or {})
    return answer
