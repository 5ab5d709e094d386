import re
from dataclasses import replace

import pytest

from sessionward.demo.home_made.login_sessions import (
    ANONYMOUS_LIFETIME,
    API_TOKENS,
    SWEEP_EVERY,
    Channel,
    Session,
    Sessions,
    Timeouts,
)
from sessionward.demo.random_tokens import digest_of, new_token
from sessionward.demo.remembered_logins import RememberedLogins
from sessionward.session.state import Reason
from tests.demo.trial import Clock

TIMEOUTS = Timeouts(inactivity=60, absolute=600)


def make(clock: Clock, limit: int | None = 2, timeouts: Timeouts = TIMEOUTS) -> Sessions:
    return Sessions(timeouts, clock, limit)


def log_in(sessions: Sessions, subject: str = "ana") -> tuple[Session, str]:
    session = sessions.begin()
    token = sessions.issue(session)
    sessions.authenticate(session, subject)
    return session, token


def test_a_token_is_256_random_bits() -> None:
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert all(re.fullmatch(r"[\w-]{43}", token) for token in tokens)


def test_only_the_digest_of_a_token_is_kept() -> None:
    sessions, remembered = make(Clock()), RememberedLogins(Clock())
    session, token = log_in(sessions)
    script_token = sessions.issue_api_token(session)
    remembered_token, _ = remembered.remember("ana")
    kept = repr([vars(sessions), vars(remembered), session.page_digest, session.api_digests])
    assert not any(secret in kept for secret in (token, script_token, remembered_token))
    assert repr(digest_of(token)) in kept


def test_a_session_shows_no_secret_of_its_own() -> None:
    session, token = log_in(make(Clock()))
    assert session.forgery_token not in repr(session)
    assert token not in repr(session)


def test_a_token_opens_its_channel_and_no_other() -> None:
    sessions = make(Clock())
    session, token = log_in(sessions)
    script_token = sessions.issue_api_token(session)
    assert sessions.present(token) is session
    assert sessions.present(script_token, Channel.API) is session
    assert sessions.present(token, Channel.API) is None
    assert sessions.present(script_token) is None


@pytest.mark.parametrize("token", ["", new_token(), "\ud800", "x" * 10_000])
def test_a_token_that_was_not_issued_opens_nothing(token: str) -> None:
    sessions = make(Clock())
    log_in(sessions)
    assert sessions.present(token) is None
    assert not sessions.knows(token)
    assert sessions.ending_of(token) is None


def test_nobody_is_logged_in_by_beginning_a_session() -> None:
    sessions = make(Clock())
    session = sessions.begin()
    token = sessions.issue(session)
    assert sessions.present(token) is session
    assert session.subject is None
    assert Channel.API not in session.channels


def test_a_login_form_stays_good_longer_than_an_idle_session() -> None:
    clock = Clock()
    sessions = make(clock)
    token = sessions.issue(sessions.begin())
    clock.now += ANONYMOUS_LIFETIME - 1
    assert sessions.present(token)
    clock.now += 1
    assert sessions.present(token) is None


def test_activity_is_prolonged_by_use_until_the_absolute_lifetime() -> None:
    clock = Clock()
    sessions = make(clock)
    session, token = log_in(sessions)
    for _ in range(9):
        clock.now += 59
        assert sessions.present(token) is session
    clock.now += 59
    assert sessions.present(token) is session
    clock.now += 10
    assert sessions.present(token) is None
    assert sessions.ending_of(token) is Reason.LIFETIME


def test_an_idle_session_ends_and_stays_ended_when_the_clock_is_set_back() -> None:
    clock = Clock()
    sessions = make(clock)
    session, token = log_in(sessions)
    script_token = sessions.issue_api_token(session)
    clock.now += 60
    assert sessions.present(script_token, Channel.API) is None
    assert sessions.ending_of(token) is Reason.INACTIVITY
    clock.now -= 60
    assert sessions.present(token) is None
    assert sessions.present(script_token, Channel.API) is None


def test_the_first_reason_of_an_ending_is_kept() -> None:
    sessions = make(Clock())
    session, token = log_in(sessions)
    sessions.end(session, Reason.LOGOUT)
    sessions.end(session, Reason.TAKEN_OVER)
    assert sessions.ending_of(token) is Reason.LOGOUT


def test_issuing_a_token_ends_the_one_before() -> None:
    sessions = make(Clock())
    session, token = log_in(sessions)
    fresh = sessions.issue(session)
    assert sessions.present(token) is None
    assert sessions.present(fresh) is session


def test_renewing_changes_every_secret_of_the_session() -> None:
    sessions = make(Clock())
    session, token = log_in(sessions)
    script_token, proof = sessions.issue_api_token(session), session.forgery_token
    fresh = sessions.renew(session)
    assert sessions.present(token) is None
    assert sessions.present(script_token, Channel.API) is None
    assert session.forgery_token != proof
    assert sessions.present(fresh) is session


def test_renewing_does_not_prolong_the_absolute_lifetime() -> None:
    clock = Clock()
    sessions = make(clock, timeouts=replace(TIMEOUTS, inactivity=None))
    session, _ = log_in(sessions)
    clock.now += 599
    fresh = sessions.renew(session)
    assert sessions.present(fresh)
    clock.now += 1
    assert sessions.present(fresh) is None


def test_the_oldest_session_makes_room_and_the_newest_says_so() -> None:
    clock = Clock()
    sessions = make(clock)
    logins = []
    for _ in range(3):
        session = sessions.begin()
        token = sessions.issue(session)
        logins.append((sessions.authenticate(session, "ana"), token))
        clock.now += 1
    assert [sessions.present(token) is not None for _, token in logins] == [False, True, True]
    assert sessions.ending_of(logins[0][1]) is Reason.TAKEN_OVER
    assert [made_room for made_room, _ in logins] == [False, False, True]


def test_the_limit_counts_neither_other_accounts_nor_sessions_that_are_over() -> None:
    clock = Clock()
    sessions = make(clock)
    first, _ = log_in(sessions)
    sessions.end(first, Reason.LOGOUT)
    log_in(sessions, "ben")
    idle = log_in(sessions)[1]
    clock.now += 60
    tokens = [log_in(sessions)[1] for _ in range(2)]
    assert all(sessions.present(token) for token in tokens)
    assert sessions.ending_of(idle) is Reason.INACTIVITY


def test_the_other_sessions_of_an_account_end_together() -> None:
    sessions = make(Clock(), limit=None)
    keep, token = log_in(sessions)
    others = [log_in(sessions)[1] for _ in range(3)]
    stranger = log_in(sessions, "ben")[1]
    sessions.end_others(keep, Reason.PASSWORD_CHANGE)
    assert [sessions.ending_of(other) for other in others] == [Reason.PASSWORD_CHANGE] * 3
    assert sessions.present(token)
    assert sessions.present(stranger)


def test_a_session_holds_no_more_api_tokens_than_it_may() -> None:
    sessions = make(Clock())
    session, _ = log_in(sessions)
    tokens = [sessions.issue_api_token(session) for _ in range(API_TOKENS + 1)]
    assert sessions.present(tokens[0], Channel.API) is None
    assert sessions.present(tokens[1], Channel.API) is session
    assert sessions.present(tokens[-1], Channel.API) is session


def test_abandoned_sessions_are_swept_and_live_ones_kept() -> None:
    clock = Clock()
    sessions = make(clock, limit=None)
    abandoned = [sessions.issue(sessions.begin()) for _ in range(SWEEP_EVERY // 2)]
    clock.now += 10 * ANONYMOUS_LIFETIME
    _, alive = log_in(sessions)
    for _ in range(SWEEP_EVERY // 2):
        sessions.begin()
    assert not any(sessions.knows(token) for token in abandoned)
    assert sessions.present(alive)


def test_a_session_that_is_asked_for_without_activity_ends_all_the_same() -> None:
    clock = Clock()
    sessions = make(clock)
    _, token = log_in(sessions)
    clock.now += 59
    assert sessions.present(token, activity=False)
    clock.now += 1
    assert sessions.present(token) is None
