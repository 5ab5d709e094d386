"""Takes steps on stores, blocking or asynchronous."""

from collections.abc import Callable
from typing import Any, TypeVar, assert_never

from sessionward.session.call import (
    AdvanceEpoch,
    AuditAppend,
    Call,
    ConsumeOnce,
    EndAll,
    ListSessions,
    Look,
    ReadEpoch,
    Steps,
    Write,
)
from sessionward.session.command import Create, Renew, Replace, Terminate, Touch
from sessionward.session.state import Recalled
from sessionward.session.stores.cached import CachedStore
from sessionward.session.stores.cached_async import AsyncCachedStore
from sessionward.session.stores.direct import Direct
from sessionward.session.stores.store import AsyncStore, Store

T = TypeVar("T")

REMEMBERING = (CachedStore, AsyncCachedStore, Direct)
"""Stores that can tell something without being asked."""


def drive(store: Store, steps: Steps[T]) -> T:
    """Take `steps` on a blocking store, and hand on what they come to.

    Raises:
        StoreError: the store could not be asked; the steps are over.

    """
    answer: Any = None
    while True:
        try:
            call = steps.send(answer)
        except StopIteration as end:
            outcome: T = end.value
            return outcome
        answer = recalled(store, call) or ask(store, call)


async def drive_async(store: AsyncStore, steps: Steps[T]) -> T:
    """Take `steps` on an asynchronous store, and hand on what they come to.

    Raises:
        StoreError: the store could not be asked; the steps are over.

    """
    answer: Any = None
    while True:
        try:
            call = steps.send(answer)
        except StopIteration as end:
            outcome: T = end.value
            return outcome
        answer = recalled(store, call) or await ask(store, call)


def remembering(store: Store | AsyncStore) -> Callable[[bytes, float], Recalled | None] | None:
    """How to ask `store` for what it remembers, without asking the store proper; None where it remembers nothing."""
    if isinstance(store, Direct):
        return store.remembered
    return store.recall if isinstance(store, REMEMBERING) else None


def recalled(store: Store | AsyncStore, call: Call) -> Recalled | None:
    """What the store remembers in answer to `call`, None where it has to be asked."""
    if isinstance(call, Look) and call.staleness > 0 and isinstance(store, REMEMBERING):
        return store.recall(call.digest, call.staleness)
    return None


def ask(store: Store | AsyncStore, call: Call) -> Any:  # noqa: C901, PLR0912 - one case a method of the contract
    """Put `call` to `store`: its answer, or what is to be awaited for it."""
    match call:
        case Look():
            return store.get(call.digest)
        case Create():
            return store.create(call.record, limit=call.limit, now=call.record.created)
        case Replace():
            return store.cas(call.record)
        case Renew():
            return store.renew(call.record, retired=call.retired, grace_until=call.grace_until)
        case Touch():
            return store.touch(call.handle, last_active=call.last_active)
        case Terminate():
            return store.terminate(call.handle, owner=call.owner, reason=call.reason, at=call.at)
        case Write():
            return store.write(call.handle, call.changes)
        case ReadEpoch():
            return store.epoch(call.subject)
        case AdvanceEpoch():
            return store.advance_epoch(call.subject, reason=call.reason, at=call.at, keep=call.keep)
        case EndAll():
            return store.end_all(call.tenant, reason=call.reason, at=call.at)
        case ListSessions():
            return store.list(call.subject, now=call.now)
        case ConsumeOnce():
            return store.consume_once(
                call.purpose, call.key, owner=call.owner, until=call.until, now=call.now
            )
        case AuditAppend():
            return store.audit_append(call.tenant, call.content)
        case _:
            assert_never(call)
