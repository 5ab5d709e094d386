"""The session's cookie: reading it strictly and setting it with every protection that browsers offer."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sessionward.session.digest import Token
from sessionward.session.policy import PolicyError

SameSite = Literal["lax", "strict"]
Headers = Iterable[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionCookie:
    """The cookie called `name`, which browsers send to this host alone, only over TLS, hidden from scripts.

    It lives as long as the browser: when the session ends is the server's business.

    Raises:
        PolicyError: the name does not begin with `__Host-` or is no cookie's name.

    """

    name: str
    same_site: SameSite

    def __post_init__(self) -> None:
        rest = self.name.removeprefix("__Host-")
        if (
            rest in {self.name, ""}
            or not rest.replace("-", "").replace("_", "").isalnum()
            or not rest.isascii()
        ):
            raise PolicyError(f"The session cookie is called {self.name!r}, and must be __Host- and letters.")
        if self.same_site not in {"lax", "strict"}:
            raise PolicyError(f"same_site is {self.same_site!r}, and must be lax or strict.")

    def present(self, headers: Headers) -> bool:
        """Whether a request brings a cookie of this name at all, be it nonsense."""
        return bool(self._values(headers))

    def read(self, headers: Headers) -> Token | None:
        """The token in a request's headers; None without one, with a malformed one, or with several.

        A browser sends a `__Host-` cookie once. Whoever sends two does not decide for us which one counts.
        """
        values = self._values(headers)
        return Token.parse(values[0]) if len(values) == 1 else None

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
        return "; ".join((f"{self.name}={value}", *protections, *more)).encode("ascii")

    def _values(self, headers: Headers) -> list[str]:
        wanted = f"{self.name}=".encode("ascii")
        return [
            part.strip()[len(wanted) :].decode("latin-1")
            for name, value in headers
            if name.lower() == b"cookie" and wanted in value
            for part in value.split(b";")
            if part.strip().startswith(wanted)
        ]
