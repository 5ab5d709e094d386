import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessionward.session.core import decide
from sessionward.session.event import Request
from sessionward.session.policy import Policy
from sessionward.session.rest import at_rest_until
from sessionward.session.state import Bearer, Presented, Record, State, Subject, TokenAge

NOW = 100_000.0
RECORD = Record(
    handle="h",
    digest=b"d",
    state=State.ACTIVE,
    version=1,
    created=NOW,
    last_active=NOW,
    deadline=NOW + 90_000.0,
    subject=Subject(tenant="north", id="ana"),
)
TOUCHED = Policy.of("patient-portal").touch_interval

POLICIES = st.builds(
    lambda base, idle, lock, lease, before: replace(
        base,
        inactivity_timeout=idle,
        lock_after=None if lock is None else idle * lock,
        lease_length=lease,
        not_before=before,
    ),
    st.sampled_from(
        [Policy.of("patient-portal"), Policy.of("telehealth"), Policy.of("clinical-workstation")]
    ),
    st.floats(1, 7200),
    st.none() | st.floats(0.01, 0.99),
    st.none() | st.floats(1, 3600),
    st.sampled_from([0.0, NOW - 3600]),
)
RECORDS = st.builds(
    lambda state, age, idle, left, lease, parked: replace(
        RECORD,
        state=state,
        created=NOW - age,
        last_active=NOW - min(idle, age),
        deadline=NOW + left,
        lease=None if lease is None else NOW + lease,
        parked=parked,
    ),
    st.sampled_from([State.ANONYMOUS, State.PENDING, State.ACTIVE, State.LOCKED]),
    st.floats(0, 50_000) | st.floats(0, 30),
    st.floats(-5, 3600) | st.floats(0, 30),
    st.floats(-100, 50_000) | st.floats(0, 30),
    st.none() | st.floats(-3600, 3600),
    st.booleans(),
)


@given(
    policy=POLICIES,
    record=RECORDS,
    part=st.floats(0, 1, exclude_max=True),
    by_person=st.booleans(),
    back=st.floats(0, 3600),
)
@settings(derandomize=True, max_examples=300)
def test_whenever_a_request_comes_before_then_nothing_is_decided_anew(
    policy: Policy, record: Record, part: float, back: float, *, by_person: bool
) -> None:
    until = at_rest_until(policy, record)
    presented = Presented(record=record, age=TokenAge.CURRENT, grace_until=0.0, data={})
    for now in (NOW + part * (until - NOW), math.nextafter(until, -math.inf), NOW - back):
        if now < until:  # also where a clock was set back: what is not due yet was not due before
            decision = decide(policy, presented, Request(by_person=by_person), now)
            assert (decision.state, decision.record) == (record.state, record)
            assert (decision.commands, decision.browser, decision.refusal) == ((), None, None)


@given(policy=POLICIES, record=RECORDS)
@settings(derandomize=True, max_examples=300)
def test_when_it_is_over_a_persons_request_changes_something_unless_the_session_is_locked(
    policy: Policy, record: Record
) -> None:
    until = at_rest_until(policy, record)
    presented = Presented(record=record, age=TokenAge.CURRENT, grace_until=0.0, data={})
    if record.state is not State.LOCKED and until != -math.inf:
        assert decide(policy, presented, Request(by_person=True), until + 0.001).commands


@pytest.mark.parametrize(
    "changes,until",
    [
        ({}, NOW + TOUCHED),
        ({"last_active": NOW - 10.0}, NOW + TOUCHED - 10.0),
        ({"deadline": NOW + 5.0}, NOW + 5.0),
        ({"state": State.PENDING, "created": NOW - 599.0}, NOW + 1.0),
        ({"bearer": Bearer(access=b"a", until=NOW + 300.0)}, -math.inf),
    ],
)
def test_the_first_thing_that_is_due_counts(changes: dict[str, object], until: float) -> None:
    record = replace(RECORD, **changes)  # type: ignore[arg-type]  # a mapping of several types
    assert at_rest_until(Policy.of("patient-portal"), record) == until


@pytest.mark.parametrize("figures", [{"staleness": 0.0}, {"staleness": 1.0}, {"not_before": NOW + 1.0}])
def test_what_is_over_or_not_to_be_told_from_memory_is_never_at_rest(figures: dict[str, float]) -> None:
    assert at_rest_until(Policy.of("patient-portal").but(**figures), RECORD) == -math.inf
