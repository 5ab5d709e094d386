"""Who is there, as an app may see it."""

from dataclasses import dataclass

from sessionward.session.adapters.visit import Visit
from sessionward.session.state import State, Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Current:
    """Who is there. `subject` and `role` are None unless the session is active."""

    state: State
    subject: Subject | None
    role: str | None
    handle: str | None


def present(visit: Visit) -> Current:
    """Who is there, as of now in this visit."""
    record = visit.record
    return Current(
        state=visit.state,
        subject=visit.subject,
        role=None if record is None or visit.subject is None else record.role,
        handle=None if record is None else record.handle,
    )


def expected(visit: Visit) -> Subject | None:
    """Whose session is locked or waits for a second factor, so that the app knows which secret to ask for."""
    if visit.record is None or visit.state not in {State.LOCKED, State.PENDING}:
        return None
    return visit.record.subject
