"""What is known of a session: plain values, no token among them, only digests."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """The states of a session; an anonymous visitor has a record only where the app wrote something."""

    ANONYMOUS = "anonymous"
    PENDING = "pending"
    ACTIVE = "active"
    LOCKED = "locked"
    TERMINATED = "terminated"


class Reason(StrEnum):
    """Why a session ended."""

    LOGOUT = "logout"
    LOGOUT_EVERYWHERE = "logout-everywhere"
    INACTIVITY = "inactivity"
    LIFETIME = "lifetime"
    THEFT = "theft"
    REPLACED = "replaced"
    TAKEN_OVER = "taken-over"
    PASSWORD_CHANGE = "password-change"  # noqa: S105 - a reason, not a password
    PASSWORD_RESET = "password-reset"  # noqa: S105 - likewise
    DISABLED = "disabled"
    ADMINISTRATOR = "administrator"
    REPORTED = "reported"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Who is logged in. A subject never stands without its tenant: the same id in two tenants is two subjects.

    Raises:
        ValueError: tenant or id is empty.

    """

    tenant: str
    id: str

    def __post_init__(self) -> None:
        if not self.tenant or not self.id:
            raise ValueError("A subject needs a tenant and an id, and neither may be empty.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Authentication:
    """One proof of identity: `method` names the factor, `at` is in seconds since the epoch."""

    method: str
    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """Where a session was begun, as its owner would recognise it: a family of devices, and a network's prefix."""

    device: str
    network: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A permission that a fresh proof of identity gave for `scope`, until `until` in seconds since the epoch.

    `shown` is the digest of what the subject was shown when they proved it; such a grant is for that alone and
    for a single use (21 CFR 1311.140 asks as much of an electronic prescription). None is for the scope at large.
    """

    scope: str
    until: float
    shown: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """The access token of a session that lives in an app on a phone; its token proper is the refresh token.

    `access` is the digest of the access token, good until `until`. The one before it serves requests under way
    until `previous_until`. Times are in seconds since the epoch.
    """

    access: bytes
    until: float
    previous: bytes | None = None
    previous_until: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The core of a session. Times are in seconds since 1970.

    `handle` is public and names the session in lists and logs; it opens nothing. `digest` is that of the token
    in use. `last_active` is a copy of the activity cell as it stood when the record was read; a store keeps it
    apart and lets it only grow. `epoch` is the subject's at login: advancing it ends all older sessions at once.
    `sealed` is the token in use, encrypted under the one before it: requests that race with a renewal are
    handed the same successor, and whoever has only the store learns nothing.
    `lease` is until when a running consultation holds the lock off. `parked` is a session that its subject left
    at a shared workstation for somebody else. `device_key` is the thumbprint (RFC 7638) of the key that the
    client has to prove with each request, None where it offered none.
    """

    handle: str
    digest: bytes
    state: State
    version: int
    created: float
    last_active: float
    deadline: float
    subject: Subject | None = None
    role: str | None = None
    epoch: int = 0
    authentications: tuple[Authentication, ...] = ()
    sealed: bytes | None = None
    client: Client | None = None
    grants: tuple[Grant, ...] = ()
    lease: float | None = None
    parked: bool = False
    bearer: Bearer | None = None
    device_key: str | None = None


class TokenAge(StrEnum):
    """Where in its session's chain of tokens a presented token stands."""

    CURRENT = "current"
    PREVIOUS = "previous"
    RETIRED = "retired"


class Kind(StrEnum):
    """What a token was presented as: in a cookie, to be refreshed, or in the Authorization header."""

    COOKIE = "cookie"
    REFRESH = "refresh"
    ACCESS = "access"


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One value of a session's data with its version, which is more than 0 and grows."""

    version: int
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Presented:
    """A living session that a token led to.

    `grace_until` is until when a renewed token is excused; it says nothing of the current one.
    """

    record: Record
    age: TokenAge
    grace_until: float
    data: Mapping[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalled(Presented):
    """A session told from memory: good enough for serving, and for nothing that changes or ends it.

    `notes` is for what its readers work out of it, for as long as it is remembered.
    """

    notes: dict[object, Any] = field(default_factory=dict, repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """The tombstone that a token led to; `at` is when the session ended."""

    handle: str
    reason: Reason
    at: float


Session = Presented | Ended | None
"""What a store knows of a presented token; None is nothing at all."""
