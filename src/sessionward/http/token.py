"""What a browser holds that may stand for a login, wherever it is carried.

A token is known by where it travels (its carrier) and its name there. Values never show in a repr.
"""

from __future__ import annotations

import enum
import hashlib
import random
import string
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace


class Carrier(enum.StrEnum):
    """Where a token travels in a request."""

    COOKIE = "cookie"
    HEADER = "header"
    QUERY = "query"


@dataclass(frozen=True, slots=True, order=True)
class TokenKey:
    """A token's place: its carrier and its name there (header names in lower case)."""

    carrier: Carrier
    name: str

    def __str__(self) -> str:
        return f"{self.carrier} {self.name}"


def fingerprint(value: str) -> str:
    """Eight hexadecimal digits of the value's SHA-256: enough to tell two apart, too little to use."""
    return hashlib.sha256(value.encode()).hexdigest()[:8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One value that a browser sends. ``scheme`` is the word before it in a header, such as Bearer.

    ``http_only`` and ``secure`` are a cookie's attributes, None where they are not known.
    """

    carrier: Carrier
    name: str
    value: str = field(repr=False)
    scheme: str = ""
    path: str = "/"
    expires: float | None = None
    http_only: bool | None = None
    secure: bool | None = None

    @property
    def key(self) -> TokenKey:
        """Where it travels."""
        return TokenKey(self.carrier, self.name.lower() if self.carrier is Carrier.HEADER else self.name)

    @property
    def shown(self) -> str:
        """The token as evidence may show it."""
        return f"{self.key} ‹{fingerprint(self.value)}›"


@dataclass(frozen=True, slots=True)
class TokenSet:
    """The tokens of one browser at one moment, at most one a key; the last one given wins."""

    tokens: tuple[Token, ...] = ()

    def __post_init__(self) -> None:
        unique = {token.key: token for token in self.tokens}
        object.__setattr__(self, "tokens", tuple(unique.values()))

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    def __len__(self) -> int:
        return len(self.tokens)

    def __bool__(self) -> bool:
        return bool(self.tokens)

    @property
    def keys(self) -> frozenset[TokenKey]:
        """The places of all of them."""
        return frozenset(token.key for token in self.tokens)

    def get(self, key: TokenKey) -> Token | None:
        """The token at that place."""
        return next((token for token in self.tokens if token.key == key), None)

    def only(self, keys: Iterable[TokenKey]) -> TokenSet:
        """Those at the given places."""
        wanted = frozenset(keys)
        return TokenSet(tuple(token for token in self.tokens if token.key in wanted))

    def without(self, keys: Iterable[TokenKey]) -> TokenSet:
        """All but those at the given places."""
        dropped = frozenset(keys)
        return TokenSet(tuple(token for token in self.tokens if token.key not in dropped))

    def merged(self, other: TokenSet) -> TokenSet:
        """These, with those of ``other`` put over them."""
        return TokenSet((*self.tokens, *other.tokens))

    def same_values(self, other: TokenSet, keys: Iterable[TokenKey]) -> frozenset[TokenKey]:
        """The places among ``keys`` where both hold the same value."""
        return frozenset(
            key
            for key in keys
            if (mine := self.get(key)) and (theirs := other.get(key)) and mine.value == theirs.value
        )

    def scrambled(self, keys: Iterable[TokenKey], *, seed: int) -> TokenSet:
        """The same set with random values of the same format at ``keys`` (the random-token control).

        Each digit, letter and hexadecimal digit is replaced by another of its class; length and punctuation stay.
        """
        wanted, rng = frozenset(keys), random.Random(seed)  # noqa: S311 — a control, not a secret
        return TokenSet(
            tuple(
                replace(token, value=scramble(token.value, rng)) if token.key in wanted else token
                for token in self.tokens
            )
        )


def scramble(value: str, rng: random.Random) -> str:
    """A random text of the same format: same length, same punctuation, same classes of characters.

    A value that is hexadecimal throughout stays so. Never gives ``value`` itself back where it holds a
    single letter or digit.
    """
    hexadecimal = len(value) > 1 and set(value.lower()) <= set("0123456789abcdef-")
    lower = "abcdef" if hexadecimal else string.ascii_lowercase
    classes = (string.digits, lower, lower.upper())
    for _ in range(64):
        changed = "".join(
            rng.choice(next((group for group in classes if character in group), character))
            for character in value
        )
        if changed != value:
            return changed
    return value
