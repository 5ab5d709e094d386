"""From what exploration recorded to calibrated private exchanges: the search over candidates, and its conclusion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from sessionward.audit.calibrate.authentication_set import SessionLost, authentication_sets, opening
from sessionward.audit.calibrate.candidates import Candidate, candidates
from sessionward.audit.calibrate.findings import facts_of, private_exchanges
from sessionward.audit.calibrate.handouts import renewals
from sessionward.audit.calibrate.material import Calibration, Material, Witness
from sessionward.audit.calibrate.oracle import Court, Holders, Refusal, Trial, alive, try_candidate
from sessionward.audit.calibrate.personal_data import learned_texts, personal_exchanges
from sessionward.audit.calibrate.query_tokens import query_token_names, with_query_tokens
from sessionward.audit.calibrate.reasons import NOTHING, ONE_SIDED, ROTATING, SPENT, reason_for, same_person
from sessionward.audit.calibrate.replayer import Fetch, Halted, Holder, OutOfRequests, Replayer
from sessionward.audit.calibrate.verification import Verified, confirm, verify
from sessionward.audit.calibrate.words import stands_in_any
from sessionward.audit.calibrate.worth import repeated_texts
from sessionward.audit.scene import Shows
from sessionward.http import Carrier, TokenKey

ENOUGH = 8
"""So many private exchanges show what an app's sessions do; more would cost requests and teach nothing."""

FEW = 3
OF_ONE_SORT = 3
"""So many private exchanges of one sort are enough: the next would be opened by the same tokens."""

PATIENCE = 6
"""After so many refusals in a row, once there is an oracle and every kind was tried, the search ends."""


@dataclass(slots=True, kw_only=True)
class Search:
    """What the search has found so far. ``weak`` are candidates that only ordinary words tell apart: they are taken
    where nothing better is found. ``tried`` counts by sort what was tried, ``met`` what was found to be private."""

    verified: list[Verified] = field(default_factory=list)
    weak: list[Candidate] = field(default_factory=list)
    refusals: Counter[Refusal] = field(default_factory=Counter)
    tried: set[object] = field(default_factory=set)
    met: Counter[object] = field(default_factory=Counter)
    misses: int = 0
    halted: str = ""
    spent: bool = False

    @property
    def oracles(self) -> list[Verified]:
        """Those that tell all parties apart."""
        return [one for one in self.verified if one.is_oracle]

    @property
    def undecided(self) -> bool:
        """Whether nothing was found yet and few were dead: time to ask which of the owner's logins lives."""
        return not self.verified and self.refusals[Refusal.DEAD] < FEW


async def calibrate(material: Material, fetch: Fetch, *, seed: int) -> Calibration:
    """Find what "logged in" means in an app, by at most ``replayer.BUDGET`` requests that only read.

    Never raises for what the app does: where nothing can be told, ``Calibration.reason`` says why.
    """
    names = query_token_names(material.owner, material.owner_again)
    if reason := same_person(material):
        return Calibration(reason=reason, personal=personal_exchanges(material, (), names))
    court = _court(material, fetch, names, seed)
    search = Search()
    try:
        await _search(court, list(candidates(material, names)), search)
    except Halted as halted:
        search.halted = str(halted)
        search.spent = isinstance(halted, OutOfRequests)
    return _conclude(court, search, names)


def _court(material: Material, fetch: Fetch, names: tuple[str, ...], seed: int) -> Court:
    def holder(party: str, witness: Witness) -> Holder:
        return Holder(party=party, tokens=with_query_tokens(witness, names))

    public = tuple(exchange.text for exchange in material.anonymous if exchange.text)
    others = tuple(exchange.text for exchange in material.stranger.exchanges if exchange.text)
    return Court(
        material=material,
        replayer=Replayer(fetch),
        holders=Holders(
            owner=holder("owner", material.owner),
            owner_again=holder("owner", material.owner_again),
            stranger=holder("stranger", material.stranger),
        ),
        seed=seed,
        doubtful=tuple(_answers_to_names(material)),
        public=public,
        repeated=repeated_texts(material.owner.exchanges, material.owner_again.exchanges, (*public, *others)),
    )


def _answers_to_names(material: Material) -> Iterator[str]:
    """Answers to requests that named a party, the login's above all: what they repeat proves little."""
    for witness in (material.owner, material.owner_again, material.stranger):
        known = material.known_of(witness.party)
        for exchange in witness.exchanges:
            body = (exchange.request.body or b"").decode("utf-8", errors="replace")
            if body and exchange.text and stands_in_any(known, body):
                yield exchange.text


async def _search(court: Court, pool: list[Candidate], search: Search) -> None:
    while pool and not (search.oracles and len(search.verified) >= ENOUGH):
        candidate = _next(pool, search)
        pool.remove(candidate)
        search.tried.add(_sort(candidate))
        _keep(await _prove(court, candidate, search), candidate, search)
        if search.oracles:
            pool[:] = [each for each in pool if search.met[_sort(each)] < OF_ONE_SORT]
            if search.misses >= PATIENCE and all(_sort(each) in search.tried for each in pool):
                break
    for candidate in search.weak[:FEW]:
        if not search.oracles:
            _keep(await _prove(court, candidate, search, weak=True), candidate, search)


def _keep(outcome: list[Verified] | Refusal, candidate: Candidate, search: Search) -> None:
    if isinstance(outcome, Refusal):
        search.refusals[outcome] += 1
        search.misses += 1
        if outcome is Refusal.WEAK:
            search.weak.append(candidate)
    else:
        search.verified.extend(outcome)
        search.met[_sort(candidate)] += 1
        search.misses = 0


def _sort(candidate: Candidate) -> object:
    """Candidates of one sort are likely to be opened by the same tokens."""
    headers = frozenset(key for key in candidate.carried if key.carrier is Carrier.HEADER)
    return candidate.kind, headers


def _next(pool: list[Candidate], search: Search) -> Candidate:
    """The best candidate left; once there is an oracle, one of a sort not tried yet comes first."""
    if search.oracles:
        return next((each for each in pool if _sort(each) not in search.tried), pool[0])
    return pool[0]


async def _prove(
    court: Court, candidate: Candidate, search: Search, *, weak: bool = False
) -> list[Verified] | Refusal:
    trial = await try_candidate(court, candidate)
    if (
        trial is Refusal.DEAD
        and search.undecided
        and not court.lone
        and await _first_login_ended(court, candidate)
    ):
        _swap(court)
        trial = await try_candidate(court, candidate)
    if isinstance(trial, Refusal):
        return trial
    if trial.weak and not weak:
        return Refusal.WEAK
    known = await opening(court, trial)
    if known is not None:
        one = await confirm(court, trial, known)
        return [one] if one else Refusal.UNSURE
    proven = await _prove_sets(court, trial)
    court.sets.extend(one.members for one in proven if one.members not in court.sets)
    return proven or Refusal.UNSURE


async def _prove_sets(court: Court, trial: Trial) -> list[Verified]:
    """Each set of tokens that suffices, proven. Where leaving one out ended the session, the owner's other login goes
    on with what was seen to suffice."""
    try:
        sets = await authentication_sets(court, trial)
    except SessionLost as lost:
        court.fragile = True
        if court.lone:
            return []
        _swap(court)
        sets = (lost.kept,)
    return [one for keys in sets if (one := await verify(court, trial, keys)) is not None]


async def _lives(court: Court, candidate: Candidate) -> bool:
    return await alive(court, candidate) is not None


def _swap(court: Court) -> None:
    """From now on the owner's other login speaks for the owner; the first is dead."""
    holders = court.holders
    holders.owner, holders.owner_again = holders.owner_again, holders.owner
    court.lone = True


async def _first_login_ended(court: Court, candidate: Candidate) -> bool:
    """Whether only the owner's second login is alive, as where an app allows one session an account."""
    holders = court.holders
    holders.owner, holders.owner_again = holders.owner_again, holders.owner
    living = await _lives(court, candidate)
    holders.owner, holders.owner_again = holders.owner_again, holders.owner
    return living


def _conclude(court: Court, search: Search, names: tuple[str, ...]) -> Calibration:
    material = court.material
    rotating = court.holders.owner.rotating
    oracles = search.oracles
    reason = "" if oracles and not rotating else _reason(court, search)
    handed_out = renewals(material, names)
    best = sorted(search.verified, key=_rank)
    table: tuple[tuple[str, Shows], ...] = best[0].table if oracles else ()
    members = frozenset().union(*(one.members for one in best)) if best else frozenset[TokenKey]()
    private = private_exchanges(best)
    learned = learned_texts((one.trial for one in best), material)
    return Calibration(
        private=private,
        personal=personal_exchanges(material, learned, names, private=private),
        calibrated=not reason,
        reason=reason,
        facts=(
            *facts_of(court, best, handed_out),
            *([search.halted] if search.halted and not reason else []),
        ),
        table=table,
        queries=tuple(key.name for key in sorted(members) if key.carrier is Carrier.QUERY),
        rotating=rotating,
        renewals=handed_out,
        requests=court.replayer.spent,
    )


def _reason(court: Court, search: Search) -> str:
    rotating = court.holders.owner.rotating
    if rotating:
        return ROTATING.format(names=" and ".join(str(key) for key in sorted(rotating)))
    if search.halted and not search.spent:
        return search.halted
    if search.verified:
        return ONE_SIDED
    if search.spent:
        return SPENT.format(requests=court.replayer.spent)
    return reason_for(search.refusals, court.material) if search.refusals else NOTHING


def _rank(one: Verified) -> tuple[bool, bool, bool, float]:
    return (not one.is_oracle, one.trial.narrow, one.trial.weak, -one.trial.candidate.score)
