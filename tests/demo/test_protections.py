from sessionward.demo.home_made.login_sessions import Sessions, Timeouts
from sessionward.demo.people import People, Role
from sessionward.demo.protections import (
    has_role,
    only_the_owner,
    own_token,
    owner_or_doctor,
    refuse_unknown,
    resume_nothing,
)
from sessionward.demo.sample_people import PEOPLE
from sessionward.session.state import Reason
from tests.demo.trial import Clock


def make() -> Sessions:
    return Sessions(Timeouts(inactivity=None, absolute=None), Clock(), None)


def test_an_unknown_token_is_not_adopted() -> None:
    sessions = make()
    assert refuse_unknown(sessions, "made-up") is None
    assert not sessions.knows("made-up")


def test_a_login_resumes_no_session_that_ended() -> None:
    sessions = make()
    session = sessions.begin()
    token = sessions.issue(session)
    sessions.authenticate(session, "ana")
    sessions.end(session, Reason.LOGOUT)
    resume_nothing(sessions, "ana")
    assert sessions.present(token) is None


def test_a_document_is_for_its_owner_alone() -> None:
    people = People(PEOPLE, 2)
    ana, ben = people.get("ana"), people.get("ben")
    assert ana
    assert ben
    assert only_the_owner(ana, ana)
    assert not only_the_owner(ben, ana)
    assert not only_the_owner(None, ana)


def test_what_is_known_of_a_patient_is_for_the_patient_and_the_own_doctor() -> None:
    people = People(PEOPLE, 2)
    ana = people.get("ana")
    assert ana
    seeing = [person.id for person in PEOPLE if owner_or_doctor(people.get(person.id), ana)]
    assert seeing == ["ana", "ida"]
    assert not owner_or_doctor(None, ana)


def test_a_page_is_for_the_roles_that_it_names() -> None:
    people = People(PEOPLE, 2)
    nora = people.get("nora")
    assert nora
    assert has_role(nora, frozenset({Role.ADMINISTRATOR, Role.CLINICIAN}))
    assert not has_role(nora, frozenset({Role.CLINICIAN}))


def test_two_sessions_have_two_forgery_tokens() -> None:
    sessions = make()
    assert own_token(sessions.begin()) != own_token(sessions.begin())
