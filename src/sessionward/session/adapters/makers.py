"""What a visit wants to happen, made into an event once a token is minted for it."""

from collections.abc import Callable

from sessionward.session.digest import AccessToken, Token
from sessionward.session.event import ChangeRole, Event, FirstFactor, Login, Reauthenticate, Refresh
from sessionward.session.state import Client, Subject
from sessionward.session.transact import Fresh

Maker = Callable[[Fresh], Event]


def first_factor(subject: Subject, *, method: str, epoch: int, client: Client | None) -> Maker:
    """A first factor of `subject` was right."""
    return lambda fresh: FirstFactor(
        subject=subject,
        method=method,
        epoch=epoch,
        handle=fresh.handle,
        digest=fresh.token.digest,
        client=client,
    )


def login(
    subject: Subject,
    *,
    role: str | None,
    method: str,
    epoch: int,
    client: Client | None,
    bearer: bool,
    device_key: str | None,
) -> Maker:
    """All factors of `subject` were right; with `bearer` the session is one for the Authorization header."""
    return lambda fresh: Login(
        subject=subject,
        role=role,
        method=method,
        epoch=epoch,
        handle=fresh.handle,
        digest=fresh.token.digest,
        client=client,
        access=fresh.token.access().digest if bearer else None,
        device_key=device_key,
    )


def reauthenticate(
    token: Token | AccessToken, *, method: str, scope: str | None, shown: bytes | None
) -> Maker:
    """The bearer of `token` proved once more who they are."""
    return lambda fresh: Reauthenticate(
        method=method,
        digest=fresh.token.digest,
        sealed=_sealed(token, fresh),
        access=_access(token, fresh),
        scope=scope,
        shown=shown,
    )


def change_role(token: Token | AccessToken, role: str | None) -> Maker:
    """The privileges of the bearer of `token` change."""
    return lambda fresh: ChangeRole(
        role=role, digest=fresh.token.digest, sealed=_sealed(token, fresh), access=_access(token, fresh)
    )


def refresh(token: Token | AccessToken) -> Maker:
    """The bearer of the refresh token `token` asks for the next pair."""
    return lambda fresh: Refresh(
        digest=fresh.token.digest,
        sealed=_sealed(token, fresh) or b"",
        access=fresh.token.access().digest,
    )


def _sealed(token: Token | AccessToken, fresh: Fresh) -> bytes | None:
    """The successor for requests that race with this one; one with an access token has nothing to read it with."""
    return token.seal(fresh.token) if isinstance(token, Token) else None


def _access(token: Token | AccessToken, fresh: Fresh) -> bytes | None:
    return fresh.token.access().digest if isinstance(token, AccessToken) else None
