"""What the session layer holds this clinic's sessions to."""

from sessionward.asgi import PageSettings, Policy
from sessionward.demo.clinic_settings import Settings
from sessionward.demo.visitor import CODE_TIME
from sessionward.session.pages.page_settings import LEAST_WARNING

LEAST_TIMEOUT = 60.0
"""Seconds of inactivity below which nobody could be warned in time."""
LEASE = 90.0
"""Seconds for which each sign of life of a consultation holds the end off; short timeouts are left as they are."""
CENTURY = 100 * 365 * 86_400.0
"""Seconds. The session layer knows no session without an end; who wants none chooses this."""


def policy_of(settings: Settings) -> Policy:
    """The patient portal's figures with those that were chosen for this clinic."""
    timeouts = settings.timeouts
    absolute = timeouts.absolute or CENTURY
    return Policy.of("patient-portal").but(
        inactivity_timeout=min(timeouts.inactivity or absolute, absolute),
        absolute_lifetime=absolute,
        concurrent_sessions=settings.concurrent_sessions,
        pending_lifetime=CODE_TIME,
        lease_length=LEASE if min(timeouts.inactivity or absolute, absolute) >= LEAST_TIMEOUT else None,
    )


def page_settings(policy: Policy, keys: tuple[bytes, ...]) -> PageSettings | None:
    """How pages warn of the end: a minute before, or a third of a short timeout. None where that is too short."""
    if policy.inactivity_timeout < LEAST_TIMEOUT:
        return None
    return PageSettings(keys=keys, warn_before=max(LEAST_WARNING, min(60.0, policy.inactivity_timeout / 3)))
