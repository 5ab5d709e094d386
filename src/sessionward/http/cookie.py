"""Cookies as servers send them (RFC 6265bis) and as browsers keep them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Cookie:
    """A cookie with its attributes.

    ``expires`` is in seconds since the epoch, None for a cookie that ends with the browser.
    ``same_site`` is Strict, Lax, None or empty where the server said nothing.
    ``host_only`` is unknown (True by default) where a browser reported the cookie without saying so.
    """

    name: str
    value: str = field(repr=False)
    domain: str = ""
    path: str = "/"
    expires: float | None = None
    secure: bool = False
    http_only: bool = False
    same_site: str = ""
    host_only: bool = True

    @property
    def persistent(self) -> bool:
        """Whether it outlives the browser."""
        return self.expires is not None


def parse_set_cookie(line: str, *, host: str = "", now: float = 0.0) -> Cookie | None:
    """Read the value of one Set-Cookie header; None where a browser would ignore it.

    ``now`` is in seconds since the epoch and turns Max-Age into ``expires``; Max-Age wins over Expires
    (RFC 6265, section 5.3).
    """
    pair, *attributes = line.split(";")
    name, equals, value = pair.partition("=")
    if not equals or not name.strip():
        return None
    found = {key.strip().lower(): text.strip() for key, _, text in (a.partition("=") for a in attributes)}
    domain = found.get("domain", "").lstrip(".").lower()
    path = found.get("path", "")
    return Cookie(
        name=name.strip(),
        value=value.strip(),
        domain=domain or host,
        path=path if path.startswith("/") else "/",
        expires=_expiry(found, now),
        secure="secure" in found,
        http_only="httponly" in found,
        same_site=found.get("samesite", "").capitalize(),
        host_only=not domain,
    )


def _expiry(found: dict[str, str], now: float) -> float | None:
    if (age := found.get("max-age", "")).lstrip("-").isdigit():
        return now + int(age)
    if "expires" in found:
        try:
            moment = parsedate_to_datetime(found["expires"])
        except ValueError:
            return None
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    return None


def expired(cookie: Cookie, now: datetime) -> bool:
    """Whether a browser would have dropped the cookie at ``now``."""
    return cookie.expires is not None and cookie.expires <= now.timestamp()
