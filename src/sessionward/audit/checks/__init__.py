"""Every check, sorted by id: one line each."""

from sessionward.audit.check import Check
from sessionward.audit.checks.credentials import (
    account_enumeration,
    credential_change_without_reauthentication,
    login_not_throttled,
)
from sessionward.audit.checks.forgery import login_csrf
from sessionward.audit.checks.isolation import (
    document_link_without_session,
    other_tenant_reachable,
    other_users_record_readable,
    private_data_without_session,
    role_boundary_crossed,
)
from sessionward.audit.checks.lifecycle import (
    absolute_timeout_missing,
    chosen_token_adopted,
    concurrent_sessions_unlimited,
    idle_timeout_missing,
    logout_forgeable,
    logout_keeps_token_alive,
    logout_misses_channel,
    password_change_keeps_sessions,
    remember_me_survives_logout,
    remember_me_survives_password_change,
    token_resurrects,
    token_survives_login,
)
from sessionward.audit.checks.transport import cookie_without_httponly, token_in_web_storage

CHECKS: tuple[Check, ...] = (
    absolute_timeout_missing.CHECK,
    account_enumeration.CHECK,
    chosen_token_adopted.CHECK,
    concurrent_sessions_unlimited.CHECK,
    cookie_without_httponly.CHECK,
    credential_change_without_reauthentication.CHECK,
    document_link_without_session.CHECK,
    idle_timeout_missing.CHECK,
    login_csrf.CHECK,
    login_not_throttled.CHECK,
    logout_forgeable.CHECK,
    logout_keeps_token_alive.CHECK,
    logout_misses_channel.CHECK,
    other_tenant_reachable.CHECK,
    other_users_record_readable.CHECK,
    password_change_keeps_sessions.CHECK,
    private_data_without_session.CHECK,
    remember_me_survives_logout.CHECK,
    remember_me_survives_password_change.CHECK,
    role_boundary_crossed.CHECK,
    token_in_web_storage.CHECK,
    token_resurrects.CHECK,
    token_survives_login.CHECK,
)

__all__ = ["CHECKS"]
