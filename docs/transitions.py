"""The table of transitions, printed by running what decides them."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sessionward.session.core import decide
from sessionward.session.event import (
    ChangeRole,
    End,
    Event,
    FirstFactor,
    Hold,
    Lock,
    Login,
    Logout,
    Park,
    Reauthenticate,
    Refresh,
    Remember,
    Request,
    Resume,
    Spend,
)
from sessionward.session.policy import Policy
from sessionward.session.state import (
    Authentication,
    Bearer,
    Ended,
    Grant,
    Presented,
    Reason,
    Record,
    Session,
    State,
    Subject,
    TokenAge,
)

NOW = 1_000_000.0
POLICY = Policy(
    inactivity_timeout=900, absolute_lifetime=43_200, lock_after=300, renewal_grace=10, lease_length=90
)
SHOWN = b"digest of a prescription"
ANA = Subject(tenant="north", id="ana")
BEN = Subject(tenant="north", id="ben")
NEW = b"new digest"

EVENTS: dict[str, Event] = {
    "request by a person": Request(by_person=True),
    "poll": Request(by_person=False),
    "the app writes": Remember(handle="new", digest=NEW),
    "first factor": FirstFactor(subject=ANA, method="password", epoch=0, handle="new", digest=NEW),
    "login": Login(subject=ANA, role=None, method="totp", epoch=0, handle="new", digest=NEW),
    "login of another": Login(subject=BEN, role=None, method="totp", epoch=0, handle="new", digest=NEW),
    "re-authentication": Reauthenticate(method="password", digest=NEW, sealed=b""),
    "change of role": ChangeRole(role="nurse", digest=NEW, sealed=b""),
    "refresh on a phone": Refresh(digest=NEW, sealed=b"", access=b"new access"),
    "permission used": Spend(scope="sign", shown=SHOWN),
    "consultation shows life": Hold(),
    "lock": Lock(),
    "left to somebody else": Park(),
    "taken up again": Resume(method="password", digest=NEW, client=None),
    "logout": Logout(),
    "ended by another": End(reason=Reason.ADMINISTRATOR),
}


def session(
    state: State, *, idle: float = 60, age: TokenAge = TokenAge.CURRENT, grace: float = 0
) -> Presented:
    """A session that began ten minutes ago and was last used `idle` seconds ago."""
    record = Record(
        handle="old",
        digest=b"old digest",
        state=state,
        version=1,
        created=NOW - 600,
        last_active=NOW - idle,
        deadline=NOW + 36_000,
        subject=None if state is State.ANONYMOUS else ANA,
    )
    if state in {State.ACTIVE, State.LOCKED}:
        record = replace(record, authentications=(Authentication(method="password", at=NOW - 120),))
    if state in {State.ANONYMOUS, State.PENDING}:
        record = replace(record, created=NOW - 120, last_active=NOW - idle)
    return Presented(record=record, age=age, grace_until=NOW + grace, data={})


def having(found: Presented, **changes: Any) -> Presented:
    """`found` with some of its record changed."""
    return replace(found, record=replace(found.record, **changes))


SESSIONS: dict[str, Session] = {
    "nothing": None,
    "anonymous": session(State.ANONYMOUS),
    "pending": session(State.PENDING),
    "active": session(State.ACTIVE),
    "active, token just renewed": session(State.ACTIVE, age=TokenAge.PREVIOUS, grace=5),
    "active, token renewed twice": session(State.ACTIVE, age=TokenAge.RETIRED, grace=5),
    "active, token renewed long ago": session(State.ACTIVE, age=TokenAge.PREVIOUS),
    "active, idle beyond the lock": session(State.ACTIVE, idle=300),
    "active, idle beyond the timeout": session(State.ACTIVE, idle=900),
    "active, permitted to sign": having(
        session(State.ACTIVE), grants=(Grant(scope="sign", until=NOW + 60, shown=SHOWN),)
    ),
    "active, held by a consultation": having(session(State.ACTIVE, idle=400), lease=NOW + 60),
    "active, on a phone": having(session(State.ACTIVE), bearer=Bearer(access=b"access", until=NOW + 60)),
    "locked": session(State.LOCKED, idle=400),
    "locked, left to somebody else": having(session(State.LOCKED, idle=400), parked=True),
    "locked, idle beyond the timeout": session(State.LOCKED, idle=900),
    "terminated": Ended(handle="old", reason=Reason.LOGOUT, at=NOW - 60),
}


def cell(found: Session, event: Event) -> str:
    """What `event` makes of `found`, in a few words."""
    decision = decide(POLICY, found, event, NOW)
    words = [f"**{decision.state}**", *(type(command).__name__.lower() for command in decision.commands)]
    if decision.browser is not None:
        words.append(f"*{decision.browser}*")
    if decision.refusal is not None:
        words.append("refused")
    return ", ".join(words)


def lines() -> Iterator[str]:
    """The page, line by line."""
    yield "# What becomes of a session"
    yield ""
    yield (
        "Made by `make docs`, by asking `sessionward.session.core.decide` with a lock after 5 minutes, a timeout "
        "after 15 and a grace of 10 seconds. In bold the state that the request is served in; then the commands to "
        "the store in their order; in italics what the browser is told about its token. “Refused” is said to the app."
    )
    for name, event in EVENTS.items():
        yield ""
        yield f"## {name}"
        yield ""
        yield "| session | becomes |"
        yield "|---|---|"
        for title, found in SESSIONS.items():
            yield f"| {title} | {cell(found, event)} |"


def page() -> str:
    """The whole page."""
    return "\n".join(lines()) + "\n"
