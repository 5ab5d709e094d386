"""How a clinic is set up."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from sessionward.demo.home_made.login_sessions import Timeouts
from sessionward.demo.people import Person
from sessionward.demo.protections import Protections
from sessionward.demo.sample_people import PEOPLE
from sessionward.session.clock import SteadyClock

CLOCK = SteadyClock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What may be chosen when a clinic opens. `None` means never or without limit.

    Pages warn before a session ends and keep what is typed, where the inactivity timeout is at least a minute: people
    are owed 20 seconds to answer a warning (WCAG 2.2, success criterion 2.2.1).

    Raises ValueError for a timeout or a limit that is not positive.
    """

    inactivity_timeout: timedelta | None = timedelta(minutes=15)
    absolute_lifetime: timedelta | None = timedelta(hours=12)
    concurrent_sessions: int | None = 5
    """Sessions that one account may have at once; the oldest makes room."""
    failed_logins: int | None = 5
    """Failures that an account may have from one client before further tries must wait."""
    password_cost: int = 2**14
    """scrypt's N. Hashing holds up every other request, so it is less than a clinic with patients would choose."""
    people: tuple[Person, ...] = PEOPLE
    clock: Callable[[], float] = CLOCK
    """Seconds since 1970; handed in so that twelve hours pass in a test."""
    calendar: Callable[[], datetime] = datetime.now
    """What day it is and how late, where the clinic stands."""
    outbox: Path | None = None
    """The directory for the clinic's mails; without one they lie in a directory that goes with the clinic."""
    store: Path | None = None
    """The SQLite file of the sessions and their trail; without one they are kept in memory."""
    protections: Protections = field(default_factory=Protections)

    def __post_init__(self) -> None:
        for name in ("inactivity_timeout", "absolute_lifetime"):
            chosen: timedelta | None = getattr(self, name)
            if chosen is not None and chosen <= timedelta():
                raise ValueError(f"{name} must be longer than nothing, not {chosen}")
        for name in ("concurrent_sessions", "failed_logins"):
            limit: int | None = getattr(self, name)
            if limit is not None and limit < 1:
                raise ValueError(f"{name} must be at least 1, not {limit}")

    @property
    def timeouts(self) -> Timeouts:
        """The two timeouts in seconds."""
        idle = self.inactivity_timeout if self.protections.idle_on_server else None
        return Timeouts(inactivity=_seconds(idle), absolute=_seconds(self.absolute_lifetime))


def _seconds(duration: timedelta | None) -> float | None:
    return None if duration is None else duration.total_seconds()
