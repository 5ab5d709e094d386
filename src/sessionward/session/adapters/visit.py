"""One request's dealings with its session, whatever the framework: arrive, change, save.

Whatever asks the store is made of steps, which `drive` takes on a blocking store and `drive_async` on an awaited one.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum

from sessionward.session.adapters.request_session import RequestSession
from sessionward.session.call import AdvanceEpoch, ListSessions, ReadEpoch, Steps, Write
from sessionward.session.command import Refusal, Terminate
from sessionward.session.core import lapse
from sessionward.session.digest import Token
from sessionward.session.event import (
    ChangeRole,
    Event,
    FirstFactor,
    Lock,
    Login,
    Logout,
    Reauthenticate,
    Remember,
    Request,
)
from sessionward.session.policies import Policies
from sessionward.session.policy import Policy
from sessionward.session.result import Written
from sessionward.session.state import Reason, Record, State, Subject
from sessionward.session.transact import Fresh, Outcome, transact


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

    def happen(
        self,
        token: Token | None,
        path: str,
        make: Callable[[Fresh], Event],
        *,
        since: float,
        from_memory: bool = False,
    ) -> Steps[Outcome]:
        """Let the event that `make` makes happen to the session of `token`, under the policy for `path`.

        `since` is when the request came. `from_memory` is for events that may find a session as it was a moment ago,
        as far as the policy permits.
        """

        def policy_for(tenant: str | None, role: str | None) -> Policy:
            return self.policies.resolve(tenant=tenant, role=role, path=path)

        now = self.clock()
        staleness = 0.0
        if from_memory:
            permitted = policy_for(None, None).staleness
            staleness = float("inf") if permitted is None else permitted
        return transact(policy_for, token, make, now, under_way=now - since, staleness=staleness)

    def lapsed(self, record: Record, path: str) -> bool:
        """Whether `record` is over by the clock."""
        tenant = None if record.subject is None else record.subject.tenant
        policy = self.policies.resolve(tenant=tenant, role=record.role, path=path)
        return lapse(policy, record, self.clock()) is not None


class Visit:
    """A request to `path` that came with `token`, or with none that could be ours."""

    def __init__(self, keeper: Keeper, token: Token | None, path: str) -> None:
        self.keeper = keeper
        self.session = RequestSession()
        self.state = State.ANONYMOUS
        self.record: Record | None = None
        self.hand_out: Token | None = None
        self.forget = False
        self._token = token
        self._path = path
        self._since = keeper.clock()

    @property
    def subject(self) -> Subject | None:
        """Who is logged in; None also while the session is locked or a factor is missing."""
        return None if self.record is None or self.state is not State.ACTIVE else self.record.subject

    def arrive(self, *, by_person: bool) -> Steps[None]:
        """Find the session. A visitor without a token costs the store nothing.

        Raises:
            StoreError: the store could not be asked; nothing may be served.

        """
        if self._token is not None:
            self._become((yield from self._happen(lambda _: Request(by_person=by_person), from_memory=True)))

    def first_factor(self, subject: Subject, *, method: str, epoch: int | None) -> Steps[None]:
        """A first factor of `subject` was right."""
        number: int = (yield ReadEpoch(subject=subject)) if epoch is None else epoch
        yield from self._begin(
            lambda fresh: FirstFactor(
                subject=subject, method=method, epoch=number, handle=fresh.handle, digest=fresh.token.digest
            ),
            keep=(),
        )

    def login(
        self, subject: Subject, *, role: str | None, method: str, epoch: int | None, keep: Collection[str]
    ) -> Steps[None]:
        """All factors of `subject` were right: a new session, which takes over the values named in `keep`."""
        number: int = (yield ReadEpoch(subject=subject)) if epoch is None else epoch
        yield from self._begin(
            lambda fresh: Login(
                subject=subject,
                role=role,
                method=method,
                epoch=number,
                handle=fresh.handle,
                digest=fresh.token.digest,
            ),
            keep=keep,
        )

    def reauthenticated(self, *, method: str) -> Steps[None]:
        """The subject proved once more who they are: a new token, and the lock is off."""
        was_locked = self.state is State.LOCKED
        token = self._held()
        outcome = yield from self._happen(
            lambda fresh: Reauthenticate(
                method=method, digest=fresh.token.digest, sealed=token.seal(fresh.token)
            )
        )
        self._become(outcome, reload=was_locked)

    def change_role(self, role: str | None) -> Steps[None]:
        """The subject's privileges in this session are now those of `role`: a new token."""
        token = self._held()
        outcome = yield from self._happen(
            lambda fresh: ChangeRole(role=role, digest=fresh.token.digest, sealed=token.seal(fresh.token))
        )
        self._become(outcome, reload=False)

    def lock(self) -> Steps[None]:
        """Lock the session; its data is out of reach from here on."""
        self._held()
        self._become((yield from self._happen(lambda _: Lock())))

    def logout(self) -> Steps[None]:
        """End this session."""
        self._become((yield from self._happen(lambda _: Logout())))

    def end_all(self, reason: Reason, *, keep_this: bool) -> Steps[None]:
        """End all sessions of whoever is logged in, this one too unless it is to be kept."""
        subject = self._logged_in()
        keep = self.record.handle if keep_this and self.record is not None else None
        yield AdvanceEpoch(subject=subject, reason=reason, at=self.keeper.clock(), keep=keep)
        if not keep_this:
            yield from self.logout()

    def password_changed(self) -> Steps[None]:
        """The password is new: the subject's other sessions end, and this one gets a new token."""
        yield from self.end_all(Reason.PASSWORD_CHANGE, keep_this=True)
        yield from self.reauthenticated(method="password")

    def others(self) -> Steps[tuple[Record, ...]]:
        """The living sessions of whoever is logged in, this one among them."""
        subject = self._logged_in()
        found = yield ListSessions(subject=subject, now=self.keeper.clock())
        return tuple(record for record in found if not self.keeper.lapsed(record, self._path))

    def end_other(self, handle: str, *, reason: Reason) -> Steps[bool]:
        """End the session `handle` if it is the same subject's; whether that ended it."""
        owner = self._logged_in()
        ended: bool = yield Terminate(handle=handle, owner=owner, reason=reason, at=self.keeper.clock())
        return ended

    def save(self) -> Steps[Unsaved | None]:
        """Write what was changed in the session's data, key by key; None if all is well.

        What belongs to a session that has ended meanwhile is dropped: nothing brings it back.
        """
        changes = self.session.changes()
        if not changes:
            return None
        if self.state is State.LOCKED:
            return Unsaved.LOCKED
        if self.record is None and not self.forget:
            outcome = yield from self._happen(
                lambda fresh: Remember(handle=fresh.handle, digest=fresh.token.digest)
            )
            self._become(outcome, reload=False)
        if self.record is None:
            return None
        written = yield Write(handle=self.record.handle, changes=changes)
        return Unsaved.CONFLICT if written is Written.CONFLICT else None

    def _begin(self, make: Callable[[Fresh], Event], *, keep: Collection[str]) -> Steps[None]:
        outcome = yield from self._happen(make)
        self.session.begin_anew(keep=keep)
        self._become(outcome, reload=False)

    def _happen(self, make: Callable[[Fresh], Event], *, from_memory: bool = False) -> Steps[Outcome]:
        return (
            yield from self.keeper.happen(
                self._token, self._path, make, since=self._since, from_memory=from_memory
            )
        )

    def _become(self, outcome: Outcome, *, reload: bool = True) -> None:
        self.state, self.record = outcome.state, outcome.record
        if outcome.token is not None:
            self._token = self.hand_out = outcome.token
            self.forget = False
        if outcome.forget:
            self._token = self.hand_out = None
            self.forget = True
        if reload or outcome.record is None:
            self.session.load({} if outcome.state is State.LOCKED else outcome.data)
        if outcome.refusal is not None:
            raise Refused(outcome.refusal)

    def _held(self) -> Token:
        if self._token is None:
            raise Refused(Refusal.NOT_LOGGED_IN)
        return self._token

    def _logged_in(self) -> Subject:
        if self.subject is None:
            raise Refused(Refusal.NOT_LOGGED_IN)
        return self.subject
