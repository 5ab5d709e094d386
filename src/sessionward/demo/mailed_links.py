"""Links that are sent by mail: to choose a new password, to confirm an address. Each opens once, for half an hour."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from sessionward.demo.random_tokens import digest_of, new_token

LINK_LIFETIME = 1800.0
"""Seconds."""
MOST_LINKS = 2000
"""Links that are open at once; the oldest goes first."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Link(Generic[T]):
    purpose: T
    key: str
    until: float


class MailedLinks(Generic[T]):
    """What open links are for, by the digest of their token."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """No link is open yet."""
        self._clock = clock
        self._by_digest: dict[bytes, _Link[T]] = {}

    def make(self, key: str, purpose: T) -> str:
        """A token for `purpose`. An earlier link of the same `key`, be it an account or an address, is closed."""
        self.close(key)
        token = new_token()
        link = _Link(purpose=purpose, key=key, until=self._clock() + LINK_LIFETIME)
        self._by_digest[digest_of(token)] = link
        while len(self._by_digest) > MOST_LINKS:
            del self._by_digest[next(iter(self._by_digest))]
        return token

    def look(self, token: str) -> T | None:
        """What the link is for, without using it up."""
        link = self._by_digest.get(digest_of(token))
        return link.purpose if link and link.until > self._clock() else None

    def use(self, token: str) -> T | None:
        """What the link is for; it opens nothing any more."""
        purpose = self.look(token)
        self._by_digest.pop(digest_of(token), None)
        return purpose

    def close(self, key: str) -> None:
        """Links of this key open nothing any more."""
        self._by_digest = {digest: each for digest, each in self._by_digest.items() if each.key != key}
