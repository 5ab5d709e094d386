"""Restoring after a kill: nothing is known but the journal and how to get in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from sessionward.audit.conduct.entering import close
from sessionward.audit.config import Config
from sessionward.audit.driver import Driver, DriverError, Tab, TargetUnreachable
from sessionward.audit.explore.explorer import Limits, explore
from sessionward.audit.explore.forms import Filler
from sessionward.audit.explore.login import LoginNotFound, find_login
from sessionward.audit.explore.logout import find_logout
from sessionward.audit.explore.password import find_password_change
from sessionward.audit.journal import Change, Journal
from sessionward.audit.perform.credentials import KIND as PASSWORD
from sessionward.audit.perform.performer import OWN, Performer
from sessionward.audit.perform.planting import KIND as FIELD
from sessionward.audit.perform.planting import put_back
from sessionward.audit.perform.stage import Person, Stage
from sessionward.audit.probe import LogIn
from sessionward.audit.scene import PolicyFacts, Scene
from sessionward.audit.settings import hints_of, mails_of, person_of
from sessionward.http import Redactor

EXPLORING = 30.0
"""How long in seconds the password change may be looked for."""


class Restorer:
    """Puts the changes of a journal back, one account after another."""

    def __init__(self, driver: Driver, journal: Journal, config: Config, *, base: Path) -> None:
        """``base`` is what the configuration's relative paths mean. Raises ConfigError."""
        self._driver, self._journal, self._config = driver, journal, config
        self._hints, self._mails = hints_of(config, base), mails_of(config, base)
        self._redact = Redactor()

    async def run(self, say: Callable[[str], None]) -> tuple[str, ...]:
        """Put everything back; gives what could not be, each in one sentence. Raises TargetUnreachable."""
        problems: list[str] = []
        for account in dict.fromkeys(change.account for change in self._journal.pending):
            changes = [change for change in self._journal.pending if change.account == account]
            say(f"Setting back what was changed of {account} …")
            try:
                problem = await self._restore(changes)
            except TargetUnreachable:
                raise
            except DriverError as error:
                problem = str(error)
            if problem:
                problems.append(self._redact(f"The account {account} could not be set back: {problem}."))
            else:
                say(f"The account {account} is as before.")
        return tuple(problems)

    async def _restore(self, changes: Sequence[Change]) -> str:
        """``changes`` of one account, the latest first; the oldest holds the original password."""
        person = self._person(changes)
        performer = Performer(self._stage(person))
        try:
            problem = await self._find_login(performer.stage) or await self._put_back(performer, changes)
            if not problem:
                # putting back may itself have made changes
                for change in [each for each in self._journal.pending if each.account == changes[0].account]:
                    self._journal.restored(change)
            return problem
        finally:
            await performer.leave()

    async def _find_login(self, stage: Stage) -> str:
        target, tab = self._config.target.url, await self._driver.open()
        try:
            await tab.go(target)
            stage.login = await find_login(tab, target, self._hints)
        except LoginNotFound as error:
            return str(error)
        finally:
            await close(tab)
        return ""

    async def _put_back(self, performer: Performer, changes: Sequence[Change]) -> str:
        """The original password first: a change that was planned need not have been made."""
        person, reason = performer.stage.people["owner"], ""
        passwords = (change.undo["now"] for change in changes if change.kind == PASSWORD)
        for password in dict.fromkeys((person.original, *passwords)):
            session = await performer.sessions.log_in(LogIn(party="owner"), OWN, password=password)
            if not session.authenticated:
                reason = session.reason
                continue
            await _learn(performer.stage, performer.book.tab(session), change=password != person.original)
            problem = await performer.changes.put_back("owner", (password,), OWN)
            return problem or await self._fields_back(performer, changes)
        return f"none of the passwords in the journal opens the account: {reason}"

    async def _fields_back(self, performer: Performer, changes: Sequence[Change]) -> str:
        """What else was changed, now that the account is open."""
        fields = [change for change in changes if change.kind == FIELD]
        if not fields:
            return ""
        session = await performer.sessions.log_in(LogIn(party="owner"), OWN)
        if not session.authenticated:
            return session.reason
        person, tab = performer.stage.people["owner"], performer.book.tab(session)
        problems = [await put_back(tab, change, person) for change in fields]
        return "; ".join(problem for problem in problems if problem)

    def _person(self, changes: Sequence[Change]) -> Person:
        """The account as the journal has it, with its second factor where the configuration knows one."""
        name, username = changes[0].account, changes[0].undo["username"]
        passwords = [change for change in changes if change.kind == PASSWORD]
        was = passwords[-1].undo["was"] if passwords else changes[-1].undo["password"]
        for secret in (was, *(change.undo["now"] for change in passwords)):
            self._redact.add(secret, kind="password")
        known = next((one for one in self._config.account if one.name == name), None)
        person = person_of(known, self._mails) if known else None
        return Person(
            name=name,
            username=username,
            password=was,
            original=was,
            totp=person.totp if person else "",
            code=person.code if person else None,
        )

    def _stage(self, person: Person) -> Stage:
        nothing = PolicyFacts(profile="", inactivity_timeout=0, absolute_lifetime=0)
        return Stage(
            driver=self._driver,
            people={"owner": person},
            redactor=self._redact,
            journal=self._journal,
            hints=self._hints,
            scene=Scene(start=self._config.target.url, policy=nothing, wait=0),
        )


async def _learn(stage: Stage, tab: Tab, *, change: bool) -> None:
    """Find how one logs out and, where needed, how one changes the password, in a browser that is logged in."""
    home = await tab.look()
    stage.logout = await find_logout(tab, home)
    if change:
        found = await explore(tab, home.url, Limits(seconds=EXPLORING), fill=Filler(0))
        person = stage.people["owner"]
        known = (*found.addresses, person.username, person.name)
        stage.password = await find_password_change(tab, found.screens or (home,), known)
