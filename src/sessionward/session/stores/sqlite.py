"""The default store: one SQLite file, which several processes of one machine may share (write-ahead log)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from sessionward.session.result import AuditEntry, Change, Creation, Feed, NotCreated, Termination, Written
from sessionward.session.state import Ended, Presented, Reason, Record, Session, Subject, TokenAge, Value
from sessionward.session.stores.encoding import decode, encode
from sessionward.session.stores.sqlite_file import SQLiteFile
from sessionward.session.stores.store import COUNTED, FEED_RETENTION, FIRST_LINK, PURGE_MARGIN, link

FOUND = """
SELECT s.core, s.last_active, s.digest, s.handle, s.ended_reason, s.ended_at,
    s.epoch < e.number + coalesce(
        (SELECT sum(w.number) FROM epoch w WHERE w.tenant IN (s.tenant, '') AND w.subject = ''), 0
    ), e.reason, e.at
FROM session s LEFT JOIN epoch e ON e.tenant = s.tenant AND e.subject = s.subject
"""
"""The epoch of a subject is the sum of its own, its tenant's and everybody's.

No subject is named '', so the row of '' is the tenant's, and that of the tenant '' everybody's. When those two
advance, the sessions are marked as ended too, so they matter only beside an epoch of the subject's own.
"""

LIVING = """
FROM session s LEFT JOIN epoch e ON e.tenant = s.tenant AND e.subject = s.subject
WHERE s.ended_reason IS NULL AND (e.number IS NULL OR s.epoch >= e.number + coalesce(
    (SELECT sum(w.number) FROM epoch w WHERE w.tenant IN (s.tenant, '') AND w.subject = ''), 0
))
"""
TERMINATION = "INSERT INTO termination (handle, tenant, subject, epoch, reason, at) VALUES (?, ?, ?, ?, ?, ?)"


EPOCH = """
INSERT INTO epoch (tenant, subject, number, reason, at) VALUES (?, ?, 1, ?, ?)
ON CONFLICT (tenant, subject) DO UPDATE SET number = number + 1, reason = excluded.reason, at = excluded.at
"""


class SQLiteStore:
    """Keeps sessions in the file at `path`.

    `patience` is for how many seconds to wait for another process that writes, before giving up.

    Raises:
        StoreError: the file cannot be opened, or another version of this store made it.

    """

    def __init__(self, path: Path, *, patience: float = 2.0) -> None:
        self._file = SQLiteFile(path, patience=patience)

    def get(self, digest: bytes) -> Session:
        """See `Store.get`."""
        with self._file.reading():
            retired = self._file.row(
                "SELECT handle, grace_until, successor FROM retired WHERE digest = ?", digest
            )
            if retired is None:
                row = self._file.row(f"{FOUND} WHERE s.digest = ?", digest)
            else:
                row = self._file.row(f"{FOUND} WHERE s.handle = ?", retired[0])
            if row is None:
                return None
            core, last_active, current, handle, *end = row
            if (ended := _ended(handle, *end)) is not None:
                return ended
            record = replace(decode(core), last_active=last_active)
            values = self._file.rows("SELECT key, version, content FROM value WHERE handle = ?", handle)
        data = {key: Value(version=version, content=content) for key, version, content in values}
        if retired is None:
            return Presented(record=record, age=TokenAge.CURRENT, grace_until=0.0, data=data)
        age = TokenAge.PREVIOUS if retired[2] == current else TokenAge.RETIRED
        return Presented(record=record, age=age, grace_until=retired[1], data=data)

    def create(self, record: Record, *, limit: int | None, now: float) -> Creation:
        """See `Store.create`."""
        with self._file.writing():
            taken = self._file.row("SELECT 1 FROM session WHERE handle = ?", record.handle)
            if taken is not None or self._knows(record.digest):
                return Creation(refused=NotCreated.EXISTS)
            if record.subject is not None and record.epoch != self._epoch(record.subject):
                return Creation(refused=NotCreated.EPOCH_PASSED)
            taken_over = self._over_the_limit(record.subject, limit, now)
            for handle in taken_over:
                self._terminate(handle, record.subject, Reason.TAKEN_OVER, now)
            self._file.do(
                "INSERT INTO session (handle, digest, tenant, subject, epoch, version, state, created, last_active, "
                "deadline, core) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                record.handle,
                record.digest,
                *_pair(record.subject),
                record.epoch,
                record.version,
                record.state,
                record.created,
                record.last_active,
                record.deadline,
                encode(record),
            )
            return Creation(taken_over=taken_over)

    def cas(self, record: Record) -> Written:
        """See `Store.cas`."""
        with self._file.writing():
            return self._put(record, record.digest)

    def renew(self, record: Record, *, retired: bytes, grace_until: float) -> Written:
        """See `Store.renew`."""
        with self._file.writing():
            if self._knows(record.digest):
                return Written.CONFLICT if self._lives(record.handle) else Written.GONE
            written = self._put(record, retired)
            if written is Written.STORED:
                self._file.do(
                    "INSERT INTO retired (digest, handle, grace_until, successor) VALUES (?, ?, ?, ?)",
                    retired,
                    record.handle,
                    grace_until,
                    record.digest,
                )
            return written

    def touch(self, handle: str, *, last_active: float) -> bool:
        """See `Store.touch`."""
        with self._file.writing():
            if not self._lives(handle):
                return False
            self._file.do(
                "UPDATE session SET last_active = max(last_active, ?) WHERE handle = ?", last_active, handle
            )
            return True

    def terminate(self, handle: str, *, owner: Subject | None, reason: Reason, at: float) -> bool:
        """See `Store.terminate`."""
        with self._file.writing():
            row = self._file.row(f"SELECT s.tenant, s.subject {LIVING} AND s.handle = ?", handle)
            if row is None or row != _pair(owner):
                return False
            self._terminate(handle, owner, reason, at)
            return True

    def write(self, handle: str, changes: Mapping[str, Change]) -> Written:
        """See `Store.write`."""
        with self._file.writing():
            if not self._lives(handle):
                return Written.GONE
            known = dict(self._file.rows("SELECT key, version FROM value WHERE handle = ?", handle))
            if any(known.get(key, 0) != change.expected for key, change in changes.items()):
                return Written.CONFLICT
            self._file.do("UPDATE session SET writes = writes + 1 WHERE handle = ?", handle)
            for key, change in changes.items():
                self._file.do("DELETE FROM value WHERE handle = ? AND key = ?", handle, key)
                if change.content is not None:
                    self._file.do(
                        "INSERT INTO value (handle, key, version, content) "
                        "SELECT handle, ?, writes, ? FROM session WHERE handle = ?",
                        key,
                        change.content,
                        handle,
                    )
            self._tell_change(handle)
            return Written.STORED

    def epoch(self, subject: Subject) -> int:
        """See `Store.epoch`."""
        with self._file.reading():
            return self._epoch(subject)

    def advance_epoch(self, subject: Subject, *, reason: Reason, at: float, keep: str | None) -> int:
        """See `Store.advance_epoch`."""
        with self._file.writing():
            number = self._epoch(subject) + 1
            kept = self._file.row(
                f"SELECT s.core {LIVING} AND s.tenant = ? AND s.subject = ? AND s.handle = ?",
                *_pair(subject),
                keep,
            )
            self._file.do(
                "DELETE FROM value WHERE handle IN (SELECT s.handle FROM session s "
                "WHERE s.tenant = ? AND s.subject = ? AND s.handle IS NOT ?)",
                *_pair(subject),
                keep,
            )
            self._file.do(EPOCH, *_pair(subject), reason, at)
            if kept is not None:
                record = decode(kept[0])
                self._update(replace(record, epoch=number, version=record.version + 1))
            self._file.do(TERMINATION, None, *_pair(subject), number, reason, at)
            return number

    def end_all(self, tenant: str | None, *, reason: Reason, at: float) -> Mapping[str | None, int]:
        """See `Store.end_all`."""
        ended: Counter[str | None] = Counter()
        with self._file.writing():
            living = self._file.rows(
                f"SELECT s.handle, s.tenant, s.subject {LIVING} AND (? IS NULL OR s.tenant = ?) "
                "ORDER BY s.handle",
                tenant,
                tenant,
            )
            for handle, of, name in living:
                owner = None if of is None else Subject(tenant=of, id=name)
                self._terminate(handle, owner, reason, at)
                ended[of] += 1
            self._file.do(EPOCH, tenant or "", "", reason, at)
        return ended

    def list(self, subject: Subject, *, now: float) -> tuple[Record, ...]:
        """See `Store.list`."""
        with self._file.reading():
            rows = self._file.rows(
                f"SELECT s.core, s.last_active {LIVING} AND s.tenant = ? AND s.subject = ? AND s.deadline > ? "
                "ORDER BY s.created, s.handle",
                *_pair(subject),
                now,
            )
        return tuple(replace(decode(core), last_active=last_active) for core, last_active in rows)

    def consume_once(
        self, purpose: str, key: bytes, *, owner: Subject | None, until: float, now: float
    ) -> bool:
        """See `Store.consume_once`."""
        place = (purpose, key, *(("", "") if owner is None else (owner.tenant, owner.id)))
        with self._file.writing():
            row = self._file.row(
                "SELECT until FROM once WHERE purpose = ? AND key = ? AND tenant = ? AND subject = ?", *place
            )
            if row is not None and row[0] > now:
                return False
            self._file.do("INSERT OR REPLACE INTO once VALUES (?, ?, ?, ?, ?)", *place, until)
            return True

    def terminations_since(self, cursor: int, *, limit: int) -> Feed:
        """See `Store.terminations_since`."""
        with self._file.reading():
            rows = self._file.rows(
                "SELECT position, handle, tenant, subject, epoch, reason, at FROM termination "
                "WHERE position > ? ORDER BY position LIMIT ?",
                cursor,
                limit,
            )
            purged, told = self._purged(), self._told()
        found = tuple(_termination(*row) for row in rows)
        end = found[-1].position if found else told
        return Feed(terminations=found, cursor=end, complete=purged <= cursor <= told)

    def audit_append(self, tenant: str, content: bytes) -> AuditEntry:
        """See `Store.audit_append`."""
        with self._file.writing():
            row = self._file.row(
                "SELECT position, link FROM trail WHERE tenant = ? ORDER BY position DESC LIMIT 1", tenant
            )
            position, before = row or (0, FIRST_LINK)
            entry = AuditEntry(position=position + 1, content=content, link=link(before, tenant, content))
            self._file.do(
                "INSERT INTO trail VALUES (?, ?, ?, ?)", tenant, entry.position, content, entry.link
            )
            return entry

    def audit_since(self, tenant: str, position: int, *, limit: int) -> tuple[AuditEntry, ...]:
        """See `Store.audit_since`."""
        with self._file.reading():
            rows = self._file.rows(
                "SELECT position, content, link FROM trail WHERE tenant = ? AND position > ? "
                "ORDER BY position LIMIT ?",
                tenant,
                position,
                limit,
            )
        return tuple(
            AuditEntry(position=number, content=content, link=made) for number, content, made in rows
        )

    def purge(self, *, now: float) -> int:
        """See `Store.purge`."""
        with self._file.writing():
            old = "SELECT handle FROM session WHERE deadline + ? <= ?"
            for table in ("value", "retired"):
                self._file.do(f"DELETE FROM {table} WHERE handle IN ({old})", PURGE_MARGIN, now)  # noqa: S608 - our names
            forgotten = self._file.do(f"DELETE FROM session WHERE handle IN ({old})", PURGE_MARGIN, now)  # noqa: S608
            self._file.do("DELETE FROM once WHERE until <= ?", now)
            row = self._file.row(
                "SELECT max(position) FROM termination WHERE at + ? <= ?", FEED_RETENTION, now
            )
            if row is not None and row[0] is not None:
                self._file.do("UPDATE purged SET position = ?", row[0])
                self._file.do("DELETE FROM termination WHERE position <= ?", row[0])
            return forgotten

    def close(self) -> None:
        """See `Store.close`."""
        self._file.close()

    def _knows(self, digest: bytes) -> bool:
        both = "SELECT 1 FROM session WHERE digest = ? UNION ALL SELECT 1 FROM retired WHERE digest = ?"
        return self._file.row(both, digest, digest) is not None

    def _lives(self, handle: str) -> bool:
        return self._file.row(f"SELECT 1 {LIVING} AND s.handle = ?", handle) is not None

    def _epoch(self, subject: Subject) -> int:
        row = self._file.row(
            "SELECT coalesce(sum(number), 0) FROM epoch "
            "WHERE (tenant = ?1 AND subject IN (?2, '')) OR (tenant = '' AND subject = '')",
            *_pair(subject),
        )
        return 0 if row is None else int(row[0])

    def _purged(self) -> int:
        row = self._file.row("SELECT position FROM purged")
        return 0 if row is None else int(row[0])

    def _told(self) -> int:
        row = self._file.row("SELECT seq FROM sqlite_sequence WHERE name = 'termination'")
        return 0 if row is None else int(row[0])

    def _over_the_limit(self, subject: Subject | None, limit: int | None, now: float) -> tuple[str, ...]:
        """The handles of the least active sessions that must make room for one more."""
        if subject is None or limit is None:
            return ()
        rows = self._file.rows(
            f"SELECT s.handle, s.state {LIVING} AND s.tenant = ? AND s.subject = ? AND s.deadline > ? "
            "ORDER BY s.last_active, s.created, s.handle",
            *_pair(subject),
            now,
        )
        counted = [handle for handle, state in rows if state in COUNTED]
        return tuple(counted[: max(0, len(counted) - (limit - 1))])

    def _put(self, record: Record, digest: bytes) -> Written:
        row = self._file.row(f"SELECT s.version, s.digest {LIVING} AND s.handle = ?", record.handle)
        if row is None:
            return Written.GONE
        if row != (record.version - 1, digest):
            return Written.CONFLICT
        self._update(record)
        self._tell_change(record.handle)
        return Written.STORED

    def _update(self, record: Record) -> None:
        self._file.do(
            "UPDATE session SET digest = ?, epoch = ?, version = ?, state = ?, "
            "last_active = max(last_active, ?), core = ? WHERE handle = ?",
            record.digest,
            record.epoch,
            record.version,
            record.state,
            record.last_active,
            encode(record),
            record.handle,
        )

    def _tell_change(self, handle: str) -> None:
        self._file.do(
            "INSERT INTO termination (handle, tenant, subject) "
            "SELECT handle, tenant, subject FROM session WHERE handle = ?",
            handle,
        )

    def _terminate(self, handle: str, owner: Subject | None, reason: Reason, at: float) -> None:
        self._file.do(
            "UPDATE session SET ended_reason = ?, ended_at = ? WHERE handle = ?", reason, at, handle
        )
        self._file.do("DELETE FROM value WHERE handle = ?", handle)
        self._file.do(TERMINATION, handle, *_pair(owner), None, reason, at)


def _pair(subject: Subject | None) -> tuple[str | None, str | None]:
    return (None, None) if subject is None else (subject.tenant, subject.id)


def _ended(
    handle: str,
    reason: str | None,
    at: float,
    passed: int | None,
    epoch_reason: str,
    epoch_at: float,
) -> Ended | None:
    if reason is not None:
        return Ended(handle=handle, reason=Reason(reason), at=at)
    return Ended(handle=handle, reason=Reason(epoch_reason), at=epoch_at) if passed else None


def _termination(*row: Any) -> Termination:
    position, handle, tenant, subject, epoch, reason, at = row
    return Termination(
        position=position,
        handle=handle,
        subject=None if tenant is None else Subject(tenant=tenant, id=subject),
        epoch=epoch,
        reason=None if reason is None else Reason(reason),
        at=at,
    )
