from dataclasses import replace

import pytest

from sessionward.session.result import Creation, Feed, NotCreated, StoreError, Written
from sessionward.session.state import Ended, Presented, Reason, State, TokenAge, Value
from sessionward.session.stores import postgres_calls as calls
from sessionward.session.stores.encoding import encode
from tests.session.stores.conformance import ANA, NOW, digest, record

LIVING = ("h1", encode(record()), 0, 1, NOW, digest("h1"))
NO_DATA = (None, None, None)


def every_question() -> list[calls.Question[object]]:
    return [
        calls.get(digest("h1")),
        calls.create(record(), None, NOW),
        calls.cas(record()),
        calls.renew(record(), digest("h0"), NOW),
        calls.touch("h1", NOW),
        calls.terminate("h1", ANA, Reason.LOGOUT, NOW),
        calls.write("h1", {}),
        calls.epoch(ANA),
        calls.advance_epoch(ANA, Reason.LOGOUT, NOW, None),
        calls.sessions(ANA, NOW),
        calls.consume_once("code", b"1", None, NOW, NOW),
        calls.terminations_since(0, 1),
        calls.audit_append("north", b"1"),
        calls.audit_since("north", 0, 1),
        calls.purge(NOW),
    ]


def test_the_functions_that_are_granted_are_those_that_are_called() -> None:
    called = [question.function for question in every_question()]
    assert sorted([*called, "schema_version"]) == sorted(calls.FUNCTIONS)


def test_nothing_found_is_nothing() -> None:
    assert calls.get(b"").read((None,) * 13) is None
    assert calls.sessions(ANA, NOW).read((None,) * 4) == ()
    assert calls.audit_since("north", 0, 1).read(NO_DATA) == ()
    nothing = calls.terminations_since(4, 1).read((True, 7, *(None,) * 7))
    assert nothing == Feed(terminations=(), cursor=7, complete=True)


@pytest.mark.parametrize(
    "successor,age",
    [(None, TokenAge.CURRENT), (digest("h1"), TokenAge.PREVIOUS), (digest("d9"), TokenAge.RETIRED)],
)
def test_the_age_of_a_token_is_told_by_its_successor(successor: bytes | None, age: TokenAge) -> None:
    found = calls.get(b"").read((*LIVING, successor, NOW, None, None, ["a"], [3], [b"1"]))
    data = {"a": Value(version=3, content=b"1")}
    assert found == Presented(record=record(), age=age, grace_until=NOW, data=data)


def test_what_the_database_changes_by_itself_wins_over_what_was_encoded() -> None:
    found = calls.sessions(ANA, NOW).read(([encode(record())], [5], [9], [NOW + 1]))
    assert found == (replace(record(), epoch=5, version=9, last_active=NOW + 1),)


def test_a_tombstone_is_told_without_reading_the_record() -> None:
    row = ("h1", "{}", 0, 1, NOW, digest("h1"), None, 0.0, "theft", NOW + 1, *NO_DATA)
    assert calls.get(b"").read(row) == Ended(handle="h1", reason=Reason.THEFT, at=NOW + 1)


def test_an_answer_that_nobody_knows_is_an_error() -> None:
    with pytest.raises(ValueError, match="perhaps"):
        calls.cas(record(state=State.ACTIVE)).read(("perhaps",))
    with pytest.raises(StoreError, match="cannot be read"):
        calls.get(b"").read(("h1", "{}", 0, 1, NOW, digest("h1"), None, 0.0, None, None, *NO_DATA))


def test_refusals_of_a_creation_are_read() -> None:
    read = calls.create(record(), 2, NOW).read
    assert read((None, ["h0"])) == Creation(taken_over=("h0",))
    assert read(("exists", [])) == Creation(refused=NotCreated.EXISTS)
    assert calls.cas(record()).read(("gone",)) is Written.GONE
