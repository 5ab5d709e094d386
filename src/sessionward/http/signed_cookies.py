"""Values that frameworks sign with one key of the app: whether a key fits, and what to write with it.

Formats as their sources have them: itsdangerous (Flask sessions; Starlette's), Django's ``signing``, Express
(cookie-signature; cookie-session by keygrip), Rails (MessageVerifier). The key of each derives from the app's own.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import hmac
import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

from sessionward.http.token import Carrier, TokenKey, TokenSet

Mac = Callable[[bytes, str], str]
"""The signature that an app with this key writes for this text."""
Wrap = Callable[[str], str]
MOMENT = 8
"""itsdangerous writes a time in six letters and digits."""
HEX = re.compile(r"(?:[0-9a-f]{2})+|(?:[0-9A-F]{2})+")
BASE64 = re.compile(r"[A-Za-z0-9+/_-]+={0,2}")
DIGESTS = {16: ("md5",), 20: ("sha1",), 32: ("sha256",), 64: ("sha512",)}
RAILS_ROUNDS = 1000
SIGNED_AT_LEAST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedValue:
    """A value that may be signed in one of the known ways.

    ``payload`` is what an attacker would change, ``sealed`` makes from another payload the text that is signed.
    ``write`` makes the value of the cookie from what was signed and the signature; ``beside``: it stands in a cookie of
    its own.
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
    wrap: Wrap = (lambda text: quote(text, safe="")) if "%" in raw else (lambda text: text)
    found = [*_express(value, wrap)]
    if not found:
        found = [one for read in (_dotted, _rails, _by_hand) for one in read(value, wrap)]
        found[:0] = _django(value, key.name, wrap)
    beside = tokens.get(TokenKey(Carrier.COOKIE, f"{key.name}.sig"))
    if beside is not None and key.carrier is Carrier.COOKIE:
        found += _keygrip(key.name, raw, beside.value)
    return tuple(found)


def _dotted(value: str, wrap: Wrap) -> Iterator[SignedValue]:
    """itsdangerous: payload, time (or none), signature with dots between. A compressed payload begins with a dot."""
    head, _, signature = value.rpartition(".")
    if not head or len(signature) < SIGNED_AT_LEAST:
        return
    payload, dot, moment = head.rpartition(".")
    timed = bool(payload) and len(moment) <= MOMENT
    if not timed:
        payload, dot, moment = head, "", ""
    for framework, salt, mac in (
        ("Flask", b"cookie-session", _by_hmac),
        ("Starlette", b"itsdangerous.Signer", _by_concatenation),
        ("itsdangerous", b"itsdangerous", _by_concatenation),
    ):
        yield SignedValue(
            framework=framework,
            payload=payload,
            signature=signature,
            sealed=lambda text: f"{text}{dot}{moment}",
            write=lambda sealed, made: wrap(f"{sealed}.{made}"),
            mac=functools.partial(mac, salt),
        )


def _by_hmac(salt: bytes, key: bytes, text: str) -> str:
    derived = hmac.new(key, salt, hashlib.sha1).digest()
    return _b64(hmac.new(derived, text.encode(), hashlib.sha1).digest())


def _by_concatenation(salt: bytes, key: bytes, text: str) -> str:
    derived = hashlib.sha1(salt + b"signer" + key, usedforsecurity=False).digest()
    return _b64(hmac.new(derived, text.encode(), hashlib.sha1).digest())


def _by_hand(value: str, wrap: Wrap) -> Iterator[SignedValue]:
    """What teams write themselves: something, a separator, and a keyed hash of it without further ado."""
    for separator in (".", "--", "|", ":", "$", "~"):
        payload, found, signature = value.rpartition(separator)
        size, write = _digest(signature)
        for name, make in itertools.product(DIGESTS.get(size, ()), (_hmac, _key_first, _key_last)):
            if found and payload:
                yield SignedValue(
                    framework="a hand-written keyed hash",
                    payload=payload,
                    signature=signature,
                    sealed=lambda text: text,
                    write=functools.partial(_joined, wrap, separator),
                    mac=functools.partial(_made, make, name, write),
                )


def _joined(wrap: Wrap, separator: str, sealed: str, made: str) -> str:
    return wrap(f"{sealed}{separator}{made}")


def _made(
    make: Callable[[str, bytes, str], bytes], name: str, write: Callable[[bytes], str], key: bytes, text: str
) -> str:
    return write(make(name, key, text))


def _digest(signature: str) -> tuple[int, Callable[[bytes], str]]:
    """How many bytes the signature has, and how it is written; 0 where it is none."""
    if HEX.fullmatch(signature):
        capital = signature != signature.lower()
        return len(signature) // 2, lambda raw: raw.hex().upper() if capital else raw.hex()
    padded, plain = signature.endswith("="), "+" in signature or "/" in signature
    if not BASE64.fullmatch(signature) or len(signature) < SIGNED_AT_LEAST:
        return 0, bytes.hex
    encode = base64.b64encode if plain else base64.urlsafe_b64encode
    size = len(signature.rstrip("=")) * 3 // 4
    return size, lambda raw: encode(raw).decode() if padded else encode(raw).decode().rstrip("=")


def _hmac(name: str, key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), name).digest()


def _key_first(name: str, key: bytes, text: str) -> bytes:
    return hashlib.new(name, key + text.encode(), usedforsecurity=False).digest()


def _key_last(name: str, key: bytes, text: str) -> bytes:
    return hashlib.new(name, text.encode() + key, usedforsecurity=False).digest()


def _django(value: str, name: str, wrap: Wrap) -> Iterator[SignedValue]:
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


def _express(value: str, wrap: Wrap) -> Iterator[SignedValue]:
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


def _rails(value: str, wrap: Wrap) -> Iterator[SignedValue]:
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
