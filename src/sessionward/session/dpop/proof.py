"""Judges DPoP proofs (RFC 9449, section 4.3). No clock, no store: what is to be asked of the store is handed back.

Cheap questions come before the signature, so that nobody has us compute for nothing. A proof is not spent by being
judged: the caller first finds that the access token is right and then asks `Proof.once` of the store, so that a
stranger with keys of his own fills nothing.
"""

import hashlib
import hmac
import math
import re
from urllib.parse import unquote_to_bytes, urlsplit

from sessionward.session.call import ConsumeOnce
from sessionward.session.dpop.compact_jws import CompactJws, Malformed, taken_apart
from sessionward.session.dpop.device_key import DeviceKey, key_of
from sessionward.session.dpop.nonces import Nonces
from sessionward.session.dpop.proof_terms import Proof, ProofRefused, ProofRequest

TYPE = "dpop+jwt"
PURPOSE = "dpop proof"
IDENTIFIER = re.compile(r"[\x21-\x7E]{1,256}")
UNRESERVED = re.compile(rb"[A-Za-z0-9._~-]")
ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
DEFAULT_PORTS = {"http": 80, "https": 443}


class Verifier:
    """Judges the proofs that come to `origin`, the scheme, host and port by which clients know this app.

    The origin is configured and never taken from the request: a Host header is what its sender says. `window` is
    by how many seconds a client's clock may be off, either way. Without `nonces` none are asked for.

    Raises:
        ValueError: the origin is none, or the window is not positive.

    """

    def __init__(self, origin: str, *, window: float = 60.0, nonces: Nonces | None = None) -> None:
        place = _normal(f"{origin}/")
        if place is None or urlsplit(place).path != "/":
            raise ValueError(
                "The origin of a DPoP verifier looks like https://api.example.org, without a path."
            )
        if not 0 < window < math.inf:
            raise ValueError("The window of a DPoP verifier is a positive number of seconds.")
        self._origin = origin
        self._window = window
        self._nonces = nonces

    def judge(self, request: ProofRequest, now: float) -> Proof | ProofRefused:
        """Whether the one proof of `request` holds at `now`. Total: whatever was sent has an answer."""
        try:
            jws, key = self._read(request, now)
            if self._nonces is not None and not _knows(self._nonces, jws.claims.get("nonce"), now):
                return ProofRefused(
                    error="use_dpop_nonce",
                    why="The proof needs the nonce that comes with this answer.",
                    nonce=self._nonces.present(now),
                )
            _verify(jws, key)
        except Malformed as refusal:
            return ProofRefused(error="invalid_dpop_proof", why=str(refusal))
        return self._held(jws, key, now)

    def _read(self, request: ProofRequest, now: float) -> tuple[CompactJws, DeviceKey]:
        """The parts of the proof and its key, all judged but nonce and signature."""
        if len(request.proofs) != 1:
            raise Malformed("There must be exactly one proof.")
        jws = taken_apart(request.proofs[0])
        key = _key(jws)
        self._fits(jws, request, now)
        if request.thumbprint is not None and not _same(request.thumbprint, key.thumbprint):
            raise Malformed("The proof is by another key than the session's.")
        return jws, key

    def _fits(self, jws: CompactJws, request: ProofRequest, now: float) -> None:
        claims = jws.claims
        if claims.get("htm") != request.method:
            raise Malformed("The proof is for another method.")
        here = _normal(self._origin + request.path) if request.path.startswith("/") else None
        there = claims.get("htu")
        if here is None or not isinstance(there, str) or _normal(there) != here:
            raise Malformed("The proof is for another address.")
        at = claims.get("iat")
        if isinstance(at, bool) or not isinstance(at, int | float):
            raise Malformed("The proof does not say of what time it is.")
        if not now - self._window <= at <= now + self._window:
            raise Malformed("The proof is not of this time.")
        identifier = claims.get("jti")
        if not isinstance(identifier, str) or IDENTIFIER.fullmatch(identifier) is None:
            raise Malformed("The proof has no identifier that is accepted.")
        said = claims.get("ath")
        if request.token_hash is not None and not (isinstance(said, str) and _same(said, request.token_hash)):
            raise Malformed("The proof is for another access token.")

    def _held(self, jws: CompactJws, key: DeviceKey, now: float) -> Proof:
        fresh = None
        if self._nonces is not None and jws.claims["nonce"] != self._nonces.present(now):
            fresh = self._nonces.present(now)
        used = hashlib.sha256(f"{key.thumbprint} {jws.claims['jti']}".encode("ascii")).digest()
        until = float(jws.claims["iat"]) + 2 * self._window
        return Proof(
            thumbprint=key.thumbprint,
            once=ConsumeOnce(purpose=PURPOSE, key=used, owner=None, until=until, now=now),
            nonce=fresh,
        )


def _key(jws: CompactJws) -> DeviceKey:
    """The key, from the one place that counts: what `kid`, `jku` or `x5c` point to is never looked at."""
    if jws.header.get("typ") != TYPE:
        raise Malformed("The typ of the proof is not dpop+jwt.")
    if "crit" in jws.header or "b64" in jws.header:
        raise Malformed("The proof asks for an extension that is not understood.")
    return key_of(jws.header.get("alg"), jws.header.get("jwk"))


def _verify(jws: CompactJws, key: DeviceKey) -> None:
    if not key.made(jws.signed, jws.signature):
        raise Malformed("The signature of the proof is not right.")


def _knows(nonces: Nonces, given: object, now: float) -> bool:
    return isinstance(given, str) and nonces.knows(given, now)


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))


def _normal(address: str) -> str | None:
    """`address` as RFC 3986, sections 6.2.2 and 6.2.3, has it; None where it is no htu.

    Steps up and down a path are refused and not walked: where our router and we walked differently, a proof for
    one place would open another.
    """
    if not address.isascii() or re.search(r"[\x00-\x20\x7F\\?#]", address):
        return None
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    path = _escapes(parts.path) or "/"
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname or "@" in parts.netloc:
        return None
    if re.search(r"%(?![0-9A-F]{2})", path) or {".", ".."} & set(path.split("/")):
        return None
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    shown = "" if port is None or port == DEFAULT_PORTS[parts.scheme] else f":{port}"
    return f"{parts.scheme}://{host}{shown}{path}"


def _escapes(path: str) -> str:
    """`path` with escapes in capitals, and without those that nothing needs."""

    def plain(found: re.Match[str]) -> str:
        byte = unquote_to_bytes(found[0])
        return byte.decode("ascii") if UNRESERVED.fullmatch(byte) else found[0].upper()

    return ESCAPE.sub(plain, path)
