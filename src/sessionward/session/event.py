"""What can happen to a session. Events carry all randomness, so that deciding needs none."""

from dataclasses import dataclass

from sessionward.session.state import Client, Reason, Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request with this session's token; `by_person` where a person caused it, not a poll or a prefetch.

    `exact` where a person asked for more time, which is written down to the second.
    """

    by_person: bool
    exact: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Remember:
    """The app writes something for a visitor who has not logged in."""

    handle: str
    digest: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstFactor:
    """A first factor was right and another is still to come."""

    subject: Subject
    method: str
    epoch: int
    handle: str
    digest: bytes
    client: Client | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """All factors were right. `epoch` is the subject's, read before the factors were checked.

    With `access`, the digest of an access token, the session is one for the Authorization header; `device_key` is
    the thumbprint of the key that it is bound to.
    """

    subject: Subject
    role: str | None
    method: str
    epoch: int
    handle: str
    digest: bytes
    client: Client | None = None
    access: bytes | None = None
    device_key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reauthenticate:
    """The subject proved once more who they are; this also unlocks, and permits `scope` where one is named.

    With `shown`, the digest of what they were shown, the permission is for that alone and for one use. `sealed` is
    the successor for the bearer of the token, None where nobody holds it; `access` the digest of an access token.
    """

    method: str
    digest: bytes
    sealed: bytes | None
    access: bytes | None = None
    scope: str | None = None
    shown: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRole:
    """The subject's privileges in this session change to those of `role`."""

    role: str | None
    digest: bytes
    sealed: bytes | None
    access: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refresh:
    """The bearer of a refresh token asks for the next pair. `access` is the digest of the new access token."""

    digest: bytes
    sealed: bytes
    access: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume:
    """The subject of a parked session proved who they are and takes it up, from `client`."""

    method: str
    digest: bytes
    client: Client | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spend:
    """The subject does what needs a permission for `scope`; with `shown`, exactly what they were shown."""

    scope: str
    shown: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A consultation is running: its media or its WebSocket showed life."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Park:
    """The subject leaves a shared workstation to somebody else, and may come back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """The subject, or their workstation, asks for the lock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Logout:
    """The bearer ends this session."""


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """Somebody with the right to do so ends this session."""

    reason: Reason


Event = (
    Request
    | Remember
    | FirstFactor
    | Login
    | Reauthenticate
    | ChangeRole
    | Refresh
    | Resume
    | Spend
    | Hold
    | Lock
    | Park
    | Logout
    | End
)
