"""The object guard for SQLAlchemy, by a short name; needs SQLAlchemy 2."""

from sessionward.session.adapters.sqlalchemy.guarded_session import guarded_sessions
from sessionward.session.guard.ownership import Guard, GuardError, NotYours, whole_tenant

__all__ = ["Guard", "GuardError", "NotYours", "guarded_sessions", "whole_tenant"]
