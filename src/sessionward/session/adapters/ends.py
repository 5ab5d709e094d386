"""Steps that look at, or end, more sessions than the one of the request: a subject's other ones, or another's."""

from dataclasses import replace

from sessionward.session.adapters.keeper import Refused
from sessionward.session.adapters.visit import Visit
from sessionward.session.call import AdvanceEpoch, AuditAppend, ListSessions, Steps
from sessionward.session.command import Refusal, Terminate
from sessionward.session.state import Reason, Record, Subject
from sessionward.session.trail import Happening, TrailEvent, seen


def end_all(visit: Visit, reason: Reason, *, keep_this: bool) -> Steps[None]:
    """End all sessions of whoever is logged in, this one too unless it is to be kept."""
    subject = _logged_in(visit)
    keep = visit.record.handle if keep_this and visit.record is not None else None
    yield from end_subject(visit, subject, reason, keep=keep)
    if not keep_this:
        yield from visit.logout()


def end_subject(visit: Visit, subject: Subject, reason: Reason, *, keep: str | None = None) -> Steps[None]:
    """End all sessions of `subject` at once but `keep`: whether this is allowed is the app's to know."""
    at = visit.keeper.clock()
    yield AdvanceEpoch(subject=subject, reason=reason, at=at, keep=keep)
    entry = TrailEvent(at=at, what=Happening.ALL_ENDED, subject=subject.id, reason=reason)
    yield from _tell(visit, subject, entry)


def password_changed(visit: Visit) -> Steps[None]:
    """The password is new: the subject's other sessions end, and this one gets a new token."""
    yield from end_all(visit, Reason.PASSWORD_CHANGE, keep_this=True)
    yield from visit.reauthenticated(method="password")


def own_sessions(visit: Visit) -> Steps[tuple[Record, ...]]:
    """The living sessions of whoever is logged in, this one among them."""
    subject = _logged_in(visit)
    found = yield ListSessions(subject=subject, now=visit.keeper.clock())
    return tuple(record for record in found if not visit.keeper.lapsed(record, visit.path))


def end_own(visit: Visit, handle: str, *, reason: Reason) -> Steps[bool]:
    """End the session `handle` if it is the same subject's; whether that ended it."""
    owner = _logged_in(visit)
    at = visit.keeper.clock()
    ended: bool = yield Terminate(handle=handle, owner=owner, reason=reason, at=at)
    if ended:
        entry = TrailEvent(at=at, what=Happening.ENDED, subject=owner.id, handle=handle, reason=reason)
        yield from _tell(visit, owner, entry)
    return ended


def _tell(visit: Visit, subject: Subject, entry: TrailEvent) -> Steps[None]:
    """Leave `entry` in the trail of the subject's tenant, with who did it if that is another."""
    actor = visit.subject
    if actor is not None and actor != subject:
        entry = replace(entry, by=actor.id)
    yield AuditAppend(tenant=subject.tenant, content=seen(entry, visit.client()).encode())


def _logged_in(visit: Visit) -> Subject:
    if visit.subject is None:
        raise Refused(Refusal.NOT_LOGGED_IN)
    return visit.subject
