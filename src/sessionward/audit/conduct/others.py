"""Who else there is: further accounts as parties, and what each account is shown that another is not."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sessionward.audit.calibrate.candidates import template
from sessionward.audit.calibrate.hearing import Asker, Dossier, Heard, listen
from sessionward.audit.calibrate.homes import home_of
from sessionward.audit.calibrate.owned_files import documents
from sessionward.audit.calibrate.privileged import privileged
from sessionward.audit.calibrate.records import readings, records
from sessionward.audit.conduct.calibrating import addresses_to_avoid, known_of
from sessionward.audit.conduct.entering import Entrance, enter_others
from sessionward.audit.conduct.surveying import Survey
from sessionward.audit.driver import DriverError, Tab, TargetUnreachable
from sessionward.audit.experiment import names_tenant, selectors
from sessionward.audit.explore.explorer import NOTHING_NEW, Limits, explore
from sessionward.audit.explore.forms import Filler
from sessionward.audit.observation import Session
from sessionward.audit.perform.observing import AROUND
from sessionward.audit.perform.performer import OWN, Performer
from sessionward.audit.perform.stage import Stage
from sessionward.audit.probe import Resident
from sessionward.audit.scene import Document, PersonalExchange, Records, Scene

HIGHER = ("staff", "administrator")
PARTIES = ("neighbour", *HIGHER)
HOMES = 3
PERSON = re.compile(r"[^\W\d_]{2,}(?:[ .'-]+[^\W\d_]+)+")
"""Two words at least: a single one may be any word of a page."""
LIGHTLY = Limits(seconds=8.0, screens=10, clicks_per_screen=3, per_pattern=2)
"""How far an account of a higher role is followed."""


async def know_others(
    performer: Performer,
    entrance: Entrance,
    survey: Survey,
    canaries: tuple[str, ...],
    exclude: Sequence[str],
    wanted: frozenset[str] = frozenset(PARTIES),
) -> Scene:
    """The scene with the further parties, and with what the owner and they are shown that others are not.

    ``wanted`` are the further parties that some check needs; the others are logged in and left alone.
    What fails for one account leaves that account out. Raises TargetUnreachable.
    """
    stage = performer.stage
    avoid = (*addresses_to_avoid(stage.logout), *exclude)
    dossier = Dossier(
        readings=readings(survey.exchanges, stage.queries, avoid),
        canaries=canaries,
        personal=texts_of(stage.scene.personal, "personal"),
        known=known_of(stage.people["owner"]),
    )
    await enter_others(performer, entrance)
    met = [entrance.others[party] for party in PARTIES if party in entrance.others and party in wanted]
    limits = replace(LIGHTLY, exclude=tuple(exclude), later=frozenset(survey.exploration.addresses))
    askers = [
        asker for asker in await asyncio.gather(*(_meet(performer, one, limits) for one in met)) if asker
    ]
    stranger = await _asker(performer, "stranger")
    heard = await listen(stranger, dossier, performer.replayer.send)
    found = {"stranger": await records(dossier, stranger, heard, performer.replayer.send)}
    higher: dict[str, tuple[PersonalExchange, ...]] = {}
    for asker in askers:
        if asker.party in HIGHER:
            own = readings(asker.seen, stage.queries, avoid)
            higher[asker.party] = await privileged(asker.party, own, dossier, heard, performer.replayer.send)
        else:
            found[asker.party] = await _across(performer, dossier, asker)
    files = await _files(performer, entrance, survey, dossier, heard)
    return replace(stage.scene, records=found, privileged=higher, documents=files)


async def _across(performer: Performer, dossier: Dossier, neighbour: Asker) -> Records:
    """The owner's objects for an account of another tenant. Its tenant may be named in an address, or beside the login;
    where each has a host of its own, nothing that is asked for there is the neighbour's own."""
    stage, fetch = performer.stage, performer.replayer.send
    owner = await _asker(performer, "owner")
    people = stage.people
    known = replace(dossier, tenant=people["owner"].tenant, elsewhere=people[neighbour.party].tenant)
    beside = bool(selectors(owner.tokens, neighbour.tokens, tenants(stage)))
    beside = beside or any(map(names_tenant, stage.scene.sent_from))
    hosts = {exchange.request.origin for exchange in neighbour.seen if exchange.navigation}
    apart = bool(hosts) and not any(one.request.origin in hosts for one in dossier.readings)
    heard = await listen(neighbour, replace(known, readings=()) if apart else known, fetch)
    return await records(known, neighbour, heard, fetch, everything=beside or apart)


async def _files(
    performer: Performer, entrance: Entrance, survey: Survey, dossier: Dossier, heard: Heard
) -> tuple[Document, ...]:
    """The owner's files, and which of them the stranger or anybody is offered as well."""
    stage = performer.stage
    return await documents(
        [replace(one, request=template(one.request, stage.queries)) for one in survey.exchanges],
        (await _asker(performer, "owner")).tokens,
        await _asker(performer, "stranger"),
        heard,
        "\n".join(exchange.text for exchange in entrance.anonymous),
        (*dossier.canaries, *dossier.personal, stage.people["owner"].username),
        performer.replayer.send,
    )


async def _asker(performer: Performer, party: str) -> Asker:
    session: Session = await performer.perform(Resident(party=party), OWN)
    called = names_of(performer.stage, party)
    return Asker(party=party, tokens=session.tokens, seen=session.exchanges, called=called)


def names_of(stage: Stage, party: str) -> tuple[str, ...]:
    """What an account is called: by the name it logs in with, and by the names of persons that its pages tell it by."""
    marked = [text.strip(AROUND) for one in stage.scene.private for text in one.markers.get(party, ())]
    return tuple(dict.fromkeys((*known_of(stage.people[party]), *filter(PERSON.fullmatch, marked))))


async def _meet(performer: Performer, session: Session, limits: Limits) -> Asker | None:
    """Learn what shows the party to be logged in. One of a higher role is followed to its pages as well: first to those
    that the owner's pages do not lead to.

    None where that does not work.
    """
    try:
        tab = performer.book.tab(session)
        if session.party in HIGHER:
            await _follow(tab, limits, performer.stage.scene.seed)
        session = await performer.sessions.refresh(session)
        asker = Asker(party=session.party, tokens=session.tokens, seen=tab.recorded())
        await performer.sessions.park(session)
    except TargetUnreachable:
        raise
    except DriverError:
        return None
    return asker if await _at_home(performer, session, asker) else None


async def _follow(tab: Tab, limits: Limits, seed: int) -> None:
    """Follow the links first: what is clicked open on the first page could take all the time that there is."""
    start, fill = (await tab.look()).url, Filler(seed)
    linked = replace(limits, clicks_per_screen=0)
    if (await explore(tab, start, linked, fill=fill)).ended == NOTHING_NEW:
        await explore(tab, start, limits, fill=fill)


async def _at_home(performer: Performer, session: Session, asker: Asker) -> bool:
    """Whether an answer was found that shows the party to be logged in; the scene keeps it."""
    stage = performer.stage
    scene, own = stage.scene, readings(asker.seen, stage.queries, addresses_to_avoid(stage.logout))
    home = await home_of(
        asker,
        (*(private.request for private in scene.private[:HOMES]), *(one.request for one in own)),
        [(await _asker(performer, party)).tokens for party in ("owner", "stranger")],
        scene.members,
        known_of(stage.people[asker.party]),
        performer.replayer.send,
    )
    if home is not None:
        stage.scene = replace(stage.scene, homes={**stage.scene.homes, asker.party: home})
        performer.keep_resident(session)
    return home is not None


def tenants(stage: Stage) -> tuple[str, ...]:
    """The tenants of the accounts, as they were configured."""
    return tuple(dict.fromkeys(person.tenant for person in stage.people.values() if person.tenant))


def texts_of(personal: Iterable[PersonalExchange], evidence: str) -> tuple[str, ...]:
    """The texts of that kind, each once."""
    return tuple(dict.fromkeys(text for one in personal if one.evidence == evidence for text in one.texts))
