"""How many bits of a token may be unknown to somebody who has seen others: an upper bound, read off a sample.

Length times the logarithm of the alphabet in use, over the places that ever change. A generator may be far worse than
this (a hashed counter looks like 128 bits), never better; so a small bound is a flaw and a large one proves nothing.
"""

from __future__ import annotations

import math
import string
from collections.abc import Sequence

from sessionward.http.layers import leaves

ALPHABETS = (
    string.digits,
    string.digits + "abcdef",
    string.digits + "ABCDEF",
    string.digits + string.ascii_lowercase,
    string.digits + string.ascii_uppercase,
    string.ascii_letters,
    string.digits + string.ascii_letters,
    string.digits + string.ascii_letters + "+/-_=",
    string.printable,
)
"""The usual ones, smallest first: the first that holds every character seen is taken to be the one in use."""


def unknown_bits(values: Sequence[str]) -> float:
    """The bound in bits for values of one place. An encoding adds nothing, so the smallest over all layers counts."""
    bound = _bits(values)
    opened = [{leaf.path: leaf.text for leaf in leaves(value)} for value in values]
    for path, text in opened[0].items():
        encoded = path and all(step in {"percent", "quoted", "base64", "hex", "zipped"} for step in path)
        if encoded and text and all(path in parts for parts in opened):
            bound = min(bound, _bits([parts[path] for parts in opened]))
    return bound


def _bits(values: Sequence[str]) -> float:
    distinct = set(values)
    if len(distinct) < 2:  # noqa: PLR2004
        return _whole(values)
    if len({len(value) for value in distinct}) > 1:
        start, end = _common(values), _common([value[::-1] for value in values])
        varying = [value[start : len(value) - min(end, len(value) - start)] for value in values]
        return max(map(len, varying)) * math.log2(_alphabet("".join(varying)))
    columns = [column for column in zip(*values, strict=True) if len(set(column)) > 1]
    return len(columns) * math.log2(_alphabet("".join(map("".join, columns))))


def _whole(values: Sequence[str]) -> float:
    """One value alone tells nothing of what changes: every place may."""
    return len(values[0]) * math.log2(_alphabet(values[0])) if values and values[0] else 0.0


def _alphabet(characters: str) -> int:
    seen = set(characters)
    return next((len(one) for one in ALPHABETS if seen <= set(one)), 128)


def _common(values: Sequence[str]) -> int:
    """How many characters all begin with."""
    least, most = min(values), max(values)
    for number, character in enumerate(least):
        if most[number] != character:
            return number
    return len(least)
