"""Turns templates into pages."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import Response
from starlette.templating import Jinja2Templates

from sessionward.demo.forgery_guard import FIELD
from sessionward.demo.people import Account, Role
from sessionward.demo.tenants import TENANTS, Tenant
from sessionward.demo.visitor import STATIC, VERSION, visitor_of

FOLDER = Path(__file__).parent / "templates"

TEMPLATES = Jinja2Templates(
    env=Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
)


def duration(length: timedelta) -> str:
    """A length of time as a person says it: in minutes where they come out even, else in seconds."""
    minutes, seconds = divmod(round(length.total_seconds()), 60)
    count, unit = (minutes * 60 + seconds, "second") if seconds else (minutes, "minute")
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


@cache
def asset(name: str) -> str:
    """The address of a file that is the same for everybody; it changes with the content, so caches may keep it."""
    digest = hashlib.sha256((Path(__file__).parent / "static" / name).read_bytes()).hexdigest()[:12]
    return f"{STATIC}{name}?{VERSION}={digest}"


PATIENT_MENU = (
    ("/overview", "Overview", "home"),
    ("/appointments", "Appointments", "calendar"),
    ("/waiting-room", "Waiting room", "clock"),
    ("/consultation", "Consultation", "video"),
    ("/messages", "Messages", "mail"),
    ("/records", "Records", "record"),
    ("/documents", "Documents", "folder"),
    ("/prescriptions", "Prescriptions", "pill"),
    ("/history", "Medical history", "list"),
    ("/profile", "Profile", "person"),
)
STAFF_MENU = (
    ("/overview", "Overview", "home"),
    ("/messages", "Messages", "mail"),
    ("/records", "Records", "record"),
    ("/profile", "Profile", "person"),
)
OWN_PAGES = {
    Role.PATIENT: (),
    Role.CLINICIAN: (("/patients", "Patients", "people"),),
    Role.ADMINISTRATOR: (("/administration/accounts", "Accounts", "shield"),),
}
ROLE_NAMES = {Role.PATIENT: "Patient", Role.CLINICIAN: "Doctor", Role.ADMINISTRATOR: "Administrator"}


def menu(account: Account) -> tuple[tuple[str, str, str], ...]:
    """The address, name and icon of each page that `account` uses."""
    if account.role is Role.PATIENT:
        return PATIENT_MENU
    first, *rest = STAFF_MENU
    return (first, *OWN_PAGES[account.role], *rest)


def initials(name: str) -> str:
    """Two letters that stand for a person."""
    words = [word for word in name.split() if not word.endswith(".")] or ["?"]
    return (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper()


def choice_of(entry: Account | Tenant) -> tuple[str, str]:
    """An entry of a list to choose from: its value and what is read."""
    return entry.id, entry.name


def twice(text: str) -> tuple[str, str]:
    """An entry of a list whose value is what is read."""
    return text, text


TEMPLATES.env.filters |= {
    "choice_of": choice_of,
    "initials": initials,
    "menu": menu,
    "role_name": ROLE_NAMES.__getitem__,
    "twice": twice,
}
TEMPLATES.env.filters["duration"] = duration
TEMPLATES.env.filters["asset"] = asset


def page(
    request: Request,
    template: str,
    *,
    status: int = 200,
    errors: Mapping[str, str] | None = None,
    **context: Any,
) -> Response:
    """The page that `template` makes; notices for the visitor are shown once."""
    visitor = visitor_of(request)
    protections = visitor.clinic.settings.protections
    shared = {
        "account": visitor.account,
        "tenant": TENANTS.get(visitor.account.tenant) if visitor.account else None,
        "forgery_field": FIELD,
        "nonce": getattr(request.state, "csp_nonce", ""),
        "notices": visitor.notices(),
        "visitor": visitor,
        "protections": protections,
        "settings": visitor.clinic.settings,
        "errors": defaultdict(str, errors or {}),
    }
    return TEMPLATES.TemplateResponse(request, template, shared | context, status_code=status)
