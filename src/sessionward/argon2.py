"""Passwords as Argon2id hashes (RFC 9106), by short names; needs the extra `passwords`."""

from sessionward.session.factors.argon2_password import Passwords, Unsuitable

__all__ = ["Passwords", "Unsuitable"]
