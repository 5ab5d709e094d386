"""Which addresses the audit may touch."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from sessionward.audit.probe import OTHER_SITE

PORTS = {"http": 80, "ws": 80, "https": 443, "wss": 443}
ATTACKER = OTHER_SITE


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The origin of ``start`` and ``others``: origins (https://sso.example.org) or hosts with or without a port.

    Host and port are what counts. Names of this machine (localhost, 127.0.0.1, ::1) stand for each other, because
    apps on a loopback address redirect among them; a host on the default port of http may also move to https.
    """

    start: str
    others: tuple[str, ...] = ()

    @property
    def origin(self) -> str:
        """Scheme, host and port of the start address."""
        parts = urlsplit(self.start)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"

    @property
    def hosts(self) -> frozenset[str]:
        """Every host name in scope, in lower case."""
        return frozenset(host for host, _ in self._places())

    @property
    def ports(self) -> frozenset[int]:
        """Every port in scope."""
        return frozenset(port for _, port in self._places() if port)

    def allows(self, url: str) -> bool:
        """Whether the address may be requested. What needs no network (about:, data:, blob:) always may."""
        parts = urlsplit(url)
        if parts.scheme in {"about", "data", "blob", "javascript"}:
            return True
        if parts.scheme not in PORTS or not parts.hostname:
            return False
        try:
            port = parts.port or PORTS[parts.scheme]
        except ValueError:
            return False
        host, places = _ascii(parts.hostname.lower()), self._places()
        return (host, port) in places or (host, 0) in places

    def resolver_rules(self) -> str:
        """The rules by which Chromium resolves no name and connects to no address outside the scope.

        A rule that maps a place to itself ends the search, so the last one meets all the rest: nothing out of scope is
        ever contacted, whatever asks for it (a redirect, a popup, a service worker, a prefetch, a socket).
        """
        rules = []
        for host, port in sorted(self._places()):
            place = f"[{host}]" if ":" in host else host
            rules.append(f"MAP {place}:{port} {place}:{port}" if port else f"EXCLUDE {place}")
        return ", ".join([*rules, "MAP * ~NOTFOUND"])

    def _places(self) -> frozenset[tuple[str, int]]:
        places: set[tuple[str, int]] = set()
        for text in (self.start, *self.others):
            places |= _places_of(text)
        return frozenset(places)


def is_this_machine(host: str) -> bool:
    """Whether the host name means this machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _ascii(host: str) -> str:
    """A host name as it travels: bücher.test is xn--bcher-kva.test (RFC 5890)."""
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return host


def _places_of(text: str) -> set[tuple[str, int]]:
    parts = urlsplit(text if "://" in text else f"//{text}")
    host = _ascii((parts.hostname or "").lower())
    if not host:
        return set()
    ports = {parts.port or PORTS.get(parts.scheme, 0)}
    if 80 in ports:  # noqa: PLR2004 — the default port of http
        ports.add(443)
    hosts = {host, "localhost", "127.0.0.1", "::1"} if is_this_machine(host) else {host}
    return {(name, port) for name in hosts for port in ports}
