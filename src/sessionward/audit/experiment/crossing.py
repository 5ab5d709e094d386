"""Asking for one account's objects with the session of another: who is shown what, with the controls around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sessionward.audit.check import Outcome, Place, Severity, failed, inconclusive, passed, suspected
from sessionward.audit.experiment.actions import channels, enter, resident
from sessionward.audit.experiment.endings import CannotTell, Step, place, refused
from sessionward.audit.experiment.guards import Guard
from sessionward.audit.experiment.replay import positive
from sessionward.audit.observation import Answer, Session
from sessionward.audit.probe import Replay, ReplayPersonal, Visit
from sessionward.audit.scene import PersonalExchange, Records, Scene
from sessionward.http import Carrier, Token, TokenKey, TokenSet

MOST = 24
ENOUGH = 2
"""So many texts of a record must show: one alone may be a caption of the page around it."""
SUCCESS = range(200, 300)
TENANT = re.compile(
    r"tenant|clinic|praxis|practice|hospital|organi[sz]ation|(^|[-_])org([-_]|$)|company|workspace|facility|site|realm"
    r"|domain|account[-_]?id|subdomain|customer",
    re.IGNORECASE,
)
"""In the name of a cookie or a header: it says which tenant is meant, beside the login."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossed:
    """What asking came to: the objects that were asked for, those that were shown to the other account and to nobody
    without a session, and those that everybody is shown."""

    asked: tuple[PersonalExchange, ...]
    shown: tuple[PersonalExchange, ...]
    public: tuple[PersonalExchange, ...] = ()


def crossed(scene: Scene, party: str, known: Records) -> Step[Crossed]:
    """Ask for each of the owner's objects as the owner, as the other party and, where that is shown it, as nobody."""
    owner = yield from resident("owner", Guard.POSITIVE)
    yield from positive(scene, owner.tokens)
    asker = yield from resident(party, Guard.OTHER)
    yield from at_home(scene, party, asker.tokens)
    asked: list[PersonalExchange] = []
    shown: list[PersonalExchange] = []
    public: list[PersonalExchange] = []
    owner_full = yield from with_tenant_headers(scene, owner)
    ways = yield from _ways(scene, party, owner_full, asker.tokens)
    for one in known.known[:MOST]:
        honest = yield from ReplayPersonal(
            exchange=one, tokens=owner.tokens, party="owner", control=Guard.POSITIVE
        )
        if not tells(one, honest):
            continue
        answers = yield from _tried(one, known, ways, party)
        if all(answer.shows == "error" for answer in answers):
            continue
        asked.append(one)
        if any(tells(one, answer) for answer in answers):
            bare = yield from ReplayPersonal(
                exchange=one, tokens=TokenSet(), party="nobody", control=Guard.EMPTY
            )
            (public if tells(one, bare) else shown).append(one)
    yield from at_home(scene, party, asker.tokens)
    return Crossed(asked=tuple(asked), shown=tuple(shown), public=tuple(public))


def _tried(one: PersonalExchange, known: Records, ways: Sequence[TokenSet], party: str) -> Step[list[Answer]]:
    """The object asked for in every way, until one shows it."""
    answers = []
    requests = (one.request, *known.mixed.get(one.id, ()))
    for request in requests:
        for tokens in ways:
            answer = yield from ReplayPersonal(
                exchange=replace(one, request=request), tokens=tokens, party=party
            )
            answers.append(answer)
            if tells(one, answer):
                return answers
    return answers


def at_home(scene: Scene, party: str, tokens: TokenSet) -> Step[None]:
    """G5: the other party's session lives and shows that party. Raises CannotTell where it does not."""
    seen = yield from Replay(exchange=scene.home(party), tokens=tokens, party=party, control=Guard.OTHER)
    if seen.shows != party:
        raise CannotTell(f"the session of the {party} was lost: it was shown {refused(seen)}")


def tells(one: PersonalExchange, answer: Answer) -> bool:
    """Whether the answer shows the object: its planted or personal text, or enough of its own texts.

    Captions alone may stand in the frame of a page that refuses as well, so they count in a success only.
    """
    if one.evidence not in {"record", "role"}:
        return answer.shows == one.whose and bool(answer.found)
    taken = answer.exchange.status in SUCCESS
    return taken and answer.shows == one.whose and len(answer.found) >= min(ENOUGH, len(one.texts))


def _ways(scene: Scene, party: str, owner: TokenSet, asker: TokenSet) -> Step[tuple[TokenSet, ...]]:
    """The asker's tokens, and the same with what names the owner's tenant beside them.

    A name may deceive: what makes the asker the owner (a session's cookie that is called clinic_session) names no
    tenant and is left out.
    """
    tenants = (scene.parties["owner"].tenant, scene.parties[party].tenant) if party in scene.parties else ()
    mixed, harmless = asker, True
    for token in selectors(owner, asker, tenants):
        tried = asker.merged(TokenSet((token,)))
        for known in channels(scene):
            seen = yield from Replay(exchange=known, tokens=tried, party=party, control=Guard.OTHER)
            harmless = harmless and seen.shows != "owner"
        mixed, harmless = (mixed.merged(TokenSet((token,))) if harmless else mixed), True
    return (asker,) if mixed is asker else (asker, mixed)


def with_tenant_headers(scene: Scene, owner: Session) -> Step[TokenSet]:
    """The owner's tokens, with the headers that name a tenant and that only the scripts of some page add."""
    tokens = owner.tokens
    for key, page in scene.sent_from.items():
        if names_tenant(key) and tokens.get(key) is None:
            session = yield from enter("owner", keep=True)
            seen = yield from Visit(session=session, exchange=replace(scene.oracle, page=page))
            tokens = tokens.merged(TokenSet(tuple(token for token in seen.tokens if token.key == key)))
    return tokens


def names_tenant(key: TokenKey) -> bool:
    """Whether a header is called as one that says which tenant is meant."""
    return key.carrier is Carrier.HEADER and bool(TENANT.search(key.name))


def selectors(owner: TokenSet, asker: TokenSet, tenants: Iterable[str]) -> TokenSet:
    """The owner's cookies and headers that name a tenant, by their name or their value, where the asker's differ.

    A header that the asker's page has not sent yet counts as well.
    """
    named = tuple(tenant.casefold() for tenant in tenants if tenant)
    return TokenSet(
        tuple(
            token
            for token in owner
            if token.carrier is not Carrier.QUERY
            and _differs(token, asker)
            and (TENANT.search(token.name) or token.value.casefold() in named)
        )
    )


def _differs(token: Token, asker: TokenSet) -> bool:
    other = asker.get(token.key)
    return token.carrier is Carrier.HEADER if other is None else other.value != token.value


def concluded(
    found: Crossed, known: Records, who: str, *, severity: Severity | None = None
) -> tuple[Outcome, ...]:
    """One outcome for what is proven, one for what may be meant, or the pass. Raises CannotTell for nothing asked."""
    if not found.asked:
        raise CannotTell(
            f"none of the {len(known.known)} addresses that showed the owner's own records does so any longer"
        )
    likely = [one for one in found.shown if one.evidence == "personal"]
    proven = [one for one in found.shown if one.evidence != "personal"]
    return tuple(_outcomes(found, known, proven, likely, who, severity))


def _outcomes(
    found: Crossed,
    known: Records,
    proven: Sequence[PersonalExchange],
    likely: Sequence[PersonalExchange],
    who: str,
    severity: Severity | None,
) -> Iterator[Outcome]:
    total = len(found.asked)
    if proven:
        yield failed(
            f"Shown to {who}: records of the owner's, at {counted(proven)} of {total}.",
            where=places(proven),
            severity=severity,
        )
    if likely:
        yield suspected(
            f"Shown to {who}: personal data of the owner, at {counted(likely)} of {total}; that may be meant.",
            where=places(likely),
            severity=Severity.MEDIUM,
        )
    if proven or likely:
        return
    if 2 * total < min(len(known.known), MOST):
        yield inconclusive(
            f"only {total} of {len(known.known)} of the owner's records could be asked for again"
        )
        return
    left = known.named - known.shared - len(known.known)
    more = f"; {left} more hold nothing to tell by" if left > 0 else ""
    yield passed(
        f"Of the owner's records none is shown to {who} ({counted(found.asked)} asked{more})",
        where=places(found.asked),
    )


def places(ones: Iterable[PersonalExchange]) -> tuple[Place, ...]:
    """Where they stand."""
    return tuple(place(one) for one in ones)


def counted(ones: Sequence[object]) -> str:
    """So many addresses."""
    return "1 address" if len(ones) == 1 else f"{len(ones)} addresses"
