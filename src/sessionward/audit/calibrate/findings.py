"""What was found, as the scene keeps it and as a reader is told: private exchanges, and facts in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from sessionward.audit.calibrate.oracle import Court
from sessionward.audit.calibrate.renewal import renewals
from sessionward.audit.calibrate.verification import Verified
from sessionward.audit.scene import PrivateExchange
from sessionward.http import Request, TokenKey


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


def described(request: Request) -> str:
    """Method, path and query."""
    query = urlsplit(request.url).query
    return f"{request.method.upper()} {request.path}{'?' if query else ''}{query}"


def unique(name: str, taken: set[str]) -> str:
    """The name, with a number behind it where it is taken already; it is taken then."""
    number, result = 1, name
    while result in taken:
        number += 1
        result = f"{name} ({number})"
    taken.add(result)
    return result


def facts_of(court: Court, found: Sequence[Verified], halted: str) -> tuple[str, ...]:
    """Short statements for the reader. No token value stands in them."""
    return tuple(_facts(court, found, halted))


def _facts(court: Court, found: Sequence[Verified], halted: str) -> Iterator[str]:
    holders = court.holders
    if found:
        best = found[0]
        yield f"{described(best.trial.candidate.request)} tells whose session it is."
        yield f"The session is carried by {_listed(best.members)}."
        for members in dict.fromkeys(one.members for one in found):
            if members != best.members:
                yield f"{_opened(found, members)} can also be opened by {_listed(members)}."
        everybodys = best.members - holders.session_keys()
        if everybodys:
            yield f"{_listed(everybodys)}: needed, but the same for every account; it names the app, not the person."
        idle = holders.owner.tokens.keys.difference(*(one.members for one in found))
        if idle:
            yield f"Not needed for being logged in: {_listed(idle)}."
        if best.trial.narrow:
            yield "The oracle is refused when headers are sent that other requests of the app carry."
    for request in renewals(court.material):
        yield f"{described(request)} hands out new tokens; it was not made again, as that may use up the old ones."
    if halted:
        yield halted


def _listed(keys: frozenset[TokenKey]) -> str:
    return " and ".join(str(key) for key in sorted(keys))


def _opened(found: Sequence[Verified], members: frozenset[TokenKey]) -> str:
    names = [described(one.trial.candidate.request) for one in found if one.members == members]
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"
