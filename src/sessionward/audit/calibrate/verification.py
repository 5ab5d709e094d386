"""The last proof of a private exchange: its members alone open it, for each party, and random ones do not."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from sessionward.audit.calibrate.oracle import Court, Trial, random_tokens
from sessionward.audit.calibrate.replayer import Holder
from sessionward.audit.scene import Shows
from sessionward.http import Exchange, Request, TokenKey, TokenSet

BUSTER = "_"
"""The parameter that libraries add against caches, so that most apps let it pass."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """A trial whose ``members`` were shown to suffice. ``table`` is what was shown to whom."""

    trial: Trial
    members: frozenset[TokenKey]
    table: tuple[tuple[str, Shows], ...] = field(repr=False)
    cache_buster: bool = False

    @property
    def is_oracle(self) -> bool:
        """Whether it gave four different answers to four kinds of visitor."""
        return self.trial.distinguishes and dict(self.table) == EXPECTED


EXPECTED: dict[str, Shows] = {
    "owner": "owner",
    "owner again": "owner",
    "stranger": "stranger",
    "anonymous": "nobody",
    "random token": "nobody",
}


async def verify(court: Court, trial: Trial, members: frozenset[TokenKey]) -> Verified | None:
    """Replay with the members alone; None where they do not tell the parties as the whole set did.

    Markers that a fresh answer lacks are dropped first, as long as others remain.
    """
    owner = await court.replayer.ask_as(court.holders.owner, trial.candidate.request, members)
    again = await _again(court, trial, members)
    trial = _steady(trial, "owner", (owner, again))
    stranger = (
        await _replayed(court, trial, court.holders.stranger, members) or dict(trial.answers)["stranger"]
    )
    trial = _steady(trial, "stranger", (stranger,))
    chance = await court.replayer.ask(trial.candidate.request, random_tokens(court, members))
    table: tuple[tuple[str, Shows], ...] = (
        ("owner", trial.shows(owner)),
        ("owner again", trial.shows(again)),
        ("stranger", trial.shows(stranger)),
        ("anonymous", trial.shows(dict(trial.answers)["anonymous"])),
        ("random token", trial.shows(chance)),
    )
    return await _verified(court, trial, members, table)


async def confirm(court: Court, trial: Trial, members: frozenset[TokenKey]) -> Verified | None:
    """As ``verify``, for members that were proven on another exchange and just opened this one: with fewer requests."""
    answers = dict(trial.answers)
    chance = answers["random token"]
    if trial.scrambled != members:
        chance = await court.replayer.ask(trial.candidate.request, random_tokens(court, members))
    table: tuple[tuple[str, Shows], ...] = (
        *((name, trial.shows(answers[name])) for name in ("owner", "owner again", "stranger", "anonymous")),
        ("random token", trial.shows(chance)),
    )
    return await _verified(court, trial, members, table)


async def _verified(
    court: Court, trial: Trial, members: frozenset[TokenKey], table: tuple[tuple[str, Shows], ...]
) -> Verified | None:
    proven = dict(table)
    if any(proven[name] != EXPECTED[name] for name in ("owner", "owner again", "anonymous", "random token")):
        return None
    if proven["stranger"] not in {"stranger", "nobody"}:
        return None
    buster = await _bears_cache_buster(court, trial, members)
    return Verified(trial=trial, members=members, table=table, cache_buster=buster)


async def _again(court: Court, trial: Trial, members: frozenset[TokenKey]) -> Exchange:
    """What the owner's other login is shown; where it is dead, what it was shown before."""
    made = None if court.lone else await _replayed(court, trial, court.holders.owner_again, members)
    return made or dict(trial.answers)["owner again"]


async def _replayed(
    court: Court, trial: Trial, holder: Holder, members: frozenset[TokenKey]
) -> Exchange | None:
    """The answer to the members alone; None where that browser has other ones (a name may hold an account's id)."""
    if not members <= holder.tokens.keys:
        return None
    return await court.replayer.ask_as(holder, trial.candidate.request, members)


def _steady(trial: Trial, party: str, exchanges: tuple[Exchange, ...]) -> Trial:
    kept = tuple(m for m in trial.markers[party] if all(m in exchange.text for exchange in exchanges))
    return replace(trial, markers={**trial.markers, party: kept}) if kept else trial


async def _bears_cache_buster(court: Court, trial: Trial, members: frozenset[TokenKey]) -> bool:
    request = trial.candidate.request
    if not request.safe:
        return False
    busted = with_cache_buster(request, f"{court.seed + court.replayer.spent:x}")
    tokens: TokenSet = court.holders.owner.tokens.only(members)
    exchange = await court.replayer.ask(busted, tokens)
    court.holders.owner.follow(exchange)
    return trial.shows(exchange) == "owner"


def with_cache_buster(request: Request, value: str) -> Request:
    """The same request at an address that no cache has seen."""
    parts = urlsplit(request.url)
    pairs = [*parse_qsl(parts.query, keep_blank_values=True), (BUSTER, value)]
    return replace(request, url=urlunsplit(parts._replace(query=urlencode(pairs))))
