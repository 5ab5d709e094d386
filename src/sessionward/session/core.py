"""The one place that decides what becomes of a session. No clock, no randomness, no store, no framework.

A login never continues an older session: it makes a new one and ends what was there, so that a token planted
before the login neither opens the account nor can be used to end its session. Renewal within a session is
excused for one step and a short time, since that token had opened the same session a moment ago anyway.
"""

from dataclasses import replace
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
    Lock,
    Login,
    Logout,
    Reauthenticate,
    Remember,
    Request,
)
from sessionward.session.policy import Policy
from sessionward.session.state import (
    Authentication,
    Ended,
    Presented,
    Reason,
    Record,
    Session,
    State,
    TokenAge,
)

LOGGED_IN = frozenset({State.ACTIVE, State.LOCKED})


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
        case Request() | Reauthenticate() | ChangeRole() | Lock():
            return _continue(policy, session, event, now)
        case _:
            assert_never(event)


def lapse(policy: Policy, record: Record, now: float) -> Reason | None:
    """Why `record` is over by the clock, None while it is not."""
    if now >= record.deadline or now >= record.created + _lifetime(policy, record.state):
        return Reason.LIFETIME
    if now - record.last_active >= policy.inactivity_timeout:
        return Reason.INACTIVITY
    return None


def lock_is_due(policy: Policy, record: Record, now: float) -> bool:
    """Whether an active `record` has been idle long enough to be locked."""
    idle = now - record.last_active
    return record.state is State.ACTIVE and policy.lock_after is not None and idle >= policy.lock_after


def _lifetime(policy: Policy, state: State) -> float:
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
        deadline=now + _lifetime(policy, state),
        subject=event.subject,
        role=event.role if isinstance(event, Login) else None,
        epoch=event.epoch,
        authentications=(Authentication(method=event.method, at=now),),
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


def _continue(
    policy: Policy, session: Session, event: Request | Reauthenticate | ChangeRole | Lock, now: float
) -> Decision:
    refusal = None if isinstance(event, Request) else Refusal.NOT_LOGGED_IN
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
    if isinstance(event, Lock):
        return _locked(session.record)
    return _renewed(policy, session, event, now)


def _serve(policy: Policy, record: Record, event: Request, now: float) -> Decision:
    if lock_is_due(policy, record, now):
        return _locked(record)
    lag = now - record.last_active
    if not event.by_person or record.state is State.LOCKED or lag < policy.touch_interval:
        return Decision(state=record.state, record=record)
    return Decision(
        state=record.state,
        record=replace(record, last_active=now),
        commands=(Touch(handle=record.handle, last_active=now),),
    )


def _locked(record: Record) -> Decision:
    if record.state is State.LOCKED:
        return Decision(state=State.LOCKED, record=record)
    after = replace(record, state=State.LOCKED, version=record.version + 1)
    return Decision(state=State.LOCKED, record=after, commands=(Replace(record=after),))


def _renewed(policy: Policy, session: Presented, event: Reauthenticate | ChangeRole, now: float) -> Decision:
    """The session after a proof of identity or a change of role, under a new token.

    Whoever comes with the token that another request has just renewed is handed that successor instead.
    """
    record = session.record
    after = replace(record, version=record.version + 1)
    if isinstance(event, Reauthenticate):
        proofs = (*record.authentications[:1], Authentication(method=event.method, at=now))
        after = replace(
            after, state=State.ACTIVE, authentications=proofs, last_active=max(now, record.last_active)
        )
    else:
        locks = lock_is_due(policy, record, now)
        after = replace(after, role=event.role, state=State.LOCKED if locks else record.state)
    if session.age is TokenAge.PREVIOUS:
        kept = Replace(record=after)
        return Decision(state=after.state, record=after, commands=(kept,), browser=BrowserCommand.HAND_OVER)
    after = replace(after, digest=event.digest, sealed=event.sealed)
    renewal = Renew(record=after, retired=record.digest, grace_until=now + policy.renewal_grace)
    return Decision(state=after.state, record=after, commands=(renewal,), browser=BrowserCommand.HAND_OUT)
