"""What Cookie headers that came lately say, so that they need not be read again."""

from hashlib import blake2b

from sessionward.session.digest import Token

LONGEST = 4096
MOST = 16_384
"""How many are remembered; each takes about 300 bytes."""


class CookieLines:
    """Whose session a Cookie header opens, by a hash of it: a line with a token says the same whenever it comes.

    Nothing about a session is remembered here, only how the line is to be read, and only of a line in which a token
    was found that opened a session. Neither the token nor the line stays in memory: both hold 256 random bits, so
    their hashes cannot be searched.
    """

    __slots__ = ("_digests",)

    def __init__(self) -> None:
        self._digests: dict[bytes, bytes] = {}

    def digest(self, line: bytes) -> bytes | None:
        """The digest of the token in `line`, None where the line has to be read."""
        if len(line) > LONGEST:
            return None
        return self._digests.get(blake2b(line).digest())

    def learn(self, line: bytes, token: Token) -> None:
        """What `line` says is `token`, which opened a session."""
        if len(line) > LONGEST:
            return
        if len(self._digests) >= MOST:  # whoever comes again is read again; no order has to be kept for that
            self._digests.clear()
        self._digests[blake2b(line).digest()] = token.digest
