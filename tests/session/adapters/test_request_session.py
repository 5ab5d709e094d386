import pytest

from sessionward.session.adapters.request_session import MOST_BYTES, RequestSession
from sessionward.session.result import Change, StoreError
from sessionward.session.state import Value


@pytest.fixture
def session() -> RequestSession:
    made = RequestSession()
    made.load({"a": Value(version=3, content=b'{"n":1}'), "b": Value(version=5, content=b"[1]")})
    return made


def test_what_was_only_read_is_not_written(session: RequestSession) -> None:
    assert (session["a"], session.get("b")) == ({"n": 1}, [1])
    assert session.changes() == {}


def test_changes_in_the_depth_are_seen_and_told_with_the_version_that_was_read(
    session: RequestSession,
) -> None:
    session["a"]["n"] = 2
    session["c"] = "new"
    del session["b"]
    assert session.changes() == {
        "a": Change(expected=3, content=b'{"n":2}'),
        "b": Change(expected=5, content=None),
        "c": Change(expected=0, content=b'"new"'),
    }


def test_a_new_session_takes_over_only_what_is_named(session: RequestSession) -> None:
    session.begin_anew(keep=("b", "missing"))
    assert session.changes() == {"b": Change(expected=0, content=b"[1]")}


def test_what_is_no_json_or_too_much_is_refused(session: RequestSession) -> None:
    session["c"] = object()
    with pytest.raises(TypeError):
        session.changes()
    session["c"] = "x" * MOST_BYTES
    with pytest.raises(ValueError, match="at most 65536 bytes"):
        session.changes()
    del session["c"]
    session[3] = 1  # type: ignore[index]
    with pytest.raises(TypeError, match="keys are strings"):
        session.changes()


def test_stored_data_that_is_no_json_is_an_error() -> None:
    with pytest.raises(StoreError, match="cannot be read"):
        RequestSession().load({"a": Value(version=1, content=b"\x80\x04")})
