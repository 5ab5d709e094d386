"""Passwords are kept as scrypt hashes with a salt of their own."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordHash:
    """What is kept of a password."""

    salt: bytes = field(repr=False)
    key: bytes = field(repr=False)
    cost: int

    def matches(self, password: str) -> bool:
        """Whether `password` is the one that was hashed."""
        return hmac.compare_digest(self.key, _derive(password, self.salt, self.cost))


def hash_password(password: str, cost: int) -> PasswordHash:
    """The hash of `password`; `cost` is scrypt's N, a power of two."""
    salt = secrets.token_bytes(16)
    return PasswordHash(salt=salt, key=_derive(password, salt, cost), cost=cost)


def _derive(password: str, salt: bytes, cost: int) -> bytes:
    return hashlib.scrypt(password.encode("utf-8", "surrogatepass"), salt=salt, n=cost, r=8, p=1)
