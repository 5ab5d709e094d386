"""What a check may ask for: a closed set, the same for our checks and for third parties'.

A probe is iterable and typed by what it gives back: ``answer = yield from Replay(…)`` is an ``Answer`` to the type
checker. ``control`` names the guard that a probe serves (see ``sessionward.audit.experiment``); it is empty for the
experiment itself. The engine records every probe with its result: that record is the evidence.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypeVar
from urllib.parse import urlsplit

from sessionward.audit.observation import (
    Altered,
    Answer,
    Forged,
    Guesses,
    Held,
    LoggedOut,
    Lured,
    Observed,
    Overheard,
    PasswordChanged,
    Reactions,
    Readout,
    Samples,
    Session,
    Storage,
)
from sessionward.audit.scene import Action, Document, PersonalExchange, PrivateExchange
from sessionward.http import Request, TokenSet

T_co = TypeVar("T_co", covariant=True)
OTHER_SITE = "sessionward-attacker.test"
"""The host of the made-up other site. The name can never exist (RFC 2606, section 2)."""
Origin = Literal["other", "lookalike", "null", "sibling"]
"""``other`` is another site, ``lookalike`` one whose name begins with the app's, ``null`` a page without an origin of
its own (a sandboxed frame), ``sibling`` another port of the app's own host: another origin, but the same site."""


Way = Literal["own", "form", "fetch", "navigate", "image"]
"""How a request goes out: as the app's own page sends it, or from another site by these."""


def foreign_origin(start: str, kind: Origin) -> str:
    """The origin of that kind for the app at ``start``, as browsers write it."""
    parts = urlsplit(start)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return {
        "other": f"{parts.scheme}://{OTHER_SITE}",
        "lookalike": f"{parts.scheme}://{(parts.hostname or '').replace(':', '-')}.{OTHER_SITE}",
        "null": "null",
        "sibling": f"{parts.scheme}://{host}:{port + 1}",
    }[kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe(Generic[T_co]):
    """One thing to do to the app. ``T_co`` is what comes back."""

    control: str = ""

    def __iter__(self) -> Generator[Probe[Any], Any, T_co]:
        """Ask the engine for this probe and give back its result."""
        result: T_co = yield self
        return result


@dataclass(frozen=True, slots=True, kw_only=True)
class LogIn(Probe[Session]):
    """Log in through the app's own form in a fresh browser, or in that of ``browser``.

    ``plant`` are tokens put into the browser before the login page is opened; ``address`` replaces the address of the
    login page (a token planted in the address). ``remember`` ticks what offers to be remembered.
    ``password`` wrong: another than the account's. ``keep``: the browser stays open, as LogOut and others
    need it; without it only the tokens are kept.
    """

    party: str
    browser: Session | None = None
    plant: TokenSet = field(default=TokenSet(), repr=False)
    address: str = ""
    remember: bool = False
    password: Literal["current", "wrong"] = "current"
    keep: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenBrowser(Probe[Session]):
    """A fresh browser on the login page, nobody logged in. ``tokens`` of the result is what that page gave it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogOut(Probe[LoggedOut]):
    """Log out through the app's own control in the browser of ``session``, and verify that it took effect there."""

    session: Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Resident(Probe[Session]):
    """A living session of ``party`` that the engine keeps for controls; logged in anew where it has died."""

    party: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay(Probe[Answer]):
    """Make the private request again with exactly these tokens: fresh connection, no cookie jar, no cache.

    ``party`` says whose tokens they are, for the reader: owner, stranger, nobody. With ``used`` the page that makes the
    request is opened before, as by somebody's click: an app may take nothing else for a sign that anybody is there.
    """

    exchange: PrivateExchange
    tokens: TokenSet = field(repr=False)
    party: str
    used: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayPersonal(Probe[Answer]):
    """Make a request that showed personal data again with these tokens; ``shows`` is owner where a text is found."""

    exchange: PersonalExchange
    tokens: TokenSet = field(repr=False)
    party: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit(Probe[Answer]):
    """Open a private exchange's page, or the start page, in the live browser of ``session``, as a navigation.

    Whose data shows is judged by the page as drawn and by everything that it loaded.
    """

    session: Session
    exchange: PrivateExchange | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Look(Probe[Storage]):
    """Read what scripts can read in the live browser of ``session``."""

    session: Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Observe(Probe[Observed]):
    """See what the live browser of ``session`` shows: after opening ``exchange``'s page or ``url``, after pressing
    Back, or, with none of them, as it stands. ``logout``: find out where that page offers to log out.
    """

    session: Session
    exchange: PrivateExchange | None = None
    url: str = ""
    back: bool = False
    logout: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall(Probe[Answer]):
    """Read a private or personal exchange's address from the cache of the browser of ``session``, not from the app."""

    session: Session
    exchange: PrivateExchange | PersonalExchange


@dataclass(frozen=True, slots=True, kw_only=True)
class Restart(Probe[Session]):
    """Close the browser of ``session`` and start it again, without logging out.

    The result is the browser after that, on no page yet; ``authenticated`` of it says nothing.
    """

    session: Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Overhear(Probe[Overheard]):
    """Let the browser of ``session`` open the app's host over plain http, and read along on the line."""

    session: Session


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePassword(Probe[PasswordChanged]):
    """Change the password through the app's own form in the live browser of ``session``, and verify by logging in.

    ``current`` wrong: a wrong present password is given; omitted: the field is taken out of the form.
    The engine journals the change before it is made and restores at the end of the check.
    """

    session: Session
    current: Literal["right", "wrong", "omitted"] = "right"


@dataclass(frozen=True, slots=True, kw_only=True)
class Forge(Probe[Forged]):
    """Let a page of another site (a made-up origin) send ``request`` from the browser of ``session``.

    ``how``: ``navigate`` (top-level GET), ``image`` (sub-resource GET), ``form`` (top-level POST with the body's
    media type among the three that need no preflight).
    """

    session: Session
    request: Request
    how: Literal["navigate", "image", "form"]


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldBack(Probe[Held]):
    """Fill in the form of ``action`` in the browser of ``session`` and save, but let what it sends not leave.

    Nothing changes, no token is used up, and what comes back is what this session's own page would send.
    """

    session: Session
    action: Action


@dataclass(frozen=True, slots=True, kw_only=True)
class Alter(Probe[Altered]):
    """Send a request made of ``held`` with a new text, see in the account's own page whether it stands there, put back.

    ``how``: ``own`` sends it with the tokens of ``session`` as its own page would, the others as another site from its
    browser (see ``Forge``), ``fetch`` by a script. ``request`` is ``held.request`` or what was made of it; the text
    in it is replaced by one of the same length that was never sent before. The engine journals the change before.
    """

    session: Session
    action: Action
    held: Held
    request: Request
    how: Way


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAcross(Probe[Readout]):
    """Let a script of another origin, in the browser of ``session``, ask for ``exchange`` and read the answer."""

    session: Session
    exchange: PrivateExchange
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Lure(Probe[Lured]):
    """Show the page of ``action`` in a frame of another site's page, and click where its button is.

    What stands in the form is what the account holds, so nothing is changed by it.
    """

    session: Session
    action: Action


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess(Probe[Guesses]):
    """``times`` wrong passwords for the account of ``party`` in a fresh browser, then the right one.

    Stops at the first sign that the app holds off.
    """

    party: str
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait(Probe[None]):
    """Let ``seconds`` pass; other checks go on meanwhile."""

    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Close(Probe[None]):
    """Close the browser of ``session`` without logging out; its tokens stay usable for replays."""

    session: Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Together(Probe[tuple[Any, ...]]):
    """Several probes at once; the results come in the same order."""

    probes: tuple[Probe[Any], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Download(Probe[Answer]):
    """Ask for a file with exactly these tokens; ``shows`` is owner where it is the owner's file."""

    document: Document
    tokens: TokenSet = field(repr=False)
    party: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TryNames(Probe[Reactions]):
    """Send these names, one after another, through the form: to log in with a wrong password, or to ask for a reset.

    A party's name stands for its account; any other is sent as it is. Stops where the app holds off.
    """

    form: Literal["login", "reset"]
    names: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample(Probe[Samples]):
    """Log in many times, the parties in turn, by repeating what a login sent, without a browser where that works.

    The sample is taken once and kept for the audit; its sessions are over by then. ``fresh``: ``size`` logins for this
    experiment alone, which live until its end.
    """

    size: int = 50
    parties: tuple[str, ...] = ("owner", "stranger")
    fresh: bool = False
