"""One running clinic: its settings and all that it remembers until it closes."""

from dataclasses import dataclass

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.login_sessions import RememberedLogins, Sessions
from sessionward.demo.login_throttle import LoginThrottle
from sessionward.demo.people import People


@dataclass(frozen=True, slots=True, kw_only=True)
class Clinic:
    """The state behind one app; two apps share nothing."""

    settings: Settings
    people: People
    sessions: Sessions
    remembered: RememberedLogins
    throttle: LoginThrottle


def open_clinic(settings: Settings) -> Clinic:
    """A clinic in which nobody is logged in yet."""
    return Clinic(
        settings=settings,
        people=People(settings.people, settings.password_cost),
        sessions=Sessions(settings.timeouts, settings.clock, settings.concurrent_sessions),
        remembered=RememberedLogins(settings.clock),
        throttle=LoginThrottle(settings.failed_logins, settings.clock),
    )
