"""The session layer for ASGI apps, by short names."""

from sessionward.session.adapters.asgi import SessionMiddleware
from sessionward.session.adapters.asgi_calls import (
    Current,
    change_role,
    current,
    end_session,
    end_subject,
    epoch_of,
    first_factor,
    hold,
    lock,
    locked_subject,
    login,
    login_bearer,
    logout,
    logout_everywhere,
    own_sessions,
    park,
    password_changed,
    proved_within,
    reauthenticated,
    refresh,
    report_session,
    resume,
    spend,
)
from sessionward.session.adapters.authorization import Pair
from sessionward.session.adapters.cookie_header import SessionCookie
from sessionward.session.adapters.keeper import Refused
from sessionward.session.adapters.step_up import (
    StepUp,
    needs_permission,
    needs_proof,
    permitted,
    proved_recently,
)
from sessionward.session.policies import Policies
from sessionward.session.policy import Policy, PolicyError
from sessionward.session.result import StoreError
from sessionward.session.state import Client, Reason, Record, State, Subject
from sessionward.session.stores.memory import MemoryStore
from sessionward.session.stores.sqlite import SQLiteStore
from sessionward.session.stores.store import AsyncStore, Store

__all__ = [
    "AsyncStore",
    "Client",
    "Current",
    "MemoryStore",
    "Pair",
    "Policies",
    "Policy",
    "PolicyError",
    "Reason",
    "Record",
    "Refused",
    "SQLiteStore",
    "SessionCookie",
    "SessionMiddleware",
    "State",
    "StepUp",
    "Store",
    "StoreError",
    "Subject",
    "change_role",
    "current",
    "end_session",
    "end_subject",
    "epoch_of",
    "first_factor",
    "hold",
    "lock",
    "locked_subject",
    "login",
    "login_bearer",
    "logout",
    "logout_everywhere",
    "needs_permission",
    "needs_proof",
    "own_sessions",
    "park",
    "password_changed",
    "permitted",
    "proved_recently",
    "proved_within",
    "reauthenticated",
    "refresh",
    "report_session",
    "resume",
    "spend",
]
