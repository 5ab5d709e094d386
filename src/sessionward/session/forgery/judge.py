"""Whether a request may have been forged, judged by what the browser says of it.

OWASP ASVS 5.0, 3.5.1 to 3.5.3. Browsers say where a request comes from in headers that no page can write:
Sec-Fetch-Site (W3C Fetch Metadata) and Origin (Fetch, section 3.2). Referer is not asked: whoever strips Origin
strips it too, and it can be turned off by a page. A browser that says nothing must show the form's token instead.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import parse_qsl

from sessionward.session.forgery.rules import ForgeryRules
from sessionward.session.paths import route_of

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
OVERRIDES = ("x-http-method-override", "x-http-method", "x-method-override")
OVERRIDE_FIELD = "_method"
SITES = frozenset({"same-origin", "same-site", "cross-site", "none"})
BEARERS = frozenset({"bearer", "dpop"})


class Doubt(StrEnum):
    """Why a request is not taken for the app's own."""

    CROSS_SITE = "sent by another site's page"
    SAME_SITE = "sent by a page of another host of this site"
    OTHER_ORIGIN = "sent by another origin's page"
    NULL_ORIGIN = "sent by a page without an origin, such as a sandboxed frame"
    UNCLEAR = "says two things, or nothing known, of where it comes from"
    EMBEDDED = "loaded into another site's page"
    SILENT_SOCKET = "a WebSocket that does not say where it comes from"
    UNTOLD = "does not say where it comes from"
    WRONG_TOKEN = "does not say where it comes from, and brings no valid form token"  # noqa: S105 - a reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A request as it came. `headers` by names in small letters, each with all its values.

    `marked` says that its handler changes something whatever the method.
    """

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    websocket: bool = False
    marked: bool = False

    def values(self, name: str) -> tuple[str, ...]:
        """All values of a header."""
        return self.headers.get(name, ())

    def only(self, name: str) -> str | None:
        """The value of a header that came once."""
        values = self.values(name)
        return values[0] if len(values) == 1 else None

    def cookies(self) -> list[tuple[str, str]]:
        """The names and values of the cookies, in their order."""
        parts = (part for value in self.values("cookie") for part in value.split(";"))
        pairs = (part.strip().partition("=") for part in parts if part.strip())
        return [(name.strip(), value.strip()) for name, _, value in pairs]


def judge(rules: ForgeryRules, sent: Sent) -> Doubt | None:
    """What makes the request suspect, None if nothing does. `Doubt.UNTOLD` alone may be lifted by a form token."""
    if route_of(sent.path, rules.exempt) is not None or bears_authority(rules, sent):
        return None
    if len(sent.values("sec-fetch-site")) > 1 or len(sent.values("origin")) > 1:
        return Doubt.UNCLEAR
    site, origin = sent.only("sec-fetch-site"), sent.only("origin")
    if site is not None and site not in SITES:
        return Doubt.UNCLEAR
    if origin in rules.others:
        return None
    if not changes_something(rules, sent):
        return _loading(rules, sent, site)
    return _changing(rules, sent, site, origin)


def changes_something(rules: ForgeryRules, sent: Sent) -> bool:
    """Whether the request may change something.

    By its method, by one that it asks to be taken for (which some frameworks grant), by its path or its handler.
    """
    return (
        sent.websocket
        or sent.marked
        or sent.method not in SAFE_METHODS
        or any(sent.values(name) for name in OVERRIDES)
        or _overridden(sent.query)
        or route_of(sent.path.rstrip("/") or "/", rules.state_changing) is not None
    )


def _overridden(query: str) -> bool:
    """Whether the query asks for another method; it is taken apart only where it may."""
    if OVERRIDE_FIELD not in query and "%" not in query:
        return False
    return any(name == OVERRIDE_FIELD for name, _ in parse_qsl(query, keep_blank_values=True))


def bears_authority(rules: ForgeryRules, sent: Sent) -> bool:
    """Whether the request brings its authority itself, and none that browsers add on their own.

    No other site knows the bearer token, and to send any its page needs the app's consent (Fetch, CORS preflight).
    Cookies beside it might be what the app goes by. `Basic` is no bearer: browsers add it on their own.
    """
    scheme, _, credentials = (sent.only("authorization") or "").partition(" ")
    if scheme.lower() not in BEARERS or not credentials.strip():
        return False
    return all(name in rules.harmless_cookies for name, _ in sent.cookies())


def _loading(rules: ForgeryRules, sent: Sent, site: str | None) -> Doubt | None:
    """Links from elsewhere may be followed; pictures, scripts and frames of other sites are given nothing."""
    if site in {None, "same-origin", "none"} or route_of(sent.path, rules.public) is not None:
        return None
    places = {None, "document", "iframe"} if rules.framed else {None, "document"}
    followed = sent.only("sec-fetch-mode") == "navigate" and sent.only("sec-fetch-dest") in places
    return None if sent.method == "GET" and followed else Doubt.EMBEDDED


def _changing(rules: ForgeryRules, sent: Sent, site: str | None, origin: str | None) -> Doubt | None:
    """Only the app's own pages may change something.

    `none` (a typed address, a bookmark) is no proof: it stays when what was typed redirects here. `null` beside
    `same-origin` is our own page's, where its referrer policy is no-referrer (Fetch, section 3.2).
    """
    if site == "cross-site":
        return Doubt.CROSS_SITE
    if site == "same-site":
        return Doubt.SAME_SITE
    if origin is not None and origin in rules.own:
        return None
    if sent.websocket:
        return Doubt.SILENT_SOCKET if origin is None else Doubt.OTHER_ORIGIN
    if origin not in {None, "null"}:
        return (
            Doubt.OTHER_ORIGIN
        )  # whatever else it says: if it is ours, `origins` lacks it, and all browsers tell
    if site == "same-origin":
        return None
    return Doubt.UNTOLD if origin is None else Doubt.NULL_ORIGIN
