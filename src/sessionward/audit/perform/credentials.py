"""Changing a password through the app's own form, proving it, and putting it back."""

from __future__ import annotations

from collections.abc import Iterable

from sessionward.audit.driver import DriverError, TargetUnreachable
from sessionward.audit.explore.password import change_password
from sessionward.audit.journal import Change, JournalError
from sessionward.audit.observation import PasswordChanged, Session
from sessionward.audit.perform.book import Book
from sessionward.audit.perform.own_pages import in_session
from sessionward.audit.perform.sessions import Sessions, carries
from sessionward.audit.perform.stage import Person, Stage
from sessionward.audit.probe import ChangePassword, LogIn

KIND = "password"
GIVING = {
    "right": "with the present password in it",
    "wrong": "with a wrong present password in it",
    "omitted": "without the present password",
}
MOST_DETOURS = 5
"""So many fresh passwords are set one after another to get past a rule against former ones: the usual rules remember
three to five."""


class CredentialChanges:
    """Every change is in the journal before it is made; a Person holds the password that was last shown to be right.

    A change counts as open from before it is sent until the original password was shown to open the account again, so
    whatever interrupts it (a crash of the browser, Ctrl-C), ``restore`` knows that it may have happened.
    """

    def __init__(self, stage: Stage, book: Book, sessions: Sessions) -> None:
        self._stage, self._book, self._sessions = stage, book, sessions
        self._open: dict[str, list[Change]] = {}
        self._problems: dict[str, str] = {}
        self._inside: dict[tuple[str, str], Session] = {}
        """By run and party the session that proved the latest change: it will do for putting back."""

    @property
    def unrestored(self) -> tuple[str, ...]:
        """What is still changed by the word of the journal, one sentence for each account."""
        pending = (change for change in self._stage.journal.pending if change.kind == KIND)
        accounts = dict.fromkeys(change.account for change in pending)
        why = "the audit ended before that"
        return tuple(
            f"{account}: the password could not be set back ({self._problems.get(account, why)}); "
            f"the present one is in {self._stage.journal.path}"
            for account in accounts
        )

    async def change(self, probe: ChangePassword, run: str) -> PasswordChanged:
        """Change to a fresh password and verify with logins in fresh browsers. Raises DriverError, JournalError."""
        flow = in_session(self._stage.password, probe.session.tokens) if self._stage.password else None
        if flow is None:
            reason = self._stage.scene.missing.get("password-change", "no password change was found")
            return PasswordChanged(effective=False, reason=reason)
        party = probe.session.party
        person, tab = self._stage.people[party], self._book.tab(probe.session)
        if person.name in self._problems:
            return PasswordChanged(effective=False, reason="an earlier change could not be put back")
        old, new = person.password, self._stage.invent_password()
        undo = {"username": person.username, "now": new, "was": old}
        change = self._stage.journal.plan(KIND, person.name, undo)
        self._open.setdefault(run, []).append(change)
        current = old if probe.current == "right" else f"{old}x"
        first = len(tab.recorded())
        said = await change_password(tab, flow, current=current, new=new, mode=probe.current)
        sent = any(carries(exchange.request, new) for exchange in tab.recorded()[first:])
        by_new, by_old = await self._both(party, new, old, run)
        if by_old.authenticated and not by_new.authenticated:
            self._close(run, change)
        return PasswordChanged(
            effective=by_new.authenticated and not by_old.authenticated,
            # a form that the page itself would not send was never refused by the app
            refused=sent and by_old.authenticated and not by_new.authenticated,
            reason=said
            or (by_new.reason if sent else f"the page did not send the form {GIVING[probe.current]}"),
            tokens=(await self._sessions.refresh(probe.session)).tokens,
        )

    async def restore(self, run: str) -> None:
        """Put back what this run changed; what cannot be shown to be back stays open for ``restore_all``."""
        for party, person in self._stage.people.items():
            changes = [change for change in self._open.get(run, ()) if change.account == person.name]
            if not changes:
                continue
            latest_first = (change.undo["now"] for change in reversed(changes))
            try:
                problem = await self.put_back(party, (person.password, *latest_first, person.original), run)
            except DriverError as error:
                problem = str(error)
            if problem:
                self._problems[person.name] = problem
                continue
            self._problems.pop(person.name, None)
            # putting back may itself have made changes
            for change in [change for change in self._open[run] if change.account == person.name]:
                self._close(run, change)

    async def restore_all(self) -> None:
        """Try once more with everything that is still open."""
        for run in tuple(self._open):
            await self.restore(run)

    async def put_back(self, party: str, passwords: Iterable[str], run: str) -> str:
        """Log in with the first password that opens the account and change it to the original one.

        Gives why the original is not shown to open the account, or an empty text. Raises DriverError.
        """
        person, reason = self._stage.people[party], "no password is known"
        inside = self._inside.pop((run, party), None)
        if inside is not None and self._stage.password and not await self._original(person, inside, run):
            return ""
        candidates = tuple(dict.fromkeys(passwords))
        for password in candidates:
            session = await self._log_in(party, password, run, keep=True)
            if session.authenticated:
                return await self._set_back(person, session, password, run)
            reason = session.reason
        if await self._sessions.own_tries.wait_out(person.name):
            return await self.put_back(party, candidates, run)
        return f"no password that it had opens the account now: {reason}"

    async def _set_back(self, person: Person, session: Session, password: str, run: str) -> str:
        person.password = password
        if password == person.original:
            return ""
        if self._stage.password is None:
            return "no password change was found"
        problem = await self._original(person, session, run)
        detours = 0 if person.name in self._problems else MOST_DETOURS
        while problem and detours:
            detours -= 1
            if not await self._fresh(person, session.party, run):
                break
            session = await self._log_in(session.party, person.password, run, keep=True)
            problem = await self._original(person, session, run) if session.authenticated else session.reason
        if problem:
            self._problems[person.name] = problem
        return problem

    async def _original(self, person: Person, session: Session, run: str) -> str:
        """Change to the original password. Gives why it does not open the account then, or an empty text."""
        said = await self._set(session, person.password, person.original)
        proof = await self._log_in(session.party, person.original, run)
        if not proof.authenticated and await self._held_off(session.party, person.password, run):
            proof = await self._log_in(session.party, person.original, run)
        if not proof.authenticated:
            return said or proof.reason
        person.password = person.original
        return ""

    async def _fresh(self, person: Person, party: str, run: str) -> bool:
        """Change to one more fresh password, so that the app forgets the original one. Gives whether that was done."""
        session = await self._log_in(party, person.password, run, keep=True)
        if not session.authenticated:
            return False
        fresh = self._stage.invent_password()
        undo = {"username": person.username, "now": fresh, "was": person.original}
        try:
            change = self._stage.journal.plan(KIND, person.name, undo)
        except JournalError:
            return False
        former = [each for each in self._open.get(run, ()) if each.account == person.name]
        self._open.setdefault(run, []).append(change)
        await self._set(session, person.password, fresh)
        if not (await self._log_in(party, fresh, run)).authenticated:
            return False
        person.password = fresh
        # what they set opens nothing any more, and the new one names the original as well
        for each in former:
            self._close(run, each)
        return True

    async def _set(self, session: Session, current: str, new: str) -> str:
        """Gives what the app said.

        Where the browser fails in the middle, the login that follows shows whether it was done all the same.
        """
        if self._stage.password is None:
            return "no password change was found"
        try:
            tab = self._book.tab(session)
            flow = in_session(self._stage.password, session.tokens)
            return await change_password(tab, flow, current=current, new=new, mode="right")
        except TargetUnreachable:
            raise
        except DriverError as error:
            return str(error)

    async def _both(self, party: str, new: str, old: str, run: str) -> tuple[Session, Session]:
        """Log in with either password. Where neither is let in the app holds off: one of them is right."""
        person = self._stage.people[party]
        while True:
            by_new = await self._log_in(party, new, run, keep=True)
            if by_new.authenticated:
                person.password, self._inside[run, party] = new, by_new
            by_old = await self._log_in(party, old, run)
            if by_new.authenticated or by_old.authenticated:
                return by_new, by_old
            if not await self._sessions.own_tries.wait_out(person.name):
                return by_new, by_old

    async def _held_off(self, party: str, other: str, run: str) -> bool:
        """Whether the only other password that can be right is refused as well; then it was waited for."""
        if (await self._log_in(party, other, run)).authenticated:
            return False
        return await self._sessions.own_tries.wait_out(self._stage.people[party].name)

    async def _log_in(self, party: str, password: str, run: str, *, keep: bool = False) -> Session:
        session = await self._sessions.log_in(LogIn(party=party, keep=keep), run, password=password)
        if not session.authenticated:
            await self._book.close((self._book.entry(session),))
        return session

    def _close(self, run: str, change: Change) -> None:
        """Done with. A journal that cannot say so names one change too many, and putting back twice does no harm."""
        self._open[run].remove(change)
        try:
            self._stage.journal.restored(change)
        except JournalError:
            return
