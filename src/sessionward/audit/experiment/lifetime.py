"""What a token says of its own life, and durations in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sessionward.http import Token, TokenKey, TokenSet
from sessionward.http.jwt import Jwt, parse_jwt

MINUTE, HOUR, DAY = 60, 3600, 86400


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A token that is a JWT. ``seconds`` is how long it is good from its issue by its own claims.

    None where it does not end; -1 where it ends but does not say when it was issued.
    """

    token: Token
    seconds: float | None


def claims(tokens: TokenSet, keys: Iterable[TokenKey], *, now: float = 0.0) -> tuple[Claimed, ...]:
    """The JWTs at those places. ``now`` (0: unknown) stands in for a missing issue time."""
    found = ((token, parse_jwt(token.value)) for token in tokens.only(keys))
    return tuple(Claimed(token=token, seconds=_life(jwt, now)) for token, jwt in found if jwt)


def _life(jwt: Jwt, now: float) -> float | None:
    if jwt.expires is None:
        return None
    if jwt.issued_at is not None:
        return jwt.expires - jwt.issued_at
    return jwt.expires - now if now else -1.0


def life_note(tokens: TokenSet, keys: Iterable[TokenKey]) -> str:
    """A sentence on how long stolen copies stay good, empty where no token says so."""
    found = claims(tokens, keys)
    if not found:
        return ""
    longest = next((c for c in found if c.seconds is None), max(found, key=lambda c: c.seconds or 0.0))
    if longest.seconds is None:
        return f" The token ({longest.token.key}) is a JWT without an end of its own."
    if longest.seconds < 0:
        return f" The token ({longest.token.key}) is a JWT that stays good until its exp claim."
    return f" The token ({longest.token.key}) is a JWT, good for {spell(longest.seconds)} from its issue."


def spell(seconds: float) -> str:
    """A duration as people say it: 40 s, 15 min, 12 h, 7 days. Not rounded where that would mislead."""
    for size, name in ((DAY, "days"), (HOUR, "h"), (MINUTE, "min")):
        if seconds >= 2 * size and seconds % size == 0:
            return f"{seconds / size:.0f} {name}"
    for size, name in ((DAY, "days"), (HOUR, "h")):
        if seconds >= 10 * size:
            return f"{seconds / size:.1f} {name}"
    if seconds >= 10 * MINUTE:
        return f"{seconds / MINUTE:.1f} min"
    return f"{seconds:.0f} s" if seconds >= MINUTE or seconds == int(seconds) else f"{seconds:.1f} s"
