"""What protects the clinic's sessions, one switch or strategy each. The defaults are right; a hazard replaces one."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Literal

from starlette.datastructures import MutableHeaders
from starlette.types import Scope

from sessionward.demo.home_made.login_sessions import ALL_CHANNELS, Channel, Session, Sessions
from sessionward.demo.home_made.token_scheme import TokenScheme
from sessionward.demo.people import Account, Role


def refuse_unknown(_sessions: Sessions, _token: str) -> Session | None:
    """A token that was not issued here opens nothing and is not taken over."""
    return None


def resume_nothing(_sessions: Sessions, _subject: str) -> None:
    """A login begins a session; those that ended before stay ended."""


def overview(_token: str) -> str:
    """A login leads to the overview."""
    return "/overview"


def only_the_owner(viewer: Account | None, owner: Account) -> bool:
    """A document is shown to the account that it belongs to."""
    return viewer is owner


def owner_or_doctor(viewer: Account | None, owner: Account) -> bool:
    """What is known of a patient is for the patient and for the doctor who looks after the patient."""
    if viewer is None or viewer.tenant != owner.tenant:
        return False
    return viewer.id == owner.id or (viewer.role is Role.CLINICIAN and owner.doctor == viewer.id)


def has_role(account: Account, roles: frozenset[Role]) -> bool:
    """A page is for those roles that it names."""
    return account.role in roles


def own_token(session: Session) -> str:
    """The forgery token of a session is random and its own."""
    return session.forgery_token


Retouch = Callable[[Scope, MutableHeaders], None]
"""Changes the headers of an answer to a request of that scope on its way out, as a proxy in front can."""


BY_HAND = (
    "account_cookie",
    "asks_origin",
    "back_guard",
    "cookies_hidden_from_scripts",
    "cookies_marked_secure",
    "cookies_same_site",
    "forgery_token",
    "lands_at",
    "polls_count",
    "renews_at_login",
    "resumes_at_login",
    "session_cookie_lifetime",
    "tells_scripts_the_token",
    "token_keeper",
    "tokens",
    "unguarded_forms",
    "unknown_token",
)
"""What only sessions by hand can be given: the layer has no switch for a flaw, and its logouts empty web storage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Protections:
    """How the clinic decides where sessions go wrong elsewhere."""

    renews_at_login: bool = True
    """Logging in ends the session from before and issues a new token."""

    unknown_token: Callable[[Sessions, str], Session | None] = refuse_unknown
    """What becomes of a token that the clinic never issued."""

    resumes_at_login: Callable[[Sessions, str], None] = resume_nothing
    """What a login does to the account's earlier sessions."""

    logout_ends: frozenset[Channel] = ALL_CHANNELS
    """Which ways in a logout closes on the server."""

    password_change_ends: frozenset[Channel] = ALL_CHANNELS
    """Which ways in of other browsers a new password or login name closes."""

    logout_by_link: bool = False
    """Whether logging out is a plain link, answered without asking where the request came from."""

    login_form_guarded: bool = True
    """Whether a login must come from the clinic's own form."""

    asks_current_password: bool = True
    """Whether the current password is compared when the password or the login name changes."""

    cookies_hidden_from_scripts: bool = True
    """Whether cookies are HttpOnly."""

    token_keeper: str = "memory-keeper.js"
    """The script that keeps the API token while a page is open."""

    may_print: Callable[[Account | None, Account], bool] = only_the_owner
    """Whether a viewer is given the printable form of an owner's record."""

    # What a token is, and whose pages it opens

    tokens: Callable[[], TokenScheme] = TokenScheme
    """How the tokens of pages are made and read, for a clinic that opens."""

    account_cookie: str = ""
    """A cookie that says whose pages a login is shown, by its name; without one only the session says so."""

    # The cookie, and where its value goes

    cookies_marked_secure: bool = True
    """Whether cookies by https are Secure, and bound to this host by their name."""

    session_cookie_lifetime: int | None = None
    """Seconds for which a browser keeps the session's cookie; None: until it is closed."""

    lands_at: Callable[[str], str] = overview
    """Where a login leads, given its new token."""

    tells_scripts_the_token: bool = False
    """Whether the page's script is told the session's token."""

    insists_on_https: bool = True
    """Whether answers by https tell browsers to come by https only."""

    # Who counts as being there, and how one leaves

    idle_on_server: bool = True
    """Whether the server ends idle sessions; else a timer in the page is all there is."""

    polls_count: bool = False
    """Whether a page that asks by itself counts as somebody's being there."""

    logout_on_every_page: bool = True
    """Whether each page offers to log out; else the profile alone."""

    # Whose data it is, and who may do what

    readers: tuple[Callable[[Account | None, Account], bool], ...] = (owner_or_doctor,)
    """The rules by which a viewer is given an owner's record; one of them must say so."""

    may_download: Callable[[Account | None, Account], bool] = owner_or_doctor
    """Whether a viewer is given an owner's document; nobody is logged in where the viewer is None."""

    entrants: tuple[Callable[[Account, frozenset[Role]], bool], ...] = (has_role,)
    """The rules by which an account is let into a page that is for these roles; one of them must say so."""

    cancel_by_link: bool = False
    """Whether an appointment is cancelled by a plain link."""

    saves_by_link: bool = False
    """Whether the contact details are saved by an address that holds them, too."""

    forgery_token: Callable[[Session], str] = own_token
    """The token that forms of this session must bring."""

    asks_origin: bool = True
    """Whether a form that says that another site sends it is refused, whatever token it brings; a login and a logout
    always are."""

    unguarded_forms: frozenset[str] = frozenset()
    """The beginnings of paths whose forms are taken from anywhere."""

    cookies_same_site: Literal["lax", "none"] = "lax"
    """Whether browsers send the cookies along with other sites' requests."""

    retouches: tuple[Retouch, ...] = ()
    """What is done to the headers of answers on their way out."""

    back_guard: bool = True
    """Whether a page that comes out of the browser's memory asks the server before it is shown."""

    further_scripts: tuple[str, ...] = ()
    """Scripts that the pages of a login load besides."""

    tells_known_addresses: bool = False
    """Whether the pages for visitors say which addresses have an account."""

    @property
    def keeps_sessions_by_hand(self) -> bool:
        """Whether one of them replaces what the session layer does: then this team built its sessions by hand."""
        closing = frozenset({Channel.PAGE, Channel.API})
        if not closing <= self.logout_ends & self.password_change_ends:
            return True
        sound = {each.name: each.default for each in fields(self)}
        return any(getattr(self, name) != sound[name] for name in BY_HAND)

    def may_read(self, viewer: Account | None, owner: Account) -> bool:
        """Whether a viewer is given an owner's record."""
        return any(rule(viewer, owner) for rule in self.readers)

    def may_enter(self, account: Account, roles: frozenset[Role]) -> bool:
        """Whether an account is let into a page that is for these roles."""
        return any(rule(account, roles) for rule in self.entrants)
