"""What handlers of ASGI apps call: log in and out, renew, lock, list and end sessions, ask who is there."""

from collections.abc import Callable, Collection, Mapping
from typing import TypeVar

from sessionward.session.adapters import ends
from sessionward.session.adapters.authorization import Pair
from sessionward.session.adapters.phone import login_by_phone, refresh_by_phone
from sessionward.session.adapters.presence import Current, expected
from sessionward.session.adapters.served import HasScope, served
from sessionward.session.adapters.visit import Visit
from sessionward.session.call import Steps
from sessionward.session.digest import shown_digest
from sessionward.session.state import Reason, Record, Subject

T = TypeVar("T")


async def login(
    connection: HasScope,
    subject: Subject,
    *,
    role: str | None = None,
    method: str = "password",
    epoch: int | None = None,
    keep: Collection[str] = (),
) -> None:
    """`subject` is logged in from here on, in a new session with a new token; the one before has ended.

    Of `request.session` only the values named in `keep` go along. With `epoch` as `epoch_of` told it before the
    password was checked, a login is refused over which all sessions of the subject were ended.

    Raises:
        Refused: another subject's second factor was awaited, or all sessions were ended meanwhile.
        StoreError: the store could not be asked; nobody is logged in.

    """
    await _take(
        connection, lambda visit: visit.login(subject, role=role, method=method, epoch=epoch, keep=keep)
    )


async def first_factor(
    connection: HasScope, subject: Subject, *, method: str = "password", epoch: int | None = None
) -> None:
    """A first factor was right: the session waits for `login` after the second, and shows nothing yet."""
    await _take(connection, lambda visit: visit.first_factor(subject, method=method, epoch=epoch))


async def epoch_of(connection: HasScope, subject: Subject) -> int:
    """The number that changes when all sessions of `subject` are ended."""
    return await served(connection).store.epoch(subject)


async def logout(connection: HasScope) -> None:
    """End this session; the browser is told to let go of its token, and it opens nothing any more."""
    await _take(connection, lambda visit: visit.logout())


async def logout_everywhere(connection: HasScope) -> None:
    """End all sessions of whoever is logged in, this one too. Raises `Refused` where nobody is."""
    await _take(connection, lambda visit: ends.end_all(visit, Reason.LOGOUT_EVERYWHERE, keep_this=False))


async def end_subject(
    connection: HasScope, subject: Subject, *, reason: Reason = Reason.ADMINISTRATOR
) -> None:
    """End all sessions of `subject`, who need not be whoever asks: after a reset, a disabling, by an administrator.

    Whether whoever asks may do so is the app's to know. The trail of the subject's tenant names them.
    """
    await _take(connection, lambda visit: ends.end_subject(visit, subject, reason))


async def end_tenant(
    connection: HasScope, tenant: str, *, reason: Reason = Reason.ADMINISTRATOR
) -> Mapping[str | None, int]:
    """End all sessions of `tenant`, this one too if it is in it, and refuse logins under way; how many, by tenant.

    Whether whoever asks may do so is the app's to know. The tenant's trail names them.

    Raises:
        ValueError: the tenant has no name.

    """
    return await _take(connection, lambda visit: ends.end_tenant(visit, tenant, reason))


async def end_everybody(
    connection: HasScope, *, reason: Reason = Reason.ADMINISTRATOR
) -> Mapping[str | None, int]:
    """End all sessions of all tenants, this one and visitors' too; how many, by tenant, visitors' under None."""
    return await _take(connection, lambda visit: ends.end_tenant(visit, None, reason))


async def password_changed(connection: HasScope) -> None:
    """End the other sessions of whoever is logged in and renew this one's token. Raises `Refused` where nobody is."""
    await _take(connection, ends.password_changed)


async def reauthenticated(
    connection: HasScope, *, method: str = "password", scope: str | None = None, shown: object = None
) -> None:
    """The subject proved once more who they are: a new token; a locked session is open again.

    With `scope`, what `spend` names is permitted for as long as the policy says. With `shown`, what the subject
    had before their eyes (anything JSON can tell), it is permitted for exactly that, once.
    Raises `Refused` where nobody is logged in.
    """
    await _take(
        connection, lambda visit: visit.reauthenticated(method=method, scope=scope, shown=_digest(shown))
    )


async def spend(connection: HasScope, scope: str, *, shown: object = None) -> None:
    """Do what needs a fresh proof of identity; with `shown`, exactly what the subject saw when they proved it.

    Raises:
        Refused: nobody proved who they are for this, or the permission is over or was used.
        StoreError: the store could not be asked; nothing is permitted.

    """
    await _take(connection, lambda visit: visit.spend(scope, shown=_digest(shown)))


def proved_within(connection: HasScope, seconds: float) -> bool:
    """Whether the subject proved who they are less than `seconds` ago. False where only a lease holds the lock off."""
    return served(connection).visit.proved_within(seconds)


async def hold(connection: HasScope) -> None:
    """A consultation shows life, by its media or its WebSocket: it holds the lock off for a while.

    Raises `Refused` where nobody is logged in, the session is locked, or the policy has no `lease_length`.
    """
    await _take(connection, lambda visit: visit.hold())


async def park(connection: HasScope) -> None:
    """Leave a shared workstation to somebody else: the session is locked, and this browser has no token of it.

    Raises `Refused` where nobody is logged in.
    """
    await _take(connection, lambda visit: visit.park())


async def resume(connection: HasScope, subject: Subject, *, method: str = "password") -> None:
    """`subject` proved who they are and takes up the session they parked last, wherever that was.

    Raises `Refused` where they have parked none; `login` then begins a new one.
    """
    await _take(connection, lambda visit: visit.resume(subject, method=method))


async def login_bearer(
    connection: HasScope,
    subject: Subject,
    *,
    role: str | None = None,
    method: str = "password",
    epoch: int | None = None,
) -> Pair:
    """`subject` is logged in on a phone: a new session for the Authorization header, and its first pair of tokens.

    Where the client offers a proof of a key (DPoP, RFC 9449), each request has to bring one of the same key.

    Raises:
        Refused: the proof does not hold, another subject's second factor was awaited, or all sessions were ended.
        StoreError: the store could not be asked; nobody is logged in.

    """
    return await _take(
        connection, lambda visit: login_by_phone(visit, subject, role=role, method=method, epoch=epoch)
    )


async def refresh(connection: HasScope, refresh_token: str) -> Pair:
    """The next pair of tokens for `refresh_token`, which is used up. A second use after a short grace ends the session.

    Raises:
        Refused: the token opens no session, or none any more, or its key was not proved.
        StoreError: the store could not be asked; the client asks again with the same token.

    """
    return await _take(connection, lambda visit: refresh_by_phone(visit, refresh_token))


async def change_role(connection: HasScope, role: str | None) -> None:
    """The privileges in this session change: a new token. Raises `Refused` where nobody is logged in."""
    await _take(connection, lambda visit: visit.change_role(role))


async def lock(connection: HasScope) -> None:
    """Lock this session until `reauthenticated`. Raises `Refused` where nobody is logged in."""
    await _take(connection, lambda visit: visit.lock())


async def own_sessions(connection: HasScope) -> tuple[Record, ...]:
    """The living sessions of whoever is logged in. Raises `Refused` where nobody is."""
    return await _take(connection, ends.own_sessions)


async def report_session(connection: HasScope, handle: str) -> bool:
    """One of the subject's own sessions was not begun by them: end it, and say so in the trail."""
    return await end_session(connection, handle, reason=Reason.REPORTED)


async def end_session(connection: HasScope, handle: str, *, reason: Reason = Reason.LOGOUT) -> bool:
    """End one of the subject's own sessions by its handle; False if it is none of theirs or has ended.

    Raises `Refused` where nobody is logged in.
    """
    return await _take(connection, lambda visit: ends.end_own(visit, handle, reason=reason))


def current(connection: HasScope) -> Current:
    """Who is there, as of now in this request."""
    return served(connection).current


def locked_subject(connection: HasScope) -> Subject | None:
    """Whose session is locked or waits for a second factor, so that the app knows which secret to ask for."""
    return expected(served(connection).visit)


def _digest(shown: object) -> bytes | None:
    return None if shown is None else shown_digest(shown)


async def _take(connection: HasScope, steps: Callable[[Visit], Steps[T]]) -> T:
    found = served(connection)
    return await found.take(steps(found.visit))
