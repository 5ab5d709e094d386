"""The object guard for SQLAlchemy's `AsyncSession`, by a short name; needs `sqlalchemy[asyncio]`."""

from sessionward.session.adapters.sqlalchemy.guarded_async import guarded_async_sessions

__all__ = ["guarded_async_sessions"]
