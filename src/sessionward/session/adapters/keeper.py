"""What all visits share, and how a visit says that something did not happen."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from sessionward.session.command import Refusal
from sessionward.session.core import lapse
from sessionward.session.policies import Policies
from sessionward.session.policy import Policy
from sessionward.session.rest import at_rest_until
from sessionward.session.state import Presented, Recalled, Record


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

    def is_at_rest(self, found: Presented, path: str, now: float) -> bool:
        """Whether a request to `path` at `now` changes nothing of a cookie's session, whoever caused it.

        Until when is worked out once for each route's policy, and noted with what is remembered.
        """
        if not isinstance(found, Recalled):
            return now < at_rest_until(self.policy_of(found.record, path), found.record)
        place = self.policies.place(path)
        until: float | None = found.notes.get(place)
        if until is None:
            until = at_rest_until(self.policy_of(found.record, path), found.record)
            found.notes[place] = until
        return now < until

    def lapsed(self, record: Record, path: str) -> bool:
        """Whether `record` is over by the clock."""
        return lapse(self.policy_of(record, path), record, self.clock()) is not None
