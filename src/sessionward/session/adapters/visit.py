"""One request's dealings with its session, whatever the framework: arrive, change, save.

Whatever asks the store is made of steps, which `drive` takes on a blocking store and `drive_async` on an awaited one.
"""

import math
from collections.abc import Callable, Collection
from typing import TypeGuard

from sessionward.session.adapters import makers
from sessionward.session.adapters.authorization import Pair, pair
from sessionward.session.adapters.keeper import Keeper, Refused, Unsaved
from sessionward.session.adapters.possession import Possession
from sessionward.session.adapters.request_session import NOTHING, RequestSession, loaded, opened
from sessionward.session.call import Look, ReadEpoch, Steps, Write
from sessionward.session.command import Refusal
from sessionward.session.core import proved_within
from sessionward.session.digest import AccessToken, Token
from sessionward.session.dpop.proof_terms import ProofRefused
from sessionward.session.event import (
    End,
    Event,
    Hold,
    Lock,
    Logout,
    Park,
    Remember,
    Request,
    Resume,
    Spend,
)
from sessionward.session.policy import Policy
from sessionward.session.result import Written
from sessionward.session.state import (
    Client,
    Kind,
    Presented,
    Reason,
    Recalled,
    Record,
    Session,
    State,
    Subject,
    TokenAge,
)
from sessionward.session.transact import Fresh, Outcome, nobody_knows, take_up, transact

Recall = Callable[[bytes, float], Recalled | None]
"""What a store remembers of the session of a digest, no older than so many seconds."""


class Visit:
    """A request to `path` that came with `token`, or with none that could be ours.

    `client` tells whose it is where a session begins; `kind` what a token that is no access token was presented as.
    """

    state = State.ANONYMOUS
    record: Record | None = None
    hand_out: Token | None = None
    forget = False
    consults = False
    possession: Possession | None = None
    doubt: ProofRefused | None = None
    nonce: str | None = None
    pair_handed_out = False

    def __init__(
        self,
        keeper: Keeper,
        token: Token | AccessToken | None,
        path: str,
        *,
        client: Callable[[], Client | None] = nobody_knows,
        kind: Kind = Kind.COOKIE,
        session: RequestSession | None = None,
        since: float | None = None,
    ) -> None:
        self.keeper = keeper
        self.session = RequestSession() if session is None else session
        self._token = token
        self._kind = kind
        self.client = client
        self.path = path
        self.since = keeper.clock() if since is None else since

    @property
    def subject(self) -> Subject | None:
        """Who is logged in; None also while the session is locked or a factor is missing."""
        return None if self.record is None or self.state is not State.ACTIVE else self.record.subject

    @property
    def bearer(self) -> bool:
        """Whether the session is one for the Authorization header."""
        return self.record is not None and self.record.bearer is not None

    @property
    def by_access_token(self) -> bool:
        """Whether what came was in the Authorization header, so that a key may have to be proved with it."""
        return isinstance(self._token, AccessToken)

    def deny(self, doubt: ProofRefused) -> None:
        """The client did not prove the key that the session is bound to: for this visit there is no session."""
        self.doubt, self.state, self.record = doubt, State.ANONYMOUS, None
        self._token = None  # nor does anything that a handler asks for lead back to it
        self.session.load(NOTHING)

    def pair(self) -> Pair:
        """What the app on the phone is handed after a login or a renewal. Raises `Refused` without one."""
        if self.hand_out is None or self.record is None:
            raise Refused(Refusal.NOT_LOGGED_IN)
        lifetime = self.keeper.policy_of(self.record, self.path).access_lifetime
        return pair(self.hand_out, lifetime=lifetime, bound=self.record.device_key is not None)

    def recall(self, remembered: Recall) -> bool:
        """Find the session in what a store remembers, where a request changes nothing; else `arrive` finds it.

        It comes to what `arrive` would, by the shortest way, since most requests of most apps can go it.
        """
        token = self._token
        if not isinstance(token, Token) or self._kind is not Kind.COOKIE:
            return False
        found = remembered(token.digest, math.inf)
        if found is None or not self.keeper.is_at_rest(found, self.path, self.since):
            return False
        self._serve(found)
        return True

    def arrive(self, *, by_person: bool, safe: bool = False) -> Steps[None]:
        """Find the session. A visitor without a token costs the store nothing.

        Only a request with a `safe` method is served from memory, as far as the policy permits: what changes
        something begins with what the store says now, and so does not collide with the change before it.

        Raises:
            StoreError: the store could not be asked; nothing may be served.

        """
        if self._token is None:
            return
        permitted = self._policy_for(None, None).staleness if safe else 0.0
        staleness = math.inf if permitted is None else permitted
        found = None
        if self._kind is Kind.COOKIE and isinstance(self._token, Token):
            session: Session = yield Look(digest=self._token.digest, staleness=staleness)
            if self._is_at_rest(session):
                self._serve(session)
                return
            found = (session,)
        outcome = yield from self._happen(
            lambda _: Request(by_person=by_person), staleness=staleness, found=found
        )
        self._become(outcome)

    def _is_at_rest(self, session: Session) -> TypeGuard[Presented]:
        """Whether the request changes nothing of `session`, so that nothing has to be decided."""
        return (
            isinstance(session, Presented)
            and session.age is TokenAge.CURRENT
            and self.keeper.is_at_rest(session, self.path, self.since)
        )

    def _serve(self, session: Presented) -> None:
        self.record, self.state = session.record, session.record.state
        self.session.load(opened(session))

    def policy(self) -> Policy:
        """What the session is held to in this visit."""
        if self.record is None:
            return self._policy_for(None, None)
        return self.keeper.policy_of(self.record, self.path)

    def stay(self) -> Steps[None]:
        """A person asked for more time: this is written down whenever the last activity was."""
        if self._token is not None:
            self._become((yield from self._happen(lambda _: Request(by_person=True, exact=True))))

    def first_factor(self, subject: Subject, *, method: str, epoch: int | None) -> Steps[None]:
        """A first factor of `subject` was right."""
        number: int = (yield ReadEpoch(subject=subject)) if epoch is None else epoch
        yield from self._begin(
            makers.first_factor(subject, method=method, epoch=number, client=self.client()), keep=()
        )

    def login(
        self,
        subject: Subject,
        *,
        role: str | None,
        method: str,
        epoch: int | None,
        keep: Collection[str] = (),
        bearer: bool = False,
        device_key: str | None = None,
    ) -> Steps[None]:
        """All factors of `subject` were right: a new session, which takes over the values named in `keep`.

        With `bearer` it is one for the Authorization header; `device_key` is the key's thumbprint it is bound to.
        """
        number: int = (yield ReadEpoch(subject=subject)) if epoch is None else epoch
        yield from self._begin(
            makers.login(
                subject,
                role=role,
                method=method,
                epoch=number,
                client=self.client(),
                bearer=bearer,
                device_key=device_key,
            ),
            keep=keep,
        )

    def resume(self, subject: Subject, *, method: str) -> Steps[None]:
        """`subject` proved who they are and takes up the session they parked; what this browser had ends."""
        outcome = yield from take_up(
            self._policy_for,
            subject,
            lambda fresh: Resume(method=method, digest=fresh.token.digest, client=self.client()),
            self.keeper.clock(),
            client=self.client,
        )
        if outcome.record is None:
            raise Refused(outcome.refusal or Refusal.NOTHING_PARKED)
        if self.record is not None and self.record.handle != outcome.record.handle:
            yield from self._happen(lambda _: End(reason=Reason.REPLACED))
        self._become(outcome)

    def reauthenticated(
        self, *, method: str, scope: str | None = None, shown: bytes | None = None
    ) -> Steps[None]:
        """The subject proved once more who they are: a new token, the lock is off, and `scope` is permitted."""
        was_locked = self.state is State.LOCKED
        made = makers.reauthenticate(self._held(), method=method, scope=scope, shown=shown)
        outcome = yield from self._happen(made)
        self._become(outcome, reload=was_locked)

    def change_role(self, role: str | None) -> Steps[None]:
        """The subject's privileges in this session are now those of `role`: a new token."""
        outcome = yield from self._happen(makers.change_role(self._held(), role))
        self._become(outcome, reload=False)

    def presented(self, token: Token | None, *, kind: Kind) -> "Visit":
        """The same request as if it had come with `token`, presented as `kind`."""
        made = Visit(self.keeper, token, self.path, client=self.client, kind=kind)
        made.possession = self.possession
        return made

    def refresh(self) -> Steps[Pair]:
        """The next pair for the refresh token that was presented, which is retired."""
        outcome = yield from self._happen(makers.refresh(self._held()))
        self._become(outcome)
        if outcome.token is None:  # another renewal came first, whose successor is not sealed for this token
            raise Refused(Refusal.NOT_LOGGED_IN)
        return self.pair()

    def spend(self, scope: str, *, shown: bytes | None = None) -> Steps[None]:
        """Use the permission for `scope`; with `shown`, that for exactly this, which is then used up.

        Raises:
            Refused: nobody proved who they are for this, or it was used or is over.

        """
        self._held()
        outcome = yield from self._happen(lambda _: Spend(scope=scope, shown=shown))
        self._become(outcome, reload=outcome.state is State.LOCKED)

    def proved_within(self, seconds: float) -> bool:
        """Whether the subject proved who they are less than `seconds` ago, and is known to be there."""
        if self.record is None:
            return False
        policy = self.keeper.policy_of(self.record, self.path)
        return proved_within(policy, self.record, seconds, self.keeper.clock())

    def hold(self) -> Steps[None]:
        """A consultation shows life: it holds the lock off for a while.

        Raises:
            Refused: nobody is logged in, the session is locked, or the policy knows no such lease.

        """
        self._held()
        outcome = yield from self._happen(lambda _: Hold())
        self._become(outcome, reload=outcome.state is State.LOCKED)
        self.consults = True

    def lock(self) -> Steps[None]:
        """Lock the session; its data is out of reach from here on."""
        self._held()
        self._become((yield from self._happen(lambda _: Lock())))

    def park(self) -> Steps[None]:
        """Lock the session and take its token from this browser, where somebody else will log in."""
        self._held()
        self._become((yield from self._happen(lambda _: Park())))

    def logout(self) -> Steps[None]:
        """End this session."""
        self._become((yield from self._happen(lambda _: Logout())))

    def save(self) -> Steps[Unsaved | None]:
        """Write what was changed in the session's data, key by key; None if all is well.

        What belongs to a session that has ended meanwhile is dropped: nothing brings it back.
        """
        changes = self.session.changes()
        if not changes:
            return None
        if self.state is State.LOCKED:
            return Unsaved.LOCKED
        by_cookie = self.doubt is None and not self.by_access_token
        if self.record is None and not self.forget and by_cookie:
            yield from self.remember()
        if self.record is None:
            return None
        written = yield Write(handle=self.record.handle, changes=changes)
        return Unsaved.CONFLICT if written is Written.CONFLICT else None

    def remember(self) -> Steps[None]:
        """Give a visitor a session, whether there is anything to keep in it or not."""
        outcome = yield from self._happen(
            lambda fresh: Remember(handle=fresh.handle, digest=fresh.token.digest)
        )
        self._become(outcome, reload=False)

    def _begin(self, make: Callable[[Fresh], Event], *, keep: Collection[str]) -> Steps[None]:
        outcome = yield from self._happen(make)
        self.session.begin_anew(keep=keep)
        self._become(outcome, reload=False)

    def _happen(
        self,
        make: Callable[[Fresh], Event],
        *,
        staleness: float = 0.0,
        found: tuple[Session] | None = None,
    ) -> Steps[Outcome]:
        now = self.keeper.clock()
        return transact(
            self._policy_for,
            self._token,
            make,
            now,
            kind=self._kind,
            under_way=now - self.since,
            client=self.client,
            staleness=staleness,
            found=found,
        )

    def _policy_for(self, tenant: str | None, role: str | None) -> Policy:
        return self.keeper.policies.resolve(tenant=tenant, role=role, path=self.path)

    def _become(self, outcome: Outcome, *, reload: bool = True) -> None:
        self.state, self.record = outcome.state, outcome.record
        if outcome.token is not None:
            self.hand_out = outcome.token
            self._token = outcome.token.access() if self.bearer else outcome.token
            self._kind = Kind.COOKIE
            self.forget = False
        if outcome.forget:
            self._token = self.hand_out = None
            self.forget = True
        if reload or outcome.record is None:
            self.session.load(NOTHING if outcome.state is State.LOCKED else loaded(outcome.data))
        if outcome.refusal is not None:
            raise Refused(outcome.refusal)

    def _held(self) -> Token | AccessToken:
        if self._token is None:
            raise Refused(Refusal.NOT_LOGGED_IN)
        return self._token
