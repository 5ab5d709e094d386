"""A signed compact token taken apart, strictly: one spelling, no doubled members, nothing big."""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

LONGEST = 8192
"""Characters of a proof. One under an RSA key of 4096 bits has some 2000."""

SHAPE = re.compile(r"([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)", re.ASCII)


class Malformed(ValueError):
    """This is no such token. The sentence repeats nothing of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CompactJws:
    """The parts of a token (RFC 7515, section 7.1), not verified. `signed` is what `signature` is over."""

    header: Mapping[str, Any]
    claims: Mapping[str, Any]
    signed: bytes
    signature: bytes


def taken_apart(text: str) -> CompactJws:
    """The parts of `text`.

    Raises:
        Malformed: it is too long, not three parts of base64url, or its JSON is none or is ambiguous.

    """
    if len(text) > LONGEST:
        raise Malformed("The proof is too long.")
    found = SHAPE.fullmatch(text)
    if found is None:
        raise Malformed("The proof is not three parts of base64url.")
    header, payload, signature = found.groups()
    return CompactJws(
        header=_members(decoded(header)),
        claims=_members(decoded(payload)),
        signed=f"{header}.{payload}".encode("ascii"),
        signature=decoded(signature),
    )


def decoded(text: str) -> bytes:
    """The bytes that base64url `text` spells, which have no other spelling.

    Raises:
        Malformed: it is no base64url, is padded, or its last character holds bits that mean nothing.

    """
    try:
        content = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        raise Malformed("A part of the proof is no base64url.") from None
    if encoded(content) != text:
        raise Malformed("A part of the proof is spelled in base64url as nobody spells it.")
    return content


def encoded(content: bytes) -> str:
    """`content` in base64url without padding (RFC 7515, section 2)."""
    return urlsafe_b64encode(content).rstrip(b"=").decode("ascii")


def _members(content: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(content.decode("utf-8"), object_pairs_hook=_single, parse_constant=_no_constant)
    except Malformed:
        raise
    except (ValueError, RecursionError):
        raise Malformed("A part of the proof is no JSON.") from None
    if not isinstance(found, dict):
        raise Malformed("A part of the proof is no JSON object.")
    return found


def _single(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Two parsers that choose differently among doubled members would each see another proof."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Malformed("A member stands twice in the proof.")
    return found


def _no_constant(_: str) -> NoReturn:
    raise Malformed("A number in the proof is none.")
