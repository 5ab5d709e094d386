"""What tokens say of their account: which parts stay the same for one account and differ between the two."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sessionward.audit.experiment.actions import enter
from sessionward.audit.experiment.endings import CannotTell, Step
from sessionward.audit.experiment.token_samples import PARTIES, both_alive, of_party
from sessionward.audit.observation import Sampled
from sessionward.audit.probe import Sample
from sessionward.audit.scene import PrivateExchange, Scene
from sessionward.http import Carrier, Token, TokenKey, TokenSet
from sessionward.http.jws import Signed, signed_token
from sessionward.http.layers import Path, leaves, scalars

SHORTEST = 4
"""Shorter values ("ana", "17") stand in tokens by chance; they count where they are the whole of a part."""
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
NAME = re.compile(r"[^\W\d_]{2,}(?:[ .'-]+[^\W\d_]+)+")
"""Two words at least: a single one may be any word of the page."""
PLANTED = "personal data"
NUMBER = re.compile(r"\d{1,10}")
Claim = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Portrait:
    """Living tokens of both accounts, and those of other logins of each, to tell what stays from what changes."""

    owner: TokenSet
    stranger: TokenSet
    owners: tuple[TokenSet, ...] = field(default=(), repr=False)
    strangers: tuple[TokenSet, ...] = field(default=(), repr=False)

    def pairs(self) -> Iterator[tuple[Token, Token]]:
        """The tokens that both hold at the same place, cookies first."""
        for mine in sorted(self.owner, key=lambda token: token.carrier is not Carrier.COOKIE):
            theirs = self.stranger.get(mine.key)
            if theirs is not None:
                yield mine, theirs

    def history(self, key: TokenKey) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Every value seen at a place, for each account."""
        both = (self.owner, *self.owners), (self.stranger, *self.strangers)
        return (
            tuple(token.value for tokens in both[0] if (token := tokens.get(key))),
            tuple(token.value for tokens in both[1] if (token := tokens.get(key))),
        )


def portrait(scene: Scene, way: PrivateExchange | None = None) -> Step[Portrait]:
    """Both accounts' living tokens (G1, G5), and one more login of each at least."""
    taken = yield from Sample()
    others = {party: [login.tokens for login in spread(of_party(taken, party))] for party in PARTIES}
    for party in PARTIES:
        if not others[party]:
            session = yield from enter(party)
            others[party].append(session.tokens)
    owner, stranger = yield from both_alive(scene, way)  # last: an app may let a new login end the one before
    return Portrait(
        owner=owner,
        stranger=stranger,
        owners=tuple(others["owner"]),
        strangers=tuple(others["stranger"]),
    )


def spread(logins: Sequence[Sampled]) -> tuple[Sampled, ...]:
    """A few of them, over the whole time: what holds for these holds for all."""
    return tuple(logins[:: max(1, len(logins) // 4)])


def differing(owners: Sequence[str], strangers: Sequence[str]) -> dict[Path, tuple[str, str]]:
    """The innermost parts that are the same in all of one account's and differ between the two: owner's, stranger's.

    A value in JSON is one part, whatever stands in it.
    """
    found = differences(owners, strangers)
    scalar = {path for path in found if path and path[-1].startswith("json ")}
    return {
        path: texts
        for path, texts in found.items()
        if path in scalar or not any(inside(other, path) for other in found)
        if not any(inside(path, outer) for outer in scalar)
    }


def differences(owners: Sequence[str], strangers: Sequence[str]) -> dict[Path, tuple[str, str]]:
    """All such parts, those around others too."""
    mine, theirs = _steady(owners), _steady(strangers)
    return {path: (text, theirs[path]) for path, text in mine.items() if theirs.get(path, text) != text}


def inside(inner: Path, outer: Path) -> bool:
    """Whether one part stands within another."""
    return len(inner) > len(outer) and inner[: len(outer)] == outer


def _steady(values: Sequence[str]) -> dict[Path, str]:
    """The parts that every value has alike."""
    steady: dict[Path, str] | None = None
    for value in values:
        parts = {leaf.path: leaf.text for leaf in leaves(value)}
        steady = parts if steady is None else {p: t for p, t in steady.items() if parts.get(p) == t}
    return steady or {}


def known_values(scene: Scene, party: str) -> tuple[tuple[str, str], ...]:
    """What identifies a person, as kind and value: the name to log in with, names and addresses of its private pages,
    and for the owner the texts that were planted or found in its own data.

    Ids that mean nothing elsewhere (numbers, UUIDs) identify nobody, though they stand in private answers.
    """
    person = scene.parties.get(party)
    found: list[tuple[str, str]] = []
    if person and person.username:
        found.append(("e-mail address" if "@" in person.username else "user name", person.username))
    for exchange in scene.private:
        for text in exchange.markers.get(party, ()):
            plain = text.strip("<>\"' ")
            if EMAIL.fullmatch(plain):
                found.append(("e-mail address", plain))
            elif NAME.fullmatch(plain):
                found.append(("name", plain))
    if party == "owner":
        found += [(PLANTED, text) for known in scene.personal for text in known.texts if len(text) > SHORTEST]
    unique = {value.casefold(): (kind, value) for kind, value in reversed(found)}
    return tuple(unique.values())


def tells(text: str, value: str) -> bool:
    """Whether a part of a token holds the value: as the whole of it, or as a word where the value is not short."""
    text, value = text.casefold(), value.casefold()
    if text == value:
        return True
    return len(value) >= SHORTEST and bool(re.search(rf"(?<![^\W_]){re.escape(value)}(?![^\W_])", text))


def web_tokens(
    tokens: TokenSet, exchanges: Iterable[PrivateExchange]
) -> tuple[tuple[PrivateExchange, Token, Signed], ...]:
    """Each JWT among the tokens that carry a login, with an exchange that it opens."""
    found: dict[TokenKey, tuple[PrivateExchange, Token, Signed]] = {}
    for exchange in exchanges:
        for token in tokens.only(exchange.members):
            if token.key not in found and (signed := signed_token(token.value)):
                found[token.key] = exchange, token, signed
    return tuple(found.values())


def others_claims(who: Portrait, key: TokenKey) -> dict[str, Any]:
    """The owner's claims with those that stand for the account replaced by the second account's.

    What changes from login to login (an id of the token, a time) stays the owner's: nobody could know it.
    Raises CannotTell where no claim tells the two accounts apart.
    """
    mine, theirs = (
        [signed.jwt.claims for value in history if (signed := signed_token(value))]
        for history in who.history(key)
    )
    claims: dict[str, Any] = _copied(mine[0])
    swapped = False
    for path, text in _same(mine).items():
        other = _same(theirs).get(path, text)
        if other != text:
            _put(claims, path, other)
            swapped = True
    if not swapped:
        raise CannotTell(
            "no claim of the token tells the two accounts apart, so the other's cannot be forged"
        )
    return claims


def _same(claims: Sequence[Mapping[str, Any]]) -> dict[Claim, Any]:
    steady = dict(scalars(claims[0]))
    for more in claims[1:]:
        now = dict(scalars(more))
        steady = {path: value for path, value in steady.items() if path in now and now[path] == value}
    return steady


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(part) for key, part in value.items()}
    return [_copied(part) for part in value] if isinstance(value, list) else value


def _put(whole: Any, path: Claim, value: Any) -> None:
    for step in path[:-1]:
        whole = whole[step]
    whole[path[-1]] = value


def guessable(text: str, known: Iterable[tuple[str, str]]) -> bool:
    """Whether anybody could write this part of a token: a small number, or what identifies the account."""
    return bool(NUMBER.fullmatch(text)) or any(text.casefold() == value.casefold() for _, value in known)
