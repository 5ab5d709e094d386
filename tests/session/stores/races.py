"""Blocking stores under threads: what the suite says of tasks holds for threads as well."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from threading import Barrier

import pytest

from sessionward.session.result import Change, Written
from sessionward.session.state import Ended, Presented, Reason, State, Subject
from sessionward.session.stores.store import Store
from tests.session.stores.conformance import ANA, NOW, digest, newer, record

THREADS = 6
ROUNDS = 15


def together(*calls: Callable[[], object]) -> list[object]:
    """The answers of `calls`, which begin at the same moment, a thread each."""
    start = Barrier(len(calls))

    def begin(call: Callable[[], object]) -> object:
        start.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(begin, calls))


class Races:
    """Each race is run several times, since one run may happen to be in order."""

    def test_renewals_have_one_successor(self, blocking: Store) -> None:
        for number in range(ROUNDS):
            first = record(f"h{number}")
            blocking.create(first, limit=None, now=NOW)
            made = [newer(first, digest=digest(f"{number}.{racer}")) for racer in range(THREADS)]
            renew = partial(blocking.renew, retired=first.digest, grace_until=NOW)
            written = together(*(partial(renew, entry) for entry in made))
            found = blocking.get(first.digest)
            assert isinstance(found, Presented)
            assert written.count(Written.STORED) == 1
            assert found.record == made[written.index(Written.STORED)]

    def test_an_end_wins_over_whatever_runs_beside_it(self, blocking: Store) -> None:
        for number in range(ROUNDS):
            first = record(f"h{number}")
            blocking.create(first, limit=None, now=NOW)
            together(
                partial(blocking.touch, first.handle, last_active=NOW + 1),
                partial(blocking.cas, newer(first, state=State.LOCKED)),
                partial(blocking.terminate, first.handle, owner=ANA, reason=Reason.LOGOUT, at=NOW),
                partial(blocking.write, first.handle, {"a": Change(expected=0, content=b"1")}),
                partial(blocking.create, first, limit=None, now=NOW),
            )
            assert isinstance(blocking.get(first.digest), Ended)

    def test_no_increment_is_lost(self, blocking: Store) -> None:
        blocking.create(record(), limit=None, now=NOW)

        def increment() -> None:
            while True:
                found = blocking.get(digest("h1"))
                assert isinstance(found, Presented)
                value = found.data.get("n")
                content = b"%d" % (1 if value is None else int(value.content) + 1)
                change = Change(expected=0 if value is None else value.version, content=content)
                if blocking.write("h1", {"n": change}) is Written.STORED:
                    return

        for _ in range(3):
            together(*[increment] * THREADS)
        found = blocking.get(digest("h1"))
        assert isinstance(found, Presented)
        assert found.data["n"].content == b"%d" % (3 * THREADS)

    def test_activity_ends_up_at_its_highest(self, blocking: Store) -> None:
        blocking.create(record(), limit=None, now=NOW)
        together(*(partial(blocking.touch, "h1", last_active=NOW + moment) for moment in (3, 1, 5, 2)))
        found = blocking.get(digest("h1"))
        assert isinstance(found, Presented)
        assert found.record.last_active == NOW + 5

    def test_logins_beside_the_end_of_all_leave_nothing_alive(self, blocking: Store) -> None:
        for number in range(ROUNDS):
            epoch = blocking.epoch(ANA)
            logins = [replace(record(f"{number}.{racer}"), epoch=epoch) for racer in range(THREADS)]
            together(
                *(partial(blocking.create, entry, limit=3, now=NOW) for entry in logins),
                partial(blocking.advance_epoch, ANA, reason=Reason.LOGOUT_EVERYWHERE, at=NOW, keep=None),
            )
            assert blocking.list(ANA, now=NOW) == ()

    @pytest.mark.parametrize("tenant", ["north", None])
    def test_logins_beside_the_end_of_a_tenant_leave_nothing_alive(
        self, blocking: Store, tenant: str | None
    ) -> None:
        for number in range(ROUNDS):
            fresh = Subject(tenant="north", id=f"{tenant}.{number}")
            logins = [
                replace(record(f"{tenant}.{number}.{racer}", subject=fresh), epoch=blocking.epoch(fresh))
                for racer in range(THREADS)
            ]
            together(
                *(partial(blocking.create, entry, limit=3, now=NOW) for entry in logins),
                partial(blocking.end_all, tenant, reason=Reason.ADMINISTRATOR, at=NOW),
                partial(blocking.advance_epoch, fresh, reason=Reason.LOGOUT, at=NOW, keep=logins[0].handle),
            )
            assert blocking.list(fresh, now=NOW) == ()

    def test_one_of_many_consumes(self, blocking: Store) -> None:
        for number in range(ROUNDS):
            consume = partial(
                blocking.consume_once, "code", b"%d" % number, owner=ANA, until=NOW + 9, now=NOW
            )
            assert together(*[consume] * THREADS).count(True) == 1

    def test_a_reader_of_the_feed_misses_no_end_and_meets_none_twice(self, blocking: Store) -> None:
        handles = [f"h{number}" for number in range(THREADS * 8)]
        for handle in handles:
            blocking.create(record(handle), limit=None, now=NOW)

        def end(handles: list[str]) -> None:
            for handle in handles:
                blocking.terminate(handle, owner=ANA, reason=Reason.LOGOUT, at=NOW)

        def follow() -> list[str | None]:
            seen: list[str | None] = []
            cursor = 0
            while len(seen) < len(handles):
                feed = blocking.terminations_since(cursor, limit=5)
                assert feed.complete
                positions = [entry.position for entry in feed.terminations]
                assert positions == sorted({position for position in positions if position > cursor})
                seen += [entry.handle for entry in feed.terminations]
                cursor = feed.cursor
            return seen

        first, second, *_ = together(
            follow, follow, *(partial(end, handles[racer::THREADS]) for racer in range(THREADS))
        )
        assert isinstance(first, list)
        assert sorted(first) == sorted(handles)
        assert first == second
