"""Ids that are a time in disguise: version 1 and 6 of the UUID, and numbers whose upper bits count time (Snowflake).

They look long. All but a few of their bits are the moment of the login, in a place that no separator marks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

UUID_TEXT = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}", re.IGNORECASE)
GREGORIAN = 12_219_292_800
"""Seconds between the calendar's reform, from which a UUID counts, and the Unix epoch (RFC 9562, section 5.1)."""
TICKS = 10_000_000
"""A UUID counts in steps of 100 nanoseconds."""
SHIFTS = (22, 20, 16, 23, 24, 18, 12)
"""So many low bits say which machine made the id and which one of that moment it is; Snowflake has 22 of them."""
UNITS = (("milliseconds", 1_000), ("hundredths of a second", 100), ("seconds", 1))
LEAST_BITS, MOST_BITS = 40, 66
DAY = 86_400
RESTS = 3
"""So many different low parts, of several machines or processes, may a sample have."""
CLOSE = 0.25
"""The time in the ids may differ from ours by this part of the time between the first login and the last."""
DRIFT = 1.5
MOST = 2000
"""So many moments are tried for one login, as for any clock; of a UUID that is less than a millisecond, so that it is
told by its looks and its times alone."""


class Login(Protocol):
    """What is known of the login that got an id."""

    @property
    def sent(self) -> float:
        """When it was sent."""

    @property
    def answered(self) -> float:
        """When it was answered."""


Parts = tuple[int, int]
"""The time in an id, in its own unit, and all else of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A way to write a time into an id. ``epoch`` is where it begins to count, None where that is the app's choice."""

    told: str
    scale: int
    epoch: int | None
    read: Callable[[str], Parts | None]
    write: Callable[[Parts, str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamped:
    """The format that explains every id of a sample: the time of the login, ``low`` to ``high`` seconds after it."""

    format: Format
    rests: tuple[int, ...] = field(repr=False)
    low: float
    high: float

    @property
    def told(self) -> str:
        """What the id is."""
        return self.format.told

    def guesses(self, last: Login, text: str, when: Login) -> Iterator[str]:
        """Every moment in that time, with each of the other parts that were seen."""
        del last
        scale = self.format.scale
        first, final = int((when.sent + self.low) * scale), int((when.sent + self.high) * scale) + 1
        for moment in range(first, min(final, first + MOST) + 1):
            for rest in self.rests:
                yield self.format.write((moment, rest), text)


def stamped(texts: Sequence[str], seen: Sequence[Login]) -> Stamped | None:
    """The format whose times follow our clock in all of these, None where none does."""
    return next((found for one in FORMATS if (found := _fitted(one, texts, seen))), None)


def _fitted(one: Format, texts: Sequence[str], seen: Sequence[Login]) -> Stamped | None:
    parts = [known for text in texts if (known := one.read(text)) is not None]
    rests = tuple(dict.fromkeys(rest for _, rest in reversed(parts)))
    if len(parts) != len(texts) or len(rests) > RESTS:
        return None
    gaps = [moment / one.scale - login.sent for (moment, _), login in zip(parts, seen, strict=True)]
    elapsed = seen[-1].sent - seen[0].sent
    if max(gaps) - min(gaps) > min(DRIFT, CLOSE * elapsed) or len({moment for moment, _ in parts}) < RESTS:
        return None
    if one.epoch is not None and abs(min(gaps) - one.epoch) > DAY:
        return None
    slack = (max(gaps) - min(gaps)) / 4 + 1 / one.scale
    return Stamped(format=one, rests=rests, low=min(gaps) - slack, high=max(gaps) + slack)


def _uuid(version: int, order: tuple[slice, ...]) -> Format:
    """``order`` are the digits of the time, the highest first."""

    def read(text: str) -> Parts | None:
        digits = text.replace("-", "")
        if not UUID_TEXT.fullmatch(text) or digits[12] != str(version) or digits[16] not in "89abAB":
            return None
        return int("".join(digits[part] for part in order), 16), int(digits[16:], 16)

    def write(parts: Parts, like: str) -> str:
        moment, rest = parts
        digits, made = f"{moment:015x}", [""] * 16
        made[12] = str(version)
        at = 0
        for part in order:
            for place in range(*part.indices(16)):
                made[place], at = digits[at], at + 1
        text = f"{''.join(made)}{rest:016x}"
        if "-" in like:
            text = "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))
        return text.upper() if like != like.lower() else text

    return Format(
        told=f"a UUID of version {version}, which is the time of the login",
        scale=TICKS,
        epoch=GREGORIAN,
        read=read,
        write=write,
    )


def _shifted(shift: int, unit: str, scale: int, base: int) -> Format:
    digits = {10: re.compile(r"[1-9]\d{11,19}"), 16: re.compile(r"[0-9a-f]{10,16}|[0-9A-F]{10,16}")}[base]

    def read(text: str) -> Parts | None:
        if not digits.fullmatch(text):
            return None
        number = int(text, base)
        if not LEAST_BITS <= number.bit_length() <= MOST_BITS:
            return None
        return number >> shift, number & ((1 << shift) - 1)

    def write(parts: Parts, like: str) -> str:
        number = parts[0] << shift | parts[1]
        text = str(number) if base == 10 else f"{number:x}".rjust(len(like), "0")  # noqa: PLR2004
        return text.upper() if like != like.lower() else text

    return Format(
        told=f"the time in {unit} before {shift} bits that hardly change",
        scale=scale,
        epoch=None,
        read=read,
        write=write,
    )


FORMATS = (
    _uuid(1, (slice(13, 16), slice(8, 12), slice(0, 8))),
    _uuid(6, (slice(0, 12), slice(13, 16))),
    *(_shifted(shift, unit, scale, base) for base in (10, 16) for shift in SHIFTS for unit, scale in UNITS),
)
