"""My devices: where an account is logged in, ending one of these logins, and all of them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from sessionward.asgi import Record, current
from sessionward.demo.forgery_guard import own_form
from sessionward.demo.layered.layered_visitor import DEVICES, LayeredVisitor
from sessionward.demo.pages.doors import private_page
from sessionward.demo.pages.notices import done
from sessionward.demo.people import Account
from sessionward.demo.rendering import page
from sessionward.demo.visitor import visitor_of

REMOVED = "That device is logged out."
REPORTED = (
    "That device is logged out, and your clinic is told. Change your password now: somebody may know it."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A login as its owner would recognise it."""

    handle: str
    name: str
    network: str
    since: datetime
    active: datetime
    here: bool


def device_routes() -> list[BaseRoute]:
    """The addresses of these pages."""
    return [
        Route(DEVICES, devices, methods=["GET"]),
        Route(f"{DEVICES}/logout-everywhere", log_out_everywhere, methods=["POST"]),
        Route(f"{DEVICES}/{{handle}}/remove", remove, methods=["POST"]),
        Route(f"{DEVICES}/{{handle}}/report", report, methods=["POST"]),
    ]


@private_page
async def devices(request: Request, _account: Account) -> Response:
    """Where the account is logged in, this browser first."""
    here = current(request).handle
    found = [_device(record, here) for record in await _visitor(request).own_sessions()]
    return page(request, "devices.html", devices=sorted(found, key=_latest_first))


@private_page
async def remove(request: Request, _account: Account) -> Response:
    """Log one device out."""
    return await _end(request, _visitor(request).remove, REMOVED)


@private_page
async def report(request: Request, _account: Account) -> Response:
    """That was somebody else: log the device out, and have it in the trail."""
    return await _end(request, _visitor(request).report, REPORTED)


@private_page
async def log_out_everywhere(request: Request, _account: Account) -> Response:
    """Log out here and on all other devices."""
    await own_form(request)
    await _visitor(request).log_out_everywhere()
    return RedirectResponse("/goodbye", 303)


async def _end(request: Request, ends: Callable[[str], Awaitable[bool]], notice: str) -> Response:
    await own_form(request)
    if not await ends(request.path_params["handle"]):
        raise HTTPException(404, "That device is logged out already.")
    return done(request, DEVICES, notice)


def _visitor(request: Request) -> LayeredVisitor:
    found = visitor_of(request)
    if not isinstance(found, LayeredVisitor):
        raise HTTPException(404)
    return found


def _device(record: Record, here: str | None) -> Device:
    return Device(
        handle=record.handle,
        name=record.client.device if record.client else "unknown",
        network=record.client.network if record.client else "unknown",
        since=datetime.fromtimestamp(record.created).astimezone(),
        active=datetime.fromtimestamp(record.last_active).astimezone(),
        here=record.handle == here,
    )


def _latest_first(device: Device) -> tuple[bool, float]:
    return not device.here, -device.active.timestamp()
