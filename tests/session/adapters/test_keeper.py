import math
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from sessionward.session.adapters.keeper import Keeper, Refused
from sessionward.session.command import Refusal
from sessionward.session.core import decide
from sessionward.session.event import Request
from sessionward.session.policies import Policies
from sessionward.session.policy import Policy
from sessionward.session.state import Bearer, Presented, Record, State, Subject, TokenAge

RECORD = Record(
    handle="h",
    digest=b"d",
    state=State.ACTIVE,
    version=1,
    created=1000.0,
    last_active=1000.0,
    deadline=90_000.0,
    subject=Subject(tenant="north", id="ana"),
    role="nurse",
)


def test_a_record_is_held_to_the_policy_of_its_tenant_its_role_and_the_route() -> None:
    policies = Policies(
        base=Policy.of("patient-portal"),
        roles={"nurse": {"inactivity_timeout": 600.0}},
        routes={"/prescriptions": {"inactivity_timeout": 60.0}},
    )
    keeper = Keeper(policies=policies, clock=lambda: 1100.0)
    assert keeper.policy_of(RECORD, "/").inactivity_timeout == 600
    assert not keeper.lapsed(RECORD, "/")
    assert keeper.lapsed(RECORD, "/prescriptions/1")


RESTING = st.builds(
    lambda state, idle, age, left, lease, parked: replace(
        RECORD,
        state=state,
        created=1000.0 - age,
        last_active=1000.0 - min(idle, age),
        deadline=1000.0 + left,
        lease=None if lease is None else 1000.0 + lease,
        parked=parked,
    ),
    st.sampled_from([State.ANONYMOUS, State.PENDING, State.ACTIVE, State.LOCKED]),
    st.floats(0, 3600),
    st.floats(0, 50_000),
    st.floats(-100, 50_000),
    st.none() | st.floats(-3600, 3600),
    st.booleans(),
)


@given(record=RESTING, profile=st.sampled_from(["patient-portal", "telehealth"]), by_person=st.booleans())
@settings(derandomize=True, max_examples=300)
def test_a_session_at_rest_is_one_whose_requests_change_nothing(
    record: Record, profile: str, *, by_person: bool
) -> None:
    keeper = Keeper(policies=Policies.of(profile), clock=lambda: 1000.0)
    presented = Presented(record=record, age=TokenAge.CURRENT, grace_until=0.0, data={})
    decision = decide(keeper.policy_of(record, "/"), presented, Request(by_person=by_person), 1000.0)
    if keeper.at_rest_until(record, "/") > 1000.0:
        assert (decision.state, decision.record, decision.commands) == (record.state, record, ())
    elif by_person and record.state in {State.ACTIVE, State.PENDING, State.ANONYMOUS}:
        assert decision.commands


def test_a_strict_route_and_a_bearers_session_are_never_at_rest() -> None:
    policies = Policies(base=Policy.of("patient-portal"), routes={"/sign": {"staleness": 0.0}})
    keeper = Keeper(policies=policies, clock=lambda: 1000.0)
    phone = replace(RECORD, bearer=Bearer(access=b"a", until=2000.0))
    assert keeper.at_rest_until(RECORD, "/") == 1000.0 + policies.base.touch_interval
    assert keeper.at_rest_until(RECORD, "/sign") == keeper.at_rest_until(phone, "/") == -math.inf


def test_a_refusal_says_why() -> None:
    assert str(Refused(Refusal.NOT_PROVED)) == "Refused: this needs a fresh proof of identity."
