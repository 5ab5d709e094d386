"""Tokens that are a bare hash of something small: a counter, a clock, a name, or a name with one of them."""

from __future__ import annotations

import functools
import hashlib
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

ALGORITHMS = {32: "md5", 40: "sha1", 64: "sha256"}
"""By the length of the hash in hexadecimal digits."""
FUNCTIONS: dict[str, Callable[[bytes], Hash]] = {
    "md5": functools.partial(hashlib.md5, usedforsecurity=False),
    "sha1": functools.partial(hashlib.sha1, usedforsecurity=False),
    "sha256": hashlib.sha256,
}
NAME, COUNTER = "the account's name", "a counter"
SECONDS, MILLISECONDS = "the time in seconds", "the time in milliseconds"
SCALES = {SECONDS: 1, MILLISECONDS: 1000}
COUNTERS = 3000
"""A counter above this is not searched for: the account of a tester is not the app's millionth."""
AHEAD = 24
MOMENTS = 1500
"""So many milliseconds of a login are tried at most."""
JOINTS = ("", ":", "-", "_", "|", ".", "@")
CHECKED = 4


class Hash(Protocol):
    """What a function of hashlib gives."""

    def digest(self) -> bytes:
        """The hash."""


class Login(Protocol):
    """What is known of a login whose token is hashed."""

    @property
    def sent(self) -> float:
        """Seconds since the epoch."""

    @property
    def answered(self) -> float:
        """Seconds since the epoch."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of whoever logged in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What is hashed: a number of some kind (counter, seconds, milliseconds or none), and a name before or after it."""

    algorithm: str
    kind: str
    name: int | None = None
    joint: str = ""
    first: bool = True

    def around(self, login: Login) -> tuple[bytes, bytes]:
        """What stands before the number and after it."""
        if self.name is None:
            return b"", b""
        who = login.names[self.name]
        return (f"{who}{self.joint}".encode(), b"") if self.first else (b"", f"{self.joint}{who}".encode())

    def made(self, number: int | None, login: Login) -> str:
        """The hash for this number and login."""
        before, after = self.around(login)
        middle = b"" if number is None else str(number).encode()
        return hashlib.new(self.algorithm, before + middle + after, usedforsecurity=False).hexdigest()

    def numbers(self, login: Login) -> Sequence[int]:
        """What the number may have been."""
        if self.kind == COUNTER:
            return range(COUNTERS)
        scale = SCALES[self.kind]
        start, end = int((login.sent - 1) * scale), int((login.answered + 1) * scale)
        return range(start, min(end, start + 2000 + MOMENTS) + 1)

    def found(self, digest: str, login: Login) -> int | None:
        """The number that gives this hash; 0 where there is none in it and the name alone does."""
        if self.kind == NAME:
            return 0 if self.made(None, login) == digest else None
        before, after = self.around(login)
        make, wanted = FUNCTIONS[self.algorithm], bytes.fromhex(digest)
        for number in self.numbers(login):  # a hot loop: hundreds of thousands for a token that is random
            if make(b"%b%d%b" % (before, number, after)).digest() == wanted:
                return number
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hashed:
    """A recipe that explains every token of the sample."""

    recipe: Recipe
    upper: bool = False

    @property
    def told(self) -> str:
        """What the segment is."""
        named = " and the account's name" if self.recipe.name is not None and self.recipe.kind != NAME else ""
        return f"the {self.recipe.algorithm} hash of {self.recipe.kind}{named}"

    def guesses(self, last: Login, text: str, when: Login) -> Iterator[str]:
        """What the next login's may be."""
        for number in self._numbers(last, text, when):
            made = self.recipe.made(number, when)
            yield made.upper() if self.upper else made

    def _numbers(self, last: Login, text: str, when: Login) -> Sequence[int | None]:
        if self.recipe.kind == NAME:
            return (None,)
        if self.recipe.kind == COUNTER:
            found = self.recipe.found(text.lower(), last)
            return () if found is None else range(found + 1, found + AHEAD + 1)
        scale = SCALES[self.recipe.kind]
        return range(int(when.sent * scale), int(when.answered * scale) + 2)


def recipes(algorithm: str, names: int) -> Iterator[Recipe]:
    """Every recipe that is searched, the simplest first."""
    for name in range(names):
        yield Recipe(algorithm=algorithm, kind=NAME, name=name)
    for kind in (COUNTER, *SCALES):
        yield Recipe(algorithm=algorithm, kind=kind)
    for kind, joints in ((COUNTER, JOINTS), (SECONDS, JOINTS), (MILLISECONDS, JOINTS[:3])):
        for name, joint, first in itertools.product(range(names), joints, (True, False)):
            yield Recipe(algorithm=algorithm, kind=kind, name=name, joint=joint, first=first)


def hash_model(texts: Sequence[str], seen: Sequence[Login]) -> Hashed | None:
    """The recipe that explains these hashes, None where they are none or nothing small gives them."""
    algorithm = ALGORITHMS.get(len(texts[0]))
    digits = set("0123456789abcdef")
    if (
        algorithm is None
        or any(set(text.lower()) - digits for text in texts)
        or len(set(map(len, texts))) > 1
    ):
        return None
    chosen = list(zip(texts, seen, strict=True))[-CHECKED:]
    for recipe in recipes(algorithm, len(seen[0].names)):
        if all(recipe.found(text.lower(), login) is not None for text, login in chosen):
            return Hashed(recipe=recipe, upper=texts[0] != texts[0].lower())
    return None
