"""The session engine: what Django and its apps know as `request.session`, on a visit of ours.

A session made by the middleware is a request's. One made by hand, as Django's test client does, is a browser's
whose cookie whoever made it sets; so it alone shows its token, as `session_key`.
"""

from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from sessionward.session.adapters.blocking_visit import BlockingVisit
from sessionward.session.adapters.django.configuration import configured
from sessionward.session.adapters.ends import end_own
from sessionward.session.adapters.keeper import Unsaved
from sessionward.session.adapters.phone import arrive_by_phone
from sessionward.session.adapters.visit import Visit
from sessionward.session.call import Look, Steps
from sessionward.session.core import quiet_since
from sessionward.session.digest import Token
from sessionward.session.policy import Policy
from sessionward.session.state import Presented, Reason, State, Subject
from sessionward.session.stores.drive import drive, drive_async

T = TypeVar("T")
USER_KEYS = (SESSION_KEY, BACKEND_SESSION_KEY, HASH_SESSION_KEY)
"""Under which names Django keeps who is logged in."""


class NotSaved(Exception):
    """What a request changed in the session's data was not kept; `unsaved` says why."""

    def __init__(self, unsaved: Unsaved) -> None:
        super().__init__(f"The session was not saved: {unsaved}.")
        self.unsaved = unsaved


class SessionStore(SessionBase):
    """A session as Django's apps know it. Who is logged in is the record's to say, never the data's.

    Every method may raise `StoreError`. A method whose name begins with an "a" is its twin for those who await.
    """

    def __init__(
        self, session_key: str | None = None, *, visit: Visit | None = None, path: str = "/"
    ) -> None:
        super().__init__(None)
        self._shared = configured()
        self._given = Token.parse(session_key or "") if visit is None else None
        self._by_hand = visit is None
        self._arrived = False
        self._path = path
        self.visit = Visit(self._shared.keeper, self._given, path) if visit is None else visit

    def take(self, steps: Steps[T]) -> T:
        """What `steps` come to, for those who block."""
        return drive(self._shared.store, steps)

    async def atake(self, steps: Steps[T]) -> T:
        """What `steps` come to, for those who await."""
        return await drive_async(self._shared.async_store, steps)

    @property
    def blocking(self) -> BlockingVisit:
        """All that can be done with this session, for those who block."""
        return BlockingVisit(self.visit, self._shared.store)

    @property
    def session_key(self) -> str | None:
        """The public handle of the session, None without one; it opens nothing."""
        if not self._by_hand:
            return None if self.visit.record is None else self.visit.record.handle
        if self.visit.hand_out is not None:
            return self.visit.hand_out.text
        known = self._given is not None and (not self._arrived or self.visit.record is not None)
        return self._given.text if self._given is not None and known else None

    @property
    def locked_subject(self) -> Subject | None:
        """Whose session this is while it is locked or a factor is missing."""
        return self.blocking.locked_subject()

    @property
    def locked_user(self) -> Any:
        """The user whose session is locked or waits for a second factor, None for nobody. Asks the database."""
        subject = self.locked_subject
        if subject is None:
            return None
        return get_user_model()._default_manager.filter(pk=subject.id).first()  # noqa: SLF001 - documented by Django

    def arriving(self, *, by_person: bool = False, safe: bool = False) -> Steps[None]:
        """Find the session, once; `safe` where the request's method changes nothing."""
        if not self._arrived:
            if self.visit.by_access_token:
                yield from arrive_by_phone(self.visit, by_person=by_person)
            else:
                yield from self.visit.arrive(by_person=by_person, safe=safe)
            self._arrived = True
            self._forget_a_stranger()

    def logging_in(self, subject: Subject, *, role: str | None, method: str) -> Steps[None]:
        """`subject` gave all factors: a new session with the data of this one, or this one without its lock."""
        yield from self.arriving()
        record, data = self.visit.record, self.visit.session
        if self.visit.state is not State.LOCKED or record is None or record.subject != subject:
            yield from self.visit.login(subject, role=role, method=method, epoch=None, keep=tuple(data))
            return
        said = {key: data[key] for key in USER_KEYS if key in data}
        yield from self.visit.reauthenticated(method=method)
        data.update(said)

    def finishing(self) -> Steps[None]:
        """Write what was changed.

        Raises:
            NotSaved: somebody else changed the same, or the session is locked.
            RuntimeError: the app named a user without logging them in.

        """
        data = self.visit.session
        if SESSION_KEY in data and self.visit.state is not State.LOCKED and not self._is_logged_in():
            raise RuntimeError(
                f"The session names a user under {SESSION_KEY!r} who is not logged in: call "
                "django.contrib.auth.login, whose signal user_logged_in must reach its receivers."
            )
        unsaved = yield from self.visit.save()
        if unsaved is not None:
            raise NotSaved(unsaved)

    def _is_logged_in(self) -> bool:
        subject = self.visit.subject
        return subject is not None and subject.id == self.visit.session.get(SESSION_KEY)

    def _forget_a_stranger(self) -> None:
        """Data that names another user than the record, or one without a login, names nobody."""
        if SESSION_KEY in self.visit.session and not self._is_logged_in():
            for key in USER_KEYS:
                self.visit.session.pop(key, None)

    def _saving(self, *, must_exist: bool) -> Steps[None]:
        yield from self.arriving()
        if must_exist and self.visit.record is None:
            yield from self.visit.remember()
        yield from self.finishing()
        if self.visit.session.changes():  # the next save needs the versions that this one has made
            yield from self.visit.arrive(by_person=False)

    def _flushing(self) -> Steps[None]:
        yield from self.arriving()
        self.visit.session.clear()
        yield from self.visit.logout()
        self.modified = True

    def _cycling(self) -> Steps[None]:
        """A new token for whoever is logged in. A visitor's opens nothing, and gets its successor at the login."""
        yield from self.arriving()
        if self.visit.subject is not None and self.visit.record is not None:
            yield from self.visit.change_role(self.visit.record.role)

    def _deleting(self, key: str | None) -> Steps[None]:
        yield from self.arriving()
        if key is None or key == self.session_key:
            yield from self._flushing()
        elif (token := Token.parse(key)) is not None:
            yield from Visit(self._shared.keeper, token, self._path).logout()
        else:
            yield from end_own(self.visit, key, reason=Reason.LOGOUT)

    def _policy(self) -> Policy:
        record, keeper = self.visit.record, self._shared.keeper
        if record is None:
            return keeper.policies.resolve(tenant=None, role=None, path=self._path)
        return keeper.policy_of(record, self._path)

    @property
    def _session(self) -> dict[str, Any]:
        """The data, through which all of Django's methods go."""
        if not self._arrived:
            self.take(self.arriving())
        self.accessed = True
        return self.visit.session

    async def _aget_session(self, *_: object, **__: object) -> dict[str, Any]:
        if not self._arrived:
            await self.atake(self.arriving())
        self.accessed = True
        return self.visit.session

    def load(self) -> dict[str, Any]:
        """The data."""
        return self._session

    async def aload(self) -> dict[str, Any]:
        """See `load`."""
        return await self._aget_session()

    def clear(self) -> None:
        """Forget the data. This logs nobody out: `flush` does."""
        self._session.clear()
        self.modified = True

    def is_empty(self) -> bool:
        """Whether there is neither a session nor anything to keep in one."""
        return not self._session and self.visit.record is None

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002 - Django's signature
        """Write what was changed now. Nobody needs to: the middleware does.

        Raises:
            NotSaved: somebody else changed the same, or the session is locked.

        """
        self.take(self._saving(must_exist=self._by_hand or must_create))

    async def asave(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002 - Django's signature
        """See `save`."""
        await self.atake(self._saving(must_exist=self._by_hand or must_create))

    def create(self) -> None:
        """Give a visitor a session at once."""
        self.take(self._saving(must_exist=True))

    async def acreate(self) -> None:
        """See `create`."""
        await self.atake(self._saving(must_exist=True))

    def flush(self) -> None:
        """End the session, as a logout does."""
        self.take(self._flushing())

    async def aflush(self) -> None:
        """See `flush`."""
        await self.atake(self._flushing())

    def cycle_key(self) -> None:
        """Give whoever is logged in a new token."""
        self.take(self._cycling())

    async def acycle_key(self) -> None:
        """See `cycle_key`."""
        await self.atake(self._cycling())

    def exists(self, session_key: str) -> bool:
        """Whether `session_key`, of a session that was made by hand, opens one."""
        token = Token.parse(session_key)
        return token is not None and isinstance(self.take(_look(token)), Presented)

    async def aexists(self, session_key: str) -> bool:
        """See `exists`."""
        token = Token.parse(session_key)
        return token is not None and isinstance(await self.atake(_look(token)), Presented)

    def delete(self, session_key: str | None = None) -> None:
        """End this session, that of a token, or, by its handle, another one of the same user."""
        self.take(self._deleting(session_key))

    async def adelete(self, session_key: str | None = None) -> None:
        """See `delete`."""
        await self.atake(self._deleting(session_key))

    @classmethod
    def clear_expired(cls) -> None:
        """Let the store forget what is too old to matter."""
        shared = configured()
        shared.store.purge(now=shared.keeper.clock())

    @classmethod
    async def aclear_expired(cls) -> None:
        """See `clear_expired`."""
        shared = configured()
        await shared.async_store.purge(now=shared.keeper.clock())

    def set_expiry(self, value: datetime | timedelta | int | None) -> None:
        """Take 0 and None, which are what happens anyway: a cookie as long as the browser, a life by the policy.

        Raises:
            ImproperlyConfigured: anything else.

        """
        if value not in {0, None}:
            raise ImproperlyConfigured(
                f"request.session.set_expiry({value!r}) cannot be done: how long a session lives is for the policy in "
                "SESSIONWARD to say (inactivity_timeout and absolute_lifetime, by role, tenant and route)."
            )

    async def aset_expiry(self, value: datetime | timedelta | int | None) -> None:
        """See `set_expiry`."""
        self.set_expiry(value)

    def get_session_cookie_age(self) -> int:
        """For how many seconds a session can live at most. The cookie itself goes with the browser."""
        return int(self._policy().absolute_lifetime)

    def get_expiry_age(self, **_: Any) -> int:
        """In how many seconds the session ends if nothing happens."""
        self.take(self.arriving())
        return self._left()

    async def aget_expiry_age(self, **_: Any) -> int:
        """See `get_expiry_age`."""
        await self.atake(self.arriving())
        return self._left()

    def get_expiry_date(self, **_: Any) -> datetime:
        """When the session ends if nothing happens."""
        return timezone.now() + timedelta(seconds=self.get_expiry_age())

    async def aget_expiry_date(self, **_: Any) -> datetime:
        """See `get_expiry_date`."""
        return timezone.now() + timedelta(seconds=await self.aget_expiry_age())

    def get_expire_at_browser_close(self) -> bool:
        """Always: when a session ends is the server's business."""
        return True

    async def aget_expire_at_browser_close(self) -> bool:
        """See `get_expire_at_browser_close`."""
        return True

    def _left(self) -> int:
        record, policy = self.visit.record, self._policy()
        if record is None:
            return int(policy.anonymous_lifetime)
        ends = min(record.deadline, quiet_since(record) + policy.inactivity_timeout)
        return max(0, int(ends - self._shared.keeper.clock()))


def _look(token: Token) -> Steps[object]:
    found: object = yield Look(digest=token.digest)
    return found


CURRENT: ContextVar[SessionStore | None] = ContextVar("sessionward.current", default=None)
"""The session of the request that is being served, for signals that are told of no request."""
