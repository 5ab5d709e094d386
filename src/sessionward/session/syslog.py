"""Entries of a trail for whoever collects logs: as lines of JSON, and as syslog messages (RFC 5424).

Syslog over UDP or TCP acknowledges nothing: a message may be lost without anybody noticing, which is why each holds
its position in the trail. Lines of JSON hold the links too, so they can be verified like the trail itself.
"""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime

from sessionward.session.result import AuditEntry
from sessionward.session.state import Reason
from sessionward.session.trail import Happening, TrailEvent

FACILITY = 13
"""Log audit (RFC 5424, table 1)."""
WARNING, NOTICE, INFORMATIONAL = 4, 5, 6
GRAVE = frozenset({Reason.THEFT, Reason.REPORTED})
WORTH_NOTICE = frozenset(
    {Happening.REFUSED, Happening.ALL_ENDED, Happening.TENANT_ENDED, Happening.ROLE_CHANGED}
)
HOST = re.compile(r"[\x21-\x7E]{1,255}")
NUMBER = re.compile(r"[1-9][0-9]{0,9}(\.[0-9]{1,10})*", re.ASCII)
SPECIAL = re.compile(r'(["\\\]])')


def as_json(entry: AuditEntry, tenant: str) -> bytes:
    """One line of JSON in ASCII, with its end: position, link, tenant, and what was written, word for word."""
    line = {
        "position": entry.position,
        "link": entry.link.hex(),
        "tenant": tenant,
        "content": entry.content.decode("utf-8", "surrogateescape"),
    }
    return json.dumps(line, separators=(",", ":")).encode("ascii") + b"\n"


def from_json(line: bytes, tenant: str) -> AuditEntry:
    """The entry of the trail of `tenant` that `as_json` wrote.

    Raises:
        ValueError: `line` is none, or is of another tenant.

    """
    try:
        found = json.loads(line)
        if found["tenant"] != tenant:
            raise ValueError("This line is of another tenant's trail.")
        return AuditEntry(
            position=int(found["position"]),
            content=found["content"].encode("utf-8", "surrogateescape"),
            link=bytes.fromhex(found["link"]),
        )
    except (AttributeError, KeyError, TypeError, RecursionError) as error:
        raise ValueError("This line is no exported entry of a trail.") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Messages:
    """Makes syslog messages that name `host` as their origin.

    Without `enterprise` they have no structured data: its names belong to whoever has a private enterprise number
    at IANA, and we have none to lend. With one, position and tenant stand there too.

    Raises:
        ValueError: the host is no printable ASCII without spaces, or the number is none.

    """

    host: str
    enterprise: str | None = None

    def __post_init__(self) -> None:
        if HOST.fullmatch(self.host) is None:
            raise ValueError("The host in a syslog message is printable ASCII without spaces.")
        if self.enterprise is not None and NUMBER.fullmatch(self.enterprise) is None:
            raise ValueError("A private enterprise number looks like 12345 (RFC 5424, section 7.2.2).")

    def of(self, entry: AuditEntry, tenant: str) -> bytes:
        """The message for `entry`.

        Raises:
            ValueError: the entry is nothing that this version wrote.

        """
        told = TrailEvent.decode(entry.content)
        kind = told.what.replace(" ", "-")
        head = f"<{FACILITY * 8 + severity(told)}>1 {_stamp(told.at)} {self.host} sessionward - {kind}"
        body = json.dumps(
            {"position": entry.position, "tenant": tenant, **json.loads(entry.content)}, separators=(",", ":")
        )
        return f"{head} {self._data(entry, tenant)} {body}".encode()

    def _data(self, entry: AuditEntry, tenant: str) -> str:
        if self.enterprise is None:
            return "-"
        plain = tenant.encode("ascii", "backslashreplace").decode("ascii")
        name = SPECIAL.sub(r"\\\1", "".join(letter if letter.isprintable() else "?" for letter in plain))
        return f'[sessionward@{self.enterprise} position="{entry.position}" tenant="{name}"]'


def severity(told: TrailEvent) -> int:
    """How grave it is, as syslog counts: what hints at theft warns."""
    if told.reason in GRAVE:
        return WARNING
    return NOTICE if told.what in WORTH_NOTICE else INFORMATIONAL


def framed(message: bytes) -> bytes:
    """`message` with its length before it, for TCP (RFC 6587, section 3.4.1) and TLS (RFC 5425, section 4.3)."""
    return f"{len(message)} ".encode("ascii") + message


def _stamp(at: float) -> str:
    try:
        moment = datetime.fromtimestamp(at, tz=UTC)
    except (OSError, OverflowError, TypeError) as error:
        raise ValueError("An entry of the trail has no time.") from error
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%f") + "Z"
