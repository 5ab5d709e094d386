"""What a session's owner recognises their devices by: a family of devices and a network's prefix, and no more.

Neither decides anything: addresses change on the move, and whoever sends a header chooses what it says.
"""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

from sessionward.session.adapters.cookie_header import Headers
from sessionward.session.state import Client

UNKNOWN = "unknown"
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
    ("okhttp", "an Android app"),
    ("CFNetwork", "an Apple app"),
)
"""What a User-Agent holds, and whose it then is; the first that fits counts, since most name their forebears too."""
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)
PREFIXES = {4: 24, 6: 48}
"""How much of an address is kept: what a provider hands out to a neighbourhood or a site."""


def client_facts(user_agent: str | None, address: str | None) -> Client:
    """The client that sent `user_agent` from `address`, each None where it is not known."""
    return Client(device=device_family(user_agent or ""), network=network_prefix(address or ""))


def client_of(headers: Headers, address: Sequence[Any] | None) -> Client:
    """The client of an ASGI connection with `headers`, whose host comes first in `address`."""
    agent = next((value.decode("latin-1") for name, value in headers if name == b"user-agent"), None)
    return client_facts(agent, address[0] if address else None)


def device_family(user_agent: str) -> str:
    """Such as "Firefox on Windows"; "unknown" for what names nothing that we know."""
    browser = next((name for sign, name in BROWSERS if sign in user_agent), None)
    system = next((name for sign, name in SYSTEMS if sign in user_agent), None)
    if browser is None:
        return UNKNOWN if system is None else system
    return browser if system is None else f"{browser} on {system}"


def network_prefix(address: str) -> str:
    """Such as "192.0.2.0/24" or "2001:db8:1::/48"; "unknown" for what is no address."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return UNKNOWN
    plain: IPv4Address | IPv6Address = found
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        plain = found.ipv4_mapped
    return str(ip_network((plain, PREFIXES[plain.version]), strict=False))
