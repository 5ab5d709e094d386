"""What the app showed: the result of each probe, as a check is given it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from sessionward.audit.scene import Shows
from sessionward.http import Exchange, Request, TokenKey, TokenSet


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A browser of its own (cookies, storage, connection) and what it holds.

    ``id`` is the engine's handle. ``tokens`` is everything that may carry a login: cookies, headers the app's scripts
    added, and what travels in addresses. ``before`` is what the browser held on the login page before logging in.
    ``authenticated`` was judged by the oracle where there is one. ``exchanges`` are those of the login itself, or of
    the login page where nobody logged in.
    """

    id: int
    party: str
    tokens: TokenSet = field(default=TokenSet(), repr=False)
    before: TokenSet = field(default=TokenSet(), repr=False)
    authenticated: bool = False
    reason: str = ""
    exchanges: tuple[Exchange, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a replayed or visited request showed, and to whom it belongs.

    ``tokens``, after a visit or a click only, is what that browser holds by now: its page may have got more.
    """

    exchange: Exchange = field(repr=False)
    shows: Shows
    found: tuple[str, ...] = field(default=(), repr=False)
    tokens: TokenSet = field(default=TokenSet(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedOut:
    """``effective``: afterwards this same browser is no longer shown the account. ``requests`` are what the app sent
    to log out, as the browser made them, tokens included, in order; ``tokens`` are what it held right before."""

    effective: bool
    reason: str = ""
    requests: tuple[Request, ...] = field(default=(), repr=False)
    tokens: TokenSet = field(default=TokenSet(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordChanged:
    """``effective``: the new password opens the account and the old one does not, both tried in fresh browsers.

    ``refused``: the app said no and the old password still works. Neither: it could not be told, see ``reason``.
    ``tokens`` is what the changing browser holds afterwards.
    """

    effective: bool
    refused: bool = False
    reason: str = ""
    tokens: TokenSet = field(default=TokenSet(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Storage:
    """What scripts of a page can read: ``document_cookie`` as name and value, and web storage by area and key.

    Areas are local, session and indexeddb. ``readable`` are the places of tokens whose value a script can read there.
    """

    document_cookie: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    items: tuple[tuple[str, str, str], ...] = field(default=(), repr=False)
    readable_cookies: frozenset[TokenKey] = frozenset()
    readable_storage: frozenset[TokenKey] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """A page as the live browser shows it.

    ``found`` are the private texts of the browser's party that the page holds, drawn or not. ``asks_login``: it shows a
    form to log in. ``logout`` tells where one can log out, where that was asked for. ``exchanges`` is all that
    the browser ever sent and got, oldest first; ``tokens`` is what it holds now. ``seen`` is when, in seconds of the
    clock of the answers.
    ``there`` is False where Back led nowhere.
    """

    url: str
    found: tuple[str, ...] = field(default=(), repr=False)
    asks_login: bool = False
    logout: Literal["in sight", "in a menu", "nowhere", ""] = ""
    exchanges: tuple[Exchange, ...] = field(default=(), repr=False)
    tokens: TokenSet = field(default=TokenSet(), repr=False)
    seen: float = 0.0
    there: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Overheard:
    """What somebody on the line could read: the places of the tokens that went along in the clear."""

    tokens: frozenset[TokenKey] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Forged:
    """``sent``: the other site's request really left the browser; ``cookies`` are the names that went along."""

    sent: bool
    status: int = 0
    cookies: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guesses:
    """Wrong logins made one after another, then the right one.

    ``seconds`` is the time from submitting to the answer of each wrong try; ``refused_at`` the number of the try at
    which the app began to hold off (status 429 or 423, or a message that the wrong tries before did not have, where the
    right password was then refused), None where it never did; ``then_right`` whether the right password was let in
    right after. All are about the last tries in a row, where a right one in between began the count anew.
    """

    made: int
    seconds: tuple[float, ...] = ()
    statuses: tuple[int, ...] = ()
    refused_at: int | None = None
    then_right: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """What the app said to one name, with the name itself, numbers and what changes by chance taken out.

    ``texts`` are the texts of the answer and of the page that it leads to, ``location`` is where it leads.
    ``seconds`` is the time to the answer, 0 where it was not measured. ``held_off``: it said that there were too many.
    """

    status: int
    location: str = ""
    texts: frozenset[str] = field(default=frozenset(), repr=False)
    seconds: float = 0.0
    held_off: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reactions:
    """The reactions in the order of the names; fewer where the app held off. ``reason``: why nothing could be tried.

    ``url`` is the page of the form.
    """

    made: tuple[Reaction, ...] = ()
    url: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What a page would have sent to save a field, held back before it left: ``request`` with ``text`` in it.

    None where nothing was sent or the field was not found; then ``reason`` says so.
    """

    request: Request | None = field(default=None, repr=False)
    text: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Altered:
    """What became of a request with another text for a field: ``changed`` where the account's page then showed it.

    ``sent``, ``status``, ``cookies`` and ``reason`` are as in ``Forged``. ``seen`` is False where the field could not
    be looked at afterwards: nothing follows then. ``ended``: the session that sent it is logged out since.
    """

    changed: bool
    seen: bool = True
    ended: bool = False
    sent: bool = True
    status: int = 0
    cookies: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Readout:
    """What a script of another origin was given to read. ``readable``: the browser handed it the answer at all."""

    readable: bool
    shows: Shows = "nobody"
    cookies: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lured:
    """What another site's page showed of the app in a frame, and what a click there did.

    ``rendered``: the account's form was drawn in it; ``sent``: a click on its button sent the request, which was
    answered with ``status``, and ``otherwise`` than the app's own page was where that says how. ``cookies`` went along
    with the framed page; ``reason`` says why there was nothing.
    """

    rendered: bool
    sent: bool = False
    status: int = 0
    otherwise: str = ""
    cookies: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampled:
    """One login of a sample. ``sent`` and ``answered`` are seconds since the epoch, by the clock of this machine.

    Between the two the app made the token.
    """

    party: str
    tokens: TokenSet = field(repr=False)
    sent: float
    answered: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Samples:
    """Logins one after another, oldest first. ``reason`` says why there are no more, empty where all were made.

    ``by_browser``: the login could not be repeated without one, so there are few.
    """

    logins: tuple[Sampled, ...] = ()
    reason: str = ""
    by_browser: bool = False
