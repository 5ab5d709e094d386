"""The session layer for Django projects, by short names."""

from sessionward.session.adapters.arrival import RefusedRequest
from sessionward.session.adapters.authorization import Pair
from sessionward.session.adapters.django.accounts import (
    end_user,
    first_factor,
    login_bearer,
    session_of,
    visit,
)
from sessionward.session.adapters.django.guarded_requests import ObjectGuard
from sessionward.session.adapters.django.middleware import SessionMiddleware
from sessionward.session.adapters.django.owned_rows import OwnedManager
from sessionward.session.adapters.django.session_engine import NotSaved, SessionStore
from sessionward.session.adapters.django_headers import django_clear_site_data, django_security_headers
from sessionward.session.adapters.django_origin import django_forgery_guard
from sessionward.session.adapters.keeper import Refused
from sessionward.session.adapters.presence import Current
from sessionward.session.adapters.state_changing import state_changing
from sessionward.session.forgery.judge import Doubt
from sessionward.session.forgery.rules import ForgeryRules
from sessionward.session.guard.ownership import Guard, GuardError, NotYours, across, whole_tenant
from sessionward.session.headers.content_policy import ContentPolicy
from sessionward.session.headers.header_policy import HeaderPolicies, HeaderPolicy
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
    "ContentPolicy",
    "Current",
    "Doubt",
    "ForgeryRules",
    "Guard",
    "GuardError",
    "HeaderPolicies",
    "HeaderPolicy",
    "MemoryStore",
    "NotSaved",
    "NotYours",
    "ObjectGuard",
    "OwnedManager",
    "Pair",
    "Policies",
    "Policy",
    "PolicyError",
    "Reason",
    "Record",
    "Refused",
    "RefusedRequest",
    "SQLiteStore",
    "SessionMiddleware",
    "SessionStore",
    "State",
    "Store",
    "StoreError",
    "Subject",
    "across",
    "django_clear_site_data",
    "django_forgery_guard",
    "django_security_headers",
    "end_user",
    "first_factor",
    "login_bearer",
    "session_of",
    "state_changing",
    "visit",
    "whole_tenant",
]
