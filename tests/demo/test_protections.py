from sessionward.demo.login_sessions import Ending, Sessions, Timeouts
from sessionward.demo.people import People
from sessionward.demo.protections import only_the_owner, refuse_unknown, resume_nothing
from sessionward.demo.sample_people import PEOPLE
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
    sessions.end(session, Ending.LOGOUT)
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
