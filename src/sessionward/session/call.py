"""What may be asked of a store, as data, and the steps that ask it.

Steps are a generator that yields calls and is sent their answers. They neither block nor await, so blocking and
asynchronous stores share them, and a test can interleave several of them as it likes.
"""

from collections.abc import Generator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from sessionward.session.command import StoreCommand
from sessionward.session.result import Change
from sessionward.session.state import Reason, Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What does the token with `digest` lead to? Answered by a `Session`.

    A store that remembers may tell what was true up to `staleness` seconds ago, and then says so by a `Recalled`.
    """

    digest: bytes
    staleness: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """Change values of a living session's data. Answered by a `Written`."""

    handle: str
    changes: Mapping[str, Change]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadEpoch:
    """Which epoch is the subject's? Answered by a number."""

    subject: Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvanceEpoch:
    """End all sessions of the subject but `keep`. Answered by the new epoch."""

    subject: Subject
    reason: Reason
    at: float
    keep: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndAll:
    """End all sessions of the tenant, of all tenants where it is None. Answered by how many, by tenant."""

    tenant: str | None
    reason: Reason
    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSessions:
    """Which sessions of the subject live? Answered by a tuple of `Record`."""

    subject: Subject
    now: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsumeOnce:
    """Is this the first use of `key`? Answered by a bool."""

    purpose: str
    key: bytes
    owner: Subject | None
    until: float
    now: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditAppend:
    """Add `content` to the trail of `tenant`. Answered by an `AuditEntry`."""

    tenant: str
    content: bytes


Call = (
    Look | StoreCommand | Write | ReadEpoch | AdvanceEpoch | EndAll | ListSessions | ConsumeOnce | AuditAppend
)

T_co = TypeVar("T_co", covariant=True)
Steps = Generator[Call, Any, T_co]
"""Steps that ask a store and come to a T. The answer to each call is that of the store's method of its name."""
