"""Changing a password through the app's own form, proving it, and putting it back."""

from __future__ import annotations

from dataclasses import dataclass

from sessionward.audit.explore.password import change_password
from sessionward.audit.journal import Change
from sessionward.audit.perform.book import Book
from sessionward.audit.perform.sessions import Sessions
from sessionward.audit.perform.stage import Person, Stage
from sessionward.audit.probe import ChangePassword, LogIn, PasswordChanged, Session

RESTORING = "restore"


@dataclass(slots=True, kw_only=True)
class _Tried:
    new_opens: bool
    old_opens: bool
    reason: str


class CredentialChanges:
    """Every change is in the journal before it is made; the account's present password is kept in its Person."""

    def __init__(self, stage: Stage, book: Book, sessions: Sessions) -> None:
        self._stage, self._book, self._sessions = stage, book, sessions
        self._changes: dict[str, list[Change]] = {}
        self.unrestored: list[str] = []

    async def change(self, probe: ChangePassword, run: str) -> PasswordChanged:
        """Change to a fresh password and verify with logins in fresh browsers."""
        flow = self._stage.password
        if flow is None:
            reason = self._stage.scene.missing.get("password-change", "no password change was found")
            return PasswordChanged(effective=False, reason=reason)
        person = self._stage.people[probe.session.party]
        if any(text.startswith(person.name) for text in self.unrestored):
            return PasswordChanged(effective=False, reason="an earlier change could not be put back")
        old, new = person.password, self._stage.invent_password()
        change = self._stage.journal.plan(
            "password", person.name, {"username": person.username, "now": new, "was": old}
        )
        current = old if probe.current == "right" else old + "x"
        said = await change_password(
            self._book.tab(probe.session), flow, current=current, new=new, mode=probe.current
        )
        tried = await self._try(probe.session.party, person, old, new, run)
        if tried.new_opens:
            person.password = new
            self._changes.setdefault(run, []).append(change)
        elif tried.old_opens:
            self._stage.journal.restored(change)
        else:
            self._changes.setdefault(run, []).append(change)
        tokens = (await self._sessions.refresh(probe.session)).tokens
        return PasswordChanged(
            effective=tried.new_opens and not tried.old_opens,
            refused=tried.old_opens and not tried.new_opens,
            reason=tried.reason or said,
            tokens=tokens,
        )

    async def _try(self, party: str, person: Person, old: str, new: str, run: str) -> _Tried:
        """Which of the two passwords opens the account now."""
        opens = {}
        reason = ""
        for label, password in (("new", new), ("old", old)):
            person.password = password
            session = await self._sessions.log_in(LogIn(party=party), run)
            opens[label] = session.authenticated
            await self._dismiss(session)
            if not session.authenticated and label == "new":
                reason = session.reason
        person.password = old
        return _Tried(new_opens=opens["new"], old_opens=opens["old"], reason="" if opens["new"] else reason)

    async def _dismiss(self, session: Session) -> None:
        if not session.authenticated:
            await self._book.close((self._book.entry(session),))

    async def restore(self, run: str) -> None:
        """Put back what this run changed, latest first; what cannot be shown to be back is said plainly."""
        for change in reversed(self._changes.pop(run, [])):
            person = next(p for p in self._stage.people.values() if p.name == change.account)
            await self._restore_one(change, person)

    async def _restore_one(self, change: Change, person: Person) -> None:
        party = next(name for name, known in self._stage.people.items() if known is person)
        problem = await self.put_back(party, person, change.undo["now"], person.original)
        if problem:
            self.unrestored.append(
                f"{person.name}: the password could not be set back ({problem}); "
                f"the present one is in {self._stage.journal.path}"
            )
        else:
            self._stage.journal.restored(change)

    async def put_back(self, party: str, person: Person, now: str, was: str) -> str:
        """Log in with ``now``, change to ``was``, show that ``was`` opens the account. Gives why not, or nothing."""
        flow = self._stage.password
        if flow is None:
            return "no password change was found"
        person.password = now
        session = await self._sessions.log_in(LogIn(party=party), RESTORING)
        if not session.authenticated:
            person.password = was
            again = await self._sessions.log_in(LogIn(party=party), RESTORING)
            return "" if again.authenticated else f"neither password opens the account: {session.reason}"
        said = await change_password(self._book.tab(session), flow, current=now, new=was, mode="right")
        person.password = was
        proof = await self._sessions.log_in(LogIn(party=party), RESTORING)
        if proof.authenticated:
            return ""
        person.password = now
        return said or proof.reason
