"""The short way of a request that changes nothing: its session is remembered, and its Cookie header came before.

It comes to what the long way would, and no rule is told twice: how a line is read, whose session a token opens, how
long that may be believed and until when nothing is due is asked of those who say so on the long way too. What is
made of it for the app is made only where the app asks.
"""

import math
from collections.abc import Sequence
from functools import partial
from typing import Any

from sessionward.session.adapters.client_facts import client_of
from sessionward.session.adapters.cookie_header import Headers, SessionCookie
from sessionward.session.adapters.cookie_lines import CookieLines
from sessionward.session.adapters.keeper import Keeper
from sessionward.session.adapters.person import SAFE_METHODS
from sessionward.session.adapters.presence import Current, present
from sessionward.session.adapters.request_session import RequestSession, opened
from sessionward.session.adapters.served import Scope, Served
from sessionward.session.adapters.visit import Recall, Visit
from sessionward.session.digest import Token
from sessionward.session.state import Recalled
from sessionward.session.stores.store import AsyncStore

Came = tuple[bytes, str, Headers, Sequence[Any] | None]
"""What a request brought: its Cookie header, its path, all its headers, and from where. Its scope would lead back."""


class AtOnce:
    """Finds sessions in what `recall` remembers, for requests whose Cookie header came before.

    With `proofs` a request may prove a key beside its cookie, and then takes the long way.
    """

    def __init__(
        self, recall: Recall, keeper: Keeper, cookie: SessionCookie, store: AsyncStore, *, proofs: bool
    ) -> None:
        self.recall = recall
        self.store = store
        self._keeper = keeper
        self._cookie = cookie
        self._proofs = proofs
        self._lines = CookieLines()

    def find(self, scope: Scope) -> "ServedAtOnce | None":
        """The request of `scope` as the app is served it; None where it has to take the long way.

        Raises:
            StoreError: what is remembered cannot be read.

        """
        if scope.get("method") not in SAFE_METHODS:  # a WebSocket has none
            return None
        headers = scope["headers"]
        line = self._only_cookie(headers)
        if line is None or (digest := self._lines.digest(line)) is None:
            return None
        found, keeper, path = self.recall(digest, math.inf), self._keeper, scope["path"]
        now = keeper.clock()
        if found is None or not keeper.is_at_rest(found, path, now):
            return None
        return ServedAtOnce(self, found, (line, path, headers, scope.get("client")), now)

    def learn(self, headers: Headers, token: Token) -> None:
        """The cookies among `headers` brought `token`, which opened a session."""
        line = self._only_cookie(headers)
        if line is not None:
            self._lines.learn(line, token)

    def visit(self, found: Recalled, session: RequestSession, came: Came, since: float) -> Visit:
        """What the long way would have made of the request that `came`."""
        line, path, headers, address = came
        token = self._cookie.token(self._cookie.within((line,)))
        client = partial(client_of, headers, address)
        made = Visit(self._keeper, token, path, client=client, session=session, since=since)
        made.record, made.state = found.record, found.record.state
        return made

    def _only_cookie(self, headers: Headers) -> bytes | None:
        """The one Cookie header of a request that brings no other proof; None where it is not so."""
        line = None
        for name, value in headers:
            if name == b"cookie":
                if line is not None:
                    return None
                line = value
            elif name == b"authorization":
                return None
        return None if self._proofs and any(name == b"dpop" for name, _ in headers) else line


class ServedAtOnce(Served):
    """A request whose session is at rest. Its visit is made when something is asked of it."""

    __slots__ = ("_at_once", "_begun", "_came", "_found")

    def __init__(self, at_once: AtOnce, found: Recalled, came: Came, since: float) -> None:
        self._at_once = at_once
        self._begun: Visit | None = None
        self._came = came
        self._found = found
        self.session = RequestSession(opened(found))
        self.since = since
        self.store = at_once.store
        self.private = True
        self.failure = None

    @property
    def visit(self) -> Visit:
        """The request's dealings with its session, as if they had begun when the request came."""
        if self._begun is None:
            self._begun = self._at_once.visit(self._found, self.session, self._came, self.since)
        return self._begun

    @property
    def idle(self) -> bool:
        """Whether nothing was asked for, nothing failed, and the data is as it was."""
        return self._begun is None and self.failure is None and self.session.untouched

    @property
    def current(self) -> Current:
        """Who is there, as of now in this request; noted with what is remembered, as long as nothing was asked for."""
        if self._begun is not None:
            return present(self._begun)
        known: Current | None = self._found.notes.get("current")
        if known is None:
            known = self._found.notes["current"] = present(self.visit)
        return known

    @property
    def handed_out(self) -> Token | None:
        """The new token that the answer brings."""
        return None if self._begun is None else self._begun.hand_out

    @property
    def ending(self) -> bool:
        """Whether the answer takes the browser's token away."""
        return self._begun is not None and self._begun.forget
