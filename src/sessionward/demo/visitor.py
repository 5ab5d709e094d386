"""Who is asking: each request's session, and the cookies that its answer sets."""

from dataclasses import dataclass, field

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sessionward.demo.clinic import Clinic
from sessionward.demo.login_sessions import REMEMBERED_LIFETIME, Channel, Ending, Session
from sessionward.demo.people import Account

STATIC = "/static/"
"""Files that are the same for everybody: no session is looked up for them."""
VERSION = "v"
"""The query parameter by which the address of such a file changes with its content."""


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
    _cookies: Response = field(default_factory=Response, repr=False)

    @property
    def account(self) -> Account | None:
        """Who is logged in here."""
        if self.session is None or self.session.subject is None:
            return None
        return self.clinic.people.get(self.session.subject)

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
            self._keep("session", clinic.sessions.issue(self.session))
        clinic.sessions.authenticate(self.session, account.id)
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
        if token:
            self.session = sessions.present(token)
            self.ending = sessions.ending_of(token)
            if self.session is None and not sessions.knows(token):
                self.session = self.clinic.settings.protections.unknown_token(sessions, token)
        if self.account is None and connection.scope.get("method") == "GET":
            self._return(connection.cookies.get(self.cookie_name("remember"), ""))

    def cookie_name(self, name: str) -> str:
        """By https the name binds the cookie to this host: no neighbour can plant it."""
        return f"__Host-{name}" if self.secure else name

    def _return(self, token: str) -> None:
        found = self.clinic.remembered.redeem(token) if token else None
        account = self.clinic.people.get(found.subject) if found else None
        if found and account:
            self.log_in(account, remember=True, chain=found.chain)

    def _keep(self, name: str, token: str, lifetime: int | None = None) -> None:
        self._cookies.set_cookie(
            self.cookie_name(name),
            token,
            max_age=lifetime,
            path="/",
            secure=self.secure,
            httponly=self.clinic.settings.protections.cookies_hidden_from_scripts,
            samesite="lax",
        )

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
