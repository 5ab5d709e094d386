from sessionward.session.adapters.keeper import Keeper
from sessionward.session.adapters.presence import Current, expected, present
from sessionward.session.adapters.visit import Visit
from sessionward.session.policies import Policies
from sessionward.session.state import State, Subject
from sessionward.session.stores.drive import drive
from sessionward.session.stores.memory import MemoryStore

ANA = Subject(tenant="north", id="ana")


def test_nobody_is_there_while_the_session_is_locked_or_a_factor_is_missing() -> None:
    store = MemoryStore()
    visit = Visit(Keeper(policies=Policies.of("patient-portal"), clock=lambda: 1e9), None, "/")
    assert present(visit) == Current(state=State.ANONYMOUS, subject=None, role=None, handle=None)
    drive(store, visit.first_factor(ANA, method="password", epoch=None))
    assert (present(visit).subject, present(visit).role, expected(visit)) == (None, None, ANA)
    drive(store, visit.login(ANA, role="nurse", method="totp", epoch=None))
    assert (present(visit).subject, present(visit).role, expected(visit)) == (ANA, "nurse", None)
    drive(store, visit.lock())
    assert (present(visit).subject, present(visit).role, expected(visit)) == (None, None, ANA)
    assert present(visit).state is State.LOCKED
