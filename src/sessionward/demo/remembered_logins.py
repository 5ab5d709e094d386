"""Remembered logins: browsers that log in again without a password, the app's own whoever keeps its sessions."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from sessionward.demo.random_tokens import digest_of, new_token

REMEMBERED_LIFETIME = 30 * 86400.0
"""Seconds for which a browser is remembered after it was last seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """A login that a browser may repeat without a password. Its token changes with each use, its chain does not."""

    subject: str
    chain: str
    until: float


class RememberedLogins:
    """The browsers that asked to be remembered, by the digest of the one token that is good now."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """Nobody is remembered yet."""
        self._clock = clock
        self._by_digest: dict[bytes, Remembered] = {}

    def remember(self, subject: str, chain: str | None = None) -> tuple[str, str]:
        """A token that logs `subject` in once more, and the chain that it belongs to."""
        token = new_token()
        chain = chain or secrets.token_hex(8)
        until = self._clock() + REMEMBERED_LIFETIME
        self._by_digest[digest_of(token)] = Remembered(subject=subject, chain=chain, until=until)
        return token, chain

    def redeem(self, token: str) -> Remembered | None:
        """The login behind `token`, which is thereby spent."""
        found = self._by_digest.pop(digest_of(token), None)
        return found if found and found.until > self._clock() else None

    def forget_chain(self, chain: str | None) -> None:
        """No token of this chain logs in any more."""
        self._keep(lambda each: each.chain != chain)

    def forget_subject(self, subject: str) -> None:
        """No browser of this account is remembered any more."""
        self._keep(lambda each: each.subject != subject)

    def _keep(self, wanted: Callable[[Remembered], bool]) -> None:
        self._by_digest = {digest: each for digest, each in self._by_digest.items() if wanted(each)}
