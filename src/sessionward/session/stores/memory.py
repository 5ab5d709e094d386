"""A store in this process's memory: for tests, and for telling what the contract means in few lines."""

import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

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
from sessionward.session.stores.store import COUNTED, FEED_RETENTION, FIRST_LINK, PURGE_MARGIN, link


@dataclass(slots=True)
class _Cell:
    """A session or its tombstone."""

    record: Record
    data: dict[str, Value] = field(default_factory=dict)
    writes: int = 0
    ended: Ended | None = None


@dataclass(frozen=True, slots=True)
class _Retired:
    """A renewed token: whose, until when it is excused, and what came after it."""

    handle: str
    grace_until: float
    successor: bytes


@dataclass(frozen=True, slots=True)
class _Epoch:
    number: int
    reason: Reason
    at: float


class MemoryStore:
    """Keeps everything in dictionaries behind one lock. Nothing survives the process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._closed = False
        self._cells: dict[str, _Cell] = {}
        self._current: dict[bytes, str] = {}
        self._retired: dict[bytes, _Retired] = {}
        self._epochs: dict[Subject, _Epoch] = {}
        self._wide: Counter[str | None] = Counter()
        self._once: dict[tuple[str, bytes, Subject | None], float] = {}
        self._feed: list[Termination] = []
        self._told = 0
        self._purged = 0
        self._trails: dict[str, list[AuditEntry]] = {}

    def get(self, digest: bytes) -> Session:
        """See `Store.get`."""
        with self._held():
            retired = self._retired.get(digest)
            handle = retired.handle if retired else self._current.get(digest)
            if handle is None:
                return None
            cell = self._cells[handle]
            if (ended := self._end_of(cell)) is not None:
                return ended
            age = TokenAge.CURRENT
            if retired is not None:
                is_previous = retired.successor == cell.record.digest
                age = TokenAge.PREVIOUS if is_previous else TokenAge.RETIRED
            grace_until = retired.grace_until if retired else 0.0
            return Presented(record=cell.record, age=age, grace_until=grace_until, data=dict(cell.data))

    def create(self, record: Record, *, limit: int | None, now: float) -> Creation:
        """See `Store.create`."""
        with self._held():
            if record.handle in self._cells or self._knows(record.digest):
                return Creation(refused=NotCreated.EXISTS)
            if record.subject is not None and record.epoch != self._epoch(record.subject):
                return Creation(refused=NotCreated.EPOCH_PASSED)
            taken_over: tuple[str, ...] = ()
            if record.subject is not None and limit is not None:
                others = [cell for cell in self._living(record.subject, now) if cell.record.state in COUNTED]
                others.sort(
                    key=lambda cell: (cell.record.last_active, cell.record.created, cell.record.handle)
                )
                for cell in others[: max(0, len(others) - (limit - 1))]:
                    self._terminate(cell, Reason.TAKEN_OVER, now)
                    taken_over = (*taken_over, cell.record.handle)
            self._cells[record.handle] = _Cell(record)
            self._current[record.digest] = record.handle
            return Creation(taken_over=taken_over)

    def cas(self, record: Record) -> Written:
        """See `Store.cas`."""
        with self._held():
            return self._put(record)

    def renew(self, record: Record, *, retired: bytes, grace_until: float) -> Written:
        """See `Store.renew`."""
        with self._held():
            cell = self._cells.get(record.handle)
            if cell is None or self._end_of(cell) is not None:
                return Written.GONE
            if cell.record.digest != retired or self._knows(record.digest):
                return Written.CONFLICT
            written = self._put(record, renewing=True)
            if written is Written.STORED:
                del self._current[retired]
                self._current[record.digest] = record.handle
                self._retired[retired] = _Retired(record.handle, grace_until, record.digest)
            return written

    def touch(self, handle: str, *, last_active: float) -> bool:
        """See `Store.touch`."""
        with self._held():
            cell = self._cells.get(handle)
            if cell is None or self._end_of(cell) is not None:
                return False
            cell.record = replace(cell.record, last_active=max(cell.record.last_active, last_active))
            return True

    def terminate(self, handle: str, *, owner: Subject | None, reason: Reason, at: float) -> bool:
        """See `Store.terminate`."""
        with self._held():
            cell = self._cells.get(handle)
            if cell is None or cell.record.subject != owner or self._end_of(cell) is not None:
                return False
            self._terminate(cell, reason, at)
            return True

    def write(self, handle: str, changes: Mapping[str, Change]) -> Written:
        """See `Store.write`."""
        with self._held():
            cell = self._cells.get(handle)
            if cell is None or self._end_of(cell) is not None:
                return Written.GONE
            versions = {key: value.version for key, value in cell.data.items()}
            if any(versions.get(key, 0) != change.expected for key, change in changes.items()):
                return Written.CONFLICT
            cell.writes += 1
            for key, change in changes.items():
                if change.content is None:
                    cell.data.pop(key, None)
                else:
                    cell.data[key] = Value(version=cell.writes, content=change.content)
            self._tell(handle, cell.record.subject)
            return Written.STORED

    def epoch(self, subject: Subject) -> int:
        """See `Store.epoch`."""
        with self._held():
            return self._epoch(subject)

    def advance_epoch(self, subject: Subject, *, reason: Reason, at: float, keep: str | None) -> int:
        """See `Store.advance_epoch`."""
        with self._held():
            ending = [cell for cell in self._cells.values() if cell.record.subject == subject]
            number = self._epoch(subject) + 1
            for cell in ending:
                if cell.record.handle == keep and self._end_of(cell) is None:
                    cell.record = replace(cell.record, epoch=number, version=cell.record.version + 1)
                else:
                    cell.data.clear()
            before = self._epochs.get(subject)
            self._epochs[subject] = _Epoch(before.number + 1 if before else 1, reason, at)
            self._tell(None, subject, epoch=number, reason=reason, at=at)
            return number

    def end_all(self, tenant: str | None, *, reason: Reason, at: float) -> Mapping[str | None, int]:
        """See `Store.end_all`."""
        with self._held():
            ended: Counter[str | None] = Counter()
            for _, cell in sorted(self._cells.items()):
                of = None if cell.record.subject is None else cell.record.subject.tenant
                if tenant in {None, of} and self._end_of(cell) is None:
                    self._terminate(cell, reason, at)
                    ended[of] += 1
            self._wide[tenant] += 1
            return ended

    def list(self, subject: Subject, *, now: float) -> tuple[Record, ...]:
        """See `Store.list`."""
        with self._held():
            found = [cell.record for cell in self._living(subject, now)]
        return tuple(sorted(found, key=lambda record: (record.created, record.handle)))

    def consume_once(
        self, purpose: str, key: bytes, *, owner: Subject | None, until: float, now: float
    ) -> bool:
        """See `Store.consume_once`."""
        with self._held():
            if self._once.get((purpose, key, owner), now) > now:
                return False
            self._once[purpose, key, owner] = until
            return True

    def terminations_since(self, cursor: int, *, limit: int) -> Feed:
        """See `Store.terminations_since`."""
        with self._held():
            found = tuple(entry for entry in self._feed if entry.position > cursor)[:limit]
            end = found[-1].position if found else self._told
            return Feed(terminations=found, cursor=end, complete=self._purged <= cursor <= self._told)

    def audit_append(self, tenant: str, content: bytes) -> AuditEntry:
        """See `Store.audit_append`."""
        with self._held():
            trail = self._trails.setdefault(tenant, [])
            before = trail[-1].link if trail else FIRST_LINK
            entry = AuditEntry(position=len(trail) + 1, content=content, link=link(before, tenant, content))
            trail.append(entry)
            return entry

    def audit_since(self, tenant: str, position: int, *, limit: int) -> tuple[AuditEntry, ...]:
        """See `Store.audit_since`."""
        with self._held():
            return tuple(self._trails.get(tenant, ())[position : position + limit])

    def purge(self, *, now: float) -> int:
        """See `Store.purge`."""
        with self._held():
            old = {key for key, cell in self._cells.items() if cell.record.deadline + PURGE_MARGIN <= now}
            for handle in old:
                del self._cells[handle]
            self._current = {key: handle for key, handle in self._current.items() if handle not in old}
            self._retired = {key: entry for key, entry in self._retired.items() if entry.handle not in old}
            self._once = {key: until for key, until in self._once.items() if until > now}
            ends = [(entry.position, entry.at) for entry in self._feed if entry.at is not None]
            gone = [position for position, at in ends if at + FEED_RETENTION <= now]
            self._purged = max(gone, default=self._purged)
            self._feed = [entry for entry in self._feed if entry.position > self._purged]
            return len(old)

    def close(self) -> None:
        """See `Store.close`."""
        self._closed = True

    @contextmanager
    def _held(self) -> Iterator[None]:
        with self._lock:
            if self._closed:
                raise StoreError("The store is closed.")
            yield

    def _knows(self, digest: bytes) -> bool:
        return digest in self._current or digest in self._retired

    def _epoch(self, subject: Subject) -> int:
        known = self._epochs.get(subject)
        return (known.number if known else 0) + self._wide[subject.tenant] + self._wide[None]

    def _end_of(self, cell: _Cell) -> Ended | None:
        if cell.ended is not None or cell.record.subject is None:
            return cell.ended
        epoch = self._epochs.get(cell.record.subject)
        if epoch is None or cell.record.epoch >= self._epoch(cell.record.subject):
            return None
        return Ended(handle=cell.record.handle, reason=epoch.reason, at=epoch.at)

    def _living(self, subject: Subject, now: float) -> Sequence[_Cell]:
        return [
            cell
            for cell in self._cells.values()
            if cell.record.subject == subject and cell.record.deadline > now and self._end_of(cell) is None
        ]

    def _put(self, record: Record, *, renewing: bool = False) -> Written:
        cell = self._cells.get(record.handle)
        if cell is None or self._end_of(cell) is not None:
            return Written.GONE
        if cell.record.version != record.version - 1 or (
            cell.record.digest != record.digest and not renewing
        ):
            return Written.CONFLICT
        cell.record = replace(record, last_active=max(cell.record.last_active, record.last_active))
        self._tell(record.handle, record.subject)
        return Written.STORED

    def _terminate(self, cell: _Cell, reason: Reason, at: float) -> None:
        cell.ended = Ended(handle=cell.record.handle, reason=reason, at=at)
        cell.data.clear()
        self._tell(cell.record.handle, cell.record.subject, reason=reason, at=at)

    def _tell(
        self,
        handle: str | None,
        subject: Subject | None,
        *,
        epoch: int | None = None,
        reason: Reason | None = None,
        at: float | None = None,
    ) -> None:
        self._told += 1
        entry = Termination(
            position=self._told, handle=handle, subject=subject, epoch=epoch, reason=reason, at=at
        )
        self._feed.append(entry)
