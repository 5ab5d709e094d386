"""What the page script is set to, and what it is told."""

from dataclasses import dataclass, field

from sessionward.session.core import lock_is_due, quiet_since
from sessionward.session.policy import Policy, PolicyError
from sessionward.session.state import Record, State

LEAST_WARNING = 20.0
"""Seconds that people have to ask for more time at the least (WCAG 2.2, success criterion 2.2.1)."""
KEY_BYTES = 32
HINT_INTERVAL = 5.0
"""Seconds between two hints of a page at the least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSettings:
    """Where the script's endpoints lie, and how it behaves.

    `keys` are secrets of 32 bytes: the first signs, all of them are accepted, so that keys can be changed.
    `prefix` is a path of the app that it uses for nothing else. `warn_before` is in seconds.

    Raises:
        PolicyError: a figure or a key is refused.

    """

    keys: tuple[bytes, ...] = field(repr=False)
    prefix: str = "/session"
    warn_before: float = 60.0

    def __post_init__(self) -> None:
        if not self.keys or any(len(key) != KEY_BYTES for key in self.keys):
            raise PolicyError(f"The pages need at least one key, and each must be {KEY_BYTES} random bytes.")
        if not self.prefix.startswith("/") or self.prefix.endswith("/"):
            raise PolicyError(f"The prefix {self.prefix!r} must begin with a slash and not end with one.")
        if not LEAST_WARNING <= self.warn_before < float("inf"):
            raise PolicyError(
                f"warn_before is {self.warn_before:g} s, and must be at least {LEAST_WARNING:g}."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Remaining:
    """Seconds until a session is locked, ends by inactivity, and ends in any case; `lock` is None where it is not."""

    lock: float | None
    inactivity: float
    absolute: float


def remaining(policy: Policy, record: Record, now: float) -> Remaining:
    """How long `record` has, counted on the server, which is what it is held to."""
    quiet = now - quiet_since(record)
    locks = record.state is State.ACTIVE and policy.lock_after is not None
    until_lock = max(0.0, policy.lock_after - quiet) if locks and policy.lock_after is not None else None
    return Remaining(
        lock=0.0 if lock_is_due(policy, record, now) else until_lock,
        inactivity=max(0.0, policy.inactivity_timeout - quiet),
        absolute=max(0.0, min(record.deadline, record.created + policy.absolute_lifetime) - now),
    )


def hint_interval(policy: Policy) -> float:
    """Seconds between two hints of a page: as often as activity is written down, and not more."""
    return max(HINT_INTERVAL, policy.touch_interval)
