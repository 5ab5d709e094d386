from sessionward.session.adapters.keeper import Keeper, Refused
from sessionward.session.command import Refusal
from sessionward.session.policies import Policies
from sessionward.session.policy import Policy
from sessionward.session.state import Presented, Recalled, Record, State, Subject, TokenAge

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


def recalled(record: Record) -> Recalled:
    return Recalled(record=record, age=TokenAge.CURRENT, grace_until=0.0, data={})


def test_whether_a_session_is_at_rest_depends_on_the_route_also_where_it_was_worked_out_before() -> None:
    policies = Policies(
        base=Policy.of("patient-portal"),
        routes={"/sign": {"staleness": 0.0}, "/quick": {"inactivity_timeout": 60.0}},
    )
    keeper = Keeper(policies=policies, clock=lambda: 1000.0)
    found = recalled(RECORD)
    for _ in range(2):
        for path, later, rests in (
            ("/", 29.0, True),
            ("/", 30.0, False),
            ("/quick", 2.0, True),
            ("/quick/1", 3.0, False),
            ("/quicker", 29.0, True),
            ("/sign", 0.0, False),
        ):
            asked = Presented(record=RECORD, age=TokenAge.CURRENT, grace_until=0.0, data={})
            assert keeper.is_at_rest(found, path, 1000.0 + later) is rests
            assert keeper.is_at_rest(asked, path, 1000.0 + later) is rests


def test_two_keepers_with_other_policies_do_not_believe_each_others_notes() -> None:
    found = recalled(RECORD)
    lax, strict = (
        Keeper(policies=Policies.of(policy), clock=lambda: 1000.0)
        for policy in ("patient-portal", Policy.of("patient-portal").but(staleness=0.0))
    )
    assert lax.is_at_rest(found, "/", 1000.0)
    assert not strict.is_at_rest(found, "/", 1000.0)


def test_a_refusal_says_why() -> None:
    assert str(Refused(Refusal.NOT_PROVED)) == "Refused: this needs a fresh proof of identity."
