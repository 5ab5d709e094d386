"""Getting in: find the login, log every account in, and say in one sentence why where that fails."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from sessionward.audit.driver import DriverError, Screen, Tab
from sessionward.audit.events import Listener, StageStarted
from sessionward.audit.explore.login import LoginNotFound, find_login
from sessionward.audit.perform.performer import OWN, Performer
from sessionward.audit.probe import LogIn, Session
from sessionward.http import Exchange


class CannotEnter(Exception):
    """The audit could not be carried out: nobody could be logged in. One sentence for a person."""


@dataclass(slots=True, kw_only=True)
class Entrance:
    """Who got in. ``accounts`` gives for each configured account whether it did, and why not.

    ``anonymous`` are exchanges of a browser in which nobody was logged in.
    """

    owner: Session
    again: Session
    stranger: Session
    accounts: dict[str, tuple[bool, str]] = field(default_factory=dict)
    anonymous: tuple[Exchange, ...] = ()


async def enter(performer: Performer, start: str, pictures: Path, emit: Listener) -> Entrance:
    """Find the login from the start address and log every account in; the owner twice, as two devices.

    Raises CannotEnter where the login is not found or the owner or the stranger is not let in.
    """
    stage = performer.stage
    emit(StageStarted(stage="entering", note=start))
    tab = await stage.driver.open()
    try:
        await tab.go(start)
        stage.login = await find_login(tab, start, stage.hints)
        anonymous = tab.recorded()
    except LoginNotFound as error:
        where = await picture(tab, pictures, "login-not-found")
        raise CannotEnter(f"{error} {where}".strip()) from None
    finally:
        await close(tab)
    accounts: dict[str, tuple[bool, str]] = {}
    sessions: dict[str, Session] = {}
    for party, person in stage.people.items():
        session = await performer.sessions.log_in(LogIn(party=party), OWN)
        accounts[person.name] = (session.authenticated, session.reason)
        sessions[party] = session
        if not session.authenticated and party in {"owner", "stranger"}:
            where = await picture(performer.book.tab(session), pictures, f"not-logged-in-{party}")
            raise CannotEnter(f"Account {person.name} could not log in: {session.reason} {where}".strip())
    again = await performer.sessions.log_in(LogIn(party="owner"), OWN)
    if not again.authenticated:
        raise CannotEnter(f"The owner could log in once but not a second time: {again.reason}")
    return Entrance(
        owner=sessions["owner"],
        again=again,
        stranger=sessions["stranger"],
        accounts=accounts,
        anonymous=anonymous,
    )


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


async def settled_screen(tab: Tab) -> Screen:
    """What a tab shows once it has settled."""
    await tab.settle()
    return await tab.look()
