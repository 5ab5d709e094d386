"""Form tokens: bound to a browser's cookie by a key, and masked anew wherever one is shown.

The mask keeps a token in a compressed page from being guessed letter by letter (BREACH). Tokens have the shape of
Django's, 32 letters of mask and 32 of secret, so that its `{% csrf_token %}` can show ours.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable
from string import ascii_letters, digits

LETTERS = ascii_letters + digits
LENGTH = 32
SHAPE = re.compile(rf"[A-Za-z0-9]{{{2 * LENGTH}}}")
PLACES = {letter: place for place, letter in enumerate(LETTERS)}
PURPOSE = b"sessionward form token\0"


def secret_for(key: bytes, binding: str) -> str:
    """The secret for whoever holds the cookie `binding`: 190 bits of an HMAC (RFC 2104) as 32 letters."""
    number = int.from_bytes(
        hmac.digest(key, PURPOSE + binding.encode("utf-8", "surrogatepass"), hashlib.sha256)
    )
    letters = []
    for _ in range(LENGTH):
        number, place = divmod(number, len(LETTERS))
        letters.append(LETTERS[place])
    return "".join(letters)


def masked(secret: str) -> str:
    """`secret` as a form shows it, differently each time."""
    mask = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    hidden = (LETTERS[(PLACES[a] + PLACES[b]) % len(LETTERS)] for a, b in zip(secret, mask, strict=True))
    return mask + "".join(hidden)


def matches(keys: Iterable[bytes], binding: str, token: str) -> bool:
    """Whether `token` was shown to whoever holds the cookie `binding`, under one of `keys`."""
    if SHAPE.fullmatch(token) is None:
        return False
    mask, hidden = token[:LENGTH], token[LENGTH:]
    secret = "".join(
        LETTERS[(PLACES[a] - PLACES[b]) % len(LETTERS)] for a, b in zip(hidden, mask, strict=True)
    )
    found = [hmac.compare_digest(secret, secret_for(key, binding)) for key in keys]
    return any(found)
