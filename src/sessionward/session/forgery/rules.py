"""The rules that requests are judged by: typed, and checked when the app starts."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit

from sessionward.session.paths import checked_routes
from sessionward.session.policy import PolicyError

SHORTEST_KEY = 32
COOKIE_NAME = re.compile(r"[A-Za-z0-9_.-]+")
HOST = re.compile(
    r"(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9])?\.)*[a-z0-9_](?:[a-z0-9_-]*[a-z0-9])?|\[[0-9a-f:.]+\]"
)
DEFAULT_PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgeryRules:
    """Who may send requests that change something.

    `origins` are the app's own, as the browser's address bar shows them ("https://portal.example"): a request is
    never compared with its own Host header, which a proxy may have written. `trusted` are other origins whose pages
    may send requests too. Paths below `exempt` are not judged at all: for what other sites send by design and
    protect themselves (a SAML assertion, a signed webhook). What lies below `public` may be loaded by other sites'
    pages: pictures, fonts. With `framed` others may show the app in a frame: who, says its content policy.
    Below `state_changing` a GET changes something, and is judged like a POST.

    `keys` are secrets of at least 32 bytes for form tokens, the one in use first, then those that still count; they
    are for browsers that say neither Sec-Fetch-Site nor Origin, which are refused where there are no keys.
    `session_cookies` are what tokens are bound to. A request that comes with a bearer token and no cookie, but for
    those in `harmless_cookies`, cannot be forged and is not judged.

    Raises:
        PolicyError: one of them means nothing, or would switch the defence off.

    """

    origins: Sequence[str]
    trusted: Sequence[str] = ()
    exempt: Sequence[str] = ()
    public: Sequence[str] = ()
    state_changing: Sequence[str] = ()
    framed: bool = False
    keys: Sequence[bytes] = field(default=(), repr=False)
    session_cookies: Sequence[str] = ("__Host-session",)
    harmless_cookies: Sequence[str] = ()
    own: frozenset[str] = field(init=False, repr=False, compare=False)
    others: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "own", _origins("origins", self.origins))
        object.__setattr__(self, "others", _origins("trusted", self.trusted))
        if not self.own:
            raise PolicyError("origins is empty, and must hold the address of the app's own pages.")
        for name in ("exempt", "public", "state_changing"):
            checked_routes(name, getattr(self, name))
        if "/" in self.exempt:
            raise PolicyError('exempt holds "/", which would leave every request unjudged.')
        keys: Sequence[object] = self.keys
        if not all(isinstance(key, bytes) and len(key) >= SHORTEST_KEY for key in keys):
            raise PolicyError(f"keys must be a list of at least {SHORTEST_KEY} random bytes each.")
        for name in ("session_cookies", "harmless_cookies"):
            _check_names(name, getattr(self, name))
        if both := sorted({*self.session_cookies} & {*self.harmless_cookies}):
            raise PolicyError(f"{both[0]} is a session cookie, and cannot be harmless as well.")


def _origins(what: str, origins: Iterable[str]) -> frozenset[str]:
    if isinstance(origins, str):
        raise PolicyError(f"{what} is the text {origins!r}, and must be a list of origins.")
    return frozenset(canonical_origin(what, origin) for origin in origins)


def canonical_origin(what: str, origin: str) -> str:
    """`origin` as browsers spell it: small letters, punycode, no default port (RFC 6454, section 6.2).

    Raises:
        PolicyError: it is no origin, holds a wildcard, or travels unencrypted beyond this machine.

    """
    example = 'and must be like "https://portal.example"'
    try:
        parts = urlsplit(origin)
        host, port = parts.hostname or "", parts.port
        host = f"[{ip_address(host)}]" if ":" in host else host.encode("idna").decode("ascii").lower()
    except (ValueError, AttributeError) as error:
        raise PolicyError(f"{what} has {origin!r}, {example}.") from error
    beside = parts.path or parts.query or parts.fragment or "@" in parts.netloc
    if parts.scheme not in DEFAULT_PORTS or beside or HOST.fullmatch(host) is None:
        raise PolicyError(
            f"{what} has {origin!r}, {example}, without a path, a wildcard or a dot at its end."
        )
    if parts.scheme == "http" and not is_loopback(host):
        raise PolicyError(f"{what} has {origin!r}, which anybody on the network can pose as: use https.")
    shown = "" if port in {None, DEFAULT_PORTS[parts.scheme]} else f":{port}"
    return f"{parts.scheme}://{host}{shown}"


def is_loopback(host: str) -> bool:
    """Whether `host` is this machine's own name or address."""
    return host in {"localhost", "[::1]"} or host.endswith(".localhost") or host.startswith("127.")


def _check_names(what: str, names: Iterable[str]) -> None:
    if isinstance(names, str) or not all(COOKIE_NAME.fullmatch(name) for name in names):
        raise PolicyError(f"{what} is {names!r}, and must be a list of cookies' names.")
