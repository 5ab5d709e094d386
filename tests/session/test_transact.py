from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest

from sessionward.session.call import AuditAppend, Look
from sessionward.session.command import Refusal, Renew, Touch
from sessionward.session.digest import Token
from sessionward.session.event import Event, Login, Logout, Reauthenticate, Remember, Request
from sessionward.session.policy import Policy
from sessionward.session.result import Creation, NotCreated, StoreError, Written
from sessionward.session.state import (
    Ended,
    Presented,
    Reason,
    Recalled,
    Record,
    Session,
    State,
    Subject,
    TokenAge,
    Value,
)
from sessionward.session.trail import Happening, TrailEvent
from sessionward.session.transact import ATTEMPTS, Contended, Fresh, Outcome, transact

NOW = 1_700_000_000.0
ANA = Subject(tenant="north", id="ana")
TOKEN = Token(bytes(32))
POLICY = Policy.of("patient-portal")


def session(age: TokenAge = TokenAge.CURRENT, sealed: bytes | None = None) -> Presented:
    record = Record(
        handle="h1",
        digest=TOKEN.digest,
        state=State.ACTIVE,
        version=1,
        created=NOW - 100,
        last_active=NOW - 60,
        deadline=NOW + 1000,
        subject=ANA,
        role="nurse",
        sealed=sealed,
    )
    data = {"a": Value(version=1, content=b"1")}
    return Presented(record=record, age=age, grace_until=NOW + 5, data=data)


def login(fresh: Fresh) -> Event:
    return Login(
        subject=ANA, role="nurse", method="x", epoch=0, handle=fresh.handle, digest=fresh.token.digest
    )


def reauthenticate(fresh: Fresh) -> Event:
    return Reauthenticate(method="x", digest=fresh.token.digest, sealed=TOKEN.seal(fresh.token))


def request(fresh: Fresh) -> Event:
    return Request(by_person=True)


def play(
    make: Any, *answers: object, token: Token | None = TOKEN, trail: list[TrailEvent] | None = None
) -> tuple[list[object], Outcome]:
    """The calls that were made, and the outcome, where a store gives `answers`; entries go to `trail`."""
    transaction = transact(lambda tenant, role: POLICY, token, make, NOW)
    calls: list[object] = [next(transaction)]
    given: Iterator[object] = iter(answers)
    while True:
        try:
            call = transaction.send(next(given))
            while isinstance(call, AuditAppend):
                if trail is not None:
                    trail.append(TrailEvent.decode(call.content))
                call = transaction.send(None)
            calls.append(call)
        except StopIteration as end:
            outcome: Outcome = end.value
            assert next(given, None) is None
            return calls, outcome


def test_the_store_sees_the_digest_and_never_the_token() -> None:
    calls, outcome = play(request, session(), True)  # noqa: FBT003
    assert calls == [Look(digest=TOKEN.digest), Touch(handle="h1", last_active=NOW)]
    assert (outcome.state, outcome.data["a"].content, outcome.token) == (State.ACTIVE, b"1", None)


def remembered(known: Presented) -> Recalled:
    return Recalled(record=known.record, age=known.age, grace_until=known.grace_until, data=known.data)


def recalled(make: Any, policy: Policy, staleness: float) -> tuple[list[object], Outcome]:
    """The calls that were made, and the outcome, where the store remembers the session as it was read before."""
    transaction = transact(lambda tenant, role: policy, TOKEN, make, NOW, staleness=staleness)
    calls: list[object] = [next(transaction)]
    try:
        calls.append(transaction.send(remembered(session())))
        calls.append(transaction.send(session()))
        transaction.send(True)  # noqa: FBT003
    except StopIteration as end:
        outcome: Outcome = end.value
        return calls, outcome
    raise AssertionError("there was no end")


def test_what_was_recalled_is_served_without_another_look() -> None:
    calls, outcome = recalled(lambda fresh: Request(by_person=False), POLICY, 9.0)
    assert calls == [Look(digest=TOKEN.digest, staleness=9.0)]
    assert (outcome.state, outcome.record) == (State.ACTIVE, session().record)


def test_nothing_is_written_on_the_strength_of_what_was_recalled() -> None:
    calls, outcome = recalled(request, POLICY, 9.0)
    looks = [Look(digest=TOKEN.digest, staleness=9.0), Look(digest=TOKEN.digest)]
    assert calls == [*looks, Touch(handle="h1", last_active=NOW)]
    assert outcome.state is State.ACTIVE


@pytest.mark.parametrize("staleness,looks", [(None, 1), (9.0, 1), (8.0, 2), (0.0, 2)])
def test_a_policy_of_the_subject_that_is_stricter_than_the_routes_is_kept(
    staleness: float | None, looks: int
) -> None:
    policy = replace(POLICY, staleness=staleness)
    calls, _ = recalled(lambda fresh: Request(by_person=False), policy, 9.0)
    assert len(calls) == looks


def test_a_session_that_ended_between_reading_and_writing_is_not_served() -> None:
    ended = Ended(handle="h1", reason=Reason.LOGOUT, at=NOW)
    calls, outcome = play(request, session(), False, ended)  # noqa: FBT003
    assert [type(call) for call in calls] == [Look, Touch, Look]
    assert (outcome.state, outcome.record, dict(outcome.data)) == (State.TERMINATED, None, {})


def test_a_login_hands_out_what_its_event_brought_and_no_data_of_before() -> None:
    calls, outcome = play(login, session(), True, Creation(taken_over=("h7",)))  # noqa: FBT003
    assert outcome.token is not None
    assert outcome.record is not None
    assert outcome.token.digest == outcome.record.digest
    assert (dict(outcome.data), outcome.taken_over) == ({}, ("h7",))
    assert len(calls) == 3


def test_a_login_leaves_in_the_trail_whose_it_is_and_what_it_ended() -> None:
    trail: list[TrailEvent] = []
    play(login, session(), True, Creation(taken_over=("h7",)), trail=trail)  # noqa: FBT003
    assert [(entry.what, entry.handle, entry.reason) for entry in trail[:2]] == [
        (Happening.ENDED, "h1", Reason.REPLACED),
        (Happening.ENDED, "h7", Reason.TAKEN_OVER),
    ]
    assert (trail[2].what, trail[2].method, trail[2].subject) == (Happening.CREATED, "x", "ana")


def test_what_was_decided_anew_is_told_once_and_activity_not_at_all() -> None:
    trail: list[TrailEvent] = []
    play(reauthenticate, session(), Written.CONFLICT, session(), Written.STORED, trail=trail)
    play(request, session(), True, trail=trail)  # noqa: FBT003
    assert [entry.what for entry in trail] == [Happening.PROVED]


def test_where_the_trail_cannot_be_written_nothing_is_handed_out() -> None:
    transaction = transact(lambda tenant, role: POLICY, TOKEN, login, NOW)
    next(transaction)
    transaction.send(None)
    assert isinstance(transaction.send(Creation()), AuditAppend)
    with pytest.raises(StoreError):
        transaction.throw(StoreError("The store is full."))


def test_a_login_over_which_all_sessions_were_ended_is_refused() -> None:
    transaction = transact(lambda tenant, role: POLICY, None, login, NOW)
    next(transaction)
    refused = transaction.send(Creation(refused=NotCreated.EPOCH_PASSED))
    assert isinstance(refused, AuditAppend)
    assert TrailEvent.decode(refused.content).what is Happening.REFUSED
    with pytest.raises(StopIteration) as end:
        transaction.send(None)
    outcome: Outcome = end.value.value
    assert (outcome.refusal, outcome.token, outcome.record) == (Refusal.ENDED_MEANWHILE, None, None)


def test_a_handle_that_exists_is_minted_anew() -> None:
    calls, outcome = play(login, Creation(refused=NotCreated.EXISTS), Creation(), token=None)
    handles = {call.record.handle for call in calls}  # type: ignore[attr-defined]
    assert len(handles) == 2
    assert outcome.record is not None


def test_who_loses_the_race_of_renewals_is_handed_the_winners_token() -> None:
    winner = Token.mint()
    raced = session(TokenAge.PREVIOUS, sealed=TOKEN.seal(winner))
    calls, outcome = play(reauthenticate, session(), Written.CONFLICT, raced, Written.STORED)
    assert isinstance(calls[1], Renew)
    assert outcome.token == winner


def test_a_logout_takes_the_token_away_whatever_the_store_knew() -> None:
    found: tuple[Session, ...] = (None, Ended(handle="h1", reason=Reason.THEFT, at=NOW))
    for known in found:
        _, outcome = play(lambda fresh: Logout(), known)
        assert outcome.forget


def test_a_visitors_first_value_begins_a_session() -> None:
    _, outcome = play(
        lambda fresh: Remember(handle=fresh.handle, digest=fresh.token.digest), Creation(), token=None
    )
    assert (outcome.state, outcome.token is None) == (State.ANONYMOUS, False)


def test_a_session_that_others_keep_changing_is_refused() -> None:
    with pytest.raises(Contended, match="at each attempt"):
        play(reauthenticate, *[session(), Written.CONFLICT] * ATTEMPTS)


def test_the_policy_is_asked_for_the_tenant_and_role_of_whoever_logs_in_or_is_logged_in() -> None:
    asked: list[tuple[str | None, str | None]] = []

    def policy_for(tenant: str | None, role: str | None) -> Policy:
        asked.append((tenant, role))
        return POLICY

    cases = ((login, None, Creation()), (request, session(), True), (request, None, None))
    for make, found, answer in cases:
        transaction = transact(policy_for, TOKEN, make, NOW)
        next(transaction)
        with suppress(StopIteration):
            transaction.send(found)
            transaction.send(answer)
    assert asked == [("north", "nurse"), ("north", "nurse"), (None, None)]
