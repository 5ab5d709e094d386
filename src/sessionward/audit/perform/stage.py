"""What all performances of one audit share: the browser, the accounts, the flows, the secrets to redact."""

from __future__ import annotations

import secrets
import string
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from sessionward.audit.driver import Driver
from sessionward.audit.explore.flows import Credentials, LoginFlow, LoginHints, LogoutFlow, PasswordFlow
from sessionward.audit.journal import Journal
from sessionward.audit.scene import Scene
from sessionward.http import Redactor

CodeSource = Callable[[], Awaitable[str | None]]
PASSWORD_LENGTH = 16


@dataclass(slots=True, kw_only=True)
class Person:
    """An account as it is now: its password changes during an audit.

    ``password`` is the one that was shown last to open it, ``original`` the configured one; neither shows in a repr.
    """

    name: str
    username: str
    password: str = field(repr=False)
    original: str = field(repr=False)
    totp: str = field(default="", repr=False)
    code: CodeSource | None = field(default=None, repr=False)
    role: str = ""
    tenant: str = ""

    def credentials(self, password: str | None = None) -> Credentials:
        """What to log in with; ``password`` overrides the present one."""
        given = self.password if password is None else password
        return Credentials(username=self.username, password=given, totp=self.totp)


@dataclass(slots=True, kw_only=True)
class Stage:
    """One audit's surroundings. The flows and the scene are filled in as they are found."""

    driver: Driver
    people: dict[str, Person]
    redactor: Redactor
    journal: Journal
    scene: Scene
    hints: LoginHints = field(default_factory=LoginHints)
    login: LoginFlow | None = None
    logout: LogoutFlow | None = None
    password: PasswordFlow | None = None
    queries: frozenset[str] = frozenset()

    def invent_password(self) -> str:
        """A fresh password that usual rules accept: 16 characters of four classes, never used before."""
        alphabet = string.ascii_letters + string.digits
        body = "".join(secrets.choice(alphabet) for _ in range(PASSWORD_LENGTH - 4))
        password = f"Sw{body}7!"
        self.redactor.add(password, kind="password")
        return password
