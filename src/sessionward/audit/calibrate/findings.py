"""What was found, as the scene keeps it and as a reader is told: private exchanges, and facts in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sessionward.audit.calibrate.addresses import described, unique
from sessionward.audit.calibrate.oracle import Court
from sessionward.audit.calibrate.verification import Verified
from sessionward.audit.scene import PrivateExchange, Renewal
from sessionward.http import TokenKey


def private_exchanges(found: Sequence[Verified]) -> tuple[PrivateExchange, ...]:
    """The exchanges under names of their own, in the same order."""
    taken: set[str] = set()
    result = []
    for one in found:
        name = unique(described(one.trial.candidate.request), taken)
        result.append(
            PrivateExchange(
                id=name,
                request=one.trial.candidate.request,
                members=one.members,
                markers=one.trial.markers,
                kind=one.trial.candidate.kind,
                cache_buster=one.cache_buster,
            )
        )
    return tuple(result)


def facts_of(court: Court, found: Sequence[Verified], renewals: Iterable[Renewal]) -> Iterator[str]:
    """Short statements for the reader. No token value stands in them."""
    holders = court.holders
    if found:
        best = found[0]
        yield f"{described(best.trial.candidate.request)} tells whose session it is."
        yield f"The session is carried by {_listed(best.members)}."
        for members in dict.fromkeys(one.members for one in found):
            if members != best.members:
                yield _otherwise(found, members)
        everybodys = best.members - holders.session_keys()
        if everybodys:
            yield f"{_listed(everybodys)}: needed, but the same for every account; it names the app, not the person."
        idle = holders.owner.tokens.keys.difference(*(one.members for one in found))
        if idle:
            yield f"Not needed for being logged in: {_listed(idle)}."
        if best.trial.narrow:
            yield "The oracle is refused when headers are sent that other requests of the app carry."
    for renewal in renewals:
        yield f"{described(renewal.request)} hands out new tokens; it was only noted, as it may use up the old ones."
    if court.fragile:
        yield "Some of these tokens without the others end the session."
    if court.lone:
        yield "Of the owner's two logins one had ended by then; what it had been shown before stands in for it."


def _listed(keys: frozenset[TokenKey]) -> str:
    return " and ".join(str(key) for key in sorted(keys))


def _otherwise(found: Sequence[Verified], members: frozenset[TokenKey]) -> str:
    """Which exchanges are opened by other tokens than the oracle's, and whether by the oracle's as well."""
    opened = [one.trial.candidate.request for one in found if one.members == members]
    names = described(opened[0]) if len(opened) == 1 else f"{described(opened[0])} and {len(opened) - 1} more"
    also = any(one.trial.candidate.request == opened[0] and one.members != members for one in found)
    return f"{names} {'can also be opened by' if also else 'is opened by'} {_listed(members)}."
