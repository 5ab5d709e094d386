"""A sample of logins and what the checks of tokens read in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sessionward.audit.experiment.actions import resident
from sessionward.audit.experiment.endings import CannotTell, Step, refused
from sessionward.audit.experiment.guards import Guard
from sessionward.audit.experiment.replay import Target, must_be_refused
from sessionward.audit.experiment.request_parts import bearing
from sessionward.audit.observation import Sampled, Samples
from sessionward.audit.probe import Replay, Sample
from sessionward.audit.scene import SERVER_FAULT, PrivateExchange, Scene
from sessionward.http import TokenKey, TokenSet

PARTIES = ("owner", "stranger")


def sample(least: int) -> Step[Samples]:
    """The sample of the audit. Raises CannotTell where it has fewer than ``least`` logins of each account."""
    taken = yield from Sample()
    for party in PARTIES:
        if len(of_party(taken, party)) < least:
            why = taken.reason or "a login takes a browser here, so only a few were made"
            raise CannotTell(
                f"the sample has {len(taken.logins)} logins, which are too few to judge by: {why}"
            )
    return taken


def of_party(taken: Samples, party: str) -> tuple[Sampled, ...]:
    """Its logins, oldest first."""
    return tuple(login for login in taken.logins if login.party == party)


def sets_of_tokens(scene: Scene) -> tuple[PrivateExchange, ...]:
    """One private exchange for each set of tokens that opens one; the oracle comes first."""
    first: dict[frozenset[TokenKey], PrivateExchange] = {}
    for exchange in scene.private:
        if exchange.members:
            first.setdefault(exchange.members, exchange)
    return tuple(first.values())


def sampled_ways(scene: Scene, taken: Samples) -> tuple[PrivateExchange, ...]:
    """Those of them that the sample holds whole. Raises CannotTell where it holds none."""
    held = frozenset.intersection(*(login.tokens.keys for login in taken.logins))
    found = tuple(way for way in sets_of_tokens(scene) if way.members <= held)
    if not found:
        raise CannotTell("the logins of the sample do not hold the tokens that carry the login")
    return found


def bearers(way: PrivateExchange, taken: Samples) -> frozenset[TokenKey]:
    """Its members that must be found to be somebody else: neither tokens against forgery, nor what every login of the
    sample has alike, such as the key of the app itself or the name of a tenant. All of them where none is left."""
    said = bearing(way.members) or way.members
    return frozenset(key for key in said if len(set(values(taken.logins, key))) > 1) or said


def values(logins: Iterable[Sampled], key: TokenKey) -> tuple[str, ...]:
    """What stood there in each."""
    return tuple(token.value for login in logins if (token := login.tokens.get(key)))


def both_alive(scene: Scene, way: PrivateExchange | None = None) -> Step[tuple[TokenSet, TokenSet]]:
    """G1 and G5: a living session of each account, shown its own data right now."""
    exchange, found = way or scene.oracle, []
    for party, guard in zip(PARTIES, (Guard.POSITIVE, Guard.OTHER), strict=True):
        session = yield from resident(party, guard)
        tokens = session.tokens
        seen = yield from Replay(exchange=exchange, tokens=tokens, party=party, control=guard)
        if seen.shows != party:
            raise CannotTell(f"the {guard} was lost: a living session of the {party} is not shown its data")
        found.append(tokens)
    return found[0], found[1]


def opens_stranger(tokens: TokenSet, way: PrivateExchange) -> Step[bool]:
    """Whether these tokens, which nobody was given, are shown the second account's data.

    A fault of the server (an exception over a forged token) shows nothing, so it is a refusal; silence and a
    throttle are not. Raises CannotTell for those.
    """
    seen = yield from Replay(exchange=way, tokens=tokens.only(way.members), party="stranger")
    faulty = seen.exchange.response is not None and seen.exchange.status >= SERVER_FAULT
    if seen.shows == "unclear" or (seen.shows == "error" and not faulty):
        raise CannotTell(f"the forged token: the app gave {refused(seen)}, so nothing follows from it")
    return seen.shows == "stranger"


def proven(scene: Scene, tokens: TokenSet, way: PrivateExchange) -> Step[None]:
    """G3, G4 and a moment's patience for tokens that opened the second account. Raises CannotTell where one fails."""
    target = Target(party="stranger", exchange=way)
    yield from must_be_refused(scene, tokens.only(way.members), target)
    yield from both_alive(scene, way)


def swapped(tokens: TokenSet, key: TokenKey, value: str) -> TokenSet:
    """The tokens with another value in one place."""
    return TokenSet(tuple(replace(t, value=value) if t.key == key else t for t in tokens))
