"""The session layer for ASGI apps, by short names."""

from sessionward.session.adapters.arrival import RefusedRequest
from sessionward.session.adapters.asgi import SessionMiddleware
from sessionward.session.adapters.asgi_calls import (
    change_role,
    current,
    end_everybody,
    end_session,
    end_subject,
    end_tenant,
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
from sessionward.session.adapters.presence import Current
from sessionward.session.adapters.request_origin import (
    ForgeryGuard,
    forgery_field,
    forgery_token,
    from_own_page,
)
from sessionward.session.adapters.security_headers import SecurityHeaders, clear_site_data, csp_nonce
from sessionward.session.adapters.step_up import (
    StepUp,
    needs_permission,
    needs_proof,
    permitted,
    proved_recently,
)
from sessionward.session.forgery.judge import Doubt
from sessionward.session.forgery.rules import ForgeryRules
from sessionward.session.guard.ownership import Guard, GuardError, NotYours, whole_tenant
from sessionward.session.headers.content_policy import ContentPolicy
from sessionward.session.headers.header_policy import HeaderPolicies, HeaderPolicy
from sessionward.session.pages.page_settings import PageSettings
from sessionward.session.policies import Policies
from sessionward.session.policy import Policy, PolicyError
from sessionward.session.result import StoreError
from sessionward.session.state import Client, Reason, Record, State, Subject
from sessionward.session.stores.cached_async import AsyncCachedStore
from sessionward.session.stores.memory import MemoryStore
from sessionward.session.stores.sqlite import SQLiteStore
from sessionward.session.stores.store import AsyncStore, Store

__all__ = [
    "AsyncCachedStore",
    "AsyncStore",
    "Client",
    "ContentPolicy",
    "Current",
    "Doubt",
    "ForgeryGuard",
    "ForgeryRules",
    "Guard",
    "GuardError",
    "HeaderPolicies",
    "HeaderPolicy",
    "MemoryStore",
    "NotYours",
    "PageSettings",
    "Pair",
    "Policies",
    "Policy",
    "PolicyError",
    "Reason",
    "Record",
    "Refused",
    "RefusedRequest",
    "SQLiteStore",
    "SecurityHeaders",
    "SessionCookie",
    "SessionMiddleware",
    "State",
    "StepUp",
    "Store",
    "StoreError",
    "Subject",
    "change_role",
    "clear_site_data",
    "csp_nonce",
    "current",
    "end_everybody",
    "end_session",
    "end_subject",
    "end_tenant",
    "epoch_of",
    "first_factor",
    "forgery_field",
    "forgery_token",
    "from_own_page",
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
    "whole_tenant",
]
