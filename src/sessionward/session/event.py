"""What can happen to a session. Events carry all randomness, so that deciding needs none."""

from dataclasses import dataclass

from sessionward.session.state import Reason, Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request with this session's token; `by_person` where a person caused it, not a poll or a prefetch."""

    by_person: bool


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """All factors were right. `epoch` is the subject's, read before the factors were checked."""

    subject: Subject
    role: str | None
    method: str
    epoch: int
    handle: str
    digest: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Reauthenticate:
    """The subject proved once more who they are; this also unlocks. `sealed` is the successor for the bearer."""

    method: str
    digest: bytes
    sealed: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRole:
    """The subject's privileges in this session change to those of `role`."""

    role: str | None
    digest: bytes
    sealed: bytes


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


Event = Request | Remember | FirstFactor | Login | Reauthenticate | ChangeRole | Lock | Logout | End
