"""What is known of this app, calibrated. A check reads it; only exploration and calibration write it.

No password and no token value stands here. Addresses are absolute.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from sessionward.http import Exchange, Request, Response, TokenKey

Shows = Literal["owner", "stranger", "neighbour", "staff", "administrator", "nobody", "unclear", "error"]
"""Whose private data an answer shows. ``error``: no answer, a throttle (429) or a server's fault (5xx)."""

SHOWN: Mapping[str, Shows] = {
    "owner": "owner",
    "stranger": "stranger",
    "neighbour": "neighbour",
    "staff": "staff",
    "administrator": "administrator",
}
"""The parties by name, as what an answer may show."""

TOO_MANY_REQUESTS = 429
SERVER_FAULT = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """An account as an actor of the experiments; ``account`` is its configured name.

    ``name`` is owner or stranger; neighbour for one of the owner's role in another tenant; staff or administrator for
    one of a higher role.
    """

    name: str
    account: str
    username: str
    role: str = ""
    tenant: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """A request that is answered with a fresh token, without one of its own: a cookie is enough for it.

    ``request`` is without any token. ``place`` is where in the answer the token stands (a place of
    ``sessionward.audit.calibrate.leaves``), ``key`` the header that carries it, ``scheme`` the word before it there.
    """

    request: Request
    place: str
    key: TokenKey
    scheme: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateExchange:
    """A request whose answer shows whose session it is: what "logged in" means in this app.

    ``request`` is the template without any token. ``members`` are the places of the smallest set of tokens that
    suffices (found by delta debugging). ``markers`` gives for each party texts that stand in that party's answer and
    in nobody else's, and that the request does not contain. ``cache_buster`` says that an added query
    parameter is tolerated. ``channel`` groups exchanges that are opened by the same members. ``page`` is the address of
    the page that makes the request: its own, or the one whose script asks for it.
    With ``renewal`` the members are traded for a token first, each time.
    """

    id: str
    request: Request
    members: frozenset[TokenKey]
    markers: Mapping[str, tuple[str, ...]] = field(repr=False)
    kind: Literal["page", "api"] = "page"
    cache_buster: bool = False
    page: str = ""
    renewal: Renewal | None = None

    @property
    def channel(self) -> str:
        """The members in words, equal for exchanges that the same tokens open."""
        return " + ".join(sorted(str(member) for member in self.members)) or "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalExchange:
    """A request that showed personal data of the owner to the owner, guarded or not.

    ``evidence`` is canary (a text that the auditor planted in a private field) or personal (data of the account such
    as its e-mail address), or record (a text of an object that the app lists for this account and for no other), or
    role (a text that only an account of a higher role was shown). ``texts`` are what to look for; none of them stands
    in the request. ``whose`` is the party whose texts they are.
    """

    id: str
    request: Request
    evidence: Literal["canary", "personal", "record", "role"]
    texts: tuple[str, ...] = field(repr=False)
    whose: Literal["owner", "staff", "administrator"] = "owner"


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """Objects of the owner's that another party was not offered, as requests that name them by an id.

    ``known`` are those whose answers hold a text to prove a leak by; ``mixed`` gives for some of them, by their id, the
    same request with all ids but one taken from the other party's own objects. ``named`` is how many requests of the
    owner's name an object at all, ``shared`` how many of those the app offers to the other party as well.
    """

    known: tuple[PersonalExchange, ...] = ()
    mixed: Mapping[str, tuple[Request, ...]] = field(default_factory=dict)
    named: int = 0
    shared: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file that the owner's pages link to. ``digest`` is that of its bytes, empty where it is another each time.

    ``texts`` are private texts of the owner that it holds; ``own``: the stranger's page has another file at that place;
    ``shared``: the stranger's pages link to it too, or public ones do; ``embedded``: a picture that a page shows.
    ``expires`` is when, in seconds of Unix time, its address says that it ends. ``page`` is the page that asked for it.
    """

    request: Request
    page: str = ""
    digest: str = ""
    embedded: bool = False
    texts: tuple[str, ...] = field(default=(), repr=False)
    own: bool = False
    shared: bool = False
    expires: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginFacts:
    """How one logs in. ``remember`` says that the form offers to be remembered."""

    url: str
    remember: bool = False
    steps: int = 1
    second_factor: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LogoutFacts:
    """How one logs out. ``ends_all``: it was seen to end the account's other sessions as well.

    ``frees`` says that what logged out was seen to be dead to the server as well, so that an app which allows only so
    many sessions counts it no more.
    ``link`` is the address of the control where it is a link, else empty.
    """

    found_on: str
    control: str
    link: str = ""
    ends_all: bool = False
    frees: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordChangeFacts:
    """How one changes the password. ``asks_current``: the form has a field for the present password."""

    url: str
    asks_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyFacts:
    """The policy in force, in seconds. None means that no expectation was stated."""

    profile: str
    inactivity_timeout: float
    absolute_lifetime: float
    concurrent_sessions: int | None = None
    failed_logins: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """A request of the app's own pages that was seen to change what stands in a field of the owner's account.

    ``request`` is the one that was seen, without any token of a login; ``page`` the address of the page that sends it,
    ``field`` what the field is called there. ``secrets`` are the places in the request (``Part`` of
    ``sessionward.audit.experiment``, in words) whose values differ from session to session or are named as tokens
    against forgery.
    """

    id: str
    request: Request
    page: str
    field: str = ""
    secrets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Everything a check may know.

    ``private`` is sorted, best first: the first one is the oracle. ``calibrated`` is True only where owner, stranger,
    anonymous and a random token gave four answers as expected; else ``reason`` says why not.
    ``session_cap`` is how many sessions of one account were seen to live at once at most, None where no cap showed.
    ``wait`` is the longest time in seconds that an experiment may wait for a session to end.
    ``actions`` are requests that change what the owner sees, the best first.
    ``missing`` gives for a flow that was not found (logout, password-change, remember, action) why, in words.
    ``pages`` are the addresses of the pages that were drawn while exploring as the owner, in that order.
    ``sent_from`` gives for a token that scripts add to their requests the page from which it was first sent: only there
    may a browser have got it.
    ``homes`` gives for each further party (neighbour, staff, administrator) a request that shows that it is logged in.
    ``records`` gives for another party the owner's objects that it was not offered. ``privileged`` gives for a party of
    a higher role what only that one was shown; ``documents`` are the owner's files. ``renewing`` are the cookies that
    do not open the account themselves but are traded for what does; to try one may use it up.
    """

    start: str
    policy: PolicyFacts
    wait: float
    seed: int = 0
    parties: Mapping[str, Party] = field(default_factory=dict)
    private: tuple[PrivateExchange, ...] = ()
    personal: tuple[PersonalExchange, ...] = ()
    login: LoginFacts | None = None
    logout: LogoutFacts | None = None
    password_change: PasswordChangeFacts | None = None
    actions: tuple[Action, ...] = ()
    missing: Mapping[str, str] = field(default_factory=dict)
    sent_from: Mapping[TokenKey, str] = field(default_factory=dict)
    homes: Mapping[str, PrivateExchange] = field(default_factory=dict)
    records: Mapping[str, Records] = field(default_factory=dict)
    privileged: Mapping[str, tuple[PersonalExchange, ...]] = field(default_factory=dict)
    documents: tuple[Document, ...] = ()
    renewing: tuple[PrivateExchange, ...] = ()
    pages: tuple[str, ...] = ()
    calibrated: bool = False
    reason: str = ""
    session_cap: int | None = None

    @property
    def oracle(self) -> PrivateExchange:
        """The exchange that tells the owner from all others best.

        Raises LookupError where there is none; the engine never runs a check that needs it then.
        """
        if not self.private:
            msg = "no private exchange is known"
            raise LookupError(msg)
        return self.private[0]

    def knows(self, party: str) -> bool:
        """Whether an answer can show that this party is logged in."""
        return party in {"owner", "stranger"} or party in self.homes

    def home(self, party: str) -> PrivateExchange:
        """The exchange that shows whether this party is logged in; the oracle for one that is not known.

        Raises LookupError where there is none.
        """
        return self.homes.get(party) or self.oracle

    @property
    def members(self) -> frozenset[TokenKey]:
        """The authentication set of the oracle."""
        return self.oracle.members

    @property
    def https(self) -> bool:
        """Whether the app is spoken to over TLS."""
        return self.start.startswith("https:")


def identify(markers: Mapping[str, tuple[str, ...]], exchange: Exchange) -> Shows:
    """Whose data the answer shows, judged by the markers alone, never by its status or its length."""
    response = exchange.response
    if response is None or response.status == TOO_MANY_REQUESTS or response.status >= SERVER_FAULT:
        return "error"
    return shown_in(markers, response)


def shown_in(markers: Mapping[str, tuple[str, ...]], response: Response) -> Shows:
    """As ``identify``, for a response that came."""
    text = response.text
    seen = [party for party, texts in markers.items() if any(marker in text for marker in texts)]
    if len(seen) == 1:
        return SHOWN.get(seen[0], "unclear")
    return "unclear" if seen else "nobody"
