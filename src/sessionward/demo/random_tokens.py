"""Random values for browsers to keep, and what the server keeps of them."""

import hashlib
import secrets


def new_token() -> str:
    """256 random bits for the browser to keep."""
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> bytes:
    """What the server keeps of a token: enough to recognise it, useless to whoever reads the memory."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
