from datetime import date
from typing import Any

import pytest

from sessionward.session.adapters.request_session import MOST_BYTES, RequestSession, loaded, opened
from sessionward.session.result import Change, StoreError
from sessionward.session.state import Presented, Recalled, Record, State, TokenAge, Value


@pytest.fixture
def session() -> RequestSession:
    return RequestSession(
        loaded({"a": Value(version=3, content=b'{"n":1}'), "b": Value(version=5, content=b"[1]")})
    )


def recalled(data: dict[str, Value], state: State = State.ACTIVE) -> Recalled:
    record = Record(
        handle="h", digest=b"d", state=state, version=1, created=0.0, last_active=0.0, deadline=9e9
    )
    return Recalled(record=record, age=TokenAge.CURRENT, grace_until=0.0, data=data)


def test_what_was_only_read_is_not_written(session: RequestSession) -> None:
    assert (session["a"], session.get("b")) == ({"n": 1}, [1])
    assert session.changes() == {}


def test_what_cannot_have_changed_is_known_untouched_and_shared_by_its_readers() -> None:
    data = {"a": Value(version=3, content=b'"x"'), "b": Value(version=5, content=b"1")}
    found = recalled(data)
    assert opened(found) is opened(found)
    first, second = RequestSession(opened(found)), RequestSession(opened(found))
    first["a"] = "y"
    assert (dict(second), second.untouched, second.changes()) == ({"a": "x", "b": 1}, True, {})
    assert not first.untouched
    assert first.changes() == {"a": Change(expected=3, content=b'"y"')}


@pytest.mark.parametrize("after", [{"a": 1}, {"a": True, "b": 2}, {"b": True}, {"a": True, "c": 3}])
def test_a_value_that_was_added_removed_or_replaced_is_no_longer_untouched(after: dict[str, Any]) -> None:
    for before in (b"true", b'"text"'):
        session = RequestSession(loaded({"a": Value(version=1, content=before)}))
        assert session.untouched
        session.clear()
        session.update(after)
        assert not session.untouched


def test_what_may_have_changed_in_its_depth_is_not_shared() -> None:
    found = recalled({"a": Value(version=3, content=b"[1]")})
    first = RequestSession(opened(found))
    first["a"].append(2)
    second = RequestSession(opened(found))
    assert second["a"] == [1]
    assert not first.untouched


def test_of_a_locked_session_nothing_can_be_read() -> None:
    data = {"a": Value(version=3, content=b'"x"')}
    locked = recalled(data, State.LOCKED)
    asked = Presented(record=locked.record, age=locked.age, grace_until=0.0, data=data)
    for found in (locked, locked, asked):
        assert RequestSession(opened(found)) == {}
    assert RequestSession(opened(recalled(data))) == {"a": "x"}


def test_what_a_session_holds_is_not_shown_where_its_parts_are_printed() -> None:
    found = recalled({"a": Value(version=3, content=b'"secret"')})
    assert "secret" not in repr(opened(found))


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
    loop: list[object] = []
    loop.append(loop)
    for value in (object(), date(2026, 11, 21), {"a": {1}}, loop):
        session["c"] = value
        with pytest.raises(TypeError, match="keeps as 'c' cannot be told in JSON"):
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
        loaded({"a": Value(version=1, content=b"\x80\x04")})


@pytest.mark.parametrize(
    "before, after, written",
    [(b"true", 1, b"1"), (b"0", False, b"false"), (b'{"a":[1]}', {"a": [True]}, b'{"a":[true]}')],
)
def test_what_python_takes_for_equal_and_json_does_not_is_written(
    before: bytes, after: object, written: bytes
) -> None:
    session = RequestSession(loaded({"a": Value(version=1, content=before)}))
    session["a"] = after
    assert session.changes() == {"a": Change(expected=1, content=written)}
    again = RequestSession()
    again.load(loaded({"a": Value(version=1, content=b'{"x":1,"y":[{"b":1,"a":2}]}')}))
    again["a"] = {"y": [{"a": 2, "b": 1}], "x": 1}
    assert again.changes() == {}
