"""Restoring after a kill: nothing is known but the journal and how to get in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sessionward.audit.conduct.entering import close
from sessionward.audit.config import Config
from sessionward.audit.driver import Driver
from sessionward.audit.explore.explorer import Limits, explore
from sessionward.audit.explore.forms import Filler
from sessionward.audit.explore.login import LoginNotFound, find_login
from sessionward.audit.explore.password import find_password_change
from sessionward.audit.journal import Change, Journal
from sessionward.audit.perform.performer import OWN, Performer
from sessionward.audit.perform.stage import Person, Stage
from sessionward.audit.probe import LogIn
from sessionward.audit.scene import PolicyFacts, Scene
from sessionward.audit.settings import hints_of
from sessionward.http import Redactor

EXPLORING = 30.0


class Restorer:
    """Puts the changes of a journal back, one account after another."""

    def __init__(self, driver: Driver, journal: Journal, config: Config, *, base: Path) -> None:
        self._driver, self._journal, self._config = driver, journal, config
        self._hints = hints_of(config, base)

    async def run(self, say: Callable[[str], None]) -> tuple[str, ...]:
        """Put everything back; gives what could not be, each in one sentence. Raises DriverError."""
        problems: list[str] = []
        for account in dict.fromkeys(change.account for change in self._journal.pending):
            changes = [change for change in self._journal.pending if change.account == account]
            say(f"Setting the password of {account} back …")
            problem = await self._restore(changes)
            if problem:
                problems.append(f"The password of {account} could not be set back: {problem}.")
            else:
                say(f"The password of {account} is as before.")
        return tuple(problems)

    async def _restore(self, changes: list[Change]) -> str:
        """``changes`` of one account, the latest first; the oldest holds the original password."""
        target = self._config.target.url
        was = changes[-1].undo["was"]
        person = Person(
            name=changes[0].account, username=changes[0].undo["username"], password=was, original=was
        )
        performer = Performer(self._stage(person))
        tab = await self._driver.open()
        try:
            await tab.go(target)
            performer.stage.login = await find_login(tab, target, self._hints)
        except LoginNotFound as error:
            return str(error)
        finally:
            await close(tab)
        problem = await self._with_some_password(performer, person, changes, was)
        await performer.leave()
        if not problem:
            for change in changes:
                self._journal.restored(change)
        return problem

    async def _with_some_password(
        self, performer: Performer, person: Person, changes: list[Change], was: str
    ) -> str:
        for password in (was, *(change.undo["now"] for change in changes)):
            person.password = password
            session = await performer.sessions.log_in(LogIn(party="owner"), OWN)
            if not session.authenticated:
                continue
            if password == was:
                return ""
            tab = performer.book.tab(session)
            home = await tab.look()
            found = await explore(tab, home.url, Limits(seconds=EXPLORING), fill=Filler(0))
            performer.stage.password = await find_password_change(
                tab, found.screens or (home,), found.addresses
            )
            return await performer.changes.put_back("owner", person, password, was)
        return "none of the passwords in the journal opens the account"

    def _stage(self, person: Person) -> Stage:
        nothing = PolicyFacts(profile="", inactivity_timeout=0, absolute_lifetime=0)
        return Stage(
            driver=self._driver,
            people={"owner": person},
            redactor=Redactor(),
            journal=self._journal,
            hints=self._hints,
            scene=Scene(start=self._config.target.url, policy=nothing, wait=0),
        )
