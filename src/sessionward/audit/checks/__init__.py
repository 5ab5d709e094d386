"""Every check, sorted by id: one line each."""

from sessionward.audit.check import Check
from sessionward.audit.checks.credentials import (
    credential_change_without_reauthentication,
    login_not_throttled,
)
from sessionward.audit.checks.forgery import (
    clickjackable_action,
    cors_exposes_private_data,
    cross_site_form_accepted,
    csrf_token_not_bound,
    login_csrf,
    state_change_by_get,
)
from sessionward.audit.checks.isolation import private_data_without_session
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
    chosen_token_adopted.CHECK,
    clickjackable_action.CHECK,
    concurrent_sessions_unlimited.CHECK,
    cookie_without_httponly.CHECK,
    cors_exposes_private_data.CHECK,
    credential_change_without_reauthentication.CHECK,
    cross_site_form_accepted.CHECK,
    csrf_token_not_bound.CHECK,
    idle_timeout_missing.CHECK,
    login_csrf.CHECK,
    login_not_throttled.CHECK,
    logout_forgeable.CHECK,
    logout_keeps_token_alive.CHECK,
    logout_misses_channel.CHECK,
    password_change_keeps_sessions.CHECK,
    private_data_without_session.CHECK,
    remember_me_survives_logout.CHECK,
    remember_me_survives_password_change.CHECK,
    state_change_by_get.CHECK,
    token_in_web_storage.CHECK,
    token_resurrects.CHECK,
    token_survives_login.CHECK,
)

__all__ = ["CHECKS"]
