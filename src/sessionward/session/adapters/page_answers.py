"""What the endpoints of the page script answer, whatever the framework."""

import json
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from sessionward.session import pages
from sessionward.session.adapters.keeper import Refused
from sessionward.session.adapters.visit import Visit
from sessionward.session.call import ConsumeOnce, Steps
from sessionward.session.drafts.draft_shelf import Drafts, Unreadable
from sessionward.session.hints import TICKET_LIFETIME, accepted, issue, subject_mark
from sessionward.session.pages.page_settings import PageSettings, hint_interval, remaining
from sessionward.session.state import State, Subject

MOST_BYTES = 65_536
FORM = re.compile(r"[A-Za-z0-9._-]{1,64}")
OWN_PAGE = "x-session-page"
"""A header that no form can send, and another site's script only after asking: without it nothing is changed."""
OWN_SUBJECT = "x-session-subject"
"""Whose page asks, as its script was told when it began: a page may outlive the session that it was shown in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRequest:
    """A request to an endpoint: `path` below the prefix without its slash, `header` by a name in small letters."""

    method: str
    path: str
    header: Callable[[str], str | None]
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageAnswer:
    """Its status, its body, and headers beside those that say that nobody may keep it."""

    status: int
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = (("content-type", "application/json"),)


@cache
def script() -> PageAnswer:
    """The script itself, which is the same for everybody."""
    text = files(pages).joinpath("script.js").read_bytes()
    return PageAnswer(
        status=200,
        body=text,
        headers=(
            ("content-type", "text/javascript; charset=utf-8"),
            ("cache-control", "public, max-age=3600"),
            ("etag", f'"{sha256(text).hexdigest()[:32]}"'),
            ("cross-origin-resource-policy", "same-origin"),
            ("x-content-type-options", "nosniff"),
        ),
    )


class PageAnswers:
    """The endpoints under `settings`; without `drafts` nothing is kept of what people type."""

    def __init__(self, settings: PageSettings, drafts: Drafts | None) -> None:
        self.settings = settings
        self._drafts = drafts

    def below(self, path: str) -> str | None:
        """What of `path` lies below the prefix; None for a path of the app's own."""
        prefix = f"{self.settings.prefix}/"
        return path[len(prefix) :] if path.startswith(prefix) else None

    def answer(self, visit: Visit, request: PageRequest) -> Steps[PageAnswer]:
        """The answer to `request` in `visit`, which has arrived as a script's doing.

        Raises:
            StoreError: the store or the drafts could not be asked.

        """
        if not _is_own(request):
            return PageAnswer(status=403, body=_json({"error": "not from a page of this site"}))
        head, _, form = request.path.partition("/")
        if head == "drafts" and FORM.fullmatch(form) is not None and self._drafts is not None:
            return self._draft(self._drafts, visit, request, form)
        match (request.method, request.path):
            case ("GET", "state"):
                return self._state(visit)
            case ("POST", "active"):
                return (yield from self._active(visit, request))
            case ("POST", "extend"):
                yield from visit.stay()
                return self._state(visit)
            case ("POST", "lock"):
                return (yield from self._ended(visit, visit.lock()))
            case ("POST", "logout"):
                return (yield from self._ended(visit, visit.logout()))
            case (_, "state" | "active" | "extend" | "lock" | "logout"):
                return PageAnswer(status=405)
            case _:
                return PageAnswer(status=404)

    def _state(self, visit: Visit) -> PageAnswer:
        """How long the session has, and what the page signs its next hint with."""
        record, settings = visit.record, self.settings
        if record is None or record.subject is None:
            return PageAnswer(status=200, body=_json({"state": visit.state}))
        now, policy = visit.keeper.clock(), visit.policy()
        left = remaining(policy, record, now)
        said: dict[str, Any] = {
            "state": visit.state,
            "subject": self._mark(record.subject),
            "lock": left.lock,
            "inactivity": left.inactivity,
            "absolute": left.absolute,
            "warn": settings.warn_before,
        }
        if visit.state is State.ACTIVE:
            ticket = issue(settings.keys[0], record.handle, now)
            said["hint"] = {"ticket": ticket.text, "key": ticket.key, "every": hint_interval(policy)}
        return PageAnswer(status=200, body=_json(said))

    def _active(self, visit: Visit, request: PageRequest) -> Steps[PageAnswer]:
        """A hint that a person did something; one that is wrong, old or was used changes nothing."""
        record, said = visit.record, _members(request)
        if record is None or visit.subject is None:
            return self._state(visit)
        ticket, signature = said.get("ticket"), said.get("signature")
        now = visit.keeper.clock()
        once = None
        if isinstance(ticket, str) and isinstance(signature, str):
            once = accepted(self.settings.keys, record.handle, ticket, signature, now)
        if once is None:
            return PageAnswer(status=403, body=_json({"error": "no hint of this page"}))
        first: bool = yield ConsumeOnce(
            purpose="hint", key=once, owner=record.subject, until=now + TICKET_LIFETIME, now=now
        )
        if not first:
            return PageAnswer(status=403, body=_json({"error": "this hint was used"}))
        yield from visit.arrive(by_person=True)
        return self._state(visit)

    def _ended(self, visit: Visit, steps: Steps[None]) -> Steps[PageAnswer]:
        with suppress(Refused):  # it was over already, and the page is told so
            yield from steps
        return self._state(visit)

    def _draft(self, drafts: Drafts, visit: Visit, request: PageRequest, form: str) -> PageAnswer:
        """A draft of whoever is logged in. A locked session still takes what was typed, and shows nothing."""
        record, now = visit.record, visit.keeper.clock()
        if record is None or record.subject is None or visit.state not in {State.ACTIVE, State.LOCKED}:
            return PageAnswer(status=401)
        owner = record.subject
        if request.method == "PUT":
            said = _members(request)
            if said.get("subject") != self._mark(owner):
                return _ANOTHERS
            if not isinstance(said.get("fields"), dict):
                return PageAnswer(status=400, body=_json({"error": "fields must be an object"}))
            drafts.save(owner, form, _json(said["fields"]), now=now)
            return PageAnswer(status=204)
        if request.header(OWN_SUBJECT) not in {None, self._mark(owner)}:
            return _ANOTHERS
        if visit.state is State.LOCKED:
            return PageAnswer(status=423)
        if request.method == "DELETE":
            drafts.discard(owner, form)
            return PageAnswer(status=204)
        return _read(drafts, owner, form, now) if request.method == "GET" else PageAnswer(status=405)

    def _mark(self, owner: Subject) -> str:
        return subject_mark(self.settings.keys[0], owner.tenant, owner.id)


def _read(drafts: Drafts, owner: Subject, form: str, now: float) -> PageAnswer:
    try:
        found = drafts.load(owner, form, now=now)
    except Unreadable:
        return PageAnswer(status=410, body=_json({"error": "this draft was sealed with a key that is gone"}))
    return PageAnswer(status=404) if found is None else PageAnswer(status=200, body=found)


def _is_own(request: PageRequest) -> bool:
    """Whether a page of this very site asks; browsers say so themselves (W3C Fetch Metadata)."""
    site = request.header("sec-fetch-site")
    return site in {None, "same-origin"} and request.header(OWN_PAGE) is not None


def _members(request: PageRequest) -> dict[str, Any]:
    """The members of a JSON body, none where it is no object."""
    try:
        found = json.loads(request.body)
    except (ValueError, RecursionError):  # the latter where arrays are nested too deeply
        return {}
    return found if isinstance(found, dict) else {}


_ANOTHERS = PageAnswer(status=409, body=b'{"error":"this page is another person\'s"}')


def _json(content: object) -> bytes:
    return json.dumps(content, separators=(",", ":")).encode("ascii")
