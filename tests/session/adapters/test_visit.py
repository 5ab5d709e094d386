from typing import TypeVar

import pytest

from sessionward.session.adapters.authorization import Pair
from sessionward.session.adapters.ends import own_sessions
from sessionward.session.adapters.keeper import Keeper, Refused, Unsaved
from sessionward.session.adapters.visit import Visit
from sessionward.session.call import Steps
from sessionward.session.command import Refusal
from sessionward.session.digest import AccessToken, Token
from sessionward.session.policies import Policies
from sessionward.session.policy import Policy
from sessionward.session.state import Client, Kind, State, Subject
from sessionward.session.stores.cached import CachedStore
from sessionward.session.stores.drive import drive
from sessionward.session.stores.memory import MemoryStore

T = TypeVar("T")

NOW = 1_700_000_000.0
ANA = Subject(tenant="north", id="ana")
NAMESAKE = Subject(tenant="south", id="ana")


class Clock:
    now = NOW

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


class Portal:
    """A store, and visits whose steps are taken on it."""

    def __init__(self, clock: Clock) -> None:
        self.keeper = Keeper(policies=Policies(base=Policy.of("patient-portal")), clock=clock)
        self.store = MemoryStore()

    def take(self, steps: Steps[T]) -> T:
        return drive(self.store, steps)

    def visit(self, token: Token | None = None) -> Visit:
        made = Visit(self.keeper, token, "/")
        self.take(made.arrive(by_person=True))
        return made

    def logged_in(self, subject: Subject = ANA) -> Visit:
        made = self.visit()
        self.take(made.login(subject, role=None, method="password", epoch=None, keep=()))
        return made


@pytest.fixture
def portal(clock: Clock) -> Portal:
    return Portal(clock)


def test_the_token_handed_out_opens_the_session(portal: Portal) -> None:
    first = portal.logged_in()
    second = portal.visit(first.hand_out)
    assert (second.subject, second.state, second.hand_out) == (ANA, State.ACTIVE, None)


def test_what_a_visitor_is_to_remember_begins_a_session_and_nothing_else_does(portal: Portal) -> None:
    visitor = portal.visit()
    assert portal.take(visitor.save()) is None
    assert visitor.hand_out is None
    visitor.session["next"] = "/records"
    assert portal.take(visitor.save()) is None
    assert (portal.visit(visitor.hand_out)).session == {"next": "/records"}


def test_what_is_written_in_the_request_that_logs_out_is_dropped(portal: Portal) -> None:
    leaving = portal.logged_in()
    portal.take(leaving.logout())
    leaving.session["a"] = 1
    assert portal.take(leaving.save()) is None
    assert (leaving.hand_out, leaving.forget) == (None, True)


def test_a_session_that_locks_itself_takes_its_data_along(portal: Portal) -> None:
    first = portal.logged_in()
    first.session["a"] = 1
    portal.take(first.save())
    second = portal.visit(first.hand_out)
    portal.take(second.lock())
    assert (second.subject, second.session) == (None, {})
    second.session["b"] = 1
    assert portal.take(second.save()) is Unsaved.LOCKED
    portal.take(second.reauthenticated(method="password"))
    assert second.session == {"a": 1}


def test_roles_change_under_a_new_token(portal: Portal) -> None:
    first = portal.logged_in()
    before = first.hand_out
    portal.take(first.change_role("nurse"))
    assert first.hand_out != before
    found = (portal.visit(first.hand_out)).record
    assert found is not None
    assert found.role == "nurse"


def test_a_request_that_takes_long_is_no_thief_when_another_renewed_its_token(
    portal: Portal, clock: Clock
) -> None:
    first = portal.logged_in()
    slow, quick = [portal.visit(first.hand_out) for _ in range(2)]
    portal.take(quick.reauthenticated(method="password"))
    clock.now += 60
    portal.take(slow.reauthenticated(method="password"))
    assert slow.hand_out == quick.hand_out
    thief = portal.visit(first.hand_out)
    assert (thief.state, (portal.visit(quick.hand_out)).state) == (State.TERMINATED, State.TERMINATED)


def test_a_workstation_is_left_to_another_and_the_session_taken_up_again_with_its_data(
    portal: Portal,
) -> None:
    first = portal.logged_in()
    first.session["patient"] = "42"
    portal.take(first.save())
    portal.take(first.park())
    assert (first.state, first.forget, first.session) == (State.LOCKED, True, {})
    other = portal.logged_in(Subject(tenant="north", id="ben"))
    back = portal.visit(other.hand_out)
    portal.take(back.resume(ANA, method="badge"))
    assert (back.subject, back.session) == (ANA, {"patient": "42"})
    assert portal.visit(back.hand_out).subject == ANA
    assert portal.visit(other.hand_out).state is State.TERMINATED, "what the browser had before has ended"


def test_where_nothing_is_parked_nothing_is_taken_up_and_nothing_ends(portal: Portal) -> None:
    namesake = portal.logged_in(NAMESAKE)
    portal.take(namesake.park())
    token = portal.logged_in().hand_out
    with pytest.raises(Refused) as caught:
        portal.take(portal.visit(token).resume(ANA, method="badge"))
    assert caught.value.refusal is Refusal.NOTHING_PARKED
    assert portal.visit(token).subject == ANA


def test_of_several_parked_sessions_the_one_used_last_is_taken_up(portal: Portal, clock: Clock) -> None:
    for name in ("early", "late"):
        clock.now += 60
        made = portal.logged_in()
        made.session["name"] = name
        portal.take(made.save())
        portal.take(made.park())
    back = portal.visit()
    portal.take(back.resume(ANA, method="badge"))
    assert back.session == {"name": "late"}


def phone(portal: Portal) -> Visit:
    made = portal.visit()
    portal.take(made.login(ANA, role=None, method="password", epoch=None, bearer=True))
    return made


def by_access(portal: Portal, pair: Pair) -> Visit:
    made = Visit(portal.keeper, AccessToken.parse(pair.access_token), "/")
    portal.take(made.arrive(by_person=True))
    return made


def refreshed(portal: Portal, pair: Pair) -> Pair:
    made = Visit(portal.keeper, Token.parse(pair.refresh_token), "/", kind=Kind.REFRESH)
    return portal.take(made.refresh())


def test_a_pair_opens_by_its_access_token_and_is_renewed_by_its_refresh_token(
    portal: Portal, clock: Clock
) -> None:
    first = phone(portal).pair()
    assert by_access(portal, first).subject == ANA
    second = refreshed(portal, first)
    assert by_access(portal, second).subject == ANA
    assert by_access(portal, first).subject == ANA, "requests under way are excused"
    clock.now += 10
    assert by_access(portal, first).subject is None
    assert by_access(portal, second).subject == ANA
    clock.now += 290
    assert by_access(portal, second).subject is None, "an access token is short-lived"
    assert by_access(portal, refreshed(portal, second)).subject == ANA


def test_two_who_refresh_at_once_get_the_same_pair(portal: Portal) -> None:
    first = phone(portal).pair()
    assert refreshed(portal, first) == refreshed(portal, first)


def test_a_refresh_token_used_again_ends_the_whole_family(portal: Portal, clock: Clock) -> None:
    first = phone(portal).pair()
    second = refreshed(portal, first)
    clock.now += 10
    with pytest.raises(Refused):
        refreshed(portal, first)
    assert by_access(portal, second).state is State.TERMINATED
    with pytest.raises(Refused):
        refreshed(portal, second)


def test_a_token_of_one_kind_opens_nothing_as_another(portal: Portal) -> None:
    pair = phone(portal).pair()
    as_cookie = portal.visit(Token.parse(pair.refresh_token))
    assert (as_cookie.subject, as_cookie.state) == (None, State.ANONYMOUS)
    cookie = portal.logged_in().hand_out
    assert cookie is not None
    with pytest.raises(Refused):
        portal.take(Visit(portal.keeper, cookie, "/", kind=Kind.REFRESH).refresh())
    made = Visit(portal.keeper, cookie.access(), "/")
    portal.take(made.arrive(by_person=True))
    assert made.subject is None
    assert portal.visit(cookie).subject == ANA


def test_a_proof_on_the_phone_renews_both_tokens_and_a_logout_ends_both(portal: Portal, clock: Clock) -> None:
    first = phone(portal).pair()
    proving = by_access(portal, first)
    portal.take(proving.reauthenticated(method="totp", scope="export"))
    second = proving.pair()
    assert second.refresh_token != first.refresh_token
    with pytest.raises(Refused):
        refreshed(portal, first)
    acting = by_access(portal, second)
    portal.take(acting.spend("export"))
    portal.take(acting.logout())
    assert by_access(portal, second).state is State.TERMINATED
    with pytest.raises(Refused):
        refreshed(portal, second)


def test_a_stale_access_token_makes_no_visitors_session(portal: Portal, clock: Clock) -> None:
    pair = phone(portal).pair()
    clock.now += 300
    stale = by_access(portal, pair)
    stale.session["a"] = 1
    assert portal.take(stale.save()) is None
    assert (stale.hand_out, stale.record) == (None, None)


def test_a_permission_is_bound_to_what_was_shown_and_used_up(portal: Portal) -> None:
    doctor = portal.logged_in()
    portal.take(doctor.reauthenticated(method="totp", scope="sign", shown=b"one"))
    parallel = portal.visit(doctor.hand_out)
    portal.take(doctor.spend("sign", shown=b"one"))
    for visit, shown in ((doctor, b"one"), (parallel, b"one"), (doctor, b"two")):
        with pytest.raises(Refused) as caught:
            portal.take(visit.spend("sign", shown=shown))
        assert caught.value.refusal is Refusal.NOT_PROVED


def test_a_proof_is_recent_for_a_while(portal: Portal, clock: Clock) -> None:
    found = portal.logged_in()
    assert found.proved_within(300)
    clock.now += 300
    assert not portal.visit(found.hand_out).proved_within(300)
    assert not portal.visit().proved_within(300)


def test_a_lease_is_refused_where_the_policy_has_none(portal: Portal) -> None:
    with pytest.raises(Refused) as caught:
        portal.take(portal.logged_in().hold())
    assert caught.value.refusal is Refusal.NO_LEASE


def test_a_session_tells_where_it_was_begun(portal: Portal) -> None:
    made = Visit(portal.keeper, None, "/", client=lambda: Client(device="Firefox", network="192.0.2.0/24"))
    portal.take(made.login(ANA, role=None, method="password", epoch=None))
    assert [record.client for record in portal.take(own_sessions(made))] == [
        Client(device="Firefox", network="192.0.2.0/24")
    ]


class Remembering(Portal):
    """As `Portal`, on a store that remembers, whose feed was just read."""

    def __init__(self, clock: Clock, policies: Policies) -> None:
        super().__init__(clock)
        self.keeper = Keeper(policies=policies, clock=clock)
        self.cached = CachedStore(self.store, bound=60.0)
        self.cached.read_feed()

    def known(self, token: Token | None, path: str = "/") -> Visit:
        self.take(Visit(self.keeper, token, path).arrive(by_person=False))
        assert token is not None
        self.cached.get(token.digest)
        return Visit(self.keeper, token, path)


POLICIES = Policies(base=Policy.of("patient-portal"), routes={"/sign": {"staleness": 0.0}})


def test_a_remembered_session_is_found_as_arriving_finds_it(clock: Clock) -> None:
    portal = Remembering(clock, POLICIES)
    made = portal.logged_in()
    made.session["name"] = "x"
    portal.take(made.save())
    recalled = portal.known(made.hand_out)
    assert recalled.recall(portal.cached.recall)
    arrived = portal.visit(made.hand_out)
    assert (recalled.state, recalled.record, dict(recalled.session)) == (
        arrived.state,
        arrived.record,
        dict(arrived.session),
    )
    portal.cached.close()


def test_the_data_of_a_locked_session_is_out_of_reach_also_from_memory(clock: Clock) -> None:
    portal = Remembering(clock, POLICIES)
    made = portal.logged_in()
    made.session["name"] = "x"
    portal.take(made.save())
    portal.take(made.lock())
    recalled = portal.known(made.hand_out)
    assert recalled.recall(portal.cached.recall)
    assert (recalled.state, recalled.subject, dict(recalled.session)) == (State.LOCKED, None, {})
    portal.cached.close()


@pytest.mark.parametrize("path,later,found", [("/", 0.0, True), ("/", 30.0, False), ("/sign", 0.0, False)])
def test_where_a_request_may_change_something_or_the_route_is_strict_the_store_is_asked(
    clock: Clock, path: str, later: float, *, found: bool
) -> None:
    portal = Remembering(clock, POLICIES)
    token = portal.logged_in().hand_out
    portal.known(token)
    clock.now += later
    assert Visit(portal.keeper, token, path).recall(portal.cached.recall) is found
    assert not Visit(portal.keeper, None, path).recall(portal.cached.recall)
    portal.cached.close()
