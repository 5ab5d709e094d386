"""Drafts under AES-256-GCM (NIST SP 800-38D), each for one subject and one form.

Whoever has the store alone reads nothing, and a draft that is moved to another subject, tenant or form does not open.
"""

import secrets
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sessionward.session.drafts.draft_shelf import Shelf, Unreadable
from sessionward.session.policy import PolicyError
from sessionward.session.state import Subject

KEY_BYTES = 32
NAME_BYTES = 8
NONCE_BYTES = 12
LEAST_LIFETIME = 20 * 3600.0
PURGE_INTERVAL = 600.0


class SealedDrafts:
    """Drafts on `shelf`, sealed with the first of `keys`, secrets of 32 bytes, and opened with any of them.

    `lifetime` is for how many seconds a draft is kept: 20 hours at the least, or people would have to be told
    how soon what they typed is lost (WCAG 2.2, success criterion 2.2.6).

    Raises:
        PolicyError: a key or the lifetime is refused.

    """

    def __init__(self, shelf: Shelf, *, keys: tuple[bytes, ...], lifetime: float = 86_400.0) -> None:
        if not keys or any(len(key) != KEY_BYTES for key in keys):
            raise PolicyError(f"Drafts need at least one key, and each must be {KEY_BYTES} random bytes.")
        if not LEAST_LIFETIME <= lifetime < float("inf"):
            raise PolicyError(
                f"Drafts are kept for {lifetime:g} s, and must be for {LEAST_LIFETIME:g} at least."
            )
        self._shelf = shelf
        self._keys = keys
        self._lifetime = lifetime
        self._purge_at = 0.0

    def save(self, owner: Subject, form: str, content: bytes, *, now: float) -> None:
        """See `Drafts.save`."""
        self._shelf.put(owner, form, seal(self._keys, owner, form, content), until=now + self._lifetime)
        if now >= self._purge_at:
            self._purge_at = now + PURGE_INTERVAL
            self._shelf.purge(now=now)

    def load(self, owner: Subject, form: str, *, now: float) -> bytes | None:
        """See `Drafts.load`."""
        sealed = self._shelf.get(owner, form, now=now)
        return None if sealed is None else unseal(self._keys, owner, form, sealed)

    def discard(self, owner: Subject, form: str) -> None:
        """See `Drafts.discard`."""
        self._shelf.remove(owner, form)


def seal(keys: tuple[bytes, ...], owner: Subject, form: str, content: bytes) -> bytes:
    """`content` sealed with the first of `keys`, which are 32 bytes each."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = AESGCM(_draft_key(keys[0])).encrypt(nonce, content, _place(owner, form))
    return _name(keys[0]) + nonce + sealed


def unseal(keys: tuple[bytes, ...], owner: Subject, form: str, sealed: bytes) -> bytes:
    """What `seal` hid, with whichever of `keys` it was.

    Raises:
        Unreadable: none of them, or it is another's or another form's.

    """
    name, nonce, rest = (
        sealed[:NAME_BYTES],
        sealed[NAME_BYTES : NAME_BYTES + NONCE_BYTES],
        sealed[NAME_BYTES + NONCE_BYTES :],
    )
    key = next((key for key in keys if _name(key) == name), None)
    if key is None or len(nonce) != NONCE_BYTES:
        raise Unreadable("No key of ours sealed this draft.")
    try:
        return AESGCM(_draft_key(key)).decrypt(nonce, rest, _place(owner, form))
    except InvalidTag as error:
        raise Unreadable("This draft was changed, or is not for this subject and form.") from error


def _draft_key(key: bytes) -> bytes:
    return sha256(b"sessionward draft" + key).digest()


def _name(key: bytes) -> bytes:
    """What tells a key from others, and nothing about it."""
    return sha256(b"sessionward draft name" + key).digest()[:NAME_BYTES]


def _place(owner: Subject, form: str) -> bytes:
    parts = (owner.tenant.encode(), owner.id.encode(), form.encode())
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)
