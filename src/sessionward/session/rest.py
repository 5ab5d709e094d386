"""Until when a session is at rest: requests may come, and nothing is decided anew."""

import math

from sessionward.session.core import lifetime
from sessionward.session.policy import Policy
from sessionward.session.state import Record


def at_rest_until(policy: Policy, record: Record) -> float:
    """Until when a request with the current token of `record` changes nothing, whoever caused it; -infinity for never.

    While the last activity needs no new writing down, no lock and no end by inactivity can be due, since both take
    many times as long (`Policy.touch_interval`). So only the end of a lifetime can come first. A bearer's session and
    one that is not to be told from memory are never at rest.
    """
    if record.bearer is not None or policy.staleness is not None or record.created < policy.not_before:
        return -math.inf
    over = min(record.deadline, record.created + lifetime(policy, record.state))
    return min(over, record.last_active + policy.touch_interval)
