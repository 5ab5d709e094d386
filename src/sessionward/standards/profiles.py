"""Policy profiles: what the sessions of a kind of app are held to where its owner has not said otherwise.

Rule: a profile is our proposal with its reasons, not a law. HIPAA asks for automatic logoff and names no
number of minutes. NIST SP 800-63B-4 recommends at most 1 h of inactivity and 24 h overall at assurance
level 2, at most 15 min of inactivity at level 3, where it requires an end after 12 h. Every number can be set.
"""

from dataclasses import dataclass

MINUTE = 60
HOUR = 60 * MINUTE


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Limits on the sessions of one kind of app; times in seconds.

    `concurrent_sessions` is how many an account may have alive at once, None where no number is expected.
    `failed_logins` is how many wrong passwords in a row may be tried before some throttle is expected.
    `source` says where the numbers come from.
    """

    name: str
    title: str
    inactivity_timeout: int
    absolute_lifetime: int
    concurrent_sessions: int | None
    failed_logins: int
    source: str


class UnknownProfileError(LookupError):
    """A profile's name that is not among ours: a slip in the configuration."""


PROFILES = (
    Profile(
        name="administration",
        title="Administration of a clinic or of the app",
        inactivity_timeout=10 * MINUTE,
        absolute_lifetime=8 * HOUR,
        concurrent_sessions=1,
        failed_logins=5,
        source="our choice, tighter than NIST SP 800-63B-4 section 2.3.3 (15 min, 12 h)",
    ),
    Profile(
        name="clinical-workstation",
        title="Clinical workstation that several people share",
        inactivity_timeout=5 * MINUTE,
        absolute_lifetime=12 * HOUR,
        concurrent_sessions=1,
        failed_logins=10,
        source="our choice for an unattended shared device; NIST SP 800-63B-4 section 2.3.3 for the 12 h",
    ),
    Profile(
        name="patient-portal",
        title="Patient portal",
        inactivity_timeout=15 * MINUTE,
        absolute_lifetime=12 * HOUR,
        concurrent_sessions=None,
        failed_logins=10,
        source="NIST SP 800-63B-4 section 2.3.3 (15 min, 12 h); WSTG-SESS-07 for the 15 min",
    ),
    Profile(
        name="telehealth",
        title="Telehealth, with consultations that must not be cut off",
        inactivity_timeout=30 * MINUTE,
        absolute_lifetime=12 * HOUR,
        concurrent_sessions=None,
        failed_logins=10,
        source="our choice for listening without a click, within NIST SP 800-63B-4 section 2.2.3",
    ),
)
"""Sorted by name."""


def profile(name: str) -> Profile:
    """The profile called `name`.

    Raises:
        UnknownProfileError: there is none of that name; the message lists those there are.

    """
    found = next((entry for entry in PROFILES if entry.name == name), None)
    if found is None:
        known = ", ".join(entry.name for entry in PROFILES)
        raise UnknownProfileError(f"no profile is called {name!r}; there are {known}")
    return found
