"""One event's way through a store: read, decide, write what was decided, and begin anew if somebody was faster."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import assert_never

from sessionward.session.call import AuditAppend, ListSessions, Look, Steps
from sessionward.session.command import (
    BrowserCommand,
    Create,
    Decision,
    Refusal,
    Renew,
    Replace,
    Terminate,
    Touch,
)
from sessionward.session.core import admit, decide
from sessionward.session.digest import AccessToken, Token, new_handle
from sessionward.session.event import Event, FirstFactor, Login
from sessionward.session.policy import Policy
from sessionward.session.result import Creation, NotCreated, StoreError, Written
from sessionward.session.state import (
    Client,
    Kind,
    Presented,
    Recalled,
    Record,
    Session,
    State,
    Subject,
    TokenAge,
    Value,
)
from sessionward.session.trail import told

ATTEMPTS = 5


class Contended(StoreError):
    """Others wrote the same session again and again; refusing is safer than going on with what was read."""


ClientOf = Callable[[], Client | None]
PolicyFor = Callable[[str | None, str | None], Policy]
"""The policy for a tenant and a role, None where nobody is logged in."""


def nobody_knows() -> None:
    """The client of what no request brought about."""


class Fresh:
    """What an event may need that nobody could foresee, and most do not: a token, and a handle for a new session."""

    @cached_property
    def token(self) -> Token:
        """A new token, the same each time."""
        return Token.mint()

    @cached_property
    def handle(self) -> str:
        """A new handle, the same each time."""
        return new_handle()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of an event. `token` is for the browser; with `forget` it is to let go of the one it has."""

    state: State
    record: Record | None = None
    data: Mapping[str, Value] = field(default_factory=dict)
    token: Token | None = None
    forget: bool = False
    refusal: Refusal | None = None
    taken_over: tuple[str, ...] = ()


def transact(  # noqa: PLR0913 - what a request brings, each by its name
    policy_for: PolicyFor,
    token: Token | AccessToken | None,
    make: Callable[[Fresh], Event],
    now: float,
    *,
    kind: Kind = Kind.COOKIE,
    under_way: float = 0.0,
    client: ClientOf = nobody_knows,
    staleness: float = 0.0,
    found: tuple[Session] | None = None,
) -> Steps[Outcome]:
    """Let the event that `make` makes happen to the session of `token`, presented as `kind`, at `now`.

    `under_way` is for how many seconds the request has been served: so much longer is its token excused, since
    whoever renewed it meanwhile is no proof that this request's was stolen. `client` tells the trail whose it is.
    `staleness` is how old what a store remembers may be for the first attempt: it is good enough to be served by,
    and never to write by. `found` is what a cookie's token led to a moment ago.

    Raises:
        Contended: others wrote the same session at each attempt.
        StoreError: the store could not be asked, as it told.

    """
    for attempt in range(ATTEMPTS):
        if found is not None and not attempt:
            session = admit(found[0], kind, None, now)
        else:
            session = yield from _read(token, kind, now - under_way, 0.0 if attempt else staleness)
        session = _excused(session, under_way)
        event = make(fresh := Fresh())
        policy = _policy(policy_for, session, event)
        decision = decide(policy, session, event, now)
        if isinstance(session, Recalled) and (decision.commands or _is_too_old(policy, staleness)):
            continue
        done = yield from _carry_out(decision)
        if done is not None:
            yield from _tell(event, session, decision, done, client, now)
            return _outcome(decision, session, token, fresh, done)
    raise Contended("The session was changed by others at each attempt.")


def _excused(session: Session, under_way: float) -> Session:
    if not isinstance(session, Presented) or session.age is TokenAge.CURRENT:
        return session
    return replace(session, grace_until=session.grace_until + under_way)


def _is_too_old(policy: Policy, staleness: float) -> bool:
    """Whether the policy, which was not known before, asks for what is newer than was asked for."""
    return policy.staleness is not None and policy.staleness < staleness


def take_up(
    policy_for: PolicyFor,
    subject: Subject,
    make: Callable[[Fresh], Event],
    now: float,
    *,
    client: ClientOf = nobody_knows,
) -> Steps[Outcome]:
    """Let the event that `make` makes happen to the session that `subject` parked last.

    Raises:
        Contended: others wrote the same session at each attempt.
        StoreError: the store could not be asked, as it told.

    """
    for _ in range(ATTEMPTS):
        living: tuple[Record, ...] = yield ListSessions(subject=subject, now=now)
        parked = max(
            (entry for entry in living if entry.parked), key=lambda entry: entry.last_active, default=None
        )
        session: Session = None
        if parked is not None:
            session = Presented(record=parked, age=TokenAge.CURRENT, grace_until=now, data={})
        fresh = Fresh()
        event = make(fresh)
        decision = decide(_policy(policy_for, session, event), session, event, now)
        done = yield from _carry_out(decision)
        if done is not None:
            yield from _tell(event, session, decision, done, client, now)
            renewed = session if decision.browser is None else (yield Look(digest=fresh.token.digest))
            return _outcome(decision, renewed, None, fresh, done)
    raise Contended("The session was changed by others at each attempt.")


def _read(token: Token | AccessToken | None, kind: Kind, now: float, staleness: float) -> Steps[Session]:
    if token is None:
        return None
    if isinstance(token, AccessToken):
        found = yield Look(digest=token.root, staleness=staleness)
        return admit(found, Kind.ACCESS, token.digest, now)
    return admit((yield Look(digest=token.digest, staleness=staleness)), kind, None, now)


def _tell(
    event: Event, session: Session, decision: Decision, done: Creation, client: ClientOf, now: float
) -> Steps[None]:
    """Leave in the trail what has happened; most requests leave nothing."""
    if any(not isinstance(command, Touch) for command in decision.commands):
        for tenant, entry in told(event, session, decision, done, client(), now):
            yield AuditAppend(tenant=tenant, content=entry.encode())


def _policy(policy_for: PolicyFor, session: Session, event: Event) -> Policy:
    if isinstance(event, Login):
        return policy_for(event.subject.tenant, event.role)
    if isinstance(event, FirstFactor):
        return policy_for(event.subject.tenant, None)
    if isinstance(session, Presented) and session.record.subject is not None:
        return policy_for(session.record.subject.tenant, session.record.role)
    return policy_for(None, None)


def _carry_out(decision: Decision) -> Steps[Creation | None]:
    """Carry out the commands; None where the session has changed since it was read."""
    made = Creation()
    for command in decision.commands:
        answer = yield command
        match command:
            case Create():
                made = answer
                if made.refused is NotCreated.EXISTS:
                    return None
            case Replace() | Renew():
                if answer is not Written.STORED:
                    return None
            case Touch():
                if not answer:
                    return None
            case Terminate():
                pass  # whoever ended it first, it has ended
            case _:
                assert_never(command)
    return made


def _outcome(
    decision: Decision, session: Session, token: Token | AccessToken | None, fresh: Fresh, made: Creation
) -> Outcome:
    if made.refused is not None:
        return Outcome(state=State.TERMINATED, refusal=Refusal.ENDED_MEANWHILE)
    continued = (
        isinstance(session, Presented)
        and decision.record is not None
        and session.record.handle == decision.record.handle
    )
    return Outcome(
        state=decision.state,
        record=decision.record,
        data=session.data if isinstance(session, Presented) and continued else {},
        token=_for_browser(decision, token, fresh),
        forget=decision.browser is BrowserCommand.FORGET,
        refusal=decision.refusal,
        taken_over=made.taken_over,
    )


def _for_browser(decision: Decision, token: Token | AccessToken | None, fresh: Fresh) -> Token | None:
    if decision.browser is BrowserCommand.HAND_OUT:
        return fresh.token
    if decision.browser is not BrowserCommand.HAND_OVER or decision.record is None:
        return None
    sealed = decision.record.sealed
    return token.unseal(sealed) if isinstance(token, Token) and sealed is not None else None
