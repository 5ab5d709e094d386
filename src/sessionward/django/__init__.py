"""The session layer for Django projects, by short names."""

from sessionward.session.adapters.authorization import Pair
from sessionward.session.adapters.django.accounts import (
    end_user,
    first_factor,
    login_bearer,
    session_of,
    visit,
)
from sessionward.session.adapters.django.middleware import SessionMiddleware
from sessionward.session.adapters.django.session_engine import NotSaved, SessionStore
from sessionward.session.adapters.keeper import Refused
from sessionward.session.adapters.presence import Current
from sessionward.session.policies import Policies
from sessionward.session.policy import Policy, PolicyError
from sessionward.session.result import StoreError
from sessionward.session.state import Client, Reason, Record, State, Subject
from sessionward.session.stores.cached import CachedStore
from sessionward.session.stores.memory import MemoryStore
from sessionward.session.stores.sqlite import SQLiteStore
from sessionward.session.stores.store import AsyncStore, Store

__all__ = [
    "AsyncStore",
    "CachedStore",
    "Client",
    "Current",
    "MemoryStore",
    "NotSaved",
    "Pair",
    "Policies",
    "Policy",
    "PolicyError",
    "Reason",
    "Record",
    "Refused",
    "SQLiteStore",
    "SessionMiddleware",
    "SessionStore",
    "State",
    "Store",
    "StoreError",
    "Subject",
    "end_user",
    "first_factor",
    "login_bearer",
    "session_of",
    "visit",
]
