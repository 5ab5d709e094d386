"""Ways to write a number, as token generators do: decimal, hexadecimal, base 36 and base 62."""

from __future__ import annotations

import re
import string
from dataclasses import dataclass

UNIQID = re.compile(r"[0-9a-f]{8}[0-9a-f]{5}")
MILLION = 1_000_000
LONGEST = 24
"""Longer numerals are random values, keys or hashes, not counters or clocks."""


@dataclass(frozen=True, slots=True)
class Positional:
    """A base by its digits, smallest first. Capitals are read where the digits are small letters only."""

    name: str
    digits: str

    def read(self, text: str) -> int | None:
        """The number, None where the text is none."""
        folded = text if any(c.isupper() for c in self.digits) else text.lower()
        if not text or len(text) > LONGEST or any(c not in self.digits for c in folded):
            return None
        value = 0
        for character in folded:
            value = value * len(self.digits) + self.digits.index(character)
        return value

    def write(self, number: int, like: str) -> str:
        """The number in the manner of another: as many leading zeros, capitals where it has them."""
        text = ""
        while number or not text:
            number, rest = divmod(number, len(self.digits))
            text = self.digits[rest] + text
        padded = text.rjust(len(like), self.digits[0]) if like[:1] == self.digits[0] else text
        mixed = any(c.isupper() for c in self.digits)
        return padded.upper() if not mixed and like != like.lower() else padded


@dataclass(frozen=True, slots=True)
class Uniqid:
    """What PHP's ``uniqid`` writes: the seconds in eight hexadecimal digits, then the microseconds in five."""

    name: str = "as PHP's uniqid writes it"

    def read(self, text: str) -> int | None:
        """Microseconds since the epoch, None where the text is none."""
        if not UNIQID.fullmatch(text):
            return None
        return int(text[:8], 16) * MILLION + int(text[8:], 16)

    def write(self, number: int, like: str) -> str:
        """The text of that moment."""
        del like
        seconds, micro = divmod(number, MILLION)
        return f"{seconds:08x}{micro:05x}"


Numeral = Positional | Uniqid
NUMERALS: tuple[Numeral, ...] = (
    Positional("decimal", string.digits),
    Positional("hexadecimal", string.digits + "abcdef"),
    Positional("base 36", string.digits + string.ascii_lowercase),
    Positional("base 62", string.digits + string.ascii_uppercase + string.ascii_lowercase),
    Positional(
        "base 62, small letters first", string.digits + string.ascii_lowercase + string.ascii_uppercase
    ),
    Uniqid(),
)
