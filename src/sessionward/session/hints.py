"""Signed hints that a person did something in a page: typed, scrolled, moved a pointer.

The page is handed a ticket and a key of its own; with its next hint it brings back the ticket and what the key makes
of it. A ticket is good once, for one session and for a while, so whatever polls, and whoever repeats what was sent,
extends nothing. A hostile script inside the page can do all that the page can, and this too.
"""

import hmac
import secrets
from dataclasses import dataclass, field
from hashlib import sha256

TICKET_LIFETIME = 3600.0
NONCE_BYTES = 16
LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """What a page is handed: `text` to bring back, and the hexadecimal `key` to sign it with."""

    text: str
    key: str = field(repr=False)


def issue(secret: bytes, handle: str, now: float) -> Ticket:
    """A ticket for the session `handle` at `now`, made with the app's `secret`."""
    body = f"{int(now)}.{secrets.token_hex(NONCE_BYTES)}"
    return Ticket(text=f"{body}.{_mac(secret, 'ticket', handle, body)}", key=_page_key(secret, handle))


def accepted(
    secrets_known: tuple[bytes, ...], handle: str, ticket: str, signature: str, now: float
) -> bytes | None:
    """What may be used once, if `signature` is what the page of the session `handle` makes of `ticket`; else None."""
    if len(ticket) > LONGEST or len(signature) > LONGEST or not (ticket + signature).isascii():
        return None
    body, _, mac = ticket.rpartition(".")
    issued, _, _ = body.partition(".")
    if not issued.isdigit() or not 0 <= now - int(issued) < TICKET_LIFETIME:
        return None
    for secret in secrets_known:
        right = hmac.compare_digest(mac, _mac(secret, "ticket", handle, body))
        made = hmac.new(bytes.fromhex(_page_key(secret, handle)), ticket.encode("ascii"), sha256).hexdigest()
        if right and hmac.compare_digest(signature, made):
            return sha256(ticket.encode("ascii")).digest()
    return None


def subject_mark(secret: bytes, tenant: str, subject: str) -> str:
    """What a page knows its subject by, so that it never shows or saves what is another's: 32 hexadecimal digits."""
    return _mac(secret, "subject", tenant, subject)[:32]


def _page_key(secret: bytes, handle: str) -> str:
    return _mac(secret, "page", handle)


def _mac(secret: bytes, purpose: str, *parts: str) -> str:
    """Each part with its length before it, so that no two lists of parts are signed alike."""
    told = b"".join(len(part.encode()).to_bytes(4, "big") + part.encode() for part in (purpose, *parts))
    return hmac.new(secret, b"sessionward" + told, sha256).hexdigest()
