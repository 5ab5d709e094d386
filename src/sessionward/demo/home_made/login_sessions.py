"""Who is logged in: sessions on the server and the tokens that open them, as a team builds them by hand.

The rules of this file: a token is 256 random bits and only its digest is kept; a token that was not issued here
opens nothing; a session that has ended stays ended, whatever was in flight when it ended.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum

from sessionward.asgi import Reason
from sessionward.demo.home_made.token_scheme import Holder, TokenScheme
from sessionward.demo.random_tokens import digest_of, new_token

ANONYMOUS_LIFETIME = 3600.0
"""Seconds for which a login form stays good. Nobody is logged in, so no policy shortens it."""

API_TOKENS = 200
"""API tokens that one session holds at most; each page that fetches with one asks for its own."""

SWEEP_EVERY = 500
"""Sessions begun between two sweeps of those that nobody can ask about any more."""


class Channel(Enum):
    """A way in that logging in opens."""

    PAGE = "page"
    API = "api"
    REMEMBERED = "remembered"


ALL_CHANNELS = frozenset(Channel)


@dataclass(slots=True, kw_only=True, eq=False)
class Session:
    """One browser's visit. Times are seconds of the clinic's clock."""

    begun: float
    active: float
    subject: str | None = None
    login_name: str = ""
    proving: str = ""
    """The account whose password was given here, and whose second factor is waited for."""
    proving_until: float = 0.0
    forgery_token: str = field(default_factory=new_token, repr=False)
    notices: list[str] = field(default_factory=list)
    channels: frozenset[Channel] = frozenset({Channel.PAGE})
    chain: str | None = None
    """The remembered login of the same browser."""
    ending: Reason | None = None
    page_digest: bytes = field(default=b"", repr=False)
    api_digests: list[bytes] = field(default_factory=list, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeouts:
    """When a session ends by itself, in seconds; `None` is never."""

    inactivity: float | None
    absolute: float | None

    def ending(self, session: Session, now: float) -> Reason | None:
        """Why `session` is over at `now`, if it is."""
        if session.subject is None:
            return Reason.LIFETIME if now - session.begun >= ANONYMOUS_LIFETIME else None
        if self.absolute is not None and now - session.begun >= self.absolute:
            return Reason.LIFETIME
        if self.inactivity is not None and now - session.active >= self.inactivity:
            return Reason.INACTIVITY
        return None


class Sessions:
    """All sessions of one running clinic, in memory."""

    def __init__(
        self,
        timeouts: Timeouts,
        clock: Callable[[], float],
        limit: int | None,
        tokens: TokenScheme | None = None,
    ) -> None:
        """`limit` is how many sessions one account may have at once, `None` for any number."""
        self.tokens = tokens or TokenScheme()
        self._timeouts = timeouts
        self._clock = clock
        self._limit = limit
        self._by_digest: dict[Channel, dict[bytes, Session]] = {Channel.PAGE: {}, Channel.API: {}}
        self._begun = 0

    def begin(self) -> Session:
        """A new session in which nobody is logged in."""
        self._begun += 1
        if self._begun % SWEEP_EVERY == 0:
            self._sweep()
        now = self._clock()
        return Session(begun=now, active=now)

    def issue(self, session: Session) -> str:
        """A new page token for `session`; the one that it had dies."""
        holder = Holder(id=session.subject, login_name=session.login_name) if session.subject else None
        token = self.tokens.make(holder)
        self.bind(session, token)
        return token

    def bind(self, session: Session, token: str) -> None:
        """Let `token`, and no other, open the pages of `session`."""
        self._by_digest[Channel.PAGE].pop(session.page_digest, None)
        session.page_digest = self._digest(token)
        self._by_digest[Channel.PAGE][session.page_digest] = session

    def issue_api_token(self, session: Session) -> str:
        """A token for the page's script, good for as long as the session is."""
        token = new_token()
        session.api_digests.append(digest_of(token))
        self._by_digest[Channel.API][session.api_digests[-1]] = session
        while len(session.api_digests) > API_TOKENS:
            self._by_digest[Channel.API].pop(session.api_digests.pop(0), None)
        return token

    def authenticate(self, session: Session, subject: str, login_name: str = "") -> bool:
        """Log `subject` in: the session counts from now. Whether the account's oldest had to make room."""
        now = self._clock()
        session.subject, session.begun, session.active = subject, now, now
        session.login_name = login_name
        session.channels = ALL_CHANNELS
        if self._limit is None:
            return False
        others = sorted((other for other in self.of(subject) if other is not session), key=_age)
        evicted = others[: max(0, len(others) + 1 - self._limit)]
        for oldest in evicted:
            self.end(oldest, Reason.TAKEN_OVER)
        return bool(evicted)

    def present(
        self, token: str, channel: Channel = Channel.PAGE, *, activity: bool = True
    ) -> Session | None:
        """The live session that `token` opens through `channel`; being asked for is activity unless said otherwise."""
        digest = self._digest(token) if channel is Channel.PAGE else digest_of(token)
        session = self._by_digest[channel].get(digest)
        if session is None or not self._is_open(session, channel):
            return None
        if activity:
            session.active = self._clock()
        return session

    def is_open(self, session: Session) -> bool:
        """Whether the pages of `session` are open now. Asking is no activity."""
        return self._is_open(session, Channel.PAGE)

    def knows(self, token: str) -> bool:
        """Whether this page token was issued here, be its session alive or not."""
        return self._digest(token) in self._by_digest[Channel.PAGE]

    def ending_of(self, token: str) -> Reason | None:
        """Why the session of this page token ended, for as long as that is remembered."""
        session = self._by_digest[Channel.PAGE].get(self._digest(token))
        return session.ending if session else None

    def renew(self, session: Session) -> str:
        """A new page token and a new forgery token; everything else that opened `session` dies."""
        for digest in session.api_digests:
            self._by_digest[Channel.API].pop(digest, None)
        session.api_digests.clear()
        session.forgery_token = new_token()
        return self.issue(session)

    def end(self, session: Session, ending: Reason, channels: frozenset[Channel] = ALL_CHANNELS) -> None:
        """Close these channels of `session` for good. Reason twice changes nothing."""
        session.channels -= channels
        if Channel.PAGE not in session.channels and session.ending is None:
            session.ending = ending

    def end_others(self, keep: Session, ending: Reason) -> None:
        """End every session of the account but `keep`."""
        for session in self.history_of(keep.subject):
            if session is not keep:
                self.end(session, ending)

    def of(self, subject: str) -> list[Session]:
        """The sessions of `subject` whose pages are open."""
        return [session for session in self.history_of(subject) if self._is_open(session, Channel.PAGE)]

    def history_of(self, subject: str | None) -> Iterator[Session]:
        """The sessions of `subject`, ended ones among them."""
        return (each for each in [*self._by_digest[Channel.PAGE].values()] if each.subject == subject)

    def _digest(self, token: str) -> bytes:
        return digest_of(self.tokens.handle(token))

    def _is_open(self, session: Session, channel: Channel) -> bool:
        over = self._timeouts.ending(session, self._clock())
        if over is not None:
            self.end(session, over)
        return channel in session.channels

    def _sweep(self) -> None:
        asked_about = self._clock() - (self._timeouts.absolute or 0.0) - ANONYMOUS_LIFETIME
        for channel, found in self._by_digest.items():
            for digest, session in [*found.items()]:
                if not self._is_open(session, channel) and session.begun < asked_about:
                    del found[digest]


def _age(session: Session) -> float:
    return session.begun
