"""How long sessions may live, and how many: typed figures made from the published profiles, checked at start-up."""

from dataclasses import dataclass, fields, replace
from typing import Any, Self

from sessionward.standards import profile

MINUTE = 60.0
HOUR = 60 * MINUTE
LONGEST_GRACE = MINUTE
LONGEST_TOUCH_INTERVAL = 30.0
SHARE_OF_IDLE = 20


LIFETIMES = (
    "inactivity_timeout",
    "absolute_lifetime",
    "pending_lifetime",
    "anonymous_lifetime",
    "grant_lifetime",
    "lease_cap",
    "access_lifetime",
)


class PolicyError(ValueError):
    """Figures that contradict each other or mean nothing; the message is one sentence for whoever wrote them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The figures that sessions are held to, times in seconds.

    `lock_after` is how long without activity locks, None never; `inactivity_timeout` how long ends, locked or
    not; `absolute_lifetime` ends in any case. `concurrent_sessions` is how many a subject may have, where a new
    login takes over from the least active; None is any number. `renewal_grace` is how long requests under way
    may still come with the token before. `pending_lifetime` is the time for a second factor,
    `anonymous_lifetime` that of what the app remembers about a visitor. `grant_lifetime` is for how long a fresh
    proof of identity permits what needs one. `lease_length` is for how long each sign of life of a consultation
    holds the lock off, None not at all, and `lease_cap` for how long after the last activity of a person it can.
    `access_lifetime` is that of an access token in the Authorization header. `staleness` is how old what a request
    is served by may be where a store remembers sessions; None is whatever bound that store promises, and 0 asks
    the store proper each time. Sessions that began before `not_before`, in seconds since 1970, are over: so all
    sessions of a tenant, of a role or of the app end at once.

    Raises:
        PolicyError: the figures contradict each other.

    """

    inactivity_timeout: float
    absolute_lifetime: float
    lock_after: float | None = None
    concurrent_sessions: int | None = None
    renewal_grace: float = 10.0
    pending_lifetime: float = 10 * MINUTE
    anonymous_lifetime: float = 1 * HOUR
    grant_lifetime: float = 5 * MINUTE
    lease_length: float | None = None
    lease_cap: float = 2 * HOUR
    access_lifetime: float = 5 * MINUTE
    staleness: float | None = None
    not_before: float = 0.0

    def __post_init__(self) -> None:
        for contradiction in _contradictions(self):
            raise PolicyError(contradiction)

    @classmethod
    def of(cls, name: str) -> Self:
        """The policy of the profile called `name`.

        Raises:
            UnknownProfileError: there is none of that name; the message lists those there are.

        """
        found = profile(name)
        lock_after, inactivity_timeout = LOCKS.get(name, (None, float(found.inactivity_timeout)))
        return cls(
            inactivity_timeout=inactivity_timeout,
            absolute_lifetime=float(found.absolute_lifetime),
            lock_after=lock_after,
            concurrent_sessions=found.concurrent_sessions,
            lease_length=LEASES.get(name),
        )

    @property
    def touch_interval(self) -> float:
        """How stale the activity cell may be before it is written: a session can end this much early, never late."""
        idle = self.inactivity_timeout if self.lock_after is None else self.lock_after
        return min(LONGEST_TOUCH_INTERVAL, idle / SHARE_OF_IDLE)

    def but(self, **figures: float | None) -> Self:
        """This policy with some figures changed.

        Raises:
            PolicyError: there is no such figure, or the figures now contradict each other.

        """
        known = {entry.name for entry in fields(self)}
        for name in figures:
            if name not in known:
                raise PolicyError(f"A session policy has no {name}; it has {', '.join(sorted(known))}.")
        if isinstance(count := figures.get("concurrent_sessions"), float):
            raise PolicyError(f"concurrent_sessions is {count:g}, and must be a whole number.")
        changed: dict[str, Any] = dict(figures)  # the names were compared with the fields above
        return replace(self, **changed)


LOCKS: dict[str, tuple[float, float]] = {
    "clinical-workstation": (5 * MINUTE, 1 * HOUR),
    "telehealth": (30 * MINUTE, 1 * HOUR),
}
"""Profiles whose inactivity locks first: after how long, and when the locked session ends.

A lock withholds patient data as an end would; NIST SP 800-63B-4 section 2.2.3 lets one factor and the session's
secret reopen it, and recommends an end after at most an hour of inactivity.
"""


LEASES: dict[str, float] = {"telehealth": 90.0}
"""Profiles in which a running consultation holds the lock off: for how long each of its signs of life does."""


def _contradictions(policy: Policy) -> list[str]:
    """What is wrong with the figures, a sentence each."""
    found = [
        f"{name} is {value:g} seconds, and must be more than 0 and finite."
        for name in LIFETIMES
        if not 0 < (value := getattr(policy, name)) < float("inf")
    ]
    if policy.inactivity_timeout > policy.absolute_lifetime:
        found.append(
            f"inactivity_timeout ({policy.inactivity_timeout:g} s) is longer than absolute_lifetime "
            f"({policy.absolute_lifetime:g} s), so it would never end a session."
        )
    if policy.lock_after is not None and not 0 < policy.lock_after < policy.inactivity_timeout:
        found.append(
            f"lock_after ({policy.lock_after:g} s) must be more than 0 and less than inactivity_timeout "
            f"({policy.inactivity_timeout:g} s), or no session would ever be locked."
        )
    if policy.concurrent_sessions is not None and policy.concurrent_sessions < 1:
        found.append(f"concurrent_sessions is {policy.concurrent_sessions}, so nobody could log in.")
    if policy.lease_length is not None and not 0 < policy.lease_length <= policy.lease_cap:
        found.append(
            f"lease_length ({policy.lease_length:g} s) must be more than 0 and at most lease_cap "
            f"({policy.lease_cap:g} s)."
        )
    if not 0 <= policy.not_before < float("inf"):
        found.append(f"not_before is {policy.not_before:g}, and must be a moment in seconds since 1970.")
    if policy.staleness is not None and not 0 <= policy.staleness < float("inf"):
        found.append(f"staleness is {policy.staleness:g} seconds, and must be 0 or more and finite.")
    if not 0 <= policy.renewal_grace <= LONGEST_GRACE:
        found.append(
            f"renewal_grace is {policy.renewal_grace:g} seconds, and must be between 0 and {LONGEST_GRACE:g}: "
            "for so long a renewed token still opens the session."
        )
    return found
