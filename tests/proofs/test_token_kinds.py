"""Cookies, refresh tokens and access tokens: each opens only as what it is."""

from dataclasses import replace

import pytest

from docs.transitions import NOW, POLICY, SESSIONS, having, session
from sessionward.session.command import BrowserCommand, Decision, Refusal, Terminate
from sessionward.session.core import admit, decide
from sessionward.session.event import Reauthenticate, Refresh
from sessionward.session.state import Bearer, Kind, Presented, Reason, State, TokenAge


def reason(decision: Decision) -> Reason:
    return next(command.reason for command in decision.commands if isinstance(command, Terminate))


def phone(*, age: TokenAge = TokenAge.CURRENT, grace: float = 0, **changes: object) -> Presented:
    bearer = Bearer(access=b"access", until=NOW + 60, previous=b"before", previous_until=NOW + 5)
    return having(session(State.ACTIVE, age=age, grace=grace), **{"bearer": bearer, **changes})


REFRESH = Refresh(digest=b"n", sealed=b"s", access=b"new")


def test_a_refresh_hands_out_a_pair_and_excuses_the_one_before_for_the_grace() -> None:
    after = decide(POLICY, phone(), REFRESH, NOW)
    assert after.record is not None
    assert after.record.bearer == Bearer(
        access=b"new", until=NOW + 300, previous=b"access", previous_until=NOW + POLICY.renewal_grace
    )
    assert (after.browser, after.record.last_active) == (BrowserCommand.HAND_OUT, NOW - 60)


def test_a_refresh_that_races_with_another_is_handed_its_successor_and_writes_nothing() -> None:
    after = decide(POLICY, phone(age=TokenAge.PREVIOUS, grace=5), REFRESH, NOW)
    assert (after.browser, after.commands) == (BrowserCommand.HAND_OVER, ())
    assert after.record == phone().record


def test_a_refresh_token_used_after_its_grace_ends_the_session_as_stolen() -> None:
    assert reason(decide(POLICY, phone(age=TokenAge.PREVIOUS), REFRESH, NOW)) is Reason.THEFT


def test_a_refresh_neither_unlocks_nor_counts_as_activity() -> None:
    assert decide(POLICY, phone(last_active=NOW - 300), REFRESH, NOW).state is State.LOCKED


@pytest.mark.parametrize(
    "kind,access,later,opens",
    [
        (Kind.ACCESS, b"access", 59, True),
        (Kind.ACCESS, b"access", 60, False),
        (Kind.ACCESS, b"before", 4, True),
        (Kind.ACCESS, b"before", 5, False),
        (Kind.ACCESS, b"other", 0, False),
        (Kind.ACCESS, None, 0, False),
        (Kind.COOKIE, None, 0, False),
        (Kind.REFRESH, None, 0, True),
    ],
)
def test_a_token_opens_only_as_what_it_is(
    kind: Kind,
    access: bytes | None,
    later: float,
    opens: bool,  # noqa: FBT001
) -> None:
    assert (admit(phone(), kind, access, NOW + later) is not None) is opens


def test_a_cookie_is_no_refresh_token_and_no_access_token() -> None:
    found = session(State.ACTIVE)
    assert admit(found, Kind.COOKIE, None, NOW) == found
    assert admit(found, Kind.REFRESH, None, NOW) is None
    assert admit(found, Kind.ACCESS, b"access", NOW) is None


def test_an_access_token_of_an_old_pair_is_stale_and_no_sign_of_theft() -> None:
    found = phone(age=TokenAge.RETIRED)
    assert admit(found, Kind.ACCESS, b"old", NOW) is None
    assert admit(found, Kind.ACCESS, b"access", NOW) == replace(found, age=TokenAge.CURRENT)


def test_what_has_ended_stays_so_for_every_kind_of_token() -> None:
    for kind in Kind:
        assert admit(SESSIONS["terminated"], kind, b"access", NOW) == SESSIONS["terminated"]
        assert admit(None, kind, b"access", NOW) is None


def test_a_cookies_renewal_never_makes_a_bearer_of_it() -> None:
    refused = decide(POLICY, session(State.ACTIVE), REFRESH, NOW)
    assert (refused.refusal, refused.commands) == (Refusal.NOT_LOGGED_IN, ())
    plain = Reauthenticate(method="x", digest=b"n", sealed=b"s")
    assert decide(POLICY, phone(), plain, NOW).refusal is Refusal.NOT_LOGGED_IN
