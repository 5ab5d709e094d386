"""Two stores agree: whatever is asked of both in the same order, both answer the same."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from sessionward.session.result import Change
from sessionward.session.state import Ended, Presented, Reason, State, Subject
from sessionward.session.stores.store import FEED_RETENTION, PURGE_MARGIN, Store
from tests.session.stores.conformance import ANA, NAMESAKE, NOW, digest, record

Step = Callable[[Store], object]
"""Asks something of a store. What it asks depends on what that store answers alone."""

HANDLES = st.sampled_from(["h1", "h2", "h3", "h4", "h5"])
DIGESTS = st.sampled_from([digest(name) for name in ("h1", "h2", "h3", "h6", "d6", "d7")])
SUBJECTS = st.sampled_from([ANA, ANA, ANA, NAMESAKE, None])
STATES = st.sampled_from([State.ACTIVE, State.ACTIVE, State.LOCKED, State.PENDING, State.ANONYMOUS])
RARELY = st.sampled_from([False] * 5 + [True])
TENANTS = st.sampled_from([None, "north", "south"])
OWNERS = st.sampled_from([ANA, NAMESAKE])
MOMENTS = st.sampled_from([NOW - 60, NOW, NOW + 60, NOW + FEED_RETENTION + 60, NOW + 43_200 + PURGE_MARGIN])
VERSIONS = st.integers(0, 3)
KEYS = st.sampled_from(["a", "b"])
CHANGES = st.builds(Change, expected=VERSIONS, content=st.sampled_from([None, b"", b"1"]))


def create(
    handle: str, subject: Subject | None, state: State, *, late: bool, taken: bool, limit: int
) -> Step:
    def step(store: Store) -> object:
        epoch = 0 if subject is None else store.epoch(subject) - late
        begun = record(handle, subject=subject, state=state, epoch=epoch)
        return store.create(
            replace(begun, digest=digest("d6")) if taken else begun, limit=limit or None, now=NOW
        )

    return step


def replace_or_renew(presented: bytes, successor: bytes, ahead: int, moment: float) -> Step:
    def step(store: Store) -> object:
        found = store.get(presented)
        if not isinstance(found, Presented):
            return found and found.handle
        newer = replace(found.record, version=found.record.version + ahead, last_active=moment, role=None)
        if successor == presented:
            return store.cas(newer)
        return store.renew(replace(newer, digest=successor), retired=presented, grace_until=moment)

    return step


def get(presented: bytes) -> Step:
    def step(store: Store) -> object:
        found = store.get(presented)
        return found.handle if isinstance(found, Ended) else found  # of several ends, stores may tell another

    return step


def asked(method: str, *arguments: Any, **named: Any) -> Step:
    return lambda store: getattr(store, method)(*arguments, **named)


def steps() -> st.SearchStrategy[list[Step]]:
    """Steps over few names, so that they meet."""
    ends = st.sampled_from([Reason.LOGOUT, Reason.THEFT])
    one = st.one_of(
        st.builds(create, HANDLES, SUBJECTS, STATES, late=RARELY, taken=RARELY, limit=st.integers(0, 3)),
        st.builds(replace_or_renew, DIGESTS, DIGESTS, st.sampled_from([1, 1, 1, 0, 2]), MOMENTS),
        st.builds(get, DIGESTS),
        st.builds(asked, st.just("touch"), HANDLES, last_active=MOMENTS),
        st.builds(asked, st.just("terminate"), HANDLES, owner=SUBJECTS, reason=ends, at=MOMENTS),
        st.builds(asked, st.just("write"), HANDLES, st.dictionaries(KEYS, CHANGES)),
        st.builds(
            asked,
            st.just("advance_epoch"),
            OWNERS,
            reason=ends,
            at=MOMENTS,
            keep=st.one_of(st.none(), HANDLES),
        ),
        st.builds(asked, st.just("end_all"), TENANTS, reason=ends, at=MOMENTS),
        st.builds(asked, st.just("list"), OWNERS, now=MOMENTS),
        st.builds(
            asked,
            st.just("consume_once"),
            st.just("code"),
            st.just(b"1"),
            owner=SUBJECTS,
            until=MOMENTS,
            now=MOMENTS,
        ),
        st.builds(asked, st.just("terminations_since"), st.integers(0, 9), limit=st.integers(1, 9)),
        st.builds(asked, st.just("audit_append"), st.sampled_from(["north", "south"]), st.binary(max_size=3)),
        st.builds(
            asked, st.just("audit_since"), st.just("north"), st.integers(0, 3), limit=st.integers(1, 3)
        ),
        st.builds(asked, st.just("purge"), now=MOMENTS),
    )
    return st.lists(one, min_size=5, max_size=40)


BEGINNING: list[Step] = [
    asked("create", record("h1", last_active=NOW - 30), limit=None, now=NOW),
    asked("create", record("h2", last_active=NOW - 60, state=State.LOCKED), limit=None, now=NOW),
    asked("create", record("h3", subject=NAMESAKE), limit=None, now=NOW),
    asked("create", record("h6", last_active=NOW - 90, state=State.PENDING), limit=None, now=NOW),
]
"""So that there is something to meet."""


def agree(one: Store, other: Store, taken: list[Step]) -> None:
    for step in BEGINNING + taken:
        assert step(one) == step(other)
