"""Access tokens in the Authorization header (RFC 6750, RFC 9449): reading them, and handing out a pair."""

from dataclasses import dataclass, field
from typing import Literal

from sessionward.session.adapters.cookie_header import Headers
from sessionward.session.digest import AccessToken, Token

SCHEMES = {b"bearer": "Bearer", b"dpop": "DPoP"}
Scheme = Literal["Bearer", "DPoP"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorization:
    """What a request's Authorization header says, if it is of a kind that could be ours."""

    scheme: Scheme
    token: AccessToken


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """What an app on a phone is handed: an access token for `expires_in` seconds, a refresh token for one use."""

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    token_type: Scheme
    expires_in: int

    def as_dict(self) -> dict[str, str | int]:
        """The members of a token answer (RFC 6749, section 5.1), to be answered as JSON with `no-store`."""
        return {
            "access_token": self.access_token,
            "refresh_token": self.refresh_token,
            "token_type": self.token_type,
            "expires_in": self.expires_in,
        }


def authorization(headers: Headers) -> Authorization | None:
    """The access token in a request's headers; None without one, with a malformed one, or with several headers."""
    values = [value for name, value in headers if name == b"authorization"]
    if len(values) != 1:
        return None
    scheme, _, rest = values[0].partition(b" ")
    known = SCHEMES.get(scheme.lower())
    if known is None:
        return None
    token = AccessToken.parse(rest.strip().decode("latin-1"))
    if token is None:
        return None
    return Authorization(scheme="DPoP" if known == "DPoP" else "Bearer", token=token)


def pair(refresh_token: Token, *, lifetime: float, bound: bool) -> Pair:
    """The pair around `refresh_token`; `lifetime` of the access token in seconds, `bound` to the client's key."""
    return Pair(
        access_token=refresh_token.access().text,
        refresh_token=refresh_token.text,
        token_type="DPoP" if bound else "Bearer",
        expires_in=int(lifetime),
    )
