"""The session layer for Flask apps, by short names."""

from sessionward.session.adapters.arrival import RefusedRequest
from sessionward.session.adapters.authorization import Pair
from sessionward.session.adapters.cookie_header import SessionCookie
from sessionward.session.adapters.flask import FlaskSession, Sessionward, flask_object_guard, visit
from sessionward.session.adapters.flask_headers import flask_clear_site_data, flask_security_headers
from sessionward.session.adapters.flask_origin import flask_forgery_guard
from sessionward.session.adapters.keeper import Refused
from sessionward.session.adapters.presence import Current
from sessionward.session.adapters.state_changing import state_changing
from sessionward.session.forgery.judge import Doubt
from sessionward.session.forgery.rules import ForgeryRules
from sessionward.session.guard.ownership import Guard, GuardError, NotYours, whole_tenant
from sessionward.session.headers.content_policy import ContentPolicy
from sessionward.session.headers.header_policy import HeaderPolicies, HeaderPolicy
from sessionward.session.policies import Policies
from sessionward.session.policy import Policy, PolicyError
from sessionward.session.result import StoreError
from sessionward.session.state import Client, Reason, Record, State, Subject
from sessionward.session.stores.cached import CachedStore
from sessionward.session.stores.memory import MemoryStore
from sessionward.session.stores.sqlite import SQLiteStore
from sessionward.session.stores.store import Store

__all__ = [
    "CachedStore",
    "Client",
    "ContentPolicy",
    "Current",
    "Doubt",
    "FlaskSession",
    "ForgeryRules",
    "Guard",
    "GuardError",
    "HeaderPolicies",
    "HeaderPolicy",
    "MemoryStore",
    "NotYours",
    "Pair",
    "Policies",
    "Policy",
    "PolicyError",
    "Reason",
    "Record",
    "Refused",
    "RefusedRequest",
    "SQLiteStore",
    "SessionCookie",
    "Sessionward",
    "State",
    "Store",
    "StoreError",
    "Subject",
    "flask_clear_site_data",
    "flask_forgery_guard",
    "flask_object_guard",
    "flask_security_headers",
    "state_changing",
    "visit",
    "whole_tenant",
]
