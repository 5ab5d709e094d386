"""Requests that change a field of the account, sent as they should not be: the steps that the checks share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sessionward.audit import check
from sessionward.audit.check import Outcome, Place
from sessionward.audit.experiment.actions import cookie_keys, enter, resident
from sessionward.audit.experiment.endings import CannotTell, NotHere, Step
from sessionward.audit.experiment.guards import Guard
from sessionward.audit.experiment.request_parts import parts_of, with_values, without
from sessionward.audit.observation import Altered, Held, Session
from sessionward.audit.probe import Alter, HoldBack, Way
from sessionward.audit.scene import SERVER_FAULT, TOO_MANY_REQUESTS, Action, Scene
from sessionward.http import Request

BY = {
    "form": " by a form",
    "fetch": " by a script",
    "navigate": " by a link",
    "image": " by an image",
    "own": "",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Victim:
    """The owner's live browser, and what its own page sends to change the field."""

    session: Session
    action: Action
    held: Held
    request: Request

    @property
    def where(self) -> tuple[Place, ...]:
        """The request as a place in the app."""
        return (Place(method=self.action.request.method, url=self.action.request.url),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """One way to send the request, in words for a reader."""

    request: Request
    how: Way
    note: str = ""

    @property
    def told(self) -> str:
        """For a reader."""
        return f"{self.request.method} {self.request.path}{BY[self.how]}{self.note}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Altering:
    """What came of it."""

    what: Try
    seen: Altered

    @property
    def trouble(self) -> str:
        """Why nothing follows from it, empty where something does."""
        status = self.seen.status
        if not self.seen.seen:
            return self.seen.reason or "the field could not be seen afterwards, or held something else"
        if not self.seen.sent:
            return self.seen.reason or "the browser did not send it"
        if not self.seen.changed and (status == TOO_MANY_REQUESTS or status >= SERVER_FAULT or not status):
            return f"the app answered with status {status}" if status else "no answer came"
        return ""


def action_of(scene: Scene) -> Action:
    """The action to try. Raises CannotTell where none is known."""
    if not scene.actions:
        why = scene.missing.get("action", "none was seen in the app's own pages")
        raise CannotTell(
            f"no request is known that changes something which the account's own page shows: {why}"
        )
    return scene.actions[0]


def require_cookie(scene: Scene, session: Session | None = None) -> None:
    """Raise NotHere where no cookie opens anything, or the session holds none that does, whatever is to be changed."""
    held = cookie_keys(scene)
    if not (held & session.tokens.keys if session else held):
        raise NotHere(
            f"the account is opened by {scene.oracle.channel} and by no cookie, so a request of another site carries "
            "nothing of it"
        )


def victim(scene: Scene, *, needs_cookie: bool = True) -> Step[Victim]:
    """The owner logs in, and what the page itself sends changes the field (G1). Raises CannotTell, NotHere.

    Where saving ended the session, the owner is logged in again for what follows.
    """
    if needs_cookie:
        require_cookie(scene)
    action = action_of(scene)
    session = yield from enter("owner", keep=True)
    if needs_cookie:
        require_cookie(scene, session)
    held = yield from HoldBack(session=session, action=action, control=Guard.POSITIVE)
    if held.request is None:
        raise CannotTell(f"the form that changes the field could not be sent again: {held.reason}")
    own = yield from Alter(
        session=session, action=action, held=held, request=held.request, how="own", control=Guard.POSITIVE
    )
    if not own.changed or not own.seen:
        why = own.reason or f"status {own.status}"
        raise CannotTell(f"the app's own request did not change the field when it was sent again ({why})")
    if own.ended:  # what a browser that is logged out sends is refused for that alone
        session = yield from enter("owner", keep=True, control=Guard.POSITIVE)
    return Victim(session=session, action=action, held=held, request=held.request)


def tokens_of(action: Action, party: str) -> Step[dict[str, str]]:
    """The tokens against forgery that a living session of that party would send, by place; none where unknown."""
    session = yield from resident(party, Guard.OTHER)
    held = yield from HoldBack(session=session, action=action, control=Guard.OTHER)
    if held.request is None:
        return {}
    return {part.key: part.value for part in parts_of(held.request) if part.key in action.secrets}


def versions(whose: Victim) -> Step[tuple[tuple[Request, str], ...]]:
    """The request as an attacker can make it: without what only the owner's page knows, and with his own of that."""
    bare = without(whose.request, whose.action.secrets)
    if not whose.action.secrets:
        return ((bare, ""),)
    own = yield from tokens_of(whose.action, "stranger")
    first = (bare, " without the token")
    return (first, (with_values(whose.request, own), " with the attacker's own token")) if own else (first,)


def tried(whose: Victim, tries: Iterable[Try]) -> Step[tuple[Altering, ...]]:
    """Try each, until one changes the field. Where one ended the session, the owner logs in again for the next."""
    made: list[Altering] = []
    for one in tries:
        if made and made[-1].seen.ended:
            whose = replace(whose, session=(yield from enter("owner", keep=True, control=Guard.POSITIVE)))
        seen = yield from Alter(
            session=whose.session, action=whose.action, held=whose.held, request=one.request, how=one.how
        )
        made.append(Altering(what=one, seen=seen))
        if seen.changed:
            break
    return tuple(made)


def judged_changes(whose: Victim, made: Sequence[Altering], *, failed: str, passed: str) -> Outcome:
    """The verdict: one that changed the field, or all of them refused while the page's own request had changed it.

    A try that never left the browser counts for nothing where another did. Raises CannotTell where none tells.
    """
    if made and made[-1].seen.changed:
        hit = made[-1]
        return check.failed(f"{failed} ({hit.what.told}).{_note([hit])}", where=whose.where)
    left = [one for one in made if one.seen.sent]
    if troubled := next((one for one in left or made if one.trouble), None):
        raise CannotTell(f"{troubled.what.told}: {troubled.trouble}")
    told = ", ".join(one.what.told for one in left)
    return check.passed(f"{passed} ({told}).{_note(left)}", where=whose.where)


def _note(made: Iterable[Altering]) -> str:
    reasons = dict.fromkeys(one.seen.reason.rstrip(".") for one in made if one.seen.reason)
    return "".join(f" {reason}." for reason in reasons)
