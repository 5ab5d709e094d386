"""The store's contract as calls of scripts on a Redis server: one call, one script, one round trip.

Both stores share it; neither driver nor connection is known here. Times and versions are handed over as text.
"""

import secrets
from collections import Counter
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from sessionward.session.result import (
    AuditEntry,
    Change,
    Creation,
    Feed,
    NotCreated,
    StoreError,
    Termination,
    Written,
)
from sessionward.session.state import Ended, Presented, Reason, Record, Session, Subject, TokenAge, Value
from sessionward.session.stores.encoding import decode, encode
from sessionward.session.stores.redis_scripts import FEED_BATCH
from sessionward.session.stores.store import COUNTED, FEED_RETENTION, FIRST_LINK, PURGE_MARGIN, link

T_co = TypeVar("T_co", covariant=True)
T = TypeVar("T")

BATCH = 200
"""Sessions forgotten by one call, so that no purge keeps the server from others for long."""

FORMAT = b"1"
LIVING = 6
"""How many parts the answer for a living session has at least; a tombstone has fewer."""

NONCE_BITS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Generic[T_co]):
    """A call of `script`, and how to read its answer. `tenant` is whose trail it is about."""

    script: str
    arguments: tuple[bytes | str | float, ...]
    read: Callable[[Any], T_co]
    tenant: bytes | None = None


def get(digest: bytes) -> Question[Session]:
    """See `Store.get`."""
    return Question(script="get", arguments=(digest,), read=_session)


def create(record: Record, limit: int | None, now: float) -> Question[Creation]:
    """See `Store.create`."""
    return Question(
        script="create",
        arguments=(
            _nonce(),
            _text(record.handle),
            record.digest,
            _place(record.subject),
            record.epoch,
            record.version,
            _counted(record),
            record.created,
            record.last_active,
            record.deadline,
            encode(record),
            "" if limit is None else limit,
            now,
            Reason.TAKEN_OVER.value,
            now - PURGE_MARGIN,
        ),
        read=_creation,
    )


def cas(record: Record) -> Question[Written]:
    """See `Store.cas`."""
    return Question(script="replace", arguments=_replacing(record), read=_written)


def renew(record: Record, retired: bytes, grace_until: float) -> Question[Written]:
    """See `Store.renew`."""
    return Question(script="replace", arguments=(*_replacing(record), retired, grace_until), read=_written)


def touch(handle: str, last_active: float) -> Question[bool]:
    """See `Store.touch`."""
    return Question(script="touch", arguments=(_text(handle), last_active), read=bool)


def terminate(handle: str, owner: Subject | None, reason: Reason, at: float) -> Question[bool]:
    """See `Store.terminate`."""
    arguments = (_nonce(), _text(handle), _place(owner), reason.value, at)
    return Question(script="terminate", arguments=arguments, read=bool)


def write(handle: str, changes: Mapping[str, Change]) -> Question[Written]:
    """See `Store.write`."""
    arguments: list[bytes | str | float] = [_nonce(), _text(handle)]
    for key, change in changes.items():
        content = change.content
        arguments += (_text(key), change.expected, 0 if content is None else 1, content or b"")
    return Question(script="write", arguments=tuple(arguments), read=_written)


def epoch(subject: Subject) -> Question[int]:
    """See `Store.epoch`."""
    return Question(script="epoch", arguments=(_place(subject),), read=int)


def advance_epoch(subject: Subject, reason: Reason, at: float, keep: str | None) -> Question[int]:
    """See `Store.advance_epoch`."""
    kept = b"" if keep is None else _text(keep)
    arguments = (_nonce(), _place(subject), reason.value, at, kept)
    return Question(script="advance_epoch", arguments=arguments, read=int)


def end_all(
    tenant: str | None, reason: Reason, at: float
) -> Generator[Question[Any], Any, Mapping[str | None, int]]:
    """See `Store.end_all`. Question after question, each of which is bounded, until no session is left to end."""
    place = b"everybody" if tenant is None else b"tenant:" + _text(tenant)
    yield Question(script="advance_all", arguments=(place,), read=int)
    visitors = at if tenant is None else ""
    ended: Counter[str | None] = Counter()
    cursor = b"0"
    while True:
        arguments = (_nonce(), cursor, reason.value, at, visitors, BATCH)
        cursor, *places = yield Question(script="end_outnumbered", arguments=arguments, read=list)
        owners = [_subject(place) for place in places]
        ended.update(None if owner is None else owner.tenant for owner in owners)
        if cursor == b"0":
            return ended


def sessions(subject: Subject, now: float) -> Question[tuple[Record, ...]]:
    """See `Store.list`."""
    return Question(script="list", arguments=(_place(subject), now), read=_records)


def consume_once(purpose: str, key: bytes, owner: Subject | None, until: float, now: float) -> Question[bool]:
    """See `Store.consume_once`."""
    named = _text(purpose)
    place = b"%d:%s%s:%s" % (len(named), named, _place(owner), key)
    return Question(script="consume_once", arguments=(place, until, now, now - PURGE_MARGIN), read=bool)


def terminations_since(cursor: int, limit: int) -> Question[Feed]:
    """See `Store.terminations_since`."""
    return Question(script="feed", arguments=(_id(cursor), limit), read=_feed)


def audit_append(tenant: str, content: bytes, guess: bytes = FIRST_LINK) -> Question[AuditEntry]:
    """See `Store.audit_append`. `guess` is what the last link of the trail may be; the script sees whether it is."""
    name = _text(tenant)
    named = len(name).to_bytes(4, "big") + name

    def read(answer: Any) -> AuditEntry:
        position, made = answer
        return AuditEntry(position=int(position), content=content, link=made)

    arguments = (content, named, guess, link(guess, tenant, content))
    return Question(script="audit_append", arguments=arguments, read=read, tenant=name)


def audit_since(tenant: str, position: int, limit: int) -> Question[tuple[AuditEntry, ...]]:
    """See `Store.audit_since`."""
    return Question(
        script="audit_since", arguments=(f"{position:d}-0", limit), read=_entries, tenant=_text(tenant)
    )


def purge(now: float) -> Generator[Question[Any], Any, int]:
    """See `Store.purge`. Asks question after question, each of which is bounded, until nothing is left to forget."""
    total = 0
    forgotten = BATCH
    while forgotten == BATCH:
        arguments = (now - PURGE_MARGIN, BATCH, now)
        forgotten = yield Question(script="purge", arguments=arguments, read=int)
        total += forgotten
    start = b"-"
    while start:
        arguments_of_feed = (start, now - FEED_RETENTION, FEED_BATCH)
        start = yield Question(script="purge_feed", arguments=arguments_of_feed, read=bytes)
    return total


def opening() -> Question[None]:
    """Whether the store is of our format; a new one takes it on."""
    return Question(script="open", arguments=(FORMAT,), read=_is_ours)


def _is_ours(answer: bytes) -> None:
    if answer != FORMAT:
        raise StoreError(
            f"The session store has the format {answer!r}, and {FORMAT!r} is needed: give this version another name."
        )


def _replacing(record: Record) -> tuple[bytes | str | float, ...]:
    return (
        _nonce(),
        _text(record.handle),
        record.version - 1,
        record.digest,
        record.epoch,
        record.version,
        _counted(record),
        record.last_active,
        encode(record),
    )


def _nonce() -> int:
    return secrets.randbits(NONCE_BITS)


def _counted(record: Record) -> int:
    return 1 if record.state in COUNTED else 0


def _text(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise StoreError("A name or key cannot be stored: it is no text that UTF-8 can spell.") from None


def _place(subject: Subject | None) -> bytes:
    """Tenant and subject such that no other two are spelled alike, and none begins with another."""
    if subject is None:
        return b""
    tenant, name = _text(subject.tenant), _text(subject.id)
    return b"%d:%d:%s%s" % (len(tenant), len(name), tenant, name)


def _subject(place: bytes) -> Subject | None:
    if not place:
        return None
    tenant_length, _, rest = place.split(b":", 2)
    split = int(tenant_length)
    return Subject(tenant=rest[:split].decode(), id=rest[split:].decode())


def _id(cursor: int) -> str:
    return f"{cursor >> NONCE_BITS:d}-{cursor & (1 << NONCE_BITS) - 1:d}"


def _position(identity: bytes) -> int:
    number, nonce = identity.split(b"-")
    return (int(number) << NONCE_BITS) + int(nonce)


def _session(answer: Sequence[bytes] | None) -> Session:
    if answer is None:
        return None
    if len(answer) < LIVING:
        handle, reason, at = answer
        return Ended(handle=handle.decode(), reason=Reason(reason.decode()), at=float(at))
    age, grace_until, core, last_active, version, epoch, *rest = answer
    values = iter(rest)
    return Presented(
        record=_record(core, last_active, version, epoch),
        age=TokenAge(age.decode()),
        grace_until=float(grace_until),
        data={
            key.decode(): Value(version=int(number), content=content)
            for key, number, content in zip(values, values, values, strict=True)
        },
    )


def _record(core: bytes, last_active: bytes, version: bytes, epoch: bytes) -> Record:
    record = decode(core)
    cells = (float(last_active), int(version), int(epoch))
    if cells == (record.last_active, record.version, record.epoch):
        return record  # a copy costs as much as all the rest
    return replace(record, last_active=cells[0], version=cells[1], epoch=cells[2])


def _creation(answer: Sequence[bytes]) -> Creation:
    refused, *taken_over = answer
    if refused:
        return Creation(refused=NotCreated(refused.decode()))
    return Creation(taken_over=tuple(handle.decode() for handle in taken_over))


def _written(answer: bytes) -> Written:
    return Written(answer.decode())


def _records(answer: Sequence[Sequence[bytes]]) -> tuple[Record, ...]:
    found = [_record(*parts) for parts in answer]
    return tuple(sorted(found, key=lambda record: (record.created, record.handle)))


def _feed(answer: Sequence[Any]) -> Feed:
    is_known, told, entries = answer
    found = tuple(_termination(identity, dict(_pairs(parts))) for identity, parts in entries)
    return Feed(
        terminations=found,
        cursor=found[-1].position if found else _position(told),
        complete=bool(is_known),
    )


def _pairs(parts: Sequence[bytes]) -> Sequence[tuple[bytes, bytes]]:
    return list(zip(parts[::2], parts[1::2], strict=True))


def _termination(identity: bytes, told: Mapping[bytes, bytes]) -> Termination:
    handle, epoch, reason, at = (told[name] for name in (b"handle", b"epoch", b"reason", b"at"))
    return Termination(
        position=_position(identity),
        handle=handle.decode() or None,
        subject=_subject(told[b"subject"]),
        epoch=int(epoch) if epoch else None,
        reason=Reason(reason.decode()) if reason else None,
        at=float(at) if at else None,
    )


def _entries(answer: Sequence[Any]) -> tuple[AuditEntry, ...]:
    return tuple(
        AuditEntry(position=int(identity.split(b"-")[0]), content=content, link=made)
        for identity, (_, content, _, made) in answer
    )
