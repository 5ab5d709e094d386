"""What a tenant's audit trail says of its sessions: who, what, when and from where, and never a token.

An entry is written when what it tells has happened. Where it cannot be written the request is refused, so that
nothing is handed out of which the trail knows nothing; an end has then happened all the same.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

from sessionward.session.command import Create, Decision, Renew, Replace, Terminate
from sessionward.session.event import (
    ChangeRole,
    Event,
    Hold,
    Park,
    Reauthenticate,
    Refresh,
    Resume,
    Spend,
)
from sessionward.session.result import Creation
from sessionward.session.state import Client, Presented, Reason, Record, Session, State, Subject


class Happening(StrEnum):
    """What an entry tells of."""

    FIRST_FACTOR = "first factor given"
    CREATED = "session created"
    RENEWED = "token renewed"
    PROVED = "identity proved"
    ROLE_CHANGED = "role changed"
    PERMISSION_USED = "permission used"
    HELD_OPEN = "held open"
    LOCKED = "locked"
    PARKED = "parked"
    RESUMED = "resumed"
    REFUSED = "login refused"
    ENDED = "ended"
    ALL_ENDED = "all ended"
    TENANT_ENDED = "all of the tenant ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailEvent:
    """One entry. `at` is in seconds since 1970; what does not apply is None.

    `handle` names the session, `subject` is the id within the trail's tenant, empty where it is about all of its
    subjects. `by` is the id of whoever did it to
    another's session. `device` and `network` are those of the request that brought it about.
    """

    at: float
    what: Happening
    subject: str
    handle: str | None = None
    role: str | None = None
    method: str | None = None
    scope: str | None = None
    reason: Reason | None = None
    by: str | None = None
    device: str | None = None
    network: str | None = None

    def encode(self) -> bytes:
        """The entry as one line of JSON with its keys in order, without what does not apply."""
        said = {name: value for name, value in asdict(self).items() if value is not None}
        return json.dumps(said, sort_keys=True, separators=(",", ":")).encode("ascii")

    @classmethod
    def decode(cls, content: bytes) -> "TrailEvent":
        """The entry that `encode` wrote.

        Raises:
            ValueError: `content` is nothing that this version wrote.

        """
        try:
            found: dict[str, Any] = json.loads(content)
            reason = found.pop("reason", None)
            what = Happening(found.pop("what"))
            return cls(what=what, reason=None if reason is None else Reason(reason), **found)
        except (AttributeError, KeyError, TypeError, UnicodeDecodeError) as error:
            raise ValueError("An entry of the trail cannot be read.") from error


def told(
    event: Event, session: Session, decision: Decision, made: Creation, client: Client | None, now: float
) -> Iterator[tuple[str, TrailEvent]]:
    """The entries for what was decided and carried out, each with its tenant; visitors leave none."""
    before = session.record if isinstance(session, Presented) else None
    for command in decision.commands:
        match command:
            case Terminate(owner=Subject() as owner):
                ended = TrailEvent(
                    at=now,
                    what=Happening.ENDED,
                    subject=owner.id,
                    handle=command.handle,
                    reason=command.reason,
                )
                yield owner.tenant, seen(ended, client)
            case Create(record=Record(subject=Subject() as owner)):
                for handle in made.taken_over:
                    ended = TrailEvent(
                        at=now,
                        what=Happening.ENDED,
                        subject=owner.id,
                        handle=handle,
                        reason=Reason.TAKEN_OVER,
                    )
                    yield owner.tenant, seen(ended, client)
                yield (
                    owner.tenant,
                    seen(_begun(command.record, owner, now, refused=made.refused is not None), client),
                )
            case (
                Renew(record=Record(subject=Subject() as owner))
                | Replace(record=Record(subject=Subject() as owner))
            ):
                entry = _changed(event, before, command.record, owner, now)
                if entry is not None:
                    yield owner.tenant, seen(entry, client)
            case _:
                pass  # activity, and what visitors leave


def seen(entry: TrailEvent, client: Client | None) -> TrailEvent:
    """`entry` with where it came from."""
    if client is None:
        return entry
    return replace(entry, device=client.device, network=client.network)


def _begun(record: Record, owner: Subject, now: float, *, refused: bool) -> TrailEvent:
    what = Happening.CREATED if record.state is State.ACTIVE else Happening.FIRST_FACTOR
    return TrailEvent(
        at=now,
        what=Happening.REFUSED if refused else what,
        subject=owner.id,
        handle=record.handle,
        role=record.role,
        method=record.authentications[-1].method,
    )


def _changed(
    event: Event, before: Record | None, after: Record, owner: Subject, now: float
) -> TrailEvent | None:
    """What a living session's change is called; None for a lease that only goes on."""
    method = scope = None
    match event:
        case Reauthenticate():
            what, method, scope = Happening.PROVED, event.method, event.scope
        case Resume():
            what, method = Happening.RESUMED, event.method
        case ChangeRole():
            what = Happening.ROLE_CHANGED
        case Refresh():
            what = Happening.RENEWED
        case Spend() if after.state is State.ACTIVE:
            what, scope = Happening.PERMISSION_USED, event.scope
        case Hold() if after.state is State.ACTIVE:
            if before is not None and before.lease is not None and now < before.lease:
                return None
            what = Happening.HELD_OPEN
        case Park():
            what = Happening.PARKED
        case _:
            what = Happening.LOCKED
    return TrailEvent(
        at=now, what=what, subject=owner.id, handle=after.handle, role=after.role, method=method, scope=scope
    )
