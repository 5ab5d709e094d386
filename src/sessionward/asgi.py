"""The session layer for ASGI apps, by short names."""

from sessionward.session.adapters.asgi import SessionMiddleware
from sessionward.session.adapters.asgi_calls import (
    Current,
    change_role,
    current,
    end_session,
    epoch_of,
    first_factor,
    lock,
    locked_subject,
    login,
    logout,
    logout_everywhere,
    own_sessions,
    password_changed,
    reauthenticated,
)
from sessionward.session.adapters.visit import Refused
from sessionward.session.policies import Policies
from sessionward.session.policy import Policy, PolicyError
from sessionward.session.result import StoreError
from sessionward.session.state import Reason, Record, State, Subject
from sessionward.session.stores.memory import MemoryStore
from sessionward.session.stores.sqlite import SQLiteStore
from sessionward.session.stores.store import AsyncStore, Store

__all__ = [
    "AsyncStore",
    "Current",
    "MemoryStore",
    "Policies",
    "Policy",
    "PolicyError",
    "Reason",
    "Record",
    "Refused",
    "SQLiteStore",
    "SessionMiddleware",
    "State",
    "Store",
    "StoreError",
    "Subject",
    "change_role",
    "current",
    "end_session",
    "epoch_of",
    "first_factor",
    "lock",
    "locked_subject",
    "login",
    "logout",
    "logout_everywhere",
    "own_sessions",
    "password_changed",
    "reauthenticated",
]
