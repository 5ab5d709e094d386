"""What the battery speaks to: an app that is asked in this process, and a gate at which a request is held up."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

PATIENCE = 20.0
Places = Mapping[str, str | None]


@dataclass(slots=True)
class Gate:
    """Holds up the first that comes to it after it was armed."""

    entered: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)
    _armed: bool = False

    def arm(self) -> None:
        """Hold up whoever comes next."""
        self._armed = True

    def caught(self) -> bool:
        """Whether whoever comes now is the one to be held up; `go_on` is when it may go."""
        if not self._armed:
            return False
        self._armed = False
        self.entered.set()
        return True

    def wait(self) -> None:
        """Be held up if it is one's turn."""
        if self.caught() and not self.go_on.wait(PATIENCE):
            raise SystemExit("A request was held up and never let go.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """`token` is that of a Set-Cookie, empty where the cookie is taken away, None without one."""

    status: int
    body: Any
    token: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """An app that `ask` asks: a path and a token, empty for none. `chosen` looks like a token of its own.

    `later` lets a minute pass where time plays a part.
    """

    name: str
    ask: Callable[[str, str], Answer]
    chosen: str
    later: Callable[[], None] = lambda: None

    def who(self, token: str) -> str | None:
        """Whom a browser with `token` is shown."""
        answer = self.ask("/me", token)
        found: str | None = answer.body.get("who") if isinstance(answer.body, dict) else None
        return found

    def token_of(self, answer: Answer) -> str:
        """The token that was handed out."""
        if not answer.token:
            raise SystemExit(f"{self.name}: no token was handed out with the answer {answer.status}.")
        return answer.token


def token_in(cookies: list[str], name: str) -> str | None:
    """The token in Set-Cookie headers, the last counting as in a browser."""
    found = [cookie.partition(";")[0].strip().partition("=") for cookie in cookies]
    values = [value.strip('"').strip("'") for key, _, value in found if key == name]
    return values[-1] if values else None
