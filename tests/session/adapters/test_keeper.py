from sessionward.session.adapters.keeper import Keeper, Refused
from sessionward.session.command import Refusal
from sessionward.session.policies import Policies
from sessionward.session.policy import Policy
from sessionward.session.state import Record, State, Subject

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


def test_a_refusal_says_why() -> None:
    assert str(Refused(Refusal.NOT_PROVED)) == "Refused: this needs a fresh proof of identity."
