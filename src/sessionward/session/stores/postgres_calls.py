"""The store's contract as calls of functions in the database: one call, one transaction, one row in answer.

Both stores share it; neither driver nor connection is known here.
"""

from collections import Counter
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from sessionward.session.result import AuditEntry, Change, Creation, Feed, NotCreated, Termination, Written
from sessionward.session.state import Ended, Presented, Reason, Record, Session, Subject, TokenAge, Value
from sessionward.session.stores.encoding import decode, encode
from sessionward.session.stores.store import COUNTED, FEED_RETENTION, PURGE_MARGIN

T_co = TypeVar("T_co", covariant=True)

BATCH = 1000
"""Sessions forgotten in one transaction, so that no purge keeps others waiting or runs into the time limit."""

FUNCTIONS = (
    "look",
    "create_session",
    "replace_session",
    "renew_session",
    "touch",
    "terminate",
    "write_values",
    "epoch_of",
    "advance_epoch",
    "advance_all",
    "end_outnumbered",
    "sessions_of",
    "consume_once",
    "terminations_since",
    "trail_append",
    "trail_since",
    "purge",
    "schema_version",
)
"""What whoever runs the store has to be allowed to call, and nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Generic[T_co]):
    """A call of `function`, and how to read the row that it answers."""

    function: str
    arguments: tuple[object, ...]
    read: Callable[[tuple[Any, ...]], T_co]


def get(digest: bytes) -> Question[Session]:
    """See `Store.get`."""
    return Question(function="look", arguments=(digest,), read=_session)


def create(record: Record, limit: int | None, now: float) -> Question[Creation]:
    """See `Store.create`."""
    return Question(
        function="create_session",
        arguments=(
            record.handle,
            record.digest,
            *_pair(record.subject),
            record.epoch,
            record.version,
            record.state.value,
            record.created,
            record.last_active,
            record.deadline,
            encode(record),
            limit,
            [state.value for state in COUNTED],
            Reason.TAKEN_OVER.value,
            now,
        ),
        read=lambda row: Creation(
            refused=None if row[0] is None else NotCreated(row[0]), taken_over=tuple(row[1])
        ),
    )


def cas(record: Record) -> Question[Written]:
    """See `Store.cas`."""
    return Question(function="replace_session", arguments=_replacement(record), read=_written)


def renew(record: Record, retired: bytes, grace_until: float) -> Question[Written]:
    """See `Store.renew`."""
    return Question(
        function="renew_session", arguments=(*_replacement(record), retired, grace_until), read=_written
    )


def touch(handle: str, last_active: float) -> Question[bool]:
    """See `Store.touch`."""
    return Question(function="touch", arguments=(handle, last_active), read=_yes)


def terminate(handle: str, owner: Subject | None, reason: Reason, at: float) -> Question[bool]:
    """See `Store.terminate`."""
    return Question(function="terminate", arguments=(handle, *_pair(owner), reason.value, at), read=_yes)


def write(handle: str, changes: Mapping[str, Change]) -> Question[Written]:
    """See `Store.write`."""
    expected = [change.expected for change in changes.values()]
    contents = [change.content for change in changes.values()]
    return Question(
        function="write_values", arguments=(handle, list(changes), expected, contents), read=_written
    )


def epoch(subject: Subject) -> Question[int]:
    """See `Store.epoch`."""
    return Question(function="epoch_of", arguments=_pair(subject), read=_number)


def advance_epoch(subject: Subject, reason: Reason, at: float, keep: str | None) -> Question[int]:
    """See `Store.advance_epoch`."""
    return Question(
        function="advance_epoch", arguments=(*_pair(subject), reason.value, at, keep), read=_number
    )


def end_all(
    tenant: str | None, reason: Reason, at: float
) -> Generator[Question[Any], Any, Mapping[str | None, int]]:
    """See `Store.end_all`. Question after question, each of which is bounded, until no session is left to end.

    Ended in one transaction, the sessions of a large tenant would run into the limit of time that a call has.
    """
    place = tenant or ""
    yield Question(function="advance_all", arguments=(place,), read=_number)
    ended: Counter[str | None] = Counter()
    more = True
    while more:
        arguments = (place, reason.value, at, BATCH)
        found, more = yield Question(function="end_outnumbered", arguments=arguments, read=tuple)
        ended.update(found or ())
    return ended


def sessions(subject: Subject, now: float) -> Question[tuple[Record, ...]]:
    """See `Store.list`."""
    return Question(
        function="sessions_of",
        arguments=(*_pair(subject), now),
        read=lambda row: tuple(_record(*cells) for cells in _rows(*row)),
    )


def consume_once(purpose: str, key: bytes, owner: Subject | None, until: float, now: float) -> Question[bool]:
    """See `Store.consume_once`."""
    place = ("", "") if owner is None else (owner.tenant, owner.id)
    return Question(function="consume_once", arguments=(purpose, key, *place, until, now), read=_yes)


def terminations_since(cursor: int, limit: int) -> Question[Feed]:
    """See `Store.terminations_since`."""
    return Question(function="terminations_since", arguments=(cursor, limit), read=_feed)


def audit_append(tenant: str, content: bytes) -> Question[AuditEntry]:
    """See `Store.audit_append`."""
    return Question(
        function="trail_append",
        arguments=(tenant, content),
        read=lambda row: AuditEntry(position=row[0], content=content, link=row[1]),
    )


def audit_since(tenant: str, position: int, limit: int) -> Question[tuple[AuditEntry, ...]]:
    """See `Store.audit_since`."""
    return Question(
        function="trail_since",
        arguments=(tenant, position, limit),
        read=lambda row: tuple(
            AuditEntry(position=number, content=content, link=made) for number, content, made in _rows(*row)
        ),
    )


def purge(now: float) -> Question[tuple[int, bool]]:
    """A part of `Store.purge`: how many sessions were forgotten, and whether there may be more."""
    return Question(
        function="purge",
        arguments=(now - PURGE_MARGIN, now - FEED_RETENTION, now, BATCH),
        read=lambda row: (row[0], row[1]),
    )


def _pair(subject: Subject | None) -> tuple[str | None, str | None]:
    return (None, None) if subject is None else (subject.tenant, subject.id)


def _replacement(record: Record) -> tuple[object, ...]:
    return (
        record.handle,
        record.digest,
        record.version,
        record.state.value,
        record.last_active,
        encode(record),
    )


def _rows(*columns: list[Any] | None) -> list[tuple[Any, ...]]:
    """Rows that came as one list a column; of no rows an aggregate makes NULL."""
    return list(zip(*(column or () for column in columns), strict=True))


def _record(core: str, epoch: int, version: int, last_active: float) -> Record:
    """The record, with what the database changes in it by itself."""
    return replace(decode(core), epoch=epoch, version=version, last_active=last_active)


def _session(row: tuple[Any, ...]) -> Session:
    handle, core, epoch, version, last_active, digest, successor, grace_until, reason, at, *data = row
    if handle is None:
        return None
    if reason is not None:
        return Ended(handle=handle, reason=Reason(reason), at=at)
    age = TokenAge.RETIRED
    if successor in {None, digest}:
        age = TokenAge.CURRENT if successor is None else TokenAge.PREVIOUS
    return Presented(
        record=_record(core, epoch, version, last_active),
        age=age,
        grace_until=grace_until,
        data={key: Value(version=number, content=content) for key, number, content in _rows(*data)},
    )


def _feed(row: tuple[Any, ...]) -> Feed:
    complete, start, *columns = row
    found = tuple(
        Termination(
            position=position,
            handle=handle,
            subject=None if tenant is None else Subject(tenant=tenant, id=name),
            epoch=number,
            reason=None if reason is None else Reason(reason),
            at=at,
        )
        for position, handle, tenant, name, number, reason, at in _rows(*columns)
    )
    return Feed(terminations=found, cursor=found[-1].position if found else start, complete=complete)


def _written(row: tuple[Any, ...]) -> Written:
    return Written(row[0])


def _yes(row: tuple[Any, ...]) -> bool:
    return bool(row[0])


def _number(row: tuple[Any, ...]) -> int:
    return int(row[0])
