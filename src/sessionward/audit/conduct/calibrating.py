"""From what was recorded to a scene that can tell the owner from a stranger, and how many sessions may live at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from sessionward.audit.calibrate import Calibration, Material, Witness, calibrate
from sessionward.audit.conduct.entering import Entrance, enter_again
from sessionward.audit.conduct.known_actions import learned_actions
from sessionward.audit.conduct.renewing import learn_renewals
from sessionward.audit.conduct.surveying import Survey
from sessionward.audit.driver import DriverError, Screen, TargetUnreachable
from sessionward.audit.events import Listener, StageStarted
from sessionward.audit.explore.explorer import Exploration
from sessionward.audit.explore.flows import LogoutFlow
from sessionward.audit.observation import Session
from sessionward.audit.perform.book import Entry
from sessionward.audit.perform.holding_off import was_one_too_many
from sessionward.audit.perform.observing import screen_texts
from sessionward.audit.perform.performer import OWN, Performer
from sessionward.audit.perform.replays import same_call
from sessionward.audit.perform.stage import Person
from sessionward.audit.probe import LogIn
from sessionward.audit.scene import Party, PrivateExchange, Renewal, Scene
from sessionward.http import Carrier, Exchange, TokenKey
from sessionward.http.carry import token_headers

REDIRECTION = 300
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
    """Calibrate and put the result into the stage's scene. Raises CannotEnter, DriverError."""
    stage = performer.stage
    emit(StageStarted(stage="calibrating"))
    entrance.stranger = await enter_again(performer, entrance.accounts, "stranger")
    again = await enter_again(performer, entrance.accounts)
    material = await _material(performer, entrance, again, survey, canaries)
    found = await calibrate(material, performer.replayer.send, seed=stage.scene.seed)
    stage.queries = frozenset(found.queries)
    stage.scene = replace(
        stage.scene,
        parties={party: _party(party, person) for party, person in stage.people.items()},
        private=tuple(
            _with_page(private, survey.exchanges, survey.login.url, reopenable(survey.exploration))
            for private in found.private
        ),
        personal=found.personal,
        login=survey.login,
        logout=survey.logout,
        password_change=survey.password,
        missing=survey.missing,
        sent_from=_sent_from(survey.exchanges, survey.login.url),
        pages=tuple(dict.fromkeys(screen.url for screen in survey.exploration.screens)),
        calibrated=found.calibrated,
        reason=found.reason,
    )
    stage.scene = replace(stage.scene, actions=await learned_actions(performer, again))
    for session in (entrance.owner, again, entrance.stranger):
        performer.keep_resident(await performer.sessions.refresh(session))
    if found.calibrated:
        await _rest(performer)
    return found


async def _rest(performer: Performer) -> None:
    """Close the browsers that entered, unless a login lives in one's memory: an open page polls and costs memory."""
    if all(key.carrier is Carrier.COOKIE for key in performer.stage.scene.members):
        for entry in performer.book.of_run(OWN):
            await performer.sessions.park(entry.session)


async def learn_cap(performer: Performer, renewals: Sequence[Renewal] = ()) -> Scene:
    """Open as many sessions of the owner as the checks may need at once; one that died over it shows a cap.

    So does a login that is refused. What says nothing (a throttle, a browser that fails) shows none, nor does a
    session that was dead before: it may have ended of another cause. Logging the extra ones out shows whether a logout
    ends the account's other sessions as well; before that, one is spent on the ``renewals``. Raises DriverError.
    """
    stage, refused = performer.stage, False
    await _note_dead(performer)
    present = [entry for entry in performer.book.of_run(OWN) if _lives_as_owner(entry)]
    for _ in range(TOGETHER - len(present)):
        refused = refused or await _refuses_one_more(performer)
    own = [entry for entry in performer.book.of_run(OWN) if _lives_as_owner(entry)]
    dead = await _note_dead(performer)
    extra = [entry for entry in own if entry not in present]
    living = [entry for entry in extra if not entry.ended]
    renewing = await learn_renewals(performer, living[0], renewals) if living else ()
    for entry in extra:
        await performer.end(entry)
        await performer.book.close((entry,))
    cap = max(1, len(own) - dead) if refused or dead else None
    logout = stage.scene.logout
    if logout and living:
        logout = replace(logout, frees=not any([await _opens(performer, entry) for entry in living]))
    if logout and extra and await _note_dead(performer):
        logout = replace(logout, ends_all=True)
    return replace(stage.scene, session_cap=cap, logout=logout, renewing=renewing)


async def _note_dead(performer: Performer) -> int:
    """Look which of the owner's sessions the app has ended. Gives how many."""
    dead = 0
    for entry in [entry for entry in performer.book.of_run(OWN) if _lives_as_owner(entry)]:
        if not await _opens(performer, entry):
            entry.ended, dead = "ended by the app", dead + 1
    return dead


async def _opens(performer: Performer, entry: Entry) -> bool:
    """Whether a session's tokens open anything, whoever's."""
    answer = await performer.replayer.replay(performer.stage.scene.oracle, entry.session.tokens)
    return answer.shows != "nobody"


async def _refuses_one_more(performer: Performer) -> bool:
    """Whether the app itself turns down one more login; a browser that fails is no refusal, nor is a throttle."""
    try:
        session = await performer.sessions.log_in(LogIn(party="owner", keep=False), OWN)
    except TargetUnreachable:
        raise
    except DriverError:
        return False
    return not performer.book.entry(session).let_in and not was_one_too_many(session.exchanges)


def _lives_as_owner(entry: Entry) -> bool:
    return entry.session.party == "owner" and entry.session.authenticated and not entry.ended


async def _material(
    performer: Performer, entrance: Entrance, again: Session, survey: Survey, canaries: tuple[str, ...]
) -> Material:
    people = performer.stage.people
    return Material(
        owner=await _witness(performer, entrance.owner, survey),
        owner_again=await _witness(performer, again),
        stranger=await _witness(performer, entrance.stranger),
        anonymous=entrance.anonymous,
        known={party: known_of(people[party]) for party in ("owner", "stranger")},
        canaries=canaries,
        avoid=addresses_to_avoid(performer.stage.logout),
    )


def _party(name: str, person: Person) -> Party:
    return Party(
        name=name, account=person.name, username=person.username, role=person.role, tenant=person.tenant
    )


def _with_page(
    private: PrivateExchange, recorded: Sequence[Exchange], login: str = "", screens: Sequence[Screen] = ()
) -> PrivateExchange:
    """The exchange with the page that its request came from: one whose screen says what tells the account, where there
    is one, else another than that of the ``login``.

    A script asks for the account's data before it leaves the page to log in; who is logged in and opens that page again
    is told there to go on, or is sent elsewhere. Other pages ask for it and show nothing of it. A page that differs by
    its fragment alone is the same document, whose script asks for the data whichever of its pages is opened.
    """
    pages = [page for exchange, page in _calls(recorded) if same_call(private.request, exchange.request)]
    if not pages:
        return private
    telling = [screen.url for screen in screens if screen_texts(private, "owner", _said(screen))]
    known, documents = {_bare(url) for url in telling}, {page.partition("#")[0] for page in pages}
    asking = [page for page in pages if _bare(page) in known]
    routes = [url for url in telling if url.partition("#")[0] in documents]
    return replace(private, page=_apart(asking or routes or pages, login))


def _said(screen: Screen) -> str:
    """What a screen shows: its text, and what stands in its fields."""
    values = (each.value for each in screen.elements if each.visible and each.type != "password")
    return "\n".join((screen.text, *values))


def reopenable(exploration: Exploration) -> tuple[Screen, ...]:
    """The screens that their address alone brings back, with nothing clicked open."""
    clicked = {id(node.screen) for node in exploration.nodes if node.path}
    return tuple(screen for screen in exploration.screens if id(screen) not in clicked)


def _sent_from(recorded: Sequence[Exchange], login: str = "") -> dict[TokenKey, str]:
    """For each token in a header the page that was open when it was first sent, as above."""
    found = dict[TokenKey, list[str]]()
    for exchange, page in _calls(recorded):
        for token in token_headers(exchange.request):
            found.setdefault(token.key, []).append(page)
    return {key: _apart(pages, login) for key, pages in found.items()}


def _calls(recorded: Sequence[Exchange]) -> Iterator[tuple[Exchange, str]]:
    """What pages asked for, with the page that asked, else the last one that was opened before it.

    The browser knows best: a Referer never has a fragment, which some apps route by, and may be cut short.
    """
    page = ""
    for exchange in recorded:
        if exchange.navigation and exchange.request.safe and exchange.status < REDIRECTION:
            page = exchange.request.url
        elif page:
            yield exchange, exchange.page or exchange.request.header("referer") or page


def _apart(pages: Sequence[str], login: str) -> str:
    """The first of the pages that is not the page to log in on, whatever its query says; else the first."""
    return next((page for page in pages if _bare(page) != _bare(login)), pages[0])


def _bare(url: str) -> str:
    return urlsplit(url)._replace(query="").geturl()


async def _witness(performer: Performer, session: Session, survey: Survey | None = None) -> Witness:
    fresh = await performer.sessions.refresh(session)
    recorded = survey.exchanges if survey else performer.book.tab(session).recorded()
    return Witness(party=session.party, tokens=fresh.tokens, exchanges=recorded)


def addresses_to_avoid(logout: LogoutFlow | None) -> tuple[str, ...]:
    """The path of the logout, where it is a link: asking for it would end the witness.

    A path that does more than that by its query is named with its query. A link within its page, whose script does
    the rest, names none: the server would be asked for the page.
    """
    href = logout.control.href if logout else ""
    if not logout or href.partition("#")[0] == logout.url.partition("#")[0]:
        return ()
    parts = urlsplit(href)
    return (parts.path,) if len(parts.path) > 1 and not parts.query else tuple(filter(None, (href,)))


def known_of(person: Person) -> tuple[str, ...]:
    """Texts that an app may show to say whose account it is, the most telling first."""
    local = person.username.partition("@")[0]
    return tuple(dict.fromkeys(text for text in (person.username, local, person.name) if text))
