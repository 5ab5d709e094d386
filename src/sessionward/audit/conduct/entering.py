"""Getting in: find the login, log every account in, and say in one sentence why where that fails."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sessionward.audit.driver import DriverError, Tab, TargetUnreachable
from sessionward.audit.events import Listener, StageStarted
from sessionward.audit.evidence import shown_address
from sessionward.audit.explore.login import LoginNotFound, find_login
from sessionward.audit.observation import Session
from sessionward.audit.perform.performer import OWN, Performer
from sessionward.audit.perform.stage import Person, Stage
from sessionward.audit.probe import LogIn
from sessionward.http import Exchange

AT_ONCE = 2
NEEDED = ("owner", "stranger")
"""The parties without whom no experiment can be made."""


class CannotEnter(Exception):
    """The audit could not be carried out: nobody could be logged in. One sentence for a person.

    ``accounts`` gives for each account that was tried whether it got in, and why not.
    """

    def __init__(self, message: str, accounts: Mapping[str, tuple[bool, str]] | None = None) -> None:
        super().__init__(message)
        self.accounts = dict(accounts or {})


@dataclass(slots=True, kw_only=True)
class Entrance:
    """Who got in. ``accounts`` gives for each configured account whether it did, and why not.

    ``anonymous`` are exchanges of a browser in which nobody was logged in. ``others`` are the sessions of further
    accounts that got in, by party.
    """

    owner: Session
    stranger: Session
    accounts: dict[str, tuple[bool, str]] = field(default_factory=dict)
    anonymous: tuple[Exchange, ...] = ()
    others: dict[str, Session] = field(default_factory=dict)


async def enter(performer: Performer, start: str, pictures: Path, emit: Listener) -> Entrance:
    """Find the login from the start address and log the owner and the stranger in.

    Raises CannotEnter where the login is not found or the owner or the stranger is not let in; DriverError.
    """
    stage = performer.stage
    emit(StageStarted(stage="entering", note=shown_address(start, stage.redactor)))
    anonymous = await _find_login(stage, start, pictures)
    accounts: dict[str, tuple[bool, str]] = {}
    sessions: dict[str, Session] = {}
    for party in NEEDED:
        person = stage.people[party]
        session = sessions[party] = await performer.sessions.log_in(LogIn(party=party), OWN)
        accounts[person.name] = (session.authenticated, session.reason)
        if not session.authenticated:
            where = await picture(performer.book.tab(session), pictures, f"not-logged-in-{party}")
            message = f"Account {person.name} could not log in: {session.reason} {where}".strip()
            raise CannotEnter(message, accounts)
    return Entrance(
        owner=sessions["owner"], stranger=sessions["stranger"], accounts=accounts, anonymous=anonymous
    )


async def enter_others(performer: Performer, entrance: Entrance) -> None:
    """Log the further accounts in, each once: after exploring, as an app may end a session that is left alone."""
    slots = asyncio.Semaphore(AT_ONCE)

    async def one(party: str, person: Person) -> None:
        async with slots:
            session = await _log_in(performer, party)
        entrance.accounts[person.name] = (session.authenticated, session.reason)
        if session.authenticated:
            entrance.others[party] = session

    further = [(party, person) for party, person in performer.stage.people.items() if party not in NEEDED]
    await asyncio.gather(*(one(party, person) for party, person in further))


async def enter_again(
    performer: Performer, accounts: Mapping[str, tuple[bool, str]], party: str = "owner"
) -> Session:
    """Log a party in once more, when exploring is done.

    The owner as on a second device: what both are shown belongs to the account and not to a session; an app may end
    the first one over it, so that one explores before. The stranger since an app may end a session that was
    left alone for as long as exploring took. Raises CannotEnter, DriverError.
    """
    again = await performer.sessions.log_in(LogIn(party=party), OWN)
    if not again.authenticated:
        message = f"The {party} could log in once but not a second time: {again.reason}"
        raise CannotEnter(message, accounts)
    return again


async def _find_login(stage: Stage, start: str, pictures: Path) -> tuple[Exchange, ...]:
    """Keep the way to log in on the stage; gives what the anonymous browser saw meanwhile."""
    tab = await stage.driver.open()
    try:
        await tab.go(start)
        stage.login = await find_login(tab, start, stage.hints)
        return tab.recorded()
    except LoginNotFound as error:
        where = await picture(tab, pictures, "login-not-found")
        raise CannotEnter(f"{error} {where}".strip()) from None
    finally:
        await close(tab)


async def _log_in(performer: Performer, party: str) -> Session:
    """Log one account in. Where the browser fails, that is the reason why it did not get in."""
    try:
        return await performer.sessions.log_in(LogIn(party=party), OWN)
    except TargetUnreachable:
        raise
    except DriverError as error:
        return Session(id=0, party=party, reason=str(error))


async def picture(tab: Tab, directory: Path, name: str) -> str:
    """Take a screenshot and say where it is, or nothing where none could be taken."""
    path = directory / f"{name}.png"
    try:
        _private(directory)
        await tab.screenshot(path)
    except (DriverError, OSError):
        return ""
    return f"(picture: {path})"


def _private(directory: Path) -> None:
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)


async def close(tab: Tab) -> None:
    """Close a tab; a failing close is no concern, since the end of the audit closes the browser."""
    try:
        await tab.close()
    except DriverError:
        return
