"""What protects the clinic's sessions, one switch or strategy each. The defaults are right; a hazard replaces one."""

from collections.abc import Callable
from dataclasses import dataclass

from sessionward.demo.login_sessions import ALL_CHANNELS, Channel, Session, Sessions
from sessionward.demo.people import Account, Role


def refuse_unknown(_sessions: Sessions, _token: str) -> Session | None:
    """A token that was not issued here opens nothing and is not taken over."""
    return None


def resume_nothing(_sessions: Sessions, _subject: str) -> None:
    """A login begins a session; those that ended before stay ended."""


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

    # Whose data it is, and who may do what

    may_read: Callable[[Account | None, Account], bool] = owner_or_doctor
    """Whether a viewer is given an owner's record."""

    may_download: Callable[[Account | None, Account], bool] = owner_or_doctor
    """Whether a viewer is given an owner's document; nobody is logged in where the viewer is None."""

    may_enter: Callable[[Account, frozenset[Role]], bool] = has_role
    """Whether an account is let into a page that is for these roles."""

    cancel_by_link: bool = False
    """Whether an appointment is cancelled by a plain link."""

    tells_known_addresses: bool = False
    """Whether the pages for visitors say which addresses have an account."""
