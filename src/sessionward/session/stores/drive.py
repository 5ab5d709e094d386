"""Runs transactions on stores, blocking or asynchronous."""

from typing import Any, assert_never

from sessionward.session.command import Create, Renew, Replace, Terminate, Touch
from sessionward.session.stores.store import AsyncStore, Store
from sessionward.session.transact import Call, Look, Outcome, Transaction


def drive(store: Store, transaction: Transaction) -> Outcome:
    """Run `transaction` on a blocking store.

    Raises:
        StoreError: the store could not be asked; the transaction is over.

    """
    answer: Any = None
    while True:
        try:
            call = transaction.send(answer)
        except StopIteration as end:
            outcome: Outcome = end.value
            return outcome
        answer = ask(store, call)


async def drive_async(store: AsyncStore, transaction: Transaction) -> Outcome:
    """Run `transaction` on an asynchronous store.

    Raises:
        StoreError: the store could not be asked; the transaction is over.

    """
    answer: Any = None
    while True:
        try:
            call = transaction.send(answer)
        except StopIteration as end:
            outcome: Outcome = end.value
            return outcome
        answer = await ask(store, call)


def ask(store: Store | AsyncStore, call: Call) -> Any:
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
        case _:
            assert_never(call)
