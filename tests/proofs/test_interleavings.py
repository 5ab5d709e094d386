"""Up to three requests with one token, in every order that their steps can take, over the core and the memory store."""

from collections.abc import Callable, Sequence
from itertools import combinations_with_replacement

import pytest

from sessionward.session.call import Steps
from sessionward.session.digest import Token
from sessionward.session.event import Event, Lock, Login, Logout, Reauthenticate, Request
from sessionward.session.policy import Policy
from sessionward.session.state import Ended, Presented, Reason, Record, State, Subject
from sessionward.session.stores.memory import MemoryStore
from sessionward.session.stores.store import Store
from sessionward.session.transact import Fresh, Outcome, transact
from tests.proofs.schedules import Run, all_orders

NOW = 1_700_000_000.0
ANA = Subject(tenant="north", id="ana")
TOKEN = Token(bytes(range(32)))
POLICY = Policy.of("patient-portal").but(lock_after=300.0, concurrent_sessions=1)


def login(fresh: Fresh) -> Event:
    return Login(subject=ANA, role=None, method="x", epoch=0, handle=fresh.handle, digest=fresh.token.digest)


def renew(fresh: Fresh) -> Event:
    return Reauthenticate(method="x", digest=fresh.token.digest, sealed=TOKEN.seal(fresh.token))


OPERATIONS: dict[str, Callable[[Fresh], Event]] = {
    "login": login,
    "logout": lambda fresh: Logout(),
    "renew": renew,
    "lock": lambda fresh: Lock(),
    "touch": lambda fresh: Request(by_person=True),
}
MIXTURES = [mixture for size in (1, 2, 3) for mixture in combinations_with_replacement(OPERATIONS, size)]


def start(mixture: Sequence[str]) -> tuple[Store, list[Steps[Outcome]]]:
    """A session that has been idle for a minute, and the transactions that now come with its token."""
    store = MemoryStore()
    record = Record(
        handle="old",
        digest=TOKEN.digest,
        state=State.ACTIVE,
        version=1,
        created=NOW - 600,
        last_active=NOW - 60,
        deadline=NOW + 9000,
        subject=ANA,
    )
    store.create(record, limit=None, now=NOW)
    return store, [transact(lambda tenant, role: POLICY, TOKEN, OPERATIONS[name], NOW) for name in mixture]


def actors(mixture: Sequence[str], *names: str) -> list[int]:
    return [number for number, name in enumerate(mixture) if name in names]


def holds(mixture: Sequence[str], store: Store, run: Run) -> None:
    """What must be true in the end, whatever the order was."""
    old = store.get(TOKEN.digest)
    if actors(mixture, "login", "logout"):
        assert isinstance(old, Ended)
    else:
        assert isinstance(old, Presented)
    if isinstance(old, Ended):
        assert old.reason in {Reason.LOGOUT, Reason.REPLACED}
    living = store.list(ANA, now=NOW)
    expected = {"old"} if isinstance(old, Presented) else set()
    if actors(mixture, "login"):
        assert len(living) == 1
        assert living[0].handle != "old"
    else:
        assert {record.handle for record in living} == expected
    successors = {run.outcomes[actor].token for actor in actors(mixture, "renew")} - {None}
    assert len(successors) <= 1
    for token in successors:
        assert token is not None
        found = store.get(token.digest)
        assert isinstance(found, Ended) if isinstance(old, Ended) else isinstance(found, Presented)
    if isinstance(old, Presented):
        holds_while_living(mixture, old)


def holds_while_living(mixture: Sequence[str], old: Presented) -> None:
    locks, renewals = actors(mixture, "lock"), actors(mixture, "renew")
    if locks and not renewals:
        assert old.record.state is State.LOCKED
    if not locks:
        assert old.record.state is State.ACTIVE
    assert old.record.last_active in {NOW - 60, NOW}
    if not locks and actors(mixture, "touch", "renew"):
        assert old.record.last_active == NOW


def nothing_is_served_after_its_end(mixture: Sequence[str], run: Run) -> None:
    """A request that begins when a logout or a login is over is not served in the old session."""
    ends = [run.last(actor) for actor in actors(mixture, "login", "logout")]
    for actor in actors(mixture, "touch", "renew", "lock"):
        if any(run.began(actor) > end for end in ends):
            outcome = run.outcomes[actor]
            assert outcome.record is None
            assert outcome.token is None


@pytest.mark.parametrize("mixture", MIXTURES, ids="+".join)
def test_whatever_the_order_no_session_is_revived_doubled_or_lost(mixture: tuple[str, ...]) -> None:
    orders = 0
    for store, run in all_orders(lambda: start(mixture)):
        holds(mixture, store, run)
        nothing_is_served_after_its_end(mixture, run)
        orders += 1
    assert orders >= len(mixture)


def test_a_store_that_upserts_is_caught() -> None:
    """The control: with the habit of other libraries, to write what was read, some order revives a session."""

    class Upserting(MemoryStore):
        def touch(self, handle: str, *, last_active: float) -> bool:
            for cell in self._cells.values():
                if cell.record.handle == handle:
                    cell.ended = None
            return True

    def started() -> tuple[Store, list[Steps[Outcome]]]:
        store = Upserting()
        before, _ = start(("logout",))
        found = before.get(TOKEN.digest)
        assert isinstance(found, Presented)
        store.create(found.record, limit=None, now=NOW)
        return store, start(("logout", "touch"))[1]

    revived = [store for store, _ in all_orders(started) if isinstance(store.get(TOKEN.digest), Presented)]
    assert revived
