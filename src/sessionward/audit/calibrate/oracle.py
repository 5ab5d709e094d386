"""Trying one candidate: who is shown what, and which texts tell it.

The same request is made as the owner (twice), from the owner's other login, as the stranger, with no token and with
random ones. It stands for being logged in where the answers are the owner's, the owner's, the stranger's, nobody's,
nobody's.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sessionward.audit.calibrate.addresses import identifies, pattern
from sessionward.audit.calibrate.candidates import Candidate, request_text, template
from sessionward.audit.calibrate.markers import Side, find_markers, held_text
from sessionward.audit.calibrate.material import Material
from sessionward.audit.calibrate.replayer import Holder, Replayer, broken, successors
from sessionward.audit.calibrate.words import stands_in, stands_in_any
from sessionward.audit.calibrate.worth import changing_places, places_of, telling
from sessionward.audit.scene import Shows, identify
from sessionward.http import Carrier, Exchange, Request, Response, TokenKey, TokenSet
from sessionward.http.carry import carry_keys


class Refusal(enum.StrEnum):
    """Why a candidate does not stand for being logged in."""

    DEAD = "made again with the owner's own tokens, it no longer showed the account"
    PUBLIC = "anybody is shown the same"
    OPEN = "it shows the owner's data to a browser without any token"
    SHARED = "the stranger is shown the same"
    IMPOSTOR = "the stranger's browser is shown the owner's account"
    WEAK = "only ordinary words in it tell whose it is"
    UNMARKED = "no text in it tells whose it is"
    UNSTABLE = "what it shows changes from one request to the next"
    BROKEN = "without a valid token the server fails instead of refusing"
    ECHO = "it repeats what the tokens themselves say"
    UNSURE = "the tokens that suffice for it could not be told"


@dataclass(slots=True, kw_only=True)
class Holders:
    """The three browsers whose tokens are replayed."""

    owner: Holder
    owner_again: Holder
    stranger: Holder
    rotation_known: bool = False

    def session_keys(self) -> frozenset[TokenKey]:
        """The places whose values are not the same for everybody: what may carry a session."""
        mine, own, other = self.owner.tokens, self.owner_again.tokens, self.stranger.tokens
        constant = mine.same_values(own, mine.keys) & mine.same_values(other, mine.keys)
        return mine.keys - constant


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A candidate that tells the owner from nobody, and, where ``stranger`` has markers, from the stranger.

    ``keys`` are the places of the tokens that were sent: all of them, or, where ``narrow``, those that the recorded
    request had. ``answers`` are the replays so far with who made them; ``scrambled`` are the places that held random
    values in that of the random token, ``opened`` those with which alone the owner was answered, none where untried.
    ``weak``: only ordinary words tell it.
    """

    candidate: Candidate
    keys: frozenset[TokenKey]
    narrow: bool
    markers: Mapping[str, tuple[str, ...]] = field(repr=False)
    answers: tuple[tuple[str, Exchange], ...] = field(repr=False)
    scrambled: frozenset[TokenKey] = frozenset()
    opened: frozenset[TokenKey] = frozenset()
    weak: bool = False

    def shows(self, exchange: Exchange) -> Shows:
        """Whose answer this is."""
        return identify(self.markers, exchange)

    @property
    def distinguishes(self) -> bool:
        """Whether it knows the stranger as well."""
        return bool(self.markers["stranger"])


@dataclass(slots=True, kw_only=True)
class Court:
    """What all trials share. ``doubtful`` are answers to requests that named a party, ``public`` those to anybody.

    ``lone``: one of the owner's two logins is dead (a second login may end the first), so that what it was
    shown when it was recorded stands in for its replays. ``fragile``: a part of the tokens alone was seen to end the
    session. ``sets`` are the sets of tokens found to suffice so far. ``repeated`` are texts of many pages of the owner.
    """

    material: Material
    replayer: Replayer
    holders: Holders
    seed: int
    doubtful: tuple[str, ...] = field(repr=False)
    public: tuple[str, ...] = field(repr=False)
    repeated: frozenset[str] = field(default=frozenset(), repr=False)
    lone: bool = False
    fragile: bool = False
    sets: list[frozenset[TokenKey]] = field(default_factory=list)


async def try_candidate(court: Court, candidate: Candidate) -> Trial | Refusal:
    """Replay a candidate for all parties and judge it. Raises Halted."""
    found = await alive(court, candidate)
    if found is None:
        return Refusal.DEAD
    keys, first = found
    if not _tells_anything(first, court.material):
        return Refusal.UNMARKED
    request, replayer, holders = candidate.request, court.replayer, court.holders
    nobody = await replayer.ask(request, TokenSet())
    if _alike(first, nobody, court, request):
        return Refusal.OPEN if _names_owner(court, request, nobody) else Refusal.PUBLIC
    narrow = keys != holders.owner.tokens.keys
    stranger = await replayer.ask_as(holders.stranger, request, keys if narrow else None)
    if _alike(first, stranger, court, request):
        return Refusal.IMPOSTOR if _names_owner(court, request, stranger) else Refusal.SHARED
    again = await _other_login(court, candidate, keys)
    if again is None:
        return Refusal.DEAD
    answers = {"owner": first, "anonymous": nobody, "stranger": stranger, "owner again": again}
    return _judge(court, await _second_round(court, candidate, keys, answers, narrow=narrow))


async def _second_round(
    court: Court,
    candidate: Candidate,
    keys: frozenset[TokenKey],
    answers: Mapping[str, Exchange],
    *,
    narrow: bool,
) -> Trial:
    """Random tokens, tokens that merely name somebody, and everybody once more: what is shown must last.

    Where a set of tokens is known to suffice elsewhere, it alone is tried, which saves asking again later.
    """
    request, replayer, holders = candidate.request, court.replayer, court.holders
    members = next((each for each in court.sets if each <= keys), keys)
    chance = await replayer.ask(request, random_tokens(court, members))
    echoes = [
        (f"{holder.party} echo", await _echo(court, holder, request, keys))
        for holder in _talking(court, keys)
    ]
    later = await replayer.ask_as(holders.owner, request, members)
    opened = _as_recorded(later, candidate, court.material)
    if not opened and members != keys:
        later = await replayer.ask_as(holders.owner, request, keys)
    rest = [("random token", chance), *echoes, ("owner later", later)]
    if not broken(answers["stranger"]):
        once_more = await replayer.ask_as(holders.stranger, request, keys if narrow else None)
        rest.append(("stranger later", once_more))
    return Trial(
        candidate=candidate,
        keys=keys,
        narrow=narrow,
        markers={},
        answers=(*answers.items(), *rest),
        scrambled=members,
        opened=members if opened else frozenset(),
    )


def random_tokens(court: Court, members: frozenset[TokenKey]) -> TokenSet:
    """The owner's tokens at these places with random values. What everybody has stays as it is, lest the app refuse its
    own key instead of the session."""
    session = court.holders.session_keys() & members or members
    return court.holders.owner.tokens.only(members).scrambled(session, seed=court.seed)


async def _other_login(court: Court, candidate: Candidate, keys: frozenset[TokenKey]) -> Exchange | None:
    """What the owner's other login is shown, or, where that is dead, was shown."""
    holder = court.holders.owner_again
    if not court.lone:
        return await court.replayer.ask_as(holder, candidate.request, keys)
    wanted = pattern(candidate.request)
    for exchange in (
        candidate.exchange,
        *court.material.owner.exchanges,
        *court.material.owner_again.exchanges,
    ):
        own = carry_keys(exchange.request, holder.tokens) & court.holders.session_keys()
        if own and exchange.status in range(200, 300) and pattern(template(exchange.request)) == wanted:
            return exchange
    return None


def _talking(court: Court, keys: frozenset[TokenKey]) -> list[Holder]:
    """The parties of whom some token says what is known of them."""
    return [h for h in (court.holders.owner, court.holders.stranger) if _telltale(court, h, keys)]


def _telltale(court: Court, holder: Holder, keys: frozenset[TokenKey]) -> TokenSet:
    known = court.material.known_of(holder.party)
    said = (
        token for token in holder.tokens.only(keys) if stands_in_any(known, held_text(TokenSet((token,))))
    )
    return TokenSet(tuple(said))


async def _echo(court: Court, holder: Holder, request: Request, keys: frozenset[TokenKey]) -> Exchange:
    """The answer to only those tokens that say something known: a login page may greet by such a cookie."""
    return await court.replayer.ask(request, _telltale(court, holder, keys))


async def alive(court: Court, candidate: Candidate) -> tuple[frozenset[TokenKey], Exchange] | None:
    """The tokens with which the owner is still answered as recorded: all, else those that the request had."""
    holder = court.holders.owner
    everything = holder.tokens.keys
    own = frozenset(
        key for key in everything if key.carrier is not Carrier.HEADER or key in candidate.carried
    )
    for keys in dict.fromkeys((everything, own)):
        exchange = await court.replayer.ask_as(holder, candidate.request, keys)
        if _as_recorded(exchange, candidate, court.material):
            if not court.holders.rotation_known:
                await _learn_rotation(court, candidate, exchange, keys)
            return keys, exchange
    return None


def _as_recorded(exchange: Exchange, candidate: Candidate, material: Material) -> bool:
    if (
        exchange.response is None
        or exchange.response.status not in range(200, 300)
        or not exchange.response.body
    ):
        return False
    wanted = [value for value in material.known_of("owner") if stands_in(value, candidate.exchange.text)]
    return not wanted or any(stands_in(value, exchange.text) for value in wanted)


async def _learn_rotation(
    court: Court, candidate: Candidate, exchange: Exchange, keys: frozenset[TokenKey]
) -> None:
    """Where an answer replaced a cookie: does the former value live on? If not, each answer must be followed."""
    holder = court.holders.owner
    fresh = successors(holder.tokens, exchange)
    if not fresh:
        return
    court.holders.rotation_known = True
    old = holder.tokens
    renewed = await court.replayer.ask(candidate.request, old.merged(fresh).only(keys))
    if not _as_recorded(renewed, candidate, court.material):
        return
    if _as_recorded(await court.replayer.ask(candidate.request, old.only(keys)), candidate, court.material):
        return
    for each in (court.holders.owner, court.holders.owner_again, court.holders.stranger):
        each.rotating = fresh.keys
    holder.tokens = old.merged(fresh).merged(successors(old.merged(fresh), renewed))


def _tells_anything(first: Exchange, material: Material) -> bool:
    """Whether the answer has any text at all that might tell whose it is."""
    named = stands_in_any(material.known_of("owner"), first.text)
    return first.response is not None and (named or bool(telling(first.response)))


def _alike(first: Exchange, other: Exchange, court: Court, request: Request) -> bool:
    """Whether another party's answer has every telling text of the owner's: early, before more requests are spent."""
    if first.response is None or other.response is None or other.status not in range(200, 300):
        return False
    text, echo = other.response.text, request_text(request)
    known = (value for value in court.material.known_of("owner") if not stands_in(value, echo))
    if any(stands_in(value, first.text) and not stands_in(value, text) for value in known):
        return False
    return telling(first.response) <= telling(other.response)


def _names_owner(court: Court, request: Request, exchange: Exchange) -> bool:
    """Whether the answer, at an address for everybody, speaks of the owner and not of the stranger."""
    echo = request_text(request)
    if identifies(request) or stands_in_any(court.material.known_of("owner"), echo):
        return False
    mine, other = court.material.known_of("owner"), court.material.known_of("stranger")
    return stands_in_any(mine, exchange.text) and not stands_in_any(other, exchange.text)


def _judge(court: Court, trial: Trial) -> Trial | Refusal:
    answers = dict(trial.answers)
    if broken(answers["anonymous"]) or broken(answers["random token"]):
        return Refusal.BROKEN
    if broken(answers["stranger"]) or broken(answers["owner again"]) or broken(answers["owner later"]):
        return Refusal.DEAD
    mine = _responses(answers, "owner", "owner again", "owner later")
    theirs = _responses(answers, "stranger", "stranger later")
    changing = changing_places(*mine)
    found = find_markers(_side(court, trial, court.holders.owner, mine, theirs, changing))
    if not found.texts:
        return _why_unmarked(court, trial)
    stranger = _side(court, trial, court.holders.stranger, theirs, mine, changing)
    other = find_markers(replace(stranger, places=places_of(found.texts, mine[0])))
    markers = {"owner": found.texts, "stranger": other.texts}
    return replace(trial, markers=markers, weak=found.weak)


def _responses(answers: Mapping[str, Exchange], *names: str) -> tuple[Response, ...]:
    return tuple(response for name in names if name in answers and (response := answers[name].response))


def _side(
    court: Court,
    trial: Trial,
    holder: Holder,
    with_it: tuple[Response, ...],
    others: tuple[Response, ...],
    changing: frozenset[str],
) -> Side:
    answers = dict(trial.answers)
    nobody = _responses(answers, "anonymous", "random token")
    other = "stranger" if holder.party == "owner" else "owner"
    named = tuple(f'"{value}">{value}<' for value in court.material.known_of(other))
    return Side(
        known=court.material.known_of(holder.party),
        request=trial.candidate.request,
        with_it=with_it,
        without=(*(answer.text for answer in (*nobody, *others)), *court.public, *named),
        doubtful=court.doubtful,
        changing=changing,
        held=held_text(holder.tokens),
        echoes=tuple(answer.text for answer in _responses(answers, f"{holder.party} echo")),
        repeated=court.repeated if holder.party == "owner" else frozenset(),
        lonely=not any(answer.status in range(200, 300) for answer in others),
    )


def _why_unmarked(court: Court, trial: Trial) -> Refusal:
    answers, request = dict(trial.answers), trial.candidate.request
    if any(_names_owner(court, request, answers[name]) for name in ("anonymous", "random token")):
        return Refusal.OPEN
    if _names_owner(court, request, answers["stranger"]):
        return Refusal.IMPOSTOR
    if "owner echo" in answers and _names_owner(court, request, answers["owner echo"]):
        return Refusal.ECHO
    texts = {answers[name].text for name in ("owner", "owner again", "owner later")}
    return Refusal.UNSTABLE if len(texts) > 1 else Refusal.UNMARKED
