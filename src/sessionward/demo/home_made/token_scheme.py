"""How a session's token is made, and what of it the server goes by."""

from collections.abc import Callable
from dataclasses import dataclass

from sessionward.demo.random_tokens import new_token


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Whom a token is made for."""

    id: str
    login_name: str


def random_for_anybody(_holder: Holder | None) -> str:
    """Tokens that have nothing to do with whoever they are for."""
    return new_token()


def whole(token: str) -> str:
    """The session is found by all of its token."""
    return token


def says_nothing(_token: str) -> str | None:
    """A token does not say whose it is; its session does."""
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenScheme:
    """The tokens of pages. The default is a random value and nothing else."""

    make: Callable[[Holder | None], str] = random_for_anybody
    """A token for a login of that account, None before a login."""

    handle: Callable[[str], str] = whole
    """The part of a token by which its session is found; empty for a token that is not believed."""

    names: Callable[[str], str | None] = says_nothing
    """The reference of the account that the token itself names."""
