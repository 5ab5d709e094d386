"""What all visits share, and how a visit says that something did not happen."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from sessionward.session.command import Refusal
from sessionward.session.core import lapse, lifetime
from sessionward.session.policies import Policies
from sessionward.session.policy import Policy
from sessionward.session.state import Record


class Refused(Exception):
    """What the app asked for did not happen; `refusal` says why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(f"Refused: {refusal}.")
        self.refusal = refusal


class Unsaved(StrEnum):
    """Why what a request changed in the session's data was not written."""

    CONFLICT = "another request changed the same value meanwhile"
    LOCKED = "the session is locked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeper:
    """What all requests share."""

    policies: Policies
    clock: Callable[[], float]

    def policy_of(self, record: Record, path: str) -> Policy:
        """The policy that `record` is held to on `path`."""
        tenant = None if record.subject is None else record.subject.tenant
        return self.policies.resolve(tenant=tenant, role=record.role, path=path)

    def at_rest_until(self, record: Record, path: str) -> float:
        """Until when a request with the cookie of `record` changes nothing, whoever caused it.

        While the last activity needs no new writing down, nothing else can be due but the end of a lifetime. A
        bearer's session and a strict route take the long way each time.
        """
        policy = self.policy_of(record, path)
        if record.bearer is not None or policy.staleness is not None or record.created < policy.not_before:
            return -math.inf
        over = min(record.deadline, record.created + lifetime(policy, record.state))
        return min(over, record.last_active + policy.touch_interval)

    def lapsed(self, record: Record, path: str) -> bool:
        """Whether `record` is over by the clock."""
        return lapse(self.policy_of(record, path), record, self.clock()) is not None
