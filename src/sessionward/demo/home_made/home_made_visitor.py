"""Who is asking: each request's session, and the cookies that its answer sets."""

from dataclasses import dataclass, field
from typing import Literal

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sessionward.demo.clinic import Clinic
from sessionward.demo.login_sessions import REMEMBERED_LIFETIME, Channel, Ending, Session
from sessionward.demo.people import Account, reference_of

STATIC = "/static/"
"""Files that are the same for everybody: no session is looked up for them."""
VERSION = "v"
"""The query parameter by which the address of such a file changes with its content."""


POLLED = frozenset({"/api/waiting"})
"""What open pages ask for by themselves. Nobody does anything then, so no session goes on because of it."""


def is_activity(connection: HTTPConnection) -> bool:
    """Whether a person may be behind this request."""
    return connection.scope["path"] not in POLLED


@dataclass(slots=True, kw_only=True, eq=False)
class Visitor:
    """The browser behind one request."""

    clinic: Clinic
    client: str
    """The address of the client."""
    secure: bool
    """Whether it came by https."""
    session: Session | None = None
    ending: Ending | None = None
    """Why the session that it presented is over."""
    issued: str = field(default="", repr=False)
    """The session's token as the browser has it from here on."""
    chosen: str = ""
    """The account that the browser says it wants to see, where it is asked."""
    _cookies: Response = field(default_factory=Response, repr=False)

    @property
    def account(self) -> Account | None:
        """Who is logged in here."""
        if self.session is None or self.session.subject is None:
            return None
        people = self.clinic.people
        said = self.chosen or self.clinic.sessions.tokens.names(self.issued)
        return people.by_reference(said) if said else people.get(self.session.subject)

    def still_logged_in(self) -> bool:
        """Whether somebody is logged in here at this moment, for connections that last."""
        return (
            self.account is not None
            and self.session is not None
            and self.clinic.sessions.is_open(self.session)
        )

    @property
    def set_cookies(self) -> list[str]:
        """The cookies that the answer sets."""
        return self._cookies.headers.getlist("set-cookie")

    def begin(self) -> Session:
        """A session in which nobody is logged in, for a form that must be this browser's own."""
        if self.session is None:
            self.session = self.clinic.sessions.begin()
            self._keep("session", self.clinic.sessions.issue(self.session))
        return self.session

    def log_in(self, account: Account, *, remember: bool = False, chain: str | None = None) -> None:
        """From now on this browser is `account`'s; `remember` lets it log in again without a password."""
        clinic, protections = self.clinic, self.clinic.settings.protections
        if self.session is None or protections.renews_at_login:
            self.leave(Ending.RENEWED)
            self.session = clinic.sessions.begin()
            clinic.sessions.authenticate(self.session, account.id, account.email)
            self._keep("session", clinic.sessions.issue(self.session))
        else:
            clinic.sessions.authenticate(self.session, account.id, account.email)
        if protections.account_cookie:
            self.chosen = reference_of(account.id)
            self._keep(protections.account_cookie, self.chosen)
        protections.resumes_at_login(clinic.sessions, account.id)
        if remember:
            token, self.session.chain = clinic.remembered.remember(account.id, chain)
            self._keep("remember", token, int(REMEMBERED_LIFETIME))

    def leave(self, ending: Ending) -> None:
        """End whatever this browser had open."""
        if self.session is not None:
            self.clinic.sessions.end(self.session, ending)
            self.clinic.remembered.forget_chain(self.session.chain)
            self.session = None

    def log_out(self, remembered: str) -> None:
        """Close the ways in that a logout closes, `remembered` being the remembered login that was presented."""
        ends = self.clinic.settings.protections.logout_ends
        if self.session is not None:
            self.clinic.sessions.end(self.session, Ending.LOGOUT, ends)
        if Channel.REMEMBERED in ends:
            self.clinic.remembered.redeem(remembered)
            self.clinic.remembered.forget_chain(self.session.chain if self.session else None)
        self.session = None
        self._drop("session")
        self._drop("remember")
        if self.clinic.settings.protections.account_cookie:
            self._drop(self.clinic.settings.protections.account_cookie)

    def credentials_changed(self) -> None:
        """The account's other browsers must log in anew, and this one goes on under a new token."""
        if self.session is None or self.session.subject is None:
            return
        ends = self.clinic.settings.protections.password_change_ends
        if Channel.PAGE in ends:
            self.clinic.sessions.end_others(self.session, Ending.CREDENTIALS_CHANGED)
        if Channel.REMEMBERED in ends:
            self.clinic.remembered.forget_subject(self.session.subject)
            self.session.chain = None
            self._drop("remember")
        self._keep("session", self.clinic.sessions.renew(self.session))

    def arrive(self, connection: HTTPConnection) -> None:
        """Find the session that the request's cookies open; a remembered browser is logged in again."""
        sessions = self.clinic.sessions
        token = connection.cookies.get(self.cookie_name("session"), "")
        if wanted := self.clinic.settings.protections.account_cookie:
            self.chosen = connection.cookies.get(self.cookie_name(wanted), "")
        if token:
            self.issued = token
            counts = is_activity(connection) or self.clinic.settings.protections.polls_count
            self.session = sessions.present(token, activity=counts)
            self.ending = sessions.ending_of(token)
            if self.session is None and not sessions.knows(token):
                self.session = self.clinic.settings.protections.unknown_token(sessions, token)
        wants_page = connection.scope.get("method") == "GET" and is_activity(connection)
        if self.account is None and wants_page:
            self._return(connection.cookies.get(self.cookie_name("remember"), ""))

    def cookie_name(self, name: str) -> str:
        """By https the name binds the cookie to this host: no neighbour can plant it."""
        return f"__Host-{name}" if self._marked_secure else name

    @property
    def _marked_secure(self) -> bool:
        return self.secure and self.clinic.settings.protections.cookies_marked_secure

    def _return(self, token: str) -> None:
        found = self.clinic.remembered.redeem(token) if token else None
        account = self.clinic.people.get(found.subject) if found else None
        if found and account:
            self.log_in(account, remember=True, chain=found.chain)

    def _keep(self, name: str, token: str, lifetime: int | None = None) -> None:
        protections = self.clinic.settings.protections
        if name == "session":
            self.issued = token
            lifetime = protections.session_cookie_lifetime if lifetime is None else lifetime
        self._cookies.set_cookie(
            self.cookie_name(name),
            token,
            max_age=lifetime,
            path="/",
            secure=self._marked_secure,
            httponly=protections.cookies_hidden_from_scripts,
            samesite=self._same_site,
        )

    @property
    def _same_site(self) -> Literal["lax", "none"] | None:
        """Browsers refuse "none" over http; without the attribute they send a young cookie with other sites' forms."""
        wanted = self.clinic.settings.protections.cookies_same_site
        return None if wanted == "none" and not self._marked_secure else wanted

    def _drop(self, name: str) -> None:
        self._keep(name, "", 0)


class VisitorLayer:
    """Puts the `Visitor` into the request's state, and its cookies on the answer, errors included."""

    def __init__(self, app: ASGIApp, clinic: Clinic) -> None:
        """`clinic` is where visitors are known."""
        self._app = app
        self._clinic = clinic

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as `app` does, knowing the visitor."""
        if scope["type"] not in {"http", "websocket"} or scope["path"].startswith(STATIC):
            await self._app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        visitor = Visitor(
            clinic=self._clinic,
            client=connection.client.host if connection.client else "",
            secure=connection.url.scheme in {"https", "wss"},
        )
        visitor.arrive(connection)
        connection.state.visitor = visitor

        async def send_with_cookies(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for cookie in visitor.set_cookies:
                    headers.append("set-cookie", cookie)
            await send(message)

        await self._app(scope, receive, send_with_cookies)


def visitor_of(request: HTTPConnection) -> Visitor:
    """The visitor behind `request`."""
    visitor: Visitor = request.state.visitor
    return visitor
