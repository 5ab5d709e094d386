"""A visit for handlers that block, in Flask and Django: each call asks the store and comes back when it is done."""

from collections.abc import Collection, Mapping
from typing import TypeVar

from sessionward.session.adapters import ends
from sessionward.session.adapters.authorization import Pair
from sessionward.session.adapters.phone import login_by_phone, refresh_by_phone
from sessionward.session.adapters.presence import Current, expected, present
from sessionward.session.adapters.visit import Visit
from sessionward.session.call import ReadEpoch, Steps
from sessionward.session.digest import shown_digest
from sessionward.session.state import Reason, Record, Subject
from sessionward.session.stores.drive import drive
from sessionward.session.stores.store import Store

T = TypeVar("T")


class BlockingVisit:
    """What handlers do with the session of the request they serve.

    Every method raises `StoreError` where the store cannot be asked, and `Refused` where what it is for did not
    happen: mostly because nobody is logged in.
    """

    def __init__(self, visit: Visit, store: Store) -> None:
        self.visit = visit
        self._store = store

    def take(self, steps: Steps[T]) -> T:
        """What `steps` come to."""
        return drive(self._store, steps)

    def current(self) -> Current:
        """Who is there, as of now in this request."""
        return present(self.visit)

    def locked_subject(self) -> Subject | None:
        """Whose session is locked or waits for a second factor, so that the app knows which secret to ask for."""
        return expected(self.visit)

    def login(
        self,
        subject: Subject,
        *,
        role: str | None = None,
        method: str = "password",
        epoch: int | None = None,
        keep: Collection[str] = (),
    ) -> None:
        """`subject` is logged in from here on, in a new session with a new token; the one before has ended.

        Of the session's data only the values named in `keep` go along. With `epoch` as `epoch_of` told it before
        the password was checked, a login is refused over which all sessions of the subject were ended.
        """
        self.take(self.visit.login(subject, role=role, method=method, epoch=epoch, keep=keep))

    def login_bearer(
        self,
        subject: Subject,
        *,
        role: str | None = None,
        method: str = "password",
        epoch: int | None = None,
    ) -> Pair:
        """`subject` is logged in on a phone: a session for the Authorization header, and its first pair of tokens.

        Where the client offers a proof of a key (DPoP, RFC 9449), each request has to bring one of the same key.
        """
        return self.take(login_by_phone(self.visit, subject, role=role, method=method, epoch=epoch))

    def refresh(self, refresh_token: str) -> Pair:
        """The next pair of tokens for `refresh_token`, which is used up."""
        return self.take(refresh_by_phone(self.visit, refresh_token))

    def first_factor(self, subject: Subject, *, method: str = "password", epoch: int | None = None) -> None:
        """A first factor was right: the session waits for `login` after the second, and shows nothing yet."""
        self.take(self.visit.first_factor(subject, method=method, epoch=epoch))

    def epoch_of(self, subject: Subject) -> int:
        """The number that changes when all sessions of `subject` are ended."""
        return self.take(_epoch(subject))

    def logout(self) -> None:
        """End this session; the browser is told to let go of its token, and it opens nothing any more."""
        self.take(self.visit.logout())

    def logout_everywhere(self) -> None:
        """End all sessions of whoever is logged in, this one too."""
        self.take(ends.end_all(self.visit, Reason.LOGOUT_EVERYWHERE, keep_this=False))

    def end_subject(self, subject: Subject, *, reason: Reason = Reason.ADMINISTRATOR) -> None:
        """End all sessions of `subject`, who need not be whoever asks. Whether that is allowed is the app's to know."""
        self.take(ends.end_subject(self.visit, subject, reason))

    def end_tenant(self, tenant: str, *, reason: Reason = Reason.ADMINISTRATOR) -> Mapping[str | None, int]:
        """End all sessions of `tenant`, this one too if it is in it, and refuse logins under way; how many, by tenant.

        Raises:
            ValueError: the tenant has no name.

        """
        return self.take(ends.end_tenant(self.visit, tenant, reason))

    def end_everybody(self, *, reason: Reason = Reason.ADMINISTRATOR) -> Mapping[str | None, int]:
        """End all sessions of all tenants, this one and visitors' too; how many, by tenant, visitors' under None."""
        return self.take(ends.end_tenant(self.visit, None, reason))

    def password_changed(self) -> None:
        """End the other sessions of whoever is logged in and renew this one's token."""
        self.take(ends.password_changed(self.visit))

    def reauthenticated(
        self, *, method: str = "password", scope: str | None = None, shown: object = None
    ) -> None:
        """The subject proved once more who they are: a new token; a locked session is open again.

        With `scope`, what `spend` names is permitted for as long as the policy says; with `shown`, for exactly
        that, once.
        """
        self.take(self.visit.reauthenticated(method=method, scope=scope, shown=_digest(shown)))

    def spend(self, scope: str, *, shown: object = None) -> None:
        """Do what needs a fresh proof of identity; with `shown`, exactly what the subject saw when they proved it."""
        self.take(self.visit.spend(scope, shown=_digest(shown)))

    def proved_within(self, seconds: float) -> bool:
        """Whether the subject proved who they are less than `seconds` ago, and is known to be there."""
        return self.visit.proved_within(seconds)

    def change_role(self, role: str | None) -> None:
        """The privileges in this session change: a new token."""
        self.take(self.visit.change_role(role))

    def hold(self) -> None:
        """A consultation shows life: it holds the lock off for a while."""
        self.take(self.visit.hold())

    def lock(self) -> None:
        """Lock this session until `reauthenticated`."""
        self.take(self.visit.lock())

    def park(self) -> None:
        """Leave a shared workstation to somebody else: the session is locked, and this browser has no token of it."""
        self.take(self.visit.park())

    def resume(self, subject: Subject, *, method: str = "password") -> None:
        """`subject` proved who they are and takes up the session they parked last, wherever that was."""
        self.take(self.visit.resume(subject, method=method))

    def own_sessions(self) -> tuple[Record, ...]:
        """The living sessions of whoever is logged in."""
        return self.take(ends.own_sessions(self.visit))

    def end_session(self, handle: str, *, reason: Reason = Reason.LOGOUT) -> bool:
        """End one of the subject's own sessions by its handle; False if it is none of theirs or has ended."""
        return self.take(ends.end_own(self.visit, handle, reason=reason))

    def report_session(self, handle: str) -> bool:
        """One of the subject's own sessions was not begun by them: end it, and say so in the trail."""
        return self.end_session(handle, reason=Reason.REPORTED)


def _epoch(subject: Subject) -> Steps[int]:
    number: int = yield ReadEpoch(subject=subject)
    return number


def _digest(shown: object) -> bytes | None:
    return None if shown is None else shown_digest(shown)
