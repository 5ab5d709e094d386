from typing import TypeVar

import pytest

from sessionward.session.adapters.visit import Keeper, Refused, Unsaved, Visit
from sessionward.session.call import Steps
from sessionward.session.command import Refusal
from sessionward.session.digest import Token
from sessionward.session.policies import Policies
from sessionward.session.policy import Policy
from sessionward.session.state import Reason, State, Subject
from sessionward.session.stores.drive import drive
from sessionward.session.stores.memory import MemoryStore

T = TypeVar("T")

NOW = 1_700_000_000.0
ANA = Subject(tenant="north", id="ana")
NAMESAKE = Subject(tenant="south", id="ana")


class Clock:
    now = NOW

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


class Portal:
    """A store, and visits whose steps are taken on it."""

    def __init__(self, clock: Clock) -> None:
        self.keeper = Keeper(policies=Policies(base=Policy.of("patient-portal")), clock=clock)
        self.store = MemoryStore()

    def take(self, steps: Steps[T]) -> T:
        return drive(self.store, steps)

    def visit(self, token: Token | None = None) -> Visit:
        made = Visit(self.keeper, token, "/")
        self.take(made.arrive(by_person=True))
        return made

    def logged_in(self, subject: Subject = ANA) -> Visit:
        made = self.visit()
        self.take(made.login(subject, role=None, method="password", epoch=None, keep=()))
        return made


@pytest.fixture
def portal(clock: Clock) -> Portal:
    return Portal(clock)


def test_the_token_handed_out_opens_the_session(portal: Portal) -> None:
    first = portal.logged_in()
    second = portal.visit(first.hand_out)
    assert (second.subject, second.state, second.hand_out) == (ANA, State.ACTIVE, None)


def test_a_login_whose_password_was_checked_before_all_was_ended_is_refused(portal: Portal) -> None:
    late = portal.visit()
    portal.take(portal.logged_in().end_all(Reason.PASSWORD_CHANGE, keep_this=True))
    with pytest.raises(Refused) as caught:
        portal.take(late.login(ANA, role=None, method="password", epoch=0, keep=()))
    assert caught.value.refusal is Refusal.ENDED_MEANWHILE
    assert (late.subject, late.hand_out) == (None, None)


def test_handles_end_only_ones_own_sessions(portal: Portal) -> None:
    first, second, namesake = [portal.logged_in(subject) for subject in (ANA, ANA, NAMESAKE)]
    handles = [entry.record.handle for entry in (first, second, namesake) if entry.record is not None]
    assert {record.handle for record in portal.take(first.others())} == set(handles[:2])
    ended = [
        portal.take(first.end_other(handle, reason=Reason.REPORTED))
        for handle in (handles[1], handles[2], "x")
    ]
    assert ended == [True, False, False]
    assert (portal.visit(second.hand_out)).subject is None
    assert (portal.visit(namesake.hand_out)).subject == NAMESAKE


def test_what_a_visitor_is_to_remember_begins_a_session_and_nothing_else_does(portal: Portal) -> None:
    visitor = portal.visit()
    assert portal.take(visitor.save()) is None
    assert visitor.hand_out is None
    visitor.session["next"] = "/records"
    assert portal.take(visitor.save()) is None
    assert (portal.visit(visitor.hand_out)).session == {"next": "/records"}


def test_what_is_written_in_the_request_that_logs_out_is_dropped(portal: Portal) -> None:
    leaving = portal.logged_in()
    portal.take(leaving.logout())
    leaving.session["a"] = 1
    assert portal.take(leaving.save()) is None
    assert (leaving.hand_out, leaving.forget) == (None, True)


def test_a_session_that_locks_itself_takes_its_data_along(portal: Portal) -> None:
    first = portal.logged_in()
    first.session["a"] = 1
    portal.take(first.save())
    second = portal.visit(first.hand_out)
    portal.take(second.lock())
    assert (second.subject, second.session) == (None, {})
    second.session["b"] = 1
    assert portal.take(second.save()) is Unsaved.LOCKED
    portal.take(second.reauthenticated(method="password"))
    assert second.session == {"a": 1}


def test_roles_change_under_a_new_token(portal: Portal) -> None:
    first = portal.logged_in()
    before = first.hand_out
    portal.take(first.change_role("nurse"))
    assert first.hand_out != before
    found = (portal.visit(first.hand_out)).record
    assert found is not None
    assert found.role == "nurse"


def test_a_request_that_takes_long_is_no_thief_when_another_renewed_its_token(
    portal: Portal, clock: Clock
) -> None:
    first = portal.logged_in()
    slow, quick = [portal.visit(first.hand_out) for _ in range(2)]
    portal.take(quick.reauthenticated(method="password"))
    clock.now += 60
    portal.take(slow.reauthenticated(method="password"))
    assert slow.hand_out == quick.hand_out
    thief = portal.visit(first.hand_out)
    assert (thief.state, (portal.visit(quick.hand_out)).state) == (State.TERMINATED, State.TERMINATED)
