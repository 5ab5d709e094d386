"""Guarded sessions for those who await: SQLAlchemy's `AsyncSession` around a guarded one."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker

from sessionward.session.adapters.sqlalchemy.guarded_session import GuardedSession, mapped
from sessionward.session.guard.ownership import Guard


def guarded_async_sessions(
    engine: AsyncEngine, guard: Guard, **options: Any
) -> async_sessionmaker[AsyncSession]:
    """A maker of guarded sessions: `async with Sessions(viewer=lambda: current(request)) as db`.

    Call it when models are complete.

    Raises:
        GuardError: a class of the guard's is not mapped, or has no column where its owner should be.

    """
    return async_sessionmaker(engine, sync_session_class=GuardedSession, guard=mapped(guard), **options)
