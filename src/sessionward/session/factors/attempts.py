"""How often somebody may try. Nobody is locked out for ever, or strangers would lock people out.

Each attempt takes a place, and each span of time has so many; that is asked of the store before the response is
looked at, so that attempts made at once count like others. Who has used up the short spans waits a minute, who keeps
guessing an hour, then a day.
"""

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass

from sessionward.session.call import ConsumeOnce, Steps
from sessionward.session.state import Subject

PURPOSE = "attempt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """At most `places` attempts in each span of so many `seconds`, which all begin at the same times.

    Around the turn of a span up to twice as many are possible in a shorter time.

    Raises:
        ValueError: either is not positive.

    """

    seconds: float
    places: int

    def __post_init__(self) -> None:
        if not 0 < self.seconds < math.inf or self.places < 1:
            raise ValueError("A span for attempts has a length and at least one place.")


SUBJECT = (
    Span(seconds=60.0, places=5),
    Span(seconds=3600.0, places=20),
    Span(seconds=86400.0, places=50),
)
"""NIST SP 800-63B-4 allows no more than 100 failures in a row."""
NETWORK = (Span(seconds=60.0, places=30), Span(seconds=3600.0, places=300))
"""A hospital stands behind one address, so that a network may try more often than a subject."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempts:
    """Counts attempts on a subject, and from a network on whatever subjects of a tenant.

    An attempt that succeeds has its place too: nothing is given back, so that a stranger with an account of his own
    cannot clear the count. It costs the store one call for each place that was taken before, at most all of them.

    Raises:
        ValueError: there are no spans.

    """

    subject: Sequence[Span] = SUBJECT
    network: Sequence[Span] = NETWORK

    def __post_init__(self) -> None:
        if not self.subject or not self.network:
            raise ValueError("Attempts need at least one span for a subject and one for a network.")

    def take(self, subject: Subject, factor: str, network: str | None, now: float) -> Steps[float | None]:
        """Take a place for an attempt on `subject` with `factor`, from `network`; None where there was one.

        Otherwise no place was to be had, and the answer is for how many seconds there will be none: that goes into
        Retry-After. It is the same for a subject that does not exist.
        """
        waits = []
        if network is not None:
            waits.append((yield from _taken(self.network, f"network {network}", factor, subject.tenant, now)))
        if not any(waits):
            waits.append(
                (yield from _taken(self.subject, f"subject {subject.id}", factor, subject.tenant, now))
            )
        return max((wait for wait in waits if wait is not None), default=None)


def _taken(spans: Sequence[Span], who: str, factor: str, tenant: str, now: float) -> Steps[float | None]:
    for span in spans:
        begun = math.floor(now / span.seconds)
        over = (begun + 1) * span.seconds
        for place in range(span.places):
            named = [tenant, who, factor, f"{span.seconds} {begun} {place}"]
            text = "".join(f"{len(part)}:{part}" for part in named)
            used = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
            free: bool = yield ConsumeOnce(purpose=PURPOSE, key=used, owner=None, until=over, now=now)
            if free:
                break
        else:
            return max(over - now, 1.0)
    return None
