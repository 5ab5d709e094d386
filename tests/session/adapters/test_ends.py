import pytest

from sessionward.session.adapters.ends import (
    end_all,
    end_own,
    end_subject,
    end_tenant,
    own_sessions,
    password_changed,
)
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


def test_the_end_of_a_tenant_ends_whoever_asks_too_and_is_told_to_its_trail(portal: Portal) -> None:
    here, there, namesake = [portal.logged_in(subject) for subject in (ANA, ANA, NAMESAKE)]
    tokens = [entry.hand_out for entry in (here, there, namesake)]
    assert portal.take(end_tenant(here, ANA.tenant, Reason.ADMINISTRATOR)) == {ANA.tenant: 2}
    assert here.subject is None
    assert [portal.visit(token).subject for token in tokens] == [None, None, NAMESAKE]
    entries = [
        TrailEvent.decode(entry.content) for entry in portal.store.audit_since(ANA.tenant, 0, limit=99)
    ]
    (told,) = [entry for entry in entries if entry.what is Happening.TENANT_ENDED]
    assert (told.subject, told.by, told.reason) == ("", ANA.id, Reason.ADMINISTRATOR)
    assert len(portal.store.audit_since(NAMESAKE.tenant, 0, limit=99)) == 1


def test_the_end_of_everybody_is_told_to_each_tenant_that_had_sessions(portal: Portal) -> None:
    tokens = [portal.logged_in(subject).hand_out for subject in (ANA, NAMESAKE)]
    assert portal.take(end_tenant(portal.visit(), None, Reason.ADMINISTRATOR)) == {"north": 1, "south": 1}
    assert [portal.visit(token).subject for token in tokens] == [None, None]
    for tenant in ("north", "south"):
        last = TrailEvent.decode(portal.store.audit_since(tenant, 0, limit=99)[-1].content)
        assert last.what is Happening.TENANT_ENDED


def test_a_tenant_without_a_name_is_not_taken_for_everybody(portal: Portal) -> None:
    token = portal.logged_in().hand_out
    with pytest.raises(ValueError, match="needs a name"):
        portal.take(end_tenant(portal.visit(), "", Reason.ADMINISTRATOR))
    assert portal.visit(token).subject == ANA


def test_a_login_under_way_when_its_tenant_is_ended_is_refused(portal: Portal) -> None:
    late = portal.visit()
    portal.take(end_tenant(portal.visit(), ANA.tenant, Reason.ADMINISTRATOR))
    with pytest.raises(Refused):
        portal.take(late.login(ANA, role=None, method="password", epoch=0, keep=()))
