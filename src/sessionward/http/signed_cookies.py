"""Values that frameworks sign with one key of the app: whether a key fits, and what to write with it.

Formats as their sources have them: itsdangerous (Flask sessions; Starlette's), Django's ``signing``, Express
(cookie-signature; cookie-session by keygrip), Rails (MessageVerifier). The key of each derives from the app's own.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import hmac
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

from sessionward.http.token import Carrier, TokenKey, TokenSet

Mac = Callable[[bytes, str], str]
"""The signature that an app with this key writes for this text."""
RAILS_ROUNDS = 1000
SIGNED_AT_LEAST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedValue:
    """A value that may be signed in one of the known ways.

    ``payload`` is what an attacker would change, ``sealed`` makes from another payload the text that is signed.
    ``write`` makes the value of the cookie from what was signed and the signature; ``beside``: it stands in a cookie of
    its own. ``opaque``: the payload is an id and says nothing of the account.
    """

    framework: str
    payload: str = field(repr=False)
    signature: str = field(repr=False)
    sealed: Callable[[str], str] = field(repr=False)
    write: Callable[[str, str], str] = field(repr=False)
    mac: Mac = field(repr=False)
    beside: TokenKey | None = None

    def fits(self, key: bytes) -> bool:
        """Whether this key made the signature."""
        return hmac.compare_digest(self.mac(key, self.sealed(self.payload)).encode(), self.signature.encode())

    def key_among(self, keys: Iterable[bytes]) -> bytes | None:
        """The key that made it, where it is one of these."""
        return next((key for key in keys if self.fits(key)), None)

    def forged(self, key: bytes, payload: str) -> tuple[str, str]:
        """The value with another payload, and the signature that belongs to it."""
        signature = self.mac(key, self.sealed(payload))
        return self.write(self.sealed(payload), signature), signature


def signed_values(tokens: TokenSet, key: TokenKey) -> tuple[SignedValue, ...]:
    """The ways in which the token at that place may be signed."""
    token = tokens.get(key)
    if token is None or len(token.value) < SIGNED_AT_LEAST:
        return ()
    raw = token.value
    value = unquote(raw).strip('"')
    wrap: Callable[[str], str] = (lambda text: quote(text, safe="")) if "%" in raw else (lambda text: text)
    found = [
        *_dotted(value, wrap),
        *_django(value, key.name, wrap),
        *_express(value, wrap),
        *_rails(value, wrap),
    ]
    beside = tokens.get(TokenKey(Carrier.COOKIE, f"{key.name}.sig"))
    if beside is not None and key.carrier is Carrier.COOKIE:
        found += _keygrip(key.name, raw, beside.value)
    return tuple(found)


def _dotted(value: str, wrap: Callable[[str], str]) -> Iterator[SignedValue]:
    """itsdangerous: payload, time, signature with dots between. A payload may begin with a dot (compressed)."""
    head, _, signature = value.rpartition(".")
    payload, _, moment = head.rpartition(".")
    if not payload or not moment or len(signature) < SIGNED_AT_LEAST:
        return
    for framework, mac in (("Flask", _flask), ("Starlette", _starlette)):
        yield SignedValue(
            framework=framework,
            payload=payload,
            signature=signature,
            sealed=lambda text: f"{text}.{moment}",
            write=lambda sealed, made: wrap(f"{sealed}.{made}"),
            mac=mac,
        )


def _flask(key: bytes, text: str) -> str:
    derived = hmac.new(key, b"cookie-session", hashlib.sha1).digest()
    return _b64(hmac.new(derived, text.encode(), hashlib.sha1).digest())


def _starlette(key: bytes, text: str) -> str:
    derived = hashlib.sha1(b"itsdangerous.Signer" + b"signer" + key, usedforsecurity=False).digest()
    return _b64(hmac.new(derived, text.encode(), hashlib.sha1).digest())


def _django(value: str, name: str, wrap: Callable[[str], str]) -> Iterator[SignedValue]:
    """Django: payload, time, signature with colons between; the salt is the session engine's or the cookie's name."""
    head, _, signature = value.rpartition(":")
    payload, _, moment = head.rpartition(":")
    if not payload or not moment or len(signature) < SIGNED_AT_LEAST:
        return
    for salt, prefix in (
        ("django.contrib.sessions.backends.signed_cookies", b""),
        (name, b"django.http.cookies"),
    ):
        yield SignedValue(
            framework="Django",
            payload=payload,
            signature=signature,
            sealed=lambda text: f"{text}:{moment}",
            write=lambda sealed, made: wrap(f"{sealed}:{made}"),
            mac=functools.partial(_django_mac, salt, prefix),
        )


def _django_mac(salt: str, prefix: bytes, key: bytes, text: str) -> str:
    derived = hashlib.sha256(f"{salt}signer".encode() + prefix + key).digest()
    return _b64(hmac.new(derived, text.encode(), hashlib.sha256).digest())


def _express(value: str, wrap: Callable[[str], str]) -> Iterator[SignedValue]:
    """cookie-signature: ``s:``, the value, a dot, the signature."""
    payload, _, signature = value[2:].rpartition(".")
    if value.startswith("s:") and payload:
        yield SignedValue(
            framework="Express",
            payload=payload,
            signature=signature,
            sealed=lambda text: text,
            write=lambda sealed, made: wrap(f"s:{sealed}.{made}"),
            mac=lambda key, text: base64.b64encode(_sha256(key, text)).decode().rstrip("="),
        )


def _keygrip(name: str, raw: str, signature: str) -> Iterator[SignedValue]:
    """cookie-session: the signature of ``name=value`` in a cookie of its own."""
    yield SignedValue(
        framework="Express",
        payload=raw,
        signature=signature,
        sealed=lambda text: f"{name}={text}",
        write=lambda sealed, made: sealed.removeprefix(f"{name}=") if made else sealed,
        mac=lambda key, text: _b64(hmac.new(key, text.encode(), hashlib.sha1).digest()),
        beside=TokenKey(Carrier.COOKIE, f"{name}.sig"),
    )


def _rails(value: str, wrap: Callable[[str], str]) -> Iterator[SignedValue]:
    """MessageVerifier: base64, two dashes, the signature in hexadecimal."""
    payload, dashes, signature = value.rpartition("--")
    for name in ("sha1", "sha256"):
        if dashes and len(signature) == 2 * hashlib.new(name).digest_size:
            for rounds in ("sha1", "sha256"):
                yield SignedValue(
                    framework="Rails",
                    payload=payload,
                    signature=signature,
                    sealed=lambda text: text,
                    write=lambda sealed, made: wrap(f"{sealed}--{made}"),
                    mac=functools.partial(_rails_mac, name, rounds),
                )


def _rails_mac(name: str, rounds: str, key: bytes, text: str) -> str:
    return hmac.new(_rails_key(rounds, key), text.encode(), name).hexdigest()


@functools.cache
def _rails_key(rounds: str, key: bytes) -> bytes:
    return hashlib.pbkdf2_hmac(rounds, key, b"signed cookie", RAILS_ROUNDS, 64)


def _sha256(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
