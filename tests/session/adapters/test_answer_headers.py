import pytest

from sessionward.session.adapters.answer_headers import answer_headers
from sessionward.session.adapters.cookie_header import SessionCookie
from sessionward.session.adapters.keeper import Keeper
from sessionward.session.adapters.visit import Visit
from sessionward.session.policies import Policies
from sessionward.session.state import Subject
from sessionward.session.stores.drive import drive
from sessionward.session.stores.memory import MemoryStore

COOKIE = SessionCookie()
ANA = Subject(tenant="north", id="ana")


@pytest.fixture
def visit() -> Visit:
    return Visit(Keeper(policies=Policies.of("patient-portal"), clock=lambda: 1e9), None, "/")


def test_an_answer_to_a_visitor_may_be_kept_and_one_to_a_token_may_not(visit: Visit) -> None:
    assert not answer_headers(visit, COOKIE, came_with_token=False).private
    assert answer_headers(visit, COOKIE, came_with_token=True).private


def test_a_token_goes_out_in_a_cookie_and_is_taken_away_again(visit: Visit) -> None:
    store = MemoryStore()
    drive(store, visit.login(ANA, role=None, method="x", epoch=None))
    said = answer_headers(visit, COOKIE, came_with_token=False)
    assert said.private
    assert visit.hand_out is not None
    assert said.set_cookie == COOKIE.set(visit.hand_out).decode()
    drive(store, visit.logout())
    assert answer_headers(visit, COOKIE, came_with_token=False).set_cookie == COOKIE.forget().decode()


def test_a_refresh_token_never_goes_out_in_a_cookie(visit: Visit) -> None:
    drive(MemoryStore(), visit.login(ANA, role=None, method="x", epoch=None, bearer=True))
    said = answer_headers(visit, COOKIE, came_with_token=False)
    assert (said.private, said.set_cookie) == (True, None)
