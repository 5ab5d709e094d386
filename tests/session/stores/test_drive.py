import pytest

from sessionward.session.call import Look, Steps
from sessionward.session.command import Create, Renew, Replace, Terminate, Touch
from sessionward.session.digest import Token
from sessionward.session.event import Login, Request
from sessionward.session.policy import Policy
from sessionward.session.result import Creation, StoreError, Written
from sessionward.session.state import Reason, Recalled, Session, State
from sessionward.session.stores.cached import CachedStore
from sessionward.session.stores.cached_async import AsyncCachedStore
from sessionward.session.stores.direct import Direct
from sessionward.session.stores.drive import ask, drive, drive_async
from sessionward.session.stores.memory import MemoryStore
from sessionward.session.transact import Fresh, transact
from tests.session.stores.conformance import ANA, NOW, digest, newer, record


def policy(tenant: str | None, role: str | None) -> Policy:
    return Policy.of("patient-portal")


def login(fresh: Fresh) -> Login:
    return Login(
        subject=ANA, role=None, method="password", epoch=0, handle=fresh.handle, digest=fresh.token.digest
    )


def request(fresh: Fresh) -> Request:
    return Request(by_person=True)


def test_each_call_reaches_its_method() -> None:
    store = MemoryStore()
    second = newer(record(), state=State.LOCKED)
    third = newer(second, digest=digest("d2"))
    assert ask(store, Create(record=record(), limit=None)) == Creation()
    assert ask(store, Replace(record=second)) is Written.STORED
    assert ask(store, Renew(record=third, retired=digest("h1"), grace_until=NOW)) is Written.STORED
    assert ask(store, Touch(handle="h1", last_active=NOW + 1)) is True
    assert ask(store, Terminate(handle="h1", owner=ANA, reason=Reason.LOGOUT, at=NOW)) is True
    assert ask(store, Look(digest=b"")) is None


async def test_blocking_and_asynchronous_stores_run_the_same_transaction() -> None:
    store = MemoryStore()
    made = drive(store, transact(policy, None, login, NOW))
    assert made.state is State.ACTIVE
    assert isinstance(made.token, Token)
    found = await drive_async(Direct(store), transact(policy, made.token, request, NOW + 1))
    assert (found.state, found.record) == (State.ACTIVE, made.record)


@pytest.mark.parametrize("staleness,answered", [(0.0, False), (1.0, True)])
async def test_a_store_that_remembers_is_asked_only_where_that_is_wanted(
    staleness: float, *, answered: bool
) -> None:
    store = MemoryStore()
    store.create(record(), limit=None, now=NOW)
    threads, tasks = CachedStore(store, bound=60.0), AsyncCachedStore(store, bound=60.0)
    threads.read_feed()
    await tasks.read_feed()

    def look() -> Steps[bool]:
        found: Session = yield Look(digest=digest("h1"), staleness=staleness)
        return isinstance(found, Recalled)

    assert [drive(threads, look()), await drive_async(tasks, look())] == [False, False]
    assert [drive(threads, look()), await drive_async(tasks, look())] == [answered, answered]
    assert await drive_async(Direct(threads), look()) is answered
    await tasks.close()
    threads.close()


async def test_a_store_that_cannot_be_asked_ends_the_transaction() -> None:
    store = MemoryStore()
    store.close()
    with pytest.raises(StoreError):
        drive(store, transact(policy, Token.mint(), request, NOW))
    with pytest.raises(StoreError):
        await drive_async(Direct(store), transact(policy, Token.mint(), request, NOW))
