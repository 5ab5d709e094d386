"""The defects that the clinic can be given, one file each."""

from sessionward.demo.hazards.absolute_timeout_missing import HAZARD as ABSOLUTE_TIMEOUT_MISSING
from sessionward.demo.hazards.account_enumeration import HAZARD as ACCOUNT_ENUMERATION
from sessionward.demo.hazards.back_button_shows_private_page import HAZARD as BACK_BUTTON_SHOWS_PRIVATE_PAGE
from sessionward.demo.hazards.chosen_token_adopted import HAZARD as CHOSEN_TOKEN_ADOPTED
from sessionward.demo.hazards.clickjackable_action import HAZARD as CLICKJACKABLE_ACTION
from sessionward.demo.hazards.client_controlled_identity import HAZARD as CLIENT_CONTROLLED_IDENTITY
from sessionward.demo.hazards.concurrent_sessions_unlimited import HAZARD as CONCURRENT_SESSIONS_UNLIMITED
from sessionward.demo.hazards.cookie_sent_cross_site import HAZARD as COOKIE_SENT_CROSS_SITE
from sessionward.demo.hazards.cookie_without_httponly import HAZARD as COOKIE_WITHOUT_HTTPONLY
from sessionward.demo.hazards.cookie_without_secure import HAZARD as COOKIE_WITHOUT_SECURE
from sessionward.demo.hazards.cors_exposes_private_data import HAZARD as CORS_EXPOSES_PRIVATE_DATA
from sessionward.demo.hazards.credential_change_without_reauthentication import (
    HAZARD as CREDENTIAL_CHANGE_WITHOUT_REAUTHENTICATION,
)
from sessionward.demo.hazards.cross_site_form_accepted import HAZARD as CROSS_SITE_FORM_ACCEPTED
from sessionward.demo.hazards.csrf_token_not_bound import HAZARD as CSRF_TOKEN_NOT_BOUND
from sessionward.demo.hazards.default_signing_key import HAZARD as DEFAULT_SIGNING_KEY
from sessionward.demo.hazards.document_link_without_session import HAZARD as DOCUMENT_LINK_WITHOUT_SESSION
from sessionward.demo.hazards.duplicate_token import HAZARD as DUPLICATE_TOKEN
from sessionward.demo.hazards.hsts_missing import HAZARD as HSTS_MISSING
from sessionward.demo.hazards.identity_readable_in_token import HAZARD as IDENTITY_READABLE_IN_TOKEN
from sessionward.demo.hazards.idle_timeout_client_only import HAZARD as IDLE_TIMEOUT_CLIENT_ONLY
from sessionward.demo.hazards.idle_timeout_missing import HAZARD as IDLE_TIMEOUT_MISSING
from sessionward.demo.hazards.jwt_expiry_not_enforced import HAZARD as JWT_EXPIRY_NOT_ENFORCED
from sessionward.demo.hazards.jwt_signature_not_verified import HAZARD as JWT_SIGNATURE_NOT_VERIFIED
from sessionward.demo.hazards.jwt_weak_secret import HAZARD as JWT_WEAK_SECRET
from sessionward.demo.hazards.login_csrf import HAZARD as LOGIN_CSRF
from sessionward.demo.hazards.login_not_throttled import HAZARD as LOGIN_NOT_THROTTLED
from sessionward.demo.hazards.logout_forgeable import HAZARD as LOGOUT_FORGEABLE
from sessionward.demo.hazards.logout_hard_to_find import HAZARD as LOGOUT_HARD_TO_FIND
from sessionward.demo.hazards.logout_keeps_token_alive import HAZARD as LOGOUT_KEEPS_TOKEN_ALIVE
from sessionward.demo.hazards.logout_misses_channel import HAZARD as LOGOUT_MISSES_CHANNEL
from sessionward.demo.hazards.low_entropy_token import HAZARD as LOW_ENTROPY_TOKEN
from sessionward.demo.hazards.other_tenant_reachable import HAZARD as OTHER_TENANT_REACHABLE
from sessionward.demo.hazards.other_users_record_readable import HAZARD as OTHER_USERS_RECORD_READABLE
from sessionward.demo.hazards.password_change_keeps_sessions import HAZARD as PASSWORD_CHANGE_KEEPS_SESSIONS
from sessionward.demo.hazards.polling_defeats_idle_timeout import HAZARD as POLLING_DEFEATS_IDLE_TIMEOUT
from sessionward.demo.hazards.predictable_token import HAZARD as PREDICTABLE_TOKEN
from sessionward.demo.hazards.private_data_without_session import HAZARD as PRIVATE_DATA_WITHOUT_SESSION
from sessionward.demo.hazards.private_page_cacheable import HAZARD as PRIVATE_PAGE_CACHEABLE
from sessionward.demo.hazards.remember_me_survives_logout import HAZARD as REMEMBER_ME_SURVIVES_LOGOUT
from sessionward.demo.hazards.remember_me_survives_password_change import (
    HAZARD as REMEMBER_ME_SURVIVES_PASSWORD_CHANGE,
)
from sessionward.demo.hazards.role_boundary_crossed import HAZARD as ROLE_BOUNDARY_CROSSED
from sessionward.demo.hazards.session_survives_browser_restart import (
    HAZARD as SESSION_SURVIVES_BROWSER_RESTART,
)
from sessionward.demo.hazards.state_change_by_get import HAZARD as STATE_CHANGE_BY_GET
from sessionward.demo.hazards.static_token import HAZARD as STATIC_TOKEN
from sessionward.demo.hazards.storage_left_after_logout import HAZARD as STORAGE_LEFT_AFTER_LOGOUT
from sessionward.demo.hazards.token_echoed_in_body import HAZARD as TOKEN_ECHOED_IN_BODY
from sessionward.demo.hazards.token_in_url import HAZARD as TOKEN_IN_URL
from sessionward.demo.hazards.token_in_web_storage import HAZARD as TOKEN_IN_WEB_STORAGE
from sessionward.demo.hazards.token_resurrects import HAZARD as TOKEN_RESURRECTS
from sessionward.demo.hazards.token_survives_login import HAZARD as TOKEN_SURVIVES_LOGIN

HAZARDS = (
    ABSOLUTE_TIMEOUT_MISSING,
    ACCOUNT_ENUMERATION,
    BACK_BUTTON_SHOWS_PRIVATE_PAGE,
    CHOSEN_TOKEN_ADOPTED,
    CLICKJACKABLE_ACTION,
    CLIENT_CONTROLLED_IDENTITY,
    CONCURRENT_SESSIONS_UNLIMITED,
    COOKIE_SENT_CROSS_SITE,
    COOKIE_WITHOUT_HTTPONLY,
    COOKIE_WITHOUT_SECURE,
    CORS_EXPOSES_PRIVATE_DATA,
    CREDENTIAL_CHANGE_WITHOUT_REAUTHENTICATION,
    CROSS_SITE_FORM_ACCEPTED,
    CSRF_TOKEN_NOT_BOUND,
    DEFAULT_SIGNING_KEY,
    DOCUMENT_LINK_WITHOUT_SESSION,
    DUPLICATE_TOKEN,
    HSTS_MISSING,
    IDENTITY_READABLE_IN_TOKEN,
    IDLE_TIMEOUT_CLIENT_ONLY,
    IDLE_TIMEOUT_MISSING,
    JWT_EXPIRY_NOT_ENFORCED,
    JWT_SIGNATURE_NOT_VERIFIED,
    JWT_WEAK_SECRET,
    LOGIN_CSRF,
    LOGIN_NOT_THROTTLED,
    LOGOUT_FORGEABLE,
    LOGOUT_HARD_TO_FIND,
    LOGOUT_KEEPS_TOKEN_ALIVE,
    LOGOUT_MISSES_CHANNEL,
    LOW_ENTROPY_TOKEN,
    OTHER_TENANT_REACHABLE,
    OTHER_USERS_RECORD_READABLE,
    PASSWORD_CHANGE_KEEPS_SESSIONS,
    POLLING_DEFEATS_IDLE_TIMEOUT,
    PREDICTABLE_TOKEN,
    PRIVATE_DATA_WITHOUT_SESSION,
    PRIVATE_PAGE_CACHEABLE,
    REMEMBER_ME_SURVIVES_LOGOUT,
    REMEMBER_ME_SURVIVES_PASSWORD_CHANGE,
    ROLE_BOUNDARY_CROSSED,
    SESSION_SURVIVES_BROWSER_RESTART,
    STATE_CHANGE_BY_GET,
    STATIC_TOKEN,
    STORAGE_LEFT_AFTER_LOGOUT,
    TOKEN_ECHOED_IN_BODY,
    TOKEN_IN_URL,
    TOKEN_IN_WEB_STORAGE,
    TOKEN_RESURRECTS,
    TOKEN_SURVIVES_LOGIN,
)

__all__ = ["HAZARDS"]
