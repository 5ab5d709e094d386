import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import StaticPool

from sessionward.session.adapters.sqlalchemy.guarded_async import guarded_async_sessions
from sessionward.session.adapters.sqlalchemy.guarded_session import GuardedSession, guarded_sessions
from sessionward.session.guard.ownership import Guard, GuardError
from tests.session.adapters.sqlalchemy.test_guarded_session import at, clinic_guard


class Awaited(AsyncEngine):
    """An engine for asyncio in name: no driver for it is needed where nothing is asked."""

    def __init__(self, engine: Engine) -> None:
        self.sync_engine = engine


@pytest.fixture
def engine() -> AsyncEngine:
    return Awaited(create_engine("sqlite://", poolclass=StaticPool))


def test_its_sessions_are_guarded(engine: AsyncEngine) -> None:
    db = guarded_async_sessions(engine, clinic_guard())(viewer=at("north", "1"))
    assert isinstance(db.sync_session, GuardedSession)
    assert db.sync_session.bind is engine.sync_engine


def test_a_session_for_nobody_and_a_class_without_a_table_are_refused(engine: AsyncEngine) -> None:
    with pytest.raises(GuardError, match="who looks"):
        guarded_async_sessions(engine, clinic_guard())()
    guard = Guard()
    guard.owned(dict, tenant="clinic", subject=None)
    with pytest.raises(GuardError, match="dict is no mapped class"):
        guarded_async_sessions(engine, guard)


def test_an_engine_for_asyncio_is_refused_where_sessions_block(engine: AsyncEngine) -> None:
    with pytest.raises(GuardError, match="guarded_async_sessions"):
        guarded_sessions(engine, clinic_guard())  # type: ignore[arg-type]
