"""Who is asking, as pages see it. Sessions are kept by the session layer, or by hand where a hazard says so."""

from typing import Protocol

from starlette.requests import HTTPConnection

from sessionward.asgi import Reason
from sessionward.demo.clinic import Clinic
from sessionward.demo.people import Account

STATIC = "/static/"
"""Files that are the same for everybody: no session is looked up for them."""
VERSION = "v"
"""The query parameter by which the address of such a file changes with its content."""

POLLED = frozenset({"/api/waiting"})
"""What open pages ask for by themselves. Nobody does anything then, so no session goes on because of it."""

CODE_TIME = 300.0
"""Seconds that the password is good for without the code."""

MADE_ROOM = "A login on another device was ended to make room for this one."


def is_activity(connection: HTTPConnection) -> bool:
    """Whether a person may be behind this request."""
    return connection.scope["path"] not in POLLED


class Visitor(Protocol):
    """The browser behind one request."""

    @property
    def clinic(self) -> Clinic:
        """Where it came."""
        ...

    @property
    def client(self) -> str:
        """The address of the client."""
        ...

    @property
    def account(self) -> Account | None:
        """Who is logged in here."""
        ...

    @property
    def proving(self) -> Account | None:
        """Whose password was right a moment ago in this browser, where a second factor is waited for."""
        ...

    @property
    def set_cookies(self) -> list[str]:
        """The cookies that the answer sets, besides those of the session layer."""
        ...

    @property
    def page_script(self) -> str:
        """The address of the session layer's script for pages, empty where there is none."""
        ...

    @property
    def devices_page(self) -> str:
        """The address of the page that lists where the account is logged in, empty where there is none."""
        ...

    @property
    def export_page(self) -> str:
        """The address of the page that offers all of one's record as a file, empty where there is none."""
        ...

    def form_token(self) -> str:
        """What a form of this answer must bring to be taken for our own, empty where browsers say that themselves."""
        ...

    def sent_own_form(self, sent: str | None) -> bool:
        """Whether the request comes from a page of ours in this browser; `sent` is the token that came with it."""
        ...

    def landing(self) -> str:
        """Where a login leads."""
        ...

    def told_to_scripts(self) -> dict[str, str]:
        """What the page's script is told of the session."""
        ...

    def tell(self, notice: str) -> None:
        """Show `notice` on the next page."""
        ...

    def notices(self) -> list[str]:
        """What is to be shown, once."""
        ...

    def prepare_form(self) -> None:
        """The answer has a form that must be this browser's own, though nobody is logged in."""
        ...

    async def ended_because(self) -> Reason | None:
        """Why the session that it presented is over."""
        ...

    async def still_logged_in(self) -> bool:
        """Whether somebody is logged in here at this moment, for connections that last."""
        ...

    async def hold(self) -> None:
        """A consultation shows life: whoever listens does not type, and is not logged out over it for a while."""
        ...

    async def expect_code(self, account: Account) -> None:
        """The password of `account` was right: nobody is logged in until the second factor is, too."""
        ...

    async def log_in(self, account: Account, *, remember: bool = False, method: str = "password") -> None:
        """From now on this browser is `account`'s; `remember` lets it log in again without a password."""
        ...

    async def log_out(self) -> None:
        """Close the ways in that a logout closes."""
        ...

    async def credentials_changed(self) -> None:
        """The account's other browsers must log in anew, and this one goes on under a new token."""
        ...

    async def end_all_of(self, account: Account, reason: Reason) -> None:
        """From here on `account` is logged in nowhere, and no browser of it is remembered."""
        ...

    async def script_token(self) -> str | None:
        """A token for the page's script, which ends with the page's session; None where nobody is logged in."""
        ...

    async def script_account(self, token: str) -> Account | None:
        """Whose page such a token was given to, while that page's session lives."""
        ...


def visitor_of(request: HTTPConnection) -> Visitor:
    """The visitor behind `request`."""
    visitor: Visitor = request.state.visitor
    return visitor
