"""What a decision asks for, as data: some of it of the store, some of whoever speaks with the browser."""

from dataclasses import dataclass
from enum import StrEnum

from sessionward.session.state import Reason, Record, State, Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Create:
    """Insert `record`; of the subject's other logged-in sessions, end the least active beyond `limit` in all."""

    record: Record
    limit: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Replace:
    """Put `record` in the place of the one whose version is one less."""

    record: Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Renew:
    """Like `Replace`, and let `record.digest` succeed `retired`, which is excused until `grace_until`."""

    record: Record
    retired: bytes
    grace_until: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """Raise the activity cell to `last_active`, never lower it."""

    handle: str
    last_active: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Terminate:
    """End the session `handle` of `owner` for good."""

    handle: str
    owner: Subject | None
    reason: Reason
    at: float


StoreCommand = Create | Replace | Renew | Touch | Terminate


class BrowserCommand(StrEnum):
    """What the browser is to be told about its token."""

    HAND_OUT = "hand out"
    """Give it the token that the event brought."""
    HAND_OVER = "hand over"
    """Give it the successor of the token it presented, which is sealed in the record."""
    FORGET = "forget"
    """Take its token away. Only at a logout: an answer that was under way would take away a newer one."""


class Refusal(StrEnum):
    """Why an event was not let happen."""

    NOT_LOGGED_IN = "not logged in"
    OTHER_SUBJECT = "the second factor is another subject's"
    ENDED_MEANWHILE = "all sessions of the subject were ended meanwhile"
    NOT_PROVED = "this needs a fresh proof of identity"
    NOTHING_PARKED = "no session is parked"
    KEY_NOT_PROVED = "the client did not prove the key that the session is bound to"
    NO_LEASE = "the policy lets nothing hold the lock off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What becomes of a session: its state, its record if it lives, and the commands in their order."""

    state: State
    record: Record | None = None
    commands: tuple[StoreCommand, ...] = ()
    browser: BrowserCommand | None = None
    refusal: Refusal | None = None
