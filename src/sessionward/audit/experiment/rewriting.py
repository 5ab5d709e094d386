"""Tokens rewritten for the other account: readable parts exchanged, and signed anew where the key is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sessionward.audit.experiment.identity import (
    Portrait,
    differences,
    differing,
    guessable,
    inside,
    known_values,
)
from sessionward.audit.experiment.token_samples import swapped
from sessionward.audit.scene import PrivateExchange, Scene
from sessionward.http import Token, TokenSet
from sessionward.http.jws import signed_token
from sessionward.http.layers import Path, exchanged
from sessionward.http.signed_cookies import SignedValue, signed_values

MOST = 12
"""So many changes are tried for each way in; tokens have few parts that say whose they are."""


def rewritten(scene: Scene, who: Portrait) -> tuple[tuple[Token, str], ...]:
    """The owner's tokens with one part, or all such parts, of the second account's in it.

    Only parts that anybody could write count: the whole token of the other account would open it in every app. What
    is signed as a JSON Web Token is left to jwt-signature-not-verified.
    """
    return tuple(_rewritten(scene, who))[:MOST]


def _rewritten(scene: Scene, who: Portrait) -> Iterator[tuple[Token, str]]:
    mine, theirs = known_values(scene, "owner"), known_values(scene, "stranger")
    for token, _ in who.pairs():
        if signed_token(token.value):
            continue
        written = {
            path: other
            for path, (own, other) in differences(*who.history(token.key)).items()
            if guessable(own, mine) and guessable(other, theirs)
        }
        parts = {p: text for p, text in written.items() if not any(inside(p, outer) for outer in written)}
        for change in [parts] if len(parts) > 1 else []:
            yield from _made(token, change)
        for path, text in parts.items():
            yield from _made(token, {path: text})


def _made(token: Token, parts: dict[Path, str]) -> Iterator[tuple[Token, str]]:
    value = exchanged(token.value, parts)
    if value is not None and value != token.value:
        yield token, value


def signed_parts(tokens: TokenSet, way: PrivateExchange) -> list[tuple[Token, tuple[SignedValue, ...]]]:
    """The members that may be signed, and how; a JSON Web Token is jwt-weak-secret's."""
    members = [token for token in tokens.only(way.members) if not signed_token(token.value)]
    return [(token, ways) for token in members if (ways := signed_values(tokens, token.key))]


def signed_forgery(who: Portrait, token: Token, signed: SignedValue, key: bytes) -> TokenSet | None:
    """The owner's tokens with the second account's own parts in them, signed anew; None where it has none."""
    same = [way for way in signed_values(who.owner, token.key) if way.framework == signed.framework]
    number = next((n for n, way in enumerate(same) if way.fits(key)), 0)
    owners, strangers = (
        _payloads(holders, token, signed, number)
        for holders in ((who.owner, *who.owners), (who.stranger, *who.strangers))
    )
    parts = {path: theirs for path, (_, theirs) in differing(owners, strangers).items()}
    payload = exchanged(signed.payload, parts) if parts else None
    if payload is None:
        return None
    value, signature = signed.forged(key, payload)
    return resigned_set(who.owner, token, signed, value, signature)


def resigned_set(tokens: TokenSet, token: Token, signed: SignedValue, value: str, signature: str) -> TokenSet:
    """The tokens with the forged value, and its signature where that stands in a cookie of its own."""
    forged = swapped(tokens, token.key, value)
    return swapped(forged, signed.beside, signature) if signed.beside else forged


def _payloads(holders: Iterable[TokenSet], token: Token, like: SignedValue, number: int) -> list[str]:
    """The payloads as the same framework would have written them: the ``number``-th of its ways."""
    found = (
        [way.payload for way in signed_values(tokens, token.key) if way.framework == like.framework]
        for tokens in holders
    )
    return [payloads[number] for payloads in found if len(payloads) > number]
