import pytest

from sessionward.session.adapters.blocking_visit import BlockingVisit
from sessionward.session.adapters.keeper import Keeper, Refused
from sessionward.session.adapters.visit import Visit
from sessionward.session.policies import Policies
from sessionward.session.policy import Policy
from sessionward.session.state import Reason, State, Subject
from sessionward.session.stores.memory import MemoryStore

ANA = Subject(tenant="north", id="ana")
BEN = Subject(tenant="north", id="ben")
POLICY = Policy.of("telehealth")
NOW = 1e9


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


def visit(store: MemoryStore, before: BlockingVisit | None = None) -> BlockingVisit:
    """A request, with the token that `before` was handed."""
    token = None if before is None else before.visit.hand_out
    made = Visit(Keeper(policies=Policies(base=POLICY), clock=lambda: NOW), token, "/")
    found = BlockingVisit(made, store)
    found.take(made.arrive(by_person=True))
    return found


def logged_in(store: MemoryStore, subject: Subject = ANA) -> BlockingVisit:
    made = visit(store)
    made.login(subject, role="patient")
    return made


def test_a_login_with_two_factors_and_a_logout(store: MemoryStore) -> None:
    first = visit(store)
    epoch = first.epoch_of(ANA)
    first.first_factor(ANA, epoch=epoch)
    assert (first.current().state, first.locked_subject()) == (State.PENDING, ANA)
    second = visit(store, first)
    second.login(ANA, method="totp", epoch=epoch)
    assert visit(store, second).current().subject == ANA
    second.logout()
    assert second.current().subject is None


def test_a_password_changed_and_all_ended(store: MemoryStore) -> None:
    one, other = logged_in(store), logged_in(store)
    one.password_changed()
    assert [visit(store, entry).current().subject for entry in (one, other)] == [ANA, None]
    one.logout_everywhere()
    assert visit(store, one).current().subject is None


def test_devices_are_listed_ended_and_reported(store: MemoryStore) -> None:
    here, there, strange = logged_in(store), logged_in(store), logged_in(store)
    handles = [entry.current().handle for entry in (here, there, strange)]
    assert {record.handle for record in here.own_sessions()} == set(handles)
    assert here.end_session(handles[1] or "")
    assert here.report_session(handles[2] or "")
    assert not here.end_session("unknown")
    found = store.get((strange.visit.hand_out or pytest.fail("no token")).digest)
    assert getattr(found, "reason", None) is Reason.REPORTED


def test_an_administrator_ends_anothers_sessions(store: MemoryStore) -> None:
    ana, admin = logged_in(store), logged_in(store, BEN)
    admin.end_subject(ANA)
    assert [visit(store, entry).current().subject for entry in (ana, admin)] == [None, BEN]


def test_an_administrator_ends_a_tenant_or_everybody(store: MemoryStore) -> None:
    ana, ben = logged_in(store), logged_in(store, BEN)
    assert visit(store).end_tenant(ANA.tenant)[ANA.tenant] > 0
    assert visit(store, ana).current().subject is None
    assert ben.end_everybody() == ({BEN.tenant: 1} if BEN.tenant != ANA.tenant else {})
    assert [visit(store, entry).current().subject for entry in (ana, ben)] == [None, None]


def test_a_fresh_proof_permits_what_was_shown_once(store: MemoryStore) -> None:
    doctor = logged_in(store)
    assert doctor.proved_within(60)
    doctor.reauthenticated(method="totp", scope="sign", shown={"dose": "10 mg"})
    with pytest.raises(Refused):
        doctor.spend("sign", shown={"dose": "100 mg"})
    doctor.spend("sign", shown={"dose": "10 mg"})
    with pytest.raises(Refused):
        doctor.spend("sign", shown={"dose": "10 mg"})


def test_locks_leases_roles_and_workstations(store: MemoryStore) -> None:
    nurse = logged_in(store)
    nurse.hold()
    nurse.change_role("nurse")
    nurse.lock()
    assert nurse.current().subject is None
    nurse.reauthenticated()
    assert nurse.current().role == "nurse"
    nurse.park()
    back = visit(store)
    back.resume(ANA, method="badge")
    assert visit(store, back).current().subject == ANA


def test_a_phone_gets_pairs(store: MemoryStore) -> None:
    pair = visit(store).login_bearer(ANA)
    assert visit(store).refresh(pair.refresh_token).access_token != pair.access_token
