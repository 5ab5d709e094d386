"""From what was recorded to a scene that can tell the owner from a stranger, and how many sessions may live at once."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from sessionward.audit.calibrate import Calibration, Material, Witness, calibrate
from sessionward.audit.conduct.entering import Entrance
from sessionward.audit.conduct.surveying import Survey
from sessionward.audit.events import Listener, StageStarted
from sessionward.audit.explore.flows import LogoutFlow
from sessionward.audit.perform.performer import OWN, Performer
from sessionward.audit.perform.stage import Person
from sessionward.audit.probe import LogIn, Session
from sessionward.audit.scene import Party, Scene

TOGETHER = 6
"""So many sessions of one account at once are the most that the checks ever need."""


async def calibrated_scene(
    performer: Performer,
    entrance: Entrance,
    survey: Survey,
    emit: Listener,
    *,
    canaries: tuple[str, ...] = (),
) -> Calibration:
    """Calibrate and put the result into the stage's scene."""
    stage = performer.stage
    emit(StageStarted(stage="calibrating"))
    material = Material(
        owner=await _witness(performer, entrance.owner, survey),
        owner_again=await _witness(performer, entrance.again),
        stranger=await _witness(performer, entrance.stranger),
        anonymous=entrance.anonymous,
        known={
            party: _known(person) for party, person in stage.people.items() if party in {"owner", "stranger"}
        },
        canaries=canaries,
        avoid=_avoid(stage.logout),
    )
    found = await calibrate(material, performer.replayer.send, seed=stage.scene.seed)
    stage.queries = frozenset(found.queries)
    stage.scene = replace(
        stage.scene,
        parties={
            party: Party(
                name=party,
                account=person.name,
                username=person.username,
                role=person.role,
                tenant=person.tenant,
            )
            for party, person in stage.people.items()
        },
        private=found.private,
        personal=found.personal,
        login=survey.login,
        logout=survey.logout,
        password_change=survey.password,
        missing=survey.missing,
        calibrated=found.calibrated,
        reason=found.reason,
    )
    stage.queries = frozenset(found.queries)
    for session in (entrance.owner, entrance.again, entrance.stranger):
        performer.keep_resident(await performer.sessions.refresh(session))
    return found


async def learn_cap(performer: Performer) -> Scene:
    """Open as many sessions of the owner as the checks may need at once; fewer alive than opened is a cap."""
    stage = performer.stage
    opened = [
        await performer.sessions.log_in(LogIn(party="owner", keep=False), OWN) for _ in range(TOGETHER - 2)
    ]
    own = [e for e in performer.book.all() if e.session.party == "owner" and e.session.tokens]
    alive = 0
    for entry in own:
        answer = await performer.replayer.replay(stage.scene.oracle, entry.session.tokens)
        if answer.shows == "owner":
            alive += 1
        else:
            entry.ended = "ended by the app"
    for entry in performer.book.all():
        if entry.session in opened:
            await performer.end(entry)
            await performer.book.close((entry,))
    refused = any(not session.authenticated for session in opened)
    cap = alive if refused or alive < len(own) else None
    return replace(stage.scene, session_cap=cap)


async def _witness(performer: Performer, session: Session, survey: Survey | None = None) -> Witness:
    fresh = await performer.sessions.refresh(session)
    recorded = survey.exchanges if survey else performer.book.tab(session).recorded()
    return Witness(party=session.party, tokens=fresh.tokens, exchanges=recorded)


def _avoid(logout: LogoutFlow | None) -> tuple[str, ...]:
    """The path of the logout, where it is a link: asking for it would end the witness."""
    href = logout.control.href if logout else ""
    return (
        (urlsplit(href).path,)
        if len(urlsplit(href).path) > 1 and not urlsplit(href).query
        else ((href,) if href else ())
    )


def _known(person: Person) -> tuple[str, ...]:
    """Texts that an app may show to say whose account it is, the most telling first."""
    local = person.username.partition("@")[0]
    return tuple(dict.fromkeys(text for text in (person.username, local, person.name) if text))
