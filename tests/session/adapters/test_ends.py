import pytest

from sessionward.session.adapters.ends import end_all, end_own, end_subject, own_sessions, password_changed
from sessionward.session.adapters.keeper import Refused
from sessionward.session.command import Refusal
from sessionward.session.state import Reason
from sessionward.session.trail import Happening, TrailEvent
from tests.session.adapters.test_visit import ANA, NAMESAKE, Clock, Portal


@pytest.fixture
def portal() -> Portal:
    return Portal(Clock())


def test_a_login_whose_password_was_checked_before_all_was_ended_is_refused(portal: Portal) -> None:
    late = portal.visit()
    portal.take(end_all(portal.logged_in(), Reason.PASSWORD_CHANGE, keep_this=True))
    with pytest.raises(Refused) as caught:
        portal.take(late.login(ANA, role=None, method="password", epoch=0, keep=()))
    assert caught.value.refusal is Refusal.ENDED_MEANWHILE
    assert (late.subject, late.hand_out) == (None, None)


def test_handles_end_only_ones_own_sessions(portal: Portal) -> None:
    first, second, namesake = [portal.logged_in(subject) for subject in (ANA, ANA, NAMESAKE)]
    handles = [entry.record.handle for entry in (first, second, namesake) if entry.record is not None]
    assert {record.handle for record in portal.take(own_sessions(first))} == set(handles[:2])
    ended = [
        portal.take(end_own(first, handle, reason=Reason.REPORTED))
        for handle in (handles[1], handles[2], "x")
    ]
    assert ended == [True, False, False]
    assert (portal.visit(second.hand_out)).subject is None
    assert (portal.visit(namesake.hand_out)).subject == NAMESAKE


def test_a_changed_password_ends_the_others_and_renews_this_one(portal: Portal) -> None:
    here, there = portal.logged_in(), portal.logged_in()
    before = here.hand_out
    portal.take(password_changed(here))
    assert here.hand_out != before
    assert [portal.visit(entry.hand_out).subject for entry in (here, there)] == [ANA, None]


def test_whoever_ends_anothers_sessions_is_named_in_that_tenants_trail(portal: Portal) -> None:
    portal.take(end_subject(portal.logged_in(), NAMESAKE, Reason.ADMINISTRATOR))
    last = TrailEvent.decode(portal.store.audit_since("south", 0, limit=9)[-1].content)
    assert (last.what, last.subject, last.by) == (Happening.ALL_ENDED, NAMESAKE.id, ANA.id)


def test_nobody_ends_or_lists_anything_without_a_login(portal: Portal) -> None:
    visitor = portal.visit()
    for steps in (
        own_sessions(visitor),
        end_own(visitor, "h", reason=Reason.LOGOUT),
        password_changed(visitor),
    ):
        with pytest.raises(Refused):
            portal.take(steps)
