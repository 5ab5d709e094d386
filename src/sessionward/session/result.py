"""What a store answers, as data."""

from dataclasses import dataclass
from enum import StrEnum

from sessionward.session.state import Reason, Subject


class StoreError(Exception):
    """The store could not be asked or could not be understood. Whoever meets it refuses: nothing is served."""


class Written(StrEnum):
    """How a conditional write went; only STORED changed anything."""

    STORED = "stored"
    CONFLICT = "conflict"
    """Somebody else wrote since it was read: read again and decide anew."""
    GONE = "gone"
    """The session ended or never was. It cannot be brought back."""


class NotCreated(StrEnum):
    """Why nothing was inserted."""

    EXISTS = "exists"
    """The handle or the digest is known, be it of a session that ended."""
    EPOCH_PASSED = "epoch passed"
    """All sessions of the subject were ended since their factors were asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Creation:
    """How an insertion went, and the handles of the sessions that it took over from."""

    refused: NotCreated | None = None
    taken_over: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A value to write over the version `expected`, 0 where there was none; content None removes it."""

    expected: int
    content: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Termination:
    """The end of one session, or, where `handle` is None, of all of `subject` older than `epoch`.

    A session that was kept has the new epoch. Without a reason and a time it is no end: the session `handle`
    lives, but is another than it was: renewed, replaced or with other data.
    """

    position: int
    handle: str | None
    subject: Subject | None
    epoch: int | None
    reason: Reason | None
    at: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """Terminations and changes in their order; ask on from `cursor`.

    Not `complete` means that some before these have been purged, or that the store is another than it was:
    forget whatever was cached.
    """

    terminations: tuple[Termination, ...]
    cursor: int
    complete: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One entry of a tenant's trail. `link` is a hash over this entry and the link before."""

    position: int
    content: bytes
    link: bytes
