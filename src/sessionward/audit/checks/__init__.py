"""Every check, sorted by id: one line each."""

from sessionward.audit.check import Check
from sessionward.audit.checks.credentials import (
    credential_change_without_reauthentication,
    login_not_throttled,
)
from sessionward.audit.checks.forgery import login_csrf
from sessionward.audit.checks.isolation import private_data_without_session
from sessionward.audit.checks.lifecycle import (
    absolute_timeout_missing,
    chosen_token_adopted,
    concurrent_sessions_unlimited,
    idle_timeout_client_only,
    idle_timeout_missing,
    logout_forgeable,
    logout_hard_to_find,
    logout_keeps_token_alive,
    logout_misses_channel,
    password_change_keeps_sessions,
    polling_defeats_idle_timeout,
    remember_me_survives_logout,
    remember_me_survives_password_change,
    token_resurrects,
    token_survives_login,
)
from sessionward.audit.checks.residue import (
    back_button_shows_private_page,
    private_page_cacheable,
    storage_left_after_logout,
)
from sessionward.audit.checks.token import (
    client_controlled_identity,
    default_signing_key,
    duplicate_token,
    identity_readable_in_token,
    jwt_expiry_not_enforced,
    jwt_signature_not_verified,
    jwt_weak_secret,
    low_entropy_token,
    predictable_token,
    static_token,
)
from sessionward.audit.checks.transport import (
    cookie_sent_cross_site,
    cookie_without_httponly,
    cookie_without_secure,
    hsts_missing,
    session_survives_browser_restart,
    token_echoed_in_body,
    token_in_url,
    token_in_web_storage,
)

CHECKS: tuple[Check, ...] = (
    absolute_timeout_missing.CHECK,
    back_button_shows_private_page.CHECK,
    chosen_token_adopted.CHECK,
    client_controlled_identity.CHECK,
    concurrent_sessions_unlimited.CHECK,
    cookie_sent_cross_site.CHECK,
    cookie_without_httponly.CHECK,
    cookie_without_secure.CHECK,
    credential_change_without_reauthentication.CHECK,
    default_signing_key.CHECK,
    duplicate_token.CHECK,
    hsts_missing.CHECK,
    identity_readable_in_token.CHECK,
    idle_timeout_client_only.CHECK,
    idle_timeout_missing.CHECK,
    jwt_expiry_not_enforced.CHECK,
    jwt_signature_not_verified.CHECK,
    jwt_weak_secret.CHECK,
    login_csrf.CHECK,
    login_not_throttled.CHECK,
    logout_forgeable.CHECK,
    logout_hard_to_find.CHECK,
    logout_keeps_token_alive.CHECK,
    logout_misses_channel.CHECK,
    low_entropy_token.CHECK,
    password_change_keeps_sessions.CHECK,
    polling_defeats_idle_timeout.CHECK,
    predictable_token.CHECK,
    private_data_without_session.CHECK,
    private_page_cacheable.CHECK,
    remember_me_survives_logout.CHECK,
    remember_me_survives_password_change.CHECK,
    session_survives_browser_restart.CHECK,
    static_token.CHECK,
    storage_left_after_logout.CHECK,
    token_echoed_in_body.CHECK,
    token_in_url.CHECK,
    token_in_web_storage.CHECK,
    token_resurrects.CHECK,
    token_survives_login.CHECK,
)

__all__ = ["CHECKS"]
