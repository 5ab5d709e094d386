"""The contract of a store, for blocking and for asynchronous ones alike.

There is no upsert and no blind delete. A request that was under way when a session ended finds a tombstone and
can neither change nor revive what it read. Every condition is checked in the same atomic step as its write.

A session lives from `create` until `terminate` or `end_all`, until its subject's epoch is advanced beyond its own, or
until it is purged. Time is always handed in; a store has no clock. What a store cannot do it tells by `StoreError`;
whether something was written is then unknown, but never half of it.
Tenants are part of every key: nothing that belongs to a subject is found without its tenant.
"""

import hashlib
from collections.abc import Mapping
from typing import Protocol

from sessionward.session.result import AuditEntry, Change, Creation, Feed, Written
from sessionward.session.state import Reason, Record, Session, State, Subject

FIRST_LINK = bytes(32)
"""What the first entry of a trail is linked to."""

PURGE_MARGIN = 3600.0
"""Seconds that a tombstone outlives its session's deadline, so that late requests still meet it."""

FEED_RETENTION = 3600.0
"""Seconds that a termination stays in the feed; a change goes with the first termination after it."""

COUNTED = frozenset({State.ACTIVE, State.LOCKED})
"""States that count towards a limit of concurrent sessions: a first factor alone takes over from nobody."""


def link(previous: bytes, tenant: str, content: bytes) -> bytes:
    """The link of an entry of `tenant` with `content` that follows `previous`: 32 bytes."""
    name = tenant.encode()
    return hashlib.sha256(previous + len(name).to_bytes(4, "big") + name + content).digest()


class Store(Protocol):
    """A store that blocks."""

    def get(self, digest: bytes) -> Session:
        """What the token with `digest` leads to, current or renewed, with the session's data if it lives."""
        ...

    def create(self, record: Record, *, limit: int | None, now: float) -> Creation:
        """Insert `record`, refuse a known handle or digest, and a passed epoch.

        In the same step terminate (TAKEN_OVER) the subject's least active logged-in sessions beyond `limit`.
        """
        ...

    def cas(self, record: Record) -> Written:
        """Put `record` over the living one with the same handle whose version is one less.

        Its `last_active` can only raise the activity cell. Handle, digest, subject and deadline never change.
        """
        ...

    def renew(self, record: Record, *, retired: bytes, grace_until: float) -> Written:
        """Like `cas`, and let the new `record.digest` succeed `retired`, which must be the current one.

        `retired` still leads to the session, as PREVIOUS with `grace_until`; those before it are RETIRED,
        each with the grace it was given.
        """
        ...

    def touch(self, handle: str, *, last_active: float) -> bool:
        """Raise the activity cell to `last_active`, never lower it. False where the session does not live.

        Never creates, never revives, and leaves the version alone, so that it disturbs no other write.
        """
        ...

    def terminate(self, handle: str, *, owner: Subject | None, reason: Reason, at: float) -> bool:
        """End the session `handle` if it lives and is `owner`'s, wipe its data, tell the feed; else False."""
        ...

    def write(self, handle: str, changes: Mapping[str, Change]) -> Written:
        """Change values of a living session's data, all or none; CONFLICT where one has another version.

        Versions never repeat within a session, also not those of a value that was removed and written again.
        """
        ...

    def epoch(self, subject: Subject) -> int:
        """The epoch of `subject`, 0 for one never heard of."""
        ...

    def advance_epoch(self, subject: Subject, *, reason: Reason, at: float, keep: str | None) -> int:
        """End all sessions of `subject` at once but `keep`, tell the feed, and give back the new epoch.

        A living session `keep` of the subject's takes on the new epoch, and its version grows by one.
        """
        ...

    def end_all(self, tenant: str | None, *, reason: Reason, at: float) -> Mapping[str | None, int]:
        """End all sessions of `tenant`, or of all tenants and of visitors where it is None, and tell the feed of each.

        A login that is under way is refused, one that begins afterwards is not. How many ended, by tenant, visitors'
        under None. Where it raises, some may live still: do it again.
        """
        ...

    def list(self, subject: Subject, *, now: float) -> tuple[Record, ...]:
        """The living sessions of `subject` whose deadline is not over, oldest first."""
        ...

    def consume_once(
        self, purpose: str, key: bytes, *, owner: Subject | None, until: float, now: float
    ) -> bool:
        """True for exactly one caller per purpose, key and owner.

        `until` is when what is consumed expires by itself; from then on a store may forget it.
        """
        ...

    def terminations_since(self, cursor: int, *, limit: int) -> Feed:
        """At most `limit` terminations and changes after `cursor`, which is 0 at the beginning.

        `cas`, `renew` and `write` tell a change in the step that makes it; `touch` tells nothing. A `cursor` that
        the feed never came to, as after a backup was restored, is not complete.
        """
        ...

    def audit_append(self, tenant: str, content: bytes) -> AuditEntry:
        """Add `content` to the trail of `tenant`, linked to the entry before."""
        ...

    def audit_since(self, tenant: str, position: int, *, limit: int) -> tuple[AuditEntry, ...]:
        """At most `limit` entries of the trail of `tenant` after `position`, which is 0 at the beginning."""
        ...

    def purge(self, *, now: float) -> int:
        """Forget what ended and is too old to matter; how many sessions were forgotten. Epochs and trails stay."""
        ...

    def close(self) -> None:
        """Let go of files and connections. A closed store raises `StoreError`."""
        ...


class AsyncStore(Protocol):
    """A store that is awaited; word for word the same contract as `Store`."""

    async def get(self, digest: bytes) -> Session:
        """What the token with `digest` leads to, current or renewed, with the session's data if it lives."""
        ...

    async def create(self, record: Record, *, limit: int | None, now: float) -> Creation:
        """Insert `record`, refuse a known handle or digest, and a passed epoch.

        In the same step terminate (TAKEN_OVER) the subject's least active logged-in sessions beyond `limit`.
        """
        ...

    async def cas(self, record: Record) -> Written:
        """Put `record` over the living one with the same handle whose version is one less.

        Its `last_active` can only raise the activity cell. Handle, digest, subject and deadline never change.
        """
        ...

    async def renew(self, record: Record, *, retired: bytes, grace_until: float) -> Written:
        """Like `cas`, and let the new `record.digest` succeed `retired`, which must be the current one.

        `retired` still leads to the session, as PREVIOUS with `grace_until`; those before it are RETIRED,
        each with the grace it was given.
        """
        ...

    async def touch(self, handle: str, *, last_active: float) -> bool:
        """Raise the activity cell to `last_active`, never lower it. False where the session does not live.

        Never creates, never revives, and leaves the version alone, so that it disturbs no other write.
        """
        ...

    async def terminate(self, handle: str, *, owner: Subject | None, reason: Reason, at: float) -> bool:
        """End the session `handle` if it lives and is `owner`'s, wipe its data, tell the feed; else False."""
        ...

    async def write(self, handle: str, changes: Mapping[str, Change]) -> Written:
        """Change values of a living session's data, all or none; CONFLICT where one has another version.

        Versions never repeat within a session, also not those of a value that was removed and written again.
        """
        ...

    async def epoch(self, subject: Subject) -> int:
        """The epoch of `subject`, 0 for one never heard of."""
        ...

    async def advance_epoch(self, subject: Subject, *, reason: Reason, at: float, keep: str | None) -> int:
        """End all sessions of `subject` at once but `keep`, tell the feed, and give back the new epoch.

        A living session `keep` of the subject's takes on the new epoch, and its version grows by one.
        """
        ...

    async def end_all(self, tenant: str | None, *, reason: Reason, at: float) -> Mapping[str | None, int]:
        """End all sessions of `tenant`, or of all tenants and of visitors where it is None, and tell the feed of each.

        A login that is under way is refused, one that begins afterwards is not. How many ended, by tenant, visitors'
        under None. Where it raises, some may live still: do it again.
        """
        ...

    async def list(self, subject: Subject, *, now: float) -> tuple[Record, ...]:
        """The living sessions of `subject` whose deadline is not over, oldest first."""
        ...

    async def consume_once(
        self, purpose: str, key: bytes, *, owner: Subject | None, until: float, now: float
    ) -> bool:
        """True for exactly one caller per purpose, key and owner.

        `until` is when what is consumed expires by itself; from then on a store may forget it.
        """
        ...

    async def terminations_since(self, cursor: int, *, limit: int) -> Feed:
        """At most `limit` terminations and changes after `cursor`, which is 0 at the beginning.

        `cas`, `renew` and `write` tell a change in the step that makes it; `touch` tells nothing. A `cursor` that
        the feed never came to, as after a backup was restored, is not complete.
        """
        ...

    async def audit_append(self, tenant: str, content: bytes) -> AuditEntry:
        """Add `content` to the trail of `tenant`, linked to the entry before."""
        ...

    async def audit_since(self, tenant: str, position: int, *, limit: int) -> tuple[AuditEntry, ...]:
        """At most `limit` entries of the trail of `tenant` after `position`, which is 0 at the beginning."""
        ...

    async def purge(self, *, now: float) -> int:
        """Forget what ended and is too old to matter; how many sessions were forgotten. Epochs and trails stay."""
        ...

    async def close(self) -> None:
        """Let go of files and connections. A closed store raises `StoreError`."""
        ...
