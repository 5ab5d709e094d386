"""The one place that decides what becomes of a session. No clock, no randomness, no store, no framework.

A login never continues an older session: it makes a new one and ends what was there, so that a token planted
before the login neither opens the account nor can be used to end its session. Renewal within a session is
excused for one step and a short time, since that token had opened the same session a moment ago anyway.
"""

from dataclasses import replace
from hmac import compare_digest
from typing import assert_never

from sessionward.session.command import (
    BrowserCommand,
    Create,
    Decision,
    Refusal,
    Renew,
    Replace,
    StoreCommand,
    Terminate,
    Touch,
)
from sessionward.session.event import (
    ChangeRole,
    End,
    Event,
    FirstFactor,
    Hold,
    Lock,
    Login,
    Logout,
    Park,
    Reauthenticate,
    Refresh,
    Remember,
    Request,
    Resume,
    Spend,
)
from sessionward.session.policy import Policy
from sessionward.session.state import (
    Authentication,
    Bearer,
    Ended,
    Grant,
    Kind,
    Presented,
    Reason,
    Record,
    Session,
    State,
    TokenAge,
)

LOGGED_IN = frozenset({State.ACTIVE, State.LOCKED})
Renewal = Reauthenticate | ChangeRole | Refresh | Resume
Continuation = Request | Renewal | Spend | Hold | Lock | Park


def decide(policy: Policy, session: Session, event: Event, now: float) -> Decision:
    """What `event` makes of `session` at `now` (seconds since 1970). Total: every pair has an answer."""
    match event:
        case FirstFactor() | Login() | Remember():
            return _begin(policy, session, event, now)
        case Logout():
            commands = _end(session, Reason.LOGOUT, now)
            return Decision(state=State.TERMINATED, commands=commands, browser=BrowserCommand.FORGET)
        case End():
            return Decision(state=State.TERMINATED, commands=_end(session, event.reason, now))
        case Request() | Spend() | Hold() | Lock() | Park():
            return _continue(policy, session, event, now)
        case Reauthenticate() | ChangeRole() | Refresh() | Resume():
            return _continue(policy, session, event, now)
        case _:
            assert_never(event)


def admit(session: Session, kind: Kind, access: bytes | None, now: float) -> Session:
    """`session` as a token of this kind opens it, None where it opens nothing; `access` is an access token's digest.

    A refresh token is no cookie and a cookie no refresh token, wherever they are presented. An access token is no
    part of the chain of refresh tokens: one that is over is stale, and no sign of theft.
    """
    if not isinstance(session, Presented):
        return session
    bearer = session.record.bearer
    if kind is not Kind.ACCESS:
        return session if (bearer is not None) == (kind is Kind.REFRESH) else None
    if bearer is None or access is None:
        return None
    current = compare_digest(bearer.access, access) and now < bearer.until
    before = bearer.previous is not None and compare_digest(bearer.previous, access)
    if current or (before and now < bearer.previous_until):
        return replace(session, age=TokenAge.CURRENT)
    return None


def lapse(policy: Policy, record: Record, now: float) -> Reason | None:
    """Why `record` is over by the clock, None while it is not."""
    if record.created < policy.not_before:
        return Reason.ADMINISTRATOR
    if now >= record.deadline or now >= record.created + lifetime(policy, record.state):
        return Reason.LIFETIME
    if now - quiet_since(record) >= policy.inactivity_timeout:
        return Reason.INACTIVITY
    return None


def lock_is_due(policy: Policy, record: Record, now: float) -> bool:
    """Whether an active `record` has been idle long enough to be locked."""
    idle = now - quiet_since(record)
    return record.state is State.ACTIVE and policy.lock_after is not None and idle >= policy.lock_after


def quiet_since(record: Record) -> float:
    """Since when nothing shows that somebody is there: no activity of a person and no running consultation."""
    return record.last_active if record.lease is None else max(record.last_active, record.lease)


def proved_within(policy: Policy, record: Record, seconds: float, now: float) -> bool:
    """Whether the subject proved who they are less than `seconds` ago, and is there.

    Where only a consultation holds the lock off, nobody is known to be there, and whoever does something that
    matters proves once more who they are.
    """
    if record.state is not State.ACTIVE or not record.authentications:
        return False
    unattended = policy.lock_after is not None and now - record.last_active >= policy.lock_after
    return not unattended and now - record.authentications[-1].at < seconds


def lifetime(policy: Policy, state: State) -> float:
    """For how many seconds a session may be in `state` at most."""
    if state is State.ANONYMOUS:
        return policy.anonymous_lifetime
    return policy.pending_lifetime if state is State.PENDING else policy.absolute_lifetime


def _begin(policy: Policy, session: Session, event: FirstFactor | Login | Remember, now: float) -> Decision:
    if isinstance(event, Remember):
        known = _continue(policy, session, Request(by_person=False), now)
        if known.record is not None or _has_a_successor(policy, session, now):
            return known
        made = _made(policy, event, now)
        return Decision(
            state=made.state,
            record=made,
            commands=(*known.commands, Create(record=made, limit=None)),
            browser=BrowserCommand.HAND_OUT,
        )
    ends = _end(session, Reason.REPLACED, now)
    if isinstance(event, Login) and _belongs_to_another(session, event):
        return Decision(state=State.TERMINATED, commands=ends, refusal=Refusal.OTHER_SUBJECT)
    made = _made(policy, event, now)
    limit = policy.concurrent_sessions if made.state is State.ACTIVE else None
    return Decision(
        state=made.state,
        record=made,
        commands=(*ends, Create(record=made, limit=limit)),
        browser=BrowserCommand.HAND_OUT,
    )


def _has_a_successor(policy: Policy, session: Session, now: float) -> bool:
    """Whether the browser is just being given a newer token, which a visitor's must not overwrite."""
    if isinstance(session, Ended):
        return session.reason is Reason.REPLACED and now < session.at + policy.renewal_grace
    return session is not None and session.age is TokenAge.RETIRED and not _is_stolen(session, now)


def _belongs_to_another(session: Session, event: Login) -> bool:
    """Whether a first factor of somebody else is still pending: its second must be the same subject's."""
    if not isinstance(session, Presented) or session.record.state is not State.PENDING:
        return False
    return session.record.subject != event.subject


def _made(policy: Policy, event: FirstFactor | Login | Remember, now: float) -> Record:
    if isinstance(event, Remember):
        return Record(
            handle=event.handle,
            digest=event.digest,
            state=State.ANONYMOUS,
            version=1,
            created=now,
            last_active=now,
            deadline=now + policy.anonymous_lifetime,
        )
    state = State.ACTIVE if isinstance(event, Login) else State.PENDING
    return Record(
        handle=event.handle,
        digest=event.digest,
        state=state,
        version=1,
        created=now,
        last_active=now,
        deadline=now + lifetime(policy, state),
        subject=event.subject,
        role=event.role if isinstance(event, Login) else None,
        epoch=event.epoch,
        authentications=(Authentication(method=event.method, at=now),),
        client=event.client,
        bearer=_paired(policy, event.access, now) if isinstance(event, Login) else None,
        device_key=event.device_key if isinstance(event, Login) else None,
    )


def _end(session: Session, reason: Reason, now: float) -> tuple[StoreCommand, ...]:
    """Ends whatever lives, also at the word of a renewed token: a logout always wins."""
    if not isinstance(session, Presented):
        return ()
    if _is_stolen(session, now):
        reason = Reason.THEFT
    record = session.record
    return (Terminate(handle=record.handle, owner=record.subject, reason=reason, at=now),)


def _is_stolen(session: Presented, now: float) -> bool:
    """Whether a renewed token comes after its grace: its owner has the successor, so somebody else has this one."""
    return session.age is not TokenAge.CURRENT and now >= session.grace_until


def _continue(policy: Policy, session: Session, event: Continuation, now: float) -> Decision:
    refusal = _refusal_without_a_session(event)
    if session is None:
        return Decision(state=State.ANONYMOUS, refusal=refusal)
    if isinstance(session, Ended):
        return Decision(state=State.TERMINATED, refusal=refusal)
    over = Reason.THEFT if _is_stolen(session, now) else lapse(policy, session.record, now)
    if over is not None:
        return Decision(state=State.TERMINATED, commands=_end(session, over, now), refusal=refusal)
    if session.age is TokenAge.RETIRED:  # two renewals within one grace: excused, but no longer served
        return Decision(state=State.ANONYMOUS, refusal=refusal)
    if isinstance(event, Request):
        return _serve(policy, session.record, event, now)
    if session.record.state not in LOGGED_IN:
        return Decision(state=session.record.state, record=session.record, refusal=refusal)
    match event:
        case Lock() | Park():
            return _locked(session.record, parks=isinstance(event, Park))
        case Spend():
            return _spent(policy, session.record, event, now)
        case Hold():
            return _held_open(policy, session.record, now)
        case _:
            return _renewed(policy, session, event, now)


def _refusal_without_a_session(event: Continuation) -> Refusal | None:
    if isinstance(event, Request):
        return None
    return Refusal.NOTHING_PARKED if isinstance(event, Resume) else Refusal.NOT_LOGGED_IN


def _serve(policy: Policy, record: Record, event: Request, now: float) -> Decision:
    if lock_is_due(policy, record, now):
        return _locked(record)
    lag = now - record.last_active
    lately = not event.exact and lag < policy.touch_interval
    if not event.by_person or record.state is State.LOCKED or lately:
        return Decision(state=record.state, record=record)
    return Decision(
        state=record.state,
        record=replace(record, last_active=now),
        commands=(Touch(handle=record.handle, last_active=now),),
    )


def _locked(record: Record, *, parks: bool = False) -> Decision:
    """The session under its lock, and, where it is parked, out of the browser's hands."""
    browser = BrowserCommand.FORGET if parks else None
    if record.state is State.LOCKED and (record.parked or not parks):
        return Decision(state=State.LOCKED, record=record, browser=browser)
    after = replace(
        record,
        state=State.LOCKED,
        version=record.version + 1,
        grants=(),
        lease=None,
        parked=parks or record.parked,
    )
    return Decision(state=State.LOCKED, record=after, commands=(Replace(record=after),), browser=browser)


def _spent(policy: Policy, record: Record, event: Spend, now: float) -> Decision:
    """A permission for the scope at large may be used until it is over; one for what was shown, once."""
    found = [
        grant
        for grant in record.grants
        if (grant.scope, grant.shown) == (event.scope, event.shown) and now < grant.until
    ]
    if lock_is_due(policy, record, now):
        return replace(_locked(record), refusal=Refusal.NOT_PROVED)
    if not found or not proved_within(policy, record, policy.grant_lifetime, now):
        return Decision(state=record.state, record=record, refusal=Refusal.NOT_PROVED)
    if event.shown is None:
        return Decision(state=record.state, record=record)
    left = tuple(grant for grant in record.grants if grant not in found)
    after = replace(record, version=record.version + 1, grants=left)
    return Decision(state=after.state, record=after, commands=(Replace(record=after),))


def _held_open(policy: Policy, record: Record, now: float) -> Decision:
    """The session with its lease renewed; written only when a third of the lease is used up."""
    if lock_is_due(policy, record, now):
        return _locked(record)
    if policy.lease_length is None or record.state is not State.ACTIVE:
        return Decision(state=record.state, record=record, refusal=Refusal.NO_LEASE)
    until = min(now + policy.lease_length, record.last_active + policy.lease_cap)
    if record.lease is not None and until - record.lease < policy.lease_length / 3:
        return Decision(state=record.state, record=record)
    after = replace(record, lease=until, version=record.version + 1)
    return Decision(state=after.state, record=after, commands=(Replace(record=after),))


def _renewed(policy: Policy, session: Presented, event: Renewal, now: float) -> Decision:
    """The session after a proof of identity, a change of role or a refresh, under a new token.

    Whoever comes with the token that another request has just renewed is handed that successor instead.
    """
    record = session.record
    refusal = _not_renewable(record, event)
    if refusal is not None:
        return Decision(state=record.state, record=record, refusal=refusal)
    after = _changed(policy, record, event, now)
    if session.age is TokenAge.PREVIOUS:
        commands = () if isinstance(event, Refresh) else (Replace(record=after),)
        kept = record if isinstance(event, Refresh) else after
        return Decision(state=kept.state, record=kept, commands=commands, browser=BrowserCommand.HAND_OVER)
    access = None if isinstance(event, Resume) else event.access
    after = replace(
        after,
        digest=event.digest,
        sealed=None if isinstance(event, Resume) else event.sealed,
        bearer=_paired(policy, access, now, before=record.bearer),
    )
    grace = 0.0 if isinstance(event, Resume) else policy.renewal_grace
    renewal = Renew(record=after, retired=record.digest, grace_until=now + grace)
    return Decision(state=after.state, record=after, commands=(renewal,), browser=BrowserCommand.HAND_OUT)


def _not_renewable(record: Record, event: Renewal) -> Refusal | None:
    """Why `event` cannot happen to the living `record`; a token is renewed as what it is, cookie or bearer's."""
    if isinstance(event, Resume):
        return None if record.parked else Refusal.NOTHING_PARKED
    return None if (record.bearer is not None) == (event.access is not None) else Refusal.NOT_LOGGED_IN


def _changed(policy: Policy, record: Record, event: Renewal, now: float) -> Record:
    """`record` as `event` leaves it, but for its tokens."""
    after = replace(record, version=record.version + 1)
    match event:
        case Reauthenticate() | Resume():
            proofs = (*record.authentications[:1], Authentication(method=event.method, at=now))
            after = replace(
                after,
                state=State.ACTIVE,
                parked=False,
                authentications=proofs,
                last_active=max(now, record.last_active),
            )
            if isinstance(event, Resume):
                return replace(after, client=event.client)
            return replace(after, grants=_granted(policy, record, event, now))
        case ChangeRole():
            locks = lock_is_due(policy, record, now)
            return replace(after, role=event.role, grants=(), state=State.LOCKED if locks else record.state)
        case Refresh():
            locks = lock_is_due(policy, record, now)
            return replace(after, state=State.LOCKED if locks else record.state)
        case _:
            assert_never(event)


def _granted(policy: Policy, record: Record, event: Reauthenticate, now: float) -> tuple[Grant, ...]:
    """What is still permitted, and what this proof permits."""
    left = tuple(grant for grant in record.grants if now < grant.until)
    if event.scope is None:
        return left
    made = Grant(scope=event.scope, until=now + policy.grant_lifetime, shown=event.shown)
    return (*(grant for grant in left if (grant.scope, grant.shown) != (made.scope, made.shown)), made)


def _paired(
    policy: Policy, access: bytes | None, now: float, *, before: Bearer | None = None
) -> Bearer | None:
    """The access token that goes with a new refresh token; the one before still serves what is under way."""
    if access is None:
        return None
    until = now + policy.access_lifetime
    if before is None:
        return Bearer(access=access, until=until)
    excused = min(before.until, now + policy.renewal_grace)
    return Bearer(access=access, until=until, previous=before.access, previous_until=excused)
