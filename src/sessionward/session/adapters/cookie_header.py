"""The session's cookie: reading it strictly and setting it with every protection that browsers offer."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from sessionward.session.digest import Token
from sessionward.session.policy import PolicyError

SameSite = Literal["lax", "strict", "none"]
Headers = Iterable[tuple[bytes, bytes]]
"""A request's headers, their names in small letters, as ASGI promises them (HTTP connection scope)."""
LABEL = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
DOMAIN = re.compile(rf"{LABEL}(?:\.{LABEL})+")
NOTHING = re.compile(rb"(?!)")


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionCookie:
    """The cookie called `name`, which browsers send only over TLS and hide from scripts.

    It lives as long as the browser: when the session ends is the server's business. With the prefix `__Host-` it
    is for this host alone; with a `domain`, which all hosts below it share, the prefix is `__Secure-`
    (draft-ietf-httpbis-rfc6265bis, section 4.1.3). `partitioned` is for an app that others embed: the browser
    keeps one cookie for each site that does, which needs `same_site` "none" and goes with nothing else.

    Raises:
        PolicyError: these contradict each other, or the name is no cookie's name.

    """

    name: str = "__Host-session"
    same_site: SameSite = "lax"
    domain: str | None = None
    partitioned: bool = False
    _pairs: re.Pattern[bytes] = field(init=False, repr=False, compare=False, default=NOTHING)

    def __post_init__(self) -> None:
        prefix = "__Host-" if self.domain is None else "__Secure-"
        rest = self.name.removeprefix(prefix)
        if (
            rest in {self.name, ""}
            or not rest.replace("-", "").replace("_", "").isalnum()
            or not rest.isascii()
        ):
            raise PolicyError(
                f"The session cookie is called {self.name!r}, and must be {prefix} and letters "
                f"{'where there is no domain' if self.domain is None else 'where there is a domain'}."
            )
        if self.domain is not None and DOMAIN.fullmatch(self.domain) is None:
            raise PolicyError(
                f"The session cookie's domain is {self.domain!r}, and must be like example.org."
            )
        if self.same_site not in {"lax", "strict", "none"}:
            raise PolicyError(f"same_site is {self.same_site!r}, and must be lax or strict.")
        if (self.same_site == "none") is not self.partitioned:
            raise PolicyError(
                'same_site "none" and partitioned=True go together, and only for an embedded app.'
            )
        pairs = re.compile(rb"(?:^|;)\s*" + re.escape(self.name.encode("ascii")) + rb"=([^;]*)")
        object.__setattr__(self, "_pairs", pairs)

    def values(self, headers: Headers) -> list[bytes]:
        """All that a request's headers bring under this name, be it nonsense."""
        return self.within([line for name, line in headers if name == b"cookie"])

    def within(self, lines: Iterable[bytes]) -> list[bytes]:
        """All that Cookie headers bring under this name, be it nonsense."""
        found: list[bytes] = []
        for line in lines:
            found += map(bytes.rstrip, self._pairs.findall(line))
        return found

    @staticmethod
    def token(values: Sequence[bytes]) -> Token | None:
        """The token among `values`; None without one, with a malformed one, or with several.

        A browser sends such a cookie once. Whoever sends two does not decide for us which one counts.
        """
        return Token.spelled(values[0]) if len(values) == 1 else None

    def read(self, headers: Headers) -> Token | None:
        """The token in a request's headers, as `token` finds it among their `values`."""
        return self.token(self.values(headers))

    def present(self, headers: Headers) -> bool:
        """Whether a request brings a cookie of this name at all, be it nonsense."""
        return bool(self.values(headers))

    def set(self, token: Token) -> bytes:
        """The Set-Cookie that hands out `token`."""
        return self._line(token.text)

    def forget(self) -> bytes:
        """The Set-Cookie that takes the token away."""
        return self._line("", "Max-Age=0")

    def _line(self, value: str, *more: str) -> bytes:
        protections = (
            "Path=/",
            "Secure",
            "HttpOnly",
            f"SameSite={self.same_site.capitalize()}",
            "Priority=High",
        )
        where = () if self.domain is None else (f"Domain={self.domain}",)
        apart = ("Partitioned",) if self.partitioned else ()
        return "; ".join((f"{self.name}={value}", *protections, *where, *apart, *more)).encode("ascii")
