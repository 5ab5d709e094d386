from dataclasses import replace
from itertools import product

import pytest

from docs.transitions import ANA, BEN, EVENTS, NOW, POLICY, SESSIONS, SHOWN, having, session
from sessionward.session.command import (
    BrowserCommand,
    Create,
    Decision,
    Refusal,
    Renew,
    Replace,
    Terminate,
    Touch,
)
from sessionward.session.core import decide, lapse, proved_within
from sessionward.session.event import (
    End,
    FirstFactor,
    Hold,
    Lock,
    Login,
    Logout,
    Park,
    Reauthenticate,
    Remember,
    Request,
    Resume,
    Spend,
)
from sessionward.session.state import (
    Bearer,
    Client,
    Ended,
    Grant,
    Presented,
    Reason,
    Session,
    State,
    TokenAge,
)

LOGIN = EVENTS["login"]
REQUEST = Request(by_person=True)
PAIRS = list(product(SESSIONS, EVENTS))


def made(decision: Decision) -> Create:
    return next(command for command in decision.commands if isinstance(command, Create))


def reason(decision: Decision) -> Reason:
    return next(command.reason for command in decision.commands if isinstance(command, Terminate))


@pytest.mark.parametrize("found,event", PAIRS)
def test_every_pair_has_an_answer_that_agrees_with_itself(found: str, event: str) -> None:
    decision = decide(POLICY, SESSIONS[found], EVENTS[event], NOW)
    assert isinstance(decision.state, State)
    if decision.record is not None:
        assert decision.record.state is decision.state
    if decision.state in {State.PENDING, State.ACTIVE, State.LOCKED}:
        assert decision.record is not None
    if decision.state is State.TERMINATED:
        assert decision.record is None
        assert decision.browser in {None, BrowserCommand.FORGET}


@pytest.mark.parametrize("found,event", PAIRS)
def test_what_is_asked_of_the_store_is_what_was_decided(found: str, event: str) -> None:
    known = SESSIONS[found]
    decision = decide(POLICY, known, EVENTS[event], NOW)
    for command in decision.commands:
        match command:
            case Create():
                assert (command.record, command.record.version) == (decision.record, 1)
            case Replace() | Renew():
                assert isinstance(known, Presented)
                assert (command.record, command.record.version) == (decision.record, known.record.version + 1)
            case Touch():
                assert decision.record is not None
                assert command.last_active == decision.record.last_active == NOW
            case Terminate():
                assert (command.handle, command.at) == ("old", NOW)
                assert isinstance(command.reason, Reason)


@pytest.mark.parametrize("found,event", PAIRS)
def test_the_app_is_told_of_whatever_did_not_happen(found: str, event: str) -> None:
    decision = decide(POLICY, SESSIONS[found], EVENTS[event], NOW)
    happens_always = isinstance(EVENTS[event], Request | Remember | FirstFactor | Login | Logout | End)
    if decision.record is None and not happens_always:
        assert decision.refusal is not None


@pytest.mark.parametrize("found,event", PAIRS)
def test_what_has_ended_is_never_continued(found: str, event: str) -> None:
    known = SESSIONS[found]
    ended = not isinstance(known, Presented) or "idle beyond the timeout" in found or "long ago" in found
    decision = decide(POLICY, known, EVENTS[event], NOW)
    if ended and decision.record is not None:
        assert decision.record.handle == "new"
        assert decision.browser is BrowserCommand.HAND_OUT


@pytest.mark.parametrize("found", SESSIONS)
def test_a_login_always_makes_a_new_session_and_ends_the_one_before_first(found: str) -> None:
    decision = decide(POLICY, SESSIONS[found], LOGIN, NOW)
    assert made(decision) is decision.commands[-1]
    assert decision.record is not None
    assert (decision.record.handle, decision.record.digest) == ("new", b"new digest")
    if isinstance(SESSIONS[found], Presented):
        assert isinstance(decision.commands[0], Terminate)


def test_a_session_is_served_to_the_last_second_and_not_beyond() -> None:
    for idle, state in (
        (299, State.ACTIVE),
        (300, State.LOCKED),
        (899, State.LOCKED),
        (900, State.TERMINATED),
    ):
        made = decide(POLICY, session(State.ACTIVE, idle=idle), REQUEST, NOW)
        assert (made.state, made.record is not None and made.record.parked) == (state, False)


def test_the_absolute_lifetime_ends_also_a_busy_session() -> None:
    busy = session(State.ACTIVE, idle=1)
    last = replace(busy.record, deadline=NOW + 1, last_active=NOW)
    assert decide(POLICY, replace(busy, record=last), REQUEST, NOW).state is State.ACTIVE
    over = decide(POLICY, replace(busy, record=replace(last, deadline=NOW)), REQUEST, NOW)
    assert reason(over) is Reason.LIFETIME


def test_a_policy_made_stricter_also_holds_for_sessions_that_began_before() -> None:
    strict = POLICY.but(absolute_lifetime=600, inactivity_timeout=600, lock_after=None)
    assert reason(decide(strict, session(State.ACTIVE, idle=1), REQUEST, NOW)) is Reason.LIFETIME


@pytest.mark.parametrize("state,lifetime", [(State.PENDING, 600), (State.ANONYMOUS, 3600)])
def test_a_second_factor_must_come_in_its_time(state: State, lifetime: float) -> None:
    found = session(state, idle=1)
    old = replace(found, record=replace(found.record, created=NOW - lifetime))
    assert decide(POLICY, old, REQUEST, NOW).state is State.TERMINATED


def test_polling_keeps_nothing_alive() -> None:
    assert decide(POLICY, session(State.ACTIVE), Request(by_person=False), NOW).commands == ()


@pytest.mark.parametrize("idle,writes", [(14, False), (15, True)])
def test_activity_is_written_once_in_an_interval(idle: float, writes: bool) -> None:  # noqa: FBT001
    commands = decide(POLICY, session(State.ACTIVE, idle=idle), REQUEST, NOW).commands
    assert commands == ((Touch(handle="old", last_active=NOW),) if writes else ())


def test_requests_to_a_locked_session_do_not_put_its_end_off() -> None:
    assert decide(POLICY, session(State.LOCKED, idle=800), REQUEST, NOW).commands == ()


def test_a_renewed_token_after_its_grace_ends_the_family_as_theft() -> None:
    for age, event in product((TokenAge.PREVIOUS, TokenAge.RETIRED), (REQUEST, LOGIN, Logout())):
        assert reason(decide(POLICY, session(State.ACTIVE, age=age), event, NOW)) is Reason.THEFT


def test_a_request_that_raced_with_a_renewal_is_handed_the_same_successor() -> None:
    found = session(State.ACTIVE, age=TokenAge.PREVIOUS, grace=5)
    decision = decide(POLICY, found, EVENTS["re-authentication"], NOW)
    assert decision.browser is BrowserCommand.HAND_OVER
    assert decision.record is not None
    assert decision.record.digest == found.record.digest


def test_reauthentication_renews_unlocks_and_keeps_the_first_and_the_last_proof() -> None:
    event = Reauthenticate(method="password", digest=b"d", sealed=b"s")
    found: Session = session(State.LOCKED)
    for _ in range(3):
        decision = decide(POLICY, found, event, NOW)
        renewal = decision.commands[0]
        assert isinstance(renewal, Renew)
        assert (decision.state, renewal.grace_until) == (State.ACTIVE, NOW + 10)
        found = Presented(record=renewal.record, age=TokenAge.CURRENT, grace_until=0, data={})
    assert isinstance(found, Presented)
    assert len(found.record.authentications) <= 2


def test_a_change_of_role_does_not_unlock() -> None:
    decision = decide(POLICY, session(State.ACTIVE, idle=300), EVENTS["change of role"], NOW)
    assert decision.state is State.LOCKED


def test_the_second_factor_must_be_the_same_subjects() -> None:
    decision = decide(POLICY, session(State.PENDING), EVENTS["login of another"], NOW)
    assert decision.refusal is Refusal.OTHER_SUBJECT
    assert decision.record is None
    assert reason(decision) is Reason.REPLACED


@pytest.mark.parametrize(
    "name,lifetime", [("login", 43_200), ("first factor", 600), ("the app writes", 3600)]
)
def test_each_kind_of_session_is_given_its_lifetime(name: str, lifetime: float) -> None:
    assert made(decide(POLICY, None, EVENTS[name], NOW)).record.deadline == NOW + lifetime


def test_only_a_full_login_takes_over_from_other_sessions() -> None:
    limited = POLICY.but(concurrent_sessions=1)
    first = FirstFactor(subject=ANA, method="password", epoch=0, handle="new", digest=b"n")
    assert made(decide(limited, None, first, NOW)).limit is None
    login = Login(subject=BEN, role=None, method="totp", epoch=0, handle="new", digest=b"n")
    assert made(decide(limited, None, login, NOW)).limit == 1


def test_a_visitors_token_never_overwrites_the_one_that_a_login_is_just_handing_out() -> None:
    event = Remember(handle="new", digest=b"n")
    for seconds, browser in ((9, None), (10, BrowserCommand.HAND_OUT)):
        found = Ended(handle="old", reason=Reason.REPLACED, at=NOW - seconds)
        assert decide(POLICY, found, event, NOW).browser is browser
    for grace, browser in ((1, None), (0, BrowserCommand.HAND_OUT)):
        retired = session(State.ACTIVE, age=TokenAge.RETIRED, grace=grace)
        assert decide(POLICY, retired, event, NOW).browser is browser


def test_a_clock_that_went_back_ends_nothing_and_lowers_no_activity() -> None:
    found = session(State.ACTIVE, idle=-500)
    assert decide(POLICY, found, REQUEST, NOW).commands == ()
    renewed = decide(POLICY, found, EVENTS["re-authentication"], NOW).record
    assert renewed is not None
    assert renewed.last_active == NOW + 500


@pytest.mark.parametrize(
    "found", ["nothing", "anonymous", "pending", "terminated", "active, token renewed twice"]
)
def test_a_change_without_a_login_is_refused_and_a_request_is_not(found: str) -> None:
    for name in ("re-authentication", "change of role", "lock"):
        assert decide(POLICY, SESSIONS[found], EVENTS[name], NOW).refusal is Refusal.NOT_LOGGED_IN
    assert decide(POLICY, SESSIONS[found], REQUEST, NOW).refusal is None


def test_what_a_login_says_stands_in_the_record() -> None:
    event = Login(
        subject=ANA,
        role="nurse",
        method="totp",
        epoch=7,
        handle="new",
        digest=b"new digest",
        access=b"a",
        device_key="key",
        client=Client(device="d", network="n"),
    )
    record = made(decide(POLICY, None, event, NOW)).record
    assert (record.role, record.epoch, record.device_key, record.client) == ("nurse", 7, "key", event.client)
    assert record.bearer == Bearer(access=b"a", until=NOW + POLICY.access_lifetime)


def test_what_the_app_writes_goes_into_the_session_that_is_there_and_is_no_activity() -> None:
    found = session(State.ACTIVE)
    decision = decide(POLICY, found, EVENTS["the app writes"], NOW)
    assert (decision.record, decision.commands) == (found.record, ())


def test_a_role_that_changes_leaves_the_lock_as_it_is() -> None:
    for state in (State.ACTIVE, State.LOCKED):
        assert decide(POLICY, session(state), EVENTS["change of role"], NOW).state is state


def test_all_that_began_before_a_moment_may_be_ended_at_once() -> None:
    found = session(State.ACTIVE)
    strict = POLICY.but(not_before=found.record.created + 1)
    assert reason(decide(strict, found, REQUEST, NOW)) is Reason.ADMINISTRATOR
    assert decide(POLICY.but(not_before=found.record.created), found, REQUEST, NOW).state is State.ACTIVE


def test_an_administrators_end_has_their_reason() -> None:
    assert (
        reason(decide(POLICY, session(State.ACTIVE), EVENTS["ended by another"], NOW)) is Reason.ADMINISTRATOR
    )


def signing(*, until: float = NOW + 60, shown: bytes | None = SHOWN) -> Presented:
    return having(session(State.ACTIVE), grants=(Grant(scope="sign", until=until, shown=shown),))


def test_what_was_shown_is_permitted_once_and_nothing_else() -> None:
    first = decide(POLICY, signing(), Spend(scope="sign", shown=SHOWN), NOW)
    assert first.refusal is None
    assert first.record is not None
    assert first.commands == (Replace(record=first.record),)
    again = decide(POLICY, replace(signing(), record=first.record), Spend(scope="sign", shown=SHOWN), NOW)
    assert again.refusal is Refusal.NOT_PROVED
    for spend in (
        Spend(scope="sign", shown=b"another"),
        Spend(scope="export", shown=SHOWN),
        Spend(scope="sign"),
    ):
        refused = decide(POLICY, signing(), spend, NOW)
        assert (refused.refusal, refused.commands) == (Refusal.NOT_PROVED, ())


def test_a_permission_at_large_may_be_used_until_it_is_over() -> None:
    found = signing(shown=None)
    used = decide(POLICY, found, Spend(scope="sign"), NOW)
    assert (used.refusal, used.commands, used.state, used.record) == (None, (), State.ACTIVE, found.record)
    over = decide(POLICY, signing(shown=None, until=NOW), Spend(scope="sign"), NOW)
    assert over.refusal is Refusal.NOT_PROVED


def test_a_proof_permits_what_it_was_asked_for_and_replaces_what_it_permitted_before() -> None:
    found = having(
        session(State.ACTIVE), grants=(Grant(scope="old", until=NOW), Grant(scope="sign", until=NOW + 1))
    )
    event = Reauthenticate(method="totp", digest=b"n", sealed=b"", scope="sign")
    after = decide(POLICY, found, event, NOW).record
    assert after is not None
    assert after.grants == (Grant(scope="sign", until=NOW + POLICY.grant_lifetime),)
    assert [proof.method for proof in after.authentications] == ["password", "totp"]


@pytest.mark.parametrize("event", [Lock(), Park()])
def test_a_lock_takes_permissions_and_leases_along(event: Lock | Park) -> None:
    found = having(signing(), lease=NOW + 60)
    after = decide(POLICY, found, event, NOW).record
    assert after is not None
    assert (after.state, after.grants, after.lease) == (State.LOCKED, (), None)


def test_a_role_that_changes_takes_permissions_along() -> None:
    after = decide(POLICY, signing(), EVENTS["change of role"], NOW).record
    assert after is not None
    assert (after.role, after.grants) == ("nurse", ())


def test_signs_of_life_hold_the_lock_off_up_to_the_cap_and_are_written_now_and_then() -> None:
    held = decide(POLICY, session(State.ACTIVE, idle=60), Hold(), NOW)
    assert held.record is not None
    assert (held.record.lease, held.commands) == (NOW + 90, (Replace(record=held.record),))
    living = replace(session(State.ACTIVE), record=held.record)
    early = decide(POLICY, living, Hold(), NOW + 29)
    assert (early.record, early.commands) == (living.record, ())
    assert decide(POLICY, living, Hold(), NOW + 30).commands != ()
    quiet = having(session(State.ACTIVE, idle=POLICY.lease_cap - 10), lease=NOW + 10, created=NOW - 9000)
    last = decide(POLICY, quiet, Hold(), NOW)
    assert (last.state, last.commands) == (State.ACTIVE, ())


def test_after_the_last_sign_of_life_the_lock_and_the_end_take_their_time() -> None:
    held = having(session(State.ACTIVE, idle=2000), lease=NOW, created=NOW - 9000)
    for later, state in ((299, State.ACTIVE), (300, State.LOCKED), (900, State.TERMINATED)):
        assert decide(POLICY, held, REQUEST, NOW + later).state is state


def test_where_only_a_consultation_holds_the_lock_off_nothing_is_proved() -> None:
    held = having(signing(), lease=NOW + 60, last_active=NOW - 300)
    assert not proved_within(POLICY, held.record, 3600, NOW)
    assert decide(POLICY, held, Spend(scope="sign", shown=SHOWN), NOW).refusal is Refusal.NOT_PROVED
    assert proved_within(POLICY, signing().record, 121, NOW)
    assert not proved_within(POLICY, signing().record, 120, NOW)
    assert not proved_within(POLICY, session(State.LOCKED).record, 3600, NOW)


def test_no_lease_where_the_policy_has_none_or_the_session_is_locked() -> None:
    none = POLICY.but(lease_length=None)
    assert decide(none, session(State.ACTIVE), Hold(), NOW).refusal is Refusal.NO_LEASE
    assert decide(POLICY, session(State.LOCKED), Hold(), NOW).refusal is Refusal.NO_LEASE


def test_what_is_due_to_be_locked_is_locked_whatever_is_asked() -> None:
    for event in (Hold(), Spend(scope="sign", shown=SHOWN)):
        assert decide(POLICY, having(signing(), last_active=NOW - 300), event, NOW).state is State.LOCKED
    late = decide(POLICY, having(signing(), last_active=NOW - 300), Spend(scope="sign", shown=SHOWN), NOW)
    assert late.refusal is Refusal.NOT_PROVED


def test_a_parked_session_is_taken_up_under_a_new_token_and_the_old_one_has_no_grace() -> None:
    parked = decide(POLICY, session(State.ACTIVE), Park(), NOW)
    assert parked.record is not None
    assert (parked.state, parked.browser) == (State.LOCKED, BrowserCommand.FORGET)
    again = decide(POLICY, replace(session(State.ACTIVE), record=parked.record), Park(), NOW)
    assert (again.commands, again.browser) == ((), BrowserCommand.FORGET)
    client = Client(device="Firefox on Linux", network="192.0.2.0/24")
    resume = Resume(method="badge", digest=b"n", client=client)
    taken = decide(POLICY, replace(session(State.ACTIVE), record=parked.record), resume, NOW + 60)
    assert taken.record is not None
    assert (taken.state, taken.record.parked, taken.record.client) == (State.ACTIVE, False, client)
    assert taken.commands == (Renew(record=taken.record, retired=b"old digest", grace_until=NOW + 60),)
    assert taken.record.sealed is None


def test_only_what_was_parked_is_taken_up() -> None:
    for state in (State.ACTIVE, State.LOCKED):
        refused = decide(POLICY, session(state), Resume(method="x", digest=b"n", client=None), NOW)
        assert (refused.refusal, refused.commands) == (Refusal.NOTHING_PARKED, ())


def test_a_lease_cannot_outlive_the_absolute_lifetime() -> None:
    held = having(session(State.ACTIVE), lease=NOW + 90, deadline=NOW + 10)
    assert lapse(POLICY, held.record, NOW + 10) is Reason.LIFETIME
