"""A visitor whose session is kept by hand, and the cookies that the answer sets."""

import hmac
from dataclasses import dataclass, field
from typing import Literal

from starlette.requests import HTTPConnection
from starlette.responses import Response

from sessionward.asgi import Reason
from sessionward.demo.clinic import Clinic
from sessionward.demo.home_made.login_sessions import Channel, Session, Sessions
from sessionward.demo.people import Account, reference_of
from sessionward.demo.remembered_logins import REMEMBERED_LIFETIME
from sessionward.demo.visitor import CODE_TIME, MADE_ROOM, is_activity


@dataclass(slots=True, kw_only=True, eq=False)
class HomeMadeVisitor:
    """The browser behind one request; see `Visitor`."""

    clinic: Clinic
    sessions: Sessions
    client: str
    secure: bool
    """Whether it came by https."""
    session: Session | None = None
    ending: Reason | None = None
    """Why the session that it presented is over."""
    issued: str = field(default="", repr=False)
    """The session's token as the browser has it from here on."""
    chosen: str = ""
    """The account that the browser says it wants to see, where it is asked."""
    counts: bool = True
    """Whether a person may be behind the request."""
    _remembered: str = field(default="", repr=False)
    _cookies: Response = field(default_factory=Response, repr=False)

    @property
    def account(self) -> Account | None:
        """Who is logged in here."""
        if self.session is None or self.session.subject is None:
            return None
        people = self.clinic.people
        said = self.chosen or self.sessions.tokens.names(self.issued)
        return people.by_reference(said) if said else people.get(self.session.subject)

    @property
    def proving(self) -> Account | None:
        """Whose password was right a moment ago in this browser."""
        session = self.session
        if session is None or session.subject or not session.proving:
            return None
        if self.clinic.settings.clock() >= session.proving_until:
            return None
        return self.clinic.people.get(session.proving)

    @property
    def set_cookies(self) -> list[str]:
        """The cookies that the answer sets."""
        return self._cookies.headers.getlist("set-cookie")

    @property
    def page_script(self) -> str:
        """None: what is there was written for a page or two, see the app's own scripts."""
        return ""

    @property
    def devices_page(self) -> str:
        """Nobody came to write one."""
        return ""

    @property
    def export_page(self) -> str:
        """Not without asking once more who it is, which nobody has built."""
        return ""

    def form_token(self) -> str:
        """The forgery token of the session."""
        return self.clinic.settings.protections.forgery_token(self.session) if self.session else ""

    def sent_own_form(self, sent: str | None) -> bool:
        """Whether `sent` is the forgery token of the session."""
        if self.session is None or sent is None:
            return False
        return hmac.compare_digest(sent.encode("utf-8", "surrogatepass"), self.form_token().encode())

    def landing(self) -> str:
        """Where a login leads."""
        return self.clinic.settings.protections.lands_at(self.issued)

    def told_to_scripts(self) -> dict[str, str]:
        """What the page's script is told of the session."""
        return {"session": self.issued} if self.clinic.settings.protections.tells_scripts_the_token else {}

    def tell(self, notice: str) -> None:
        """Show `notice` on the next page."""
        if self.session is not None:
            self.session.notices.append(notice)

    def notices(self) -> list[str]:
        """What is to be shown, once."""
        if self.session is None:
            return []
        told, self.session.notices = self.session.notices, []
        return told

    def prepare_form(self) -> None:
        """A session in which nobody is logged in, for a form that must be this browser's own."""
        self.begin()

    def begin(self) -> Session:
        """The session of this browser, be anybody logged in or not."""
        if self.session is None:
            self.session = self.sessions.begin()
            self._keep("session", self.sessions.issue(self.session))
        return self.session

    async def ended_because(self) -> Reason | None:
        """Why the session that it presented is over."""
        return self.ending

    async def still_logged_in(self) -> bool:
        """Whether somebody is logged in here at this moment."""
        return self.account is not None and self.session is not None and self.sessions.is_open(self.session)

    async def hold(self) -> None:
        """Nobody thought of those who listen."""

    async def expect_code(self, account: Account) -> None:
        """The password was right: nobody is logged in until the code is, too."""
        session = self.begin()
        session.proving = account.id
        session.proving_until = self.clinic.settings.clock() + CODE_TIME

    async def log_in(self, account: Account, *, remember: bool = False, method: str = "password") -> None:
        """From now on this browser is `account`'s; by what `method` is not written down anywhere."""
        del method
        self._log_in(account, remember=remember)

    async def log_out(self) -> None:
        """Close the ways in that a logout closes."""
        ends = self.clinic.settings.protections.logout_ends
        if self.session is not None:
            self.sessions.end(self.session, Reason.LOGOUT, ends)
        if Channel.REMEMBERED in ends:
            self.clinic.remembered.redeem(self._remembered)
            self.clinic.remembered.forget_chain(self.session.chain if self.session else None)
        self.session = None
        self._drop("session")
        self._drop("remember")
        if self.clinic.settings.protections.account_cookie:
            self._drop(self.clinic.settings.protections.account_cookie)

    async def credentials_changed(self) -> None:
        """The account's other browsers must log in anew, and this one goes on under a new token."""
        if self.session is None or self.session.subject is None:
            return
        ends = self.clinic.settings.protections.password_change_ends
        if Channel.PAGE in ends:
            self.sessions.end_others(self.session, Reason.PASSWORD_CHANGE)
        if Channel.REMEMBERED in ends:
            self.clinic.remembered.forget_subject(self.session.subject)
            self.session.chain = None
            self._drop("remember")
        self._keep("session", self.sessions.renew(self.session))

    async def end_all_of(self, account: Account, reason: Reason) -> None:
        """From here on `account` is logged in nowhere, and no browser of it is remembered."""
        for session in [*self.sessions.history_of(account.id)]:
            self.sessions.end(session, reason)
        self.clinic.remembered.forget_subject(account.id)

    async def script_token(self) -> str | None:
        """A token for the page's script."""
        if self.session is None or self.account is None:
            return None
        return self.sessions.issue_api_token(self.session)

    async def script_account(self, token: str) -> Account | None:
        """Whose page such a token was given to, while that page's session lives."""
        session = self.sessions.present(token, Channel.API, activity=self.counts)
        return self.clinic.people.get(session.subject) if session and session.subject else None

    def arrive(self, connection: HTTPConnection) -> None:
        """Find the session that the request's cookies open; a remembered browser is logged in again."""
        self.counts = is_activity(connection)
        token = connection.cookies.get(self.cookie_name("session"), "")
        self._remembered = connection.cookies.get(self.cookie_name("remember"), "")
        protections = self.clinic.settings.protections
        if protections.account_cookie:
            self.chosen = connection.cookies.get(self.cookie_name(protections.account_cookie), "")
        if token:
            self.issued = token
            self.session = self.sessions.present(token, activity=self.counts or protections.polls_count)
            self.ending = self.sessions.ending_of(token)
            if self.session is None and not self.sessions.knows(token):
                self.session = protections.unknown_token(self.sessions, token)
        if self.account is None and connection.scope.get("method") == "GET" and self.counts:
            self._return(self._remembered)

    def cookie_name(self, name: str) -> str:
        """By https the name binds the cookie to this host: no neighbour can plant it."""
        return f"__Host-{name}" if self._marked_secure else name

    @property
    def _marked_secure(self) -> bool:
        return self.secure and self.clinic.settings.protections.cookies_marked_secure

    def _log_in(self, account: Account, *, remember: bool, chain: str | None = None) -> None:
        protections = self.clinic.settings.protections
        if self.session is None or protections.renews_at_login:
            self._leave()
            self.session = self.sessions.begin()
            evicted = self.sessions.authenticate(self.session, account.id, account.email)
            self._keep("session", self.sessions.issue(self.session))
        else:
            evicted = self.sessions.authenticate(self.session, account.id, account.email)
        if evicted:
            self.tell(MADE_ROOM)
        if protections.account_cookie:
            self.chosen = reference_of(account.id)
            self._keep(protections.account_cookie, self.chosen)
        protections.resumes_at_login(self.sessions, account.id)
        if remember:
            token, self.session.chain = self.clinic.remembered.remember(account.id, chain)
            self._keep("remember", token, int(REMEMBERED_LIFETIME))

    def _leave(self) -> None:
        if self.session is not None:
            self.sessions.end(self.session, Reason.REPLACED)
            self.clinic.remembered.forget_chain(self.session.chain)
            self.session = None

    def _return(self, token: str) -> None:
        found = self.clinic.remembered.redeem(token) if token else None
        account = self.clinic.people.get(found.subject) if found else None
        if found and account:
            self._log_in(account, remember=True, chain=found.chain)

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
