"""The consultation: a page with a conversation that arrives by WebSocket, and by a plain form where there is none."""

import asyncio
import importlib.util
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import cache
from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.websockets import WebSocket, WebSocketDisconnect

from sessionward.demo.consultations import LONGEST_LINE, Line, Room
from sessionward.demo.forgery_guard import own_form
from sessionward.demo.pages.notices import done
from sessionward.demo.pages.patients import own_patient
from sessionward.demo.pages.role_doors import page_for
from sessionward.demo.people import Account, Role
from sessionward.demo.rendering import page
from sessionward.demo.visitor import visitor_of

NOT_YOURS = 4403
"""The close code for a conversation that is not the visitor's."""


@page_for(Role.PATIENT)
async def own_consultation(request: Request, account: Account) -> Response:
    """The patient's room."""
    return _room_page(request, account, "/consultation")


@page_for(Role.CLINICIAN)
async def patients_consultation(request: Request, account: Account) -> Response:
    """The room of one of the doctor's patients."""
    patient = own_patient(request, account)
    return _room_page(request, patient, f"/patients/{patient.id}/consultation")


@page_for(Role.PATIENT)
async def say_in_own(request: Request, account: Account) -> Response:
    """Say something without a WebSocket."""
    return await _say(request, account, account, "/consultation")


@page_for(Role.CLINICIAN)
async def say_to_patient(request: Request, account: Account) -> Response:
    """Say something without a WebSocket."""
    patient = own_patient(request, account)
    return await _say(request, account, patient, f"/patients/{patient.id}/consultation")


async def own_socket(socket: WebSocket) -> None:
    """The patient's conversation."""
    account = _account(socket)
    await _converse(socket, account, account if account and account.role is Role.PATIENT else None)


async def patients_socket(socket: WebSocket) -> None:
    """The conversation with one of the doctor's patients."""
    account = _account(socket)
    patient = None
    if account and account.role is Role.CLINICIAN:
        with suppress(HTTPException):
            patient = own_patient(socket, account)
    await _converse(socket, account, patient)


def _account(socket: WebSocket) -> Account | None:
    origin = urlsplit(socket.headers.get("origin", ""))
    return visitor_of(socket).account if origin.netloc == socket.headers.get("host") else None


def _room(connection: Request | WebSocket, patient: Account) -> Room:
    return visitor_of(connection).clinic.consultations.room(patient.tenant, patient.id)


def _room_page(request: Request, patient: Account, address: str) -> Response:
    doctor = visitor_of(request).clinic.people.doctor_of(patient)
    return page(
        request,
        "consultation.html",
        lines=_room(request, patient).lines,
        patient=patient,
        doctor=doctor,
        address=address,
        live=sockets_served(),
    )


@cache
def sockets_served() -> bool:
    """Whether the server knows WebSockets: uvicorn brings no implementation of its own."""
    return any(importlib.util.find_spec(name) for name in ("websockets", "wsproto"))


async def _say(request: Request, speaker: Account, patient: Account, address: str) -> Response:
    form = await own_form(request)
    said = _say_in(request, speaker, patient, form.get("text", ""))
    return done(request, address, "Said." if said else "Nothing was said.")


def _say_in(connection: Request | WebSocket, speaker: Account, patient: Account, text: str) -> bool:
    text = text.strip()[:LONGEST_LINE]
    if text:
        time = f"{visitor_of(connection).clinic.settings.calendar():%H:%M}"
        _room(connection, patient).say(Line(speaker=speaker.name, text=text, time=time))
    return bool(text)


async def _converse(socket: WebSocket, account: Account | None, patient: Account | None) -> None:
    """Let both hear each other until one of the two directions ends."""
    if account is None or patient is None:
        await socket.close(NOT_YOURS)
        return
    visitor = visitor_of(socket)
    await socket.accept()
    with _room(socket, patient).entered(account.name) as heard:

        async def speak() -> None:
            while await visitor.still_logged_in():
                news = await socket.receive_json()
                await visitor.hold()
                saying = isinstance(news, dict) and news.get("kind") == "say"
                if saying and await visitor.still_logged_in():
                    _say_in(socket, account, patient, str(news.get("text", "")))

        async def listen() -> None:
            while True:
                news = await heard.get()
                if not await visitor.still_logged_in():
                    return
                await socket.send_json(news)

        await _first_to_end(speak, listen)
    with suppress(RuntimeError, WebSocketDisconnect):  # the browser may have closed it already
        await socket.close(NOT_YOURS)


async def _first_to_end(*directions: Callable[[], Awaitable[None]]) -> None:
    tasks = [asyncio.ensure_future(direction()) for direction in directions]
    ended, others = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    for task in ended:
        # a browser that leaves, and one that sends no JSON, end the conversation alike
        with suppress(WebSocketDisconnect, ValueError, KeyError):
            task.result()
