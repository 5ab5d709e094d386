"""Steps that look at, or end, more sessions than the one of the request: a subject's other ones, or another's."""

from collections.abc import Mapping
from dataclasses import replace

from sessionward.session.adapters.keeper import Refused
from sessionward.session.adapters.visit import Visit
from sessionward.session.call import AdvanceEpoch, AuditAppend, EndAll, ListSessions, Steps
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


def end_tenant(visit: Visit, tenant: str | None, reason: Reason) -> Steps[Mapping[str | None, int]]:
    """End all sessions of `tenant`, or everybody's where it is None, visitors' too; how many, by tenant.

    Each tenant's trail is told, also that of one in which nobody was logged in, if it was named.

    Raises:
        ValueError: the tenant has no name.

    """
    if tenant == "":
        raise ValueError("A tenant needs a name; to end the sessions of all tenants is another call.")
    at, actor, client = visit.keeper.clock(), visit.subject, visit.client()
    ended: Mapping[str | None, int] = yield EndAll(tenant=tenant, reason=reason, at=at)
    by = None if actor is None else actor.id
    entry = TrailEvent(at=at, what=Happening.TENANT_ENDED, subject="", reason=reason, by=by)
    for name in sorted({found for found in (*ended, tenant) if found is not None}):
        yield AuditAppend(tenant=name, content=seen(entry, client).encode())
    subject = None if visit.record is None else visit.record.subject
    if tenant is None or (subject is not None and subject.tenant == tenant):
        yield from visit.logout()
    return ended


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
