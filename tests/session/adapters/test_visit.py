import pytest

from sessionward.session.adapters.visit import Keeper, Refused, Unsaved, Visit
from sessionward.session.command import Refusal
from sessionward.session.digest import Token
from sessionward.session.policies import Policies
from sessionward.session.policy import Policy
from sessionward.session.state import Reason, State, Subject
from sessionward.session.stores.direct import Direct
from sessionward.session.stores.memory import MemoryStore

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


@pytest.fixture
def keeper(clock: Clock) -> Keeper:
    policies = Policies(base=Policy.of("patient-portal"))
    return Keeper(store=Direct(MemoryStore()), policies=policies, clock=clock)


async def visit(keeper: Keeper, token: Token | None = None) -> Visit:
    made = Visit(keeper, token, "/")
    await made.arrive(by_person=True)
    return made


async def logged_in(keeper: Keeper, subject: Subject = ANA) -> Visit:
    made = await visit(keeper)
    await made.login(subject, role=None, method="password", epoch=None, keep=())
    return made


async def test_the_token_handed_out_opens_the_session(keeper: Keeper) -> None:
    first = await logged_in(keeper)
    second = await visit(keeper, first.hand_out)
    assert (second.subject, second.state, second.hand_out) == (ANA, State.ACTIVE, None)


async def test_a_login_whose_password_was_checked_before_all_was_ended_is_refused(keeper: Keeper) -> None:
    late = await visit(keeper)
    await (await logged_in(keeper)).end_all(Reason.PASSWORD_CHANGE, keep_this=True)
    with pytest.raises(Refused) as caught:
        await late.login(ANA, role=None, method="password", epoch=0, keep=())
    assert caught.value.refusal is Refusal.ENDED_MEANWHILE
    assert (late.subject, late.hand_out) == (None, None)


async def test_handles_end_only_ones_own_sessions(keeper: Keeper) -> None:
    first, second, namesake = [await logged_in(keeper, subject) for subject in (ANA, ANA, NAMESAKE)]
    handles = [entry.record.handle for entry in (first, second, namesake) if entry.record is not None]
    assert {record.handle for record in await first.others()} == set(handles[:2])
    ended = [
        await first.end_other(handle, reason=Reason.REPORTED) for handle in (handles[1], handles[2], "x")
    ]
    assert ended == [True, False, False]
    assert (await visit(keeper, second.hand_out)).subject is None
    assert (await visit(keeper, namesake.hand_out)).subject == NAMESAKE


async def test_what_a_visitor_is_to_remember_begins_a_session_and_nothing_else_does(keeper: Keeper) -> None:
    visitor = await visit(keeper)
    assert await visitor.save() is None
    assert visitor.hand_out is None
    visitor.session["next"] = "/records"
    assert await visitor.save() is None
    assert (await visit(keeper, visitor.hand_out)).session == {"next": "/records"}


async def test_what_is_written_in_the_request_that_logs_out_is_dropped(keeper: Keeper) -> None:
    leaving = await logged_in(keeper)
    await leaving.logout()
    leaving.session["a"] = 1
    assert await leaving.save() is None
    assert (leaving.hand_out, leaving.forget) == (None, True)


async def test_a_session_that_locks_itself_takes_its_data_along(keeper: Keeper) -> None:
    first = await logged_in(keeper)
    first.session["a"] = 1
    await first.save()
    second = await visit(keeper, first.hand_out)
    await second.lock()
    assert (second.subject, second.session) == (None, {})
    second.session["b"] = 1
    assert await second.save() is Unsaved.LOCKED
    await second.reauthenticated(method="password")
    assert second.session == {"a": 1}


async def test_roles_change_under_a_new_token(keeper: Keeper) -> None:
    first = await logged_in(keeper)
    before = first.hand_out
    await first.change_role("nurse")
    assert first.hand_out != before
    found = (await visit(keeper, first.hand_out)).record
    assert found is not None
    assert found.role == "nurse"


async def test_a_request_that_takes_long_is_no_thief_when_another_renewed_its_token(
    keeper: Keeper, clock: Clock
) -> None:
    first = await logged_in(keeper)
    slow, quick = [await visit(keeper, first.hand_out) for _ in range(2)]
    await quick.reauthenticated(method="password")
    clock.now += 60
    await slow.reauthenticated(method="password")
    assert slow.hand_out == quick.hand_out
    thief = await visit(keeper, first.hand_out)
    assert (thief.state, (await visit(keeper, quick.hand_out)).state) == (State.TERMINATED, State.TERMINATED)
