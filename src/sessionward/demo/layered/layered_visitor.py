"""A visitor whose session the session layer keeps."""

import json
from dataclasses import dataclass, field

from starlette.requests import HTTPConnection
from starlette.responses import Response

from sessionward.asgi import (
    PageSettings,
    Policy,
    Reason,
    Record,
    SessionCookie,
    State,
    Store,
    Subject,
    current,
    end_session,
    end_subject,
    first_factor,
    from_own_page,
    hold,
    locked_subject,
    login,
    logout,
    logout_everywhere,
    own_sessions,
    password_changed,
    report_session,
)
from sessionward.demo.clinic import Clinic
from sessionward.demo.home_made.login_sessions import Channel
from sessionward.demo.layered.script_tokens import Page, ScriptTokens
from sessionward.demo.people import Account
from sessionward.demo.remembered_logins import REMEMBERED_LIFETIME
from sessionward.demo.visitor import MADE_ROOM, is_activity
from sessionward.session.core import lapse
from sessionward.session.state import Ended, Presented

REMEMBER = "__Host-remember"
"""The cookie of a remembered login. Browsers take one that is Secure from this machine itself over http, too."""
DEVICES, EXPORT = "/devices", "/export"
NOTICES, CHAIN = "notices", "chain"
"""What the session's data holds: what is to be shown, and the remembered login of the same browser."""


def subject_of(account: Account) -> Subject:
    """The account as the session layer knows it: clinics are tenants."""
    return Subject(tenant=account.tenant, id=account.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is behind the visitors of one clinic."""

    clinic: Clinic
    store: Store
    policy: Policy
    scripts: ScriptTokens
    pages: PageSettings | None = None
    """How pages warn, keep what is typed, and lock; None where the timeout is too short for a warning."""

    def living(self, subject: Subject) -> frozenset[str]:
        """The handles of the subject's sessions that are logged in now. Asking is no activity."""
        now = self.clinic.settings.clock()
        found = self.store.list(subject, now=now)
        active = (record for record in found if record.state is State.ACTIVE)
        return frozenset(record.handle for record in active if lapse(self.policy, record, now) is None)

    def account(self, subject: Subject | None) -> Account | None:
        """The account of that subject."""
        found = self.clinic.people.get(subject.id) if subject else None
        return found if found and subject and found.tenant == subject.tenant else None


@dataclass(slots=True, kw_only=True, eq=False)
class LayeredVisitor:
    """The browser behind one request; see `Visitor`."""

    kept: Kept
    connection: HTTPConnection = field(repr=False)
    _cookies: Response = field(default_factory=Response, repr=False)

    @property
    def clinic(self) -> Clinic:
        """Where it came."""
        return self.kept.clinic

    @property
    def client(self) -> str:
        """The address of the client."""
        return self.connection.client.host if self.connection.client else ""

    @property
    def account(self) -> Account | None:
        """Who is logged in here."""
        return self.kept.account(current(self.connection).subject)

    @property
    def proving(self) -> Account | None:
        """Whose password was right a moment ago in this browser."""
        pending = current(self.connection).state is State.PENDING
        return self.kept.account(locked_subject(self.connection)) if pending else None

    @property
    def set_cookies(self) -> list[str]:
        """The app's own cookie, for remembered logins."""
        return self._cookies.headers.getlist("set-cookie")

    @property
    def page_script(self) -> str:
        """The session layer's script, where there is time for a warning."""
        return f"{self.kept.pages.prefix}/script.js" if self.kept.pages else ""

    @property
    def devices_page(self) -> str:
        """The page that lists where the account is logged in."""
        return DEVICES

    @property
    def export_page(self) -> str:
        """The page that offers all of one's record as a file."""
        return EXPORT

    def form_token(self) -> str:
        """None is needed: browsers say where a form comes from, and the layer refuses one that does not say."""
        return ""

    def sent_own_form(self, sent: str | None) -> bool:
        """Whether the request comes from a page of ours, which the layer has asked already."""
        del sent
        return from_own_page(self.connection)

    def landing(self) -> str:
        """Where a login leads."""
        return "/overview"

    def told_to_scripts(self) -> dict[str, str]:
        """Nothing."""
        return {}

    def tell(self, notice: str) -> None:
        """Show `notice` on the next page."""
        session = self.connection.session
        session[NOTICES] = [*session.get(NOTICES, ()), notice]

    def notices(self) -> list[str]:
        """What is to be shown, once."""
        found: list[str] = self.connection.session.pop(NOTICES, [])
        return found

    def prepare_form(self) -> None:
        """Nothing is needed for it."""

    async def ended_because(self) -> Reason | None:
        """Why the session that it presented is over."""
        token = SessionCookie().read(self.connection.scope["headers"])
        found = self.kept.store.get(token.digest) if token else None
        return found.reason if isinstance(found, Ended) else None

    async def still_logged_in(self) -> bool:
        """Whether somebody is logged in here at this moment."""
        who = current(self.connection)
        return who.subject is not None and who.handle in self.kept.living(who.subject)

    async def hold(self) -> None:
        """A consultation shows life, where the policy knows of consultations."""
        if self.kept.policy.lease_length is not None and await self.still_logged_in():
            await hold(self.connection)

    async def expect_code(self, account: Account) -> None:
        """The password was right: nobody is logged in until the code is, too."""
        self._forget_chain()
        await first_factor(self.connection, subject_of(account))

    async def log_in(self, account: Account, *, remember: bool = False, method: str = "password") -> None:
        """From now on this browser is `account`'s; `remember` lets it log in again without a password."""
        await self._log_in(account, remember=remember, method=method)

    async def log_out(self) -> None:
        """End the session and the remembered login."""
        if Channel.REMEMBERED in self.clinic.settings.protections.logout_ends:
            self.clinic.remembered.redeem(self._remembered)
            self._forget_chain()
        await logout(self.connection)
        self._keep("", 0)

    async def credentials_changed(self) -> None:
        """The account's other browsers must log in anew, and this one goes on under a new token."""
        account = self.account
        if account is None:
            return
        self.kept.scripts.forget(subject_of(account))
        await password_changed(self.connection)
        if Channel.REMEMBERED in self.clinic.settings.protections.password_change_ends:
            self.clinic.remembered.forget_subject(account.id)
            self.connection.session.pop(CHAIN, None)
            self._keep("", 0)

    async def end_all_of(self, account: Account, reason: Reason) -> None:
        """From here on `account` is logged in nowhere, and no browser of it is remembered."""
        self.clinic.remembered.forget_subject(account.id)
        self.kept.scripts.forget(subject_of(account))
        await end_subject(self.connection, subject_of(account), reason=reason)

    async def own_sessions(self) -> tuple[Record, ...]:
        """Where whoever is logged in here is logged in. Raises Refused where nobody is."""
        return await own_sessions(self.connection)

    async def remove(self, handle: str) -> bool:
        """End one of the own sessions and the remembered login of its browser; False if there is none of that name."""
        await self._forget_chain_of(handle)
        return await end_session(self.connection, handle)

    async def report(self, handle: str) -> bool:
        """As `remove`, and the trail says that it was not the account's owner who had begun it."""
        await self._forget_chain_of(handle)
        return await report_session(self.connection, handle)

    async def log_out_everywhere(self) -> None:
        """End all of the own sessions, this one too, and forget all remembered logins. Raises Refused."""
        subject = current(self.connection).subject
        if subject is not None:
            self.clinic.remembered.forget_subject(subject.id)
            self.kept.scripts.forget(subject)
        await logout_everywhere(self.connection)
        self._keep("", 0)

    async def script_token(self) -> str | None:
        """A token for the page's script."""
        who = current(self.connection)
        if who.subject is None or who.handle is None:
            return None
        return self.kept.scripts.issue(Page(subject=who.subject, handle=who.handle))

    async def script_account(self, token: str) -> Account | None:
        """Whose page such a token was given to, while that page's session lives. Scripts are no activity."""
        page = self.kept.scripts.page(token)
        if page is None:
            return None
        if page.handle not in self.kept.living(page.subject):
            self.kept.scripts.sweep(page)
            return None
        return self.kept.account(page.subject)

    async def arrive(self) -> None:
        """Log a remembered browser in again."""
        wants_page = self.connection.scope.get("method") == "GET" and is_activity(self.connection)
        if not wants_page or not self._remembered or self.account is not None or self.proving is not None:
            return
        found = self.clinic.remembered.redeem(self._remembered)
        account = self.clinic.people.get(found.subject) if found else None
        if found and account:
            await self._log_in(account, remember=True, method="remembered", chain=found.chain)

    @property
    def _remembered(self) -> str:
        return self.connection.cookies.get(REMEMBER, "")

    async def _log_in(
        self, account: Account, *, remember: bool, method: str, chain: str | None = None
    ) -> None:
        self._forget_chain()
        subject, who = subject_of(account), current(self.connection)
        if who.state is State.PENDING and locked_subject(self.connection) != subject:
            await logout(self.connection)  # somebody else's code was waited for, and no longer is
        limit = self.kept.policy.concurrent_sessions
        crowded = limit is not None and len(self.kept.living(subject) - {who.handle}) >= limit
        await login(self.connection, subject, role=account.role, method=method)
        if crowded:
            self.tell(MADE_ROOM)
        if remember:
            token, self.connection.session[CHAIN] = self.clinic.remembered.remember(account.id, chain)
            self._keep(token, int(REMEMBERED_LIFETIME))

    def _forget_chain(self) -> None:
        self.clinic.remembered.forget_chain(self.connection.session.get(CHAIN))

    async def _forget_chain_of(self, handle: str) -> None:
        """A device that was logged out must not log itself in again."""
        for record in await self.own_sessions():
            found = self.kept.store.get(record.digest) if record.handle == handle else None
            if isinstance(found, Presented) and CHAIN in found.data:
                self.clinic.remembered.forget_chain(json.loads(found.data[CHAIN].content))

    def _keep(self, token: str, lifetime: int) -> None:
        self._cookies.set_cookie(
            REMEMBER, token, max_age=lifetime, path="/", secure=True, httponly=True, samesite="lax"
        )
