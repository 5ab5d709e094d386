"""The public key in a proof: which kinds are taken, what names it, and whether it made a signature."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey, RSAKey
from joserfc.jws import JWSRegistry

from sessionward.session.dpop.compact_jws import Malformed, decoded, encoded

PRIVATE = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
"""Members that no public key has (RFC 7518, section 6). Who sends them has given its key away."""

COORDINATE_BYTES = 32
RSA_BYTES = range(256, 513)
"""2048 bits at least (RFC 7518, section 3.3); beyond 4096 a proof costs us more than it is worth."""
RSA_EXPONENT = "AQAB"
"""65537. Others are rare, and large ones make verifying slow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """A kind of key: `fixed` are its members with one value, `sizes` how many bytes the others have."""

    signing: str
    fixed: Mapping[str, str]
    sizes: Mapping[str, range]
    load: Callable[[dict[str, str]], ECKey | OKPKey | RSAKey]


EXACTLY = range(COORDINATE_BYTES, COORDINATE_BYTES + 1)
EDWARDS = _Kind(
    signing="Ed25519",
    fixed={"kty": "OKP", "crv": "Ed25519"},
    sizes={"x": EXACTLY},
    load=lambda members: OKPKey.import_key({**members}),
)


def _rsa(signing: str) -> _Kind:
    return _Kind(
        signing=signing,
        fixed={"kty": "RSA", "e": RSA_EXPONENT},
        sizes={"n": RSA_BYTES},
        load=lambda members: RSAKey.import_key({**members}),
    )


KINDS: Mapping[str, _Kind] = {
    "ES256": _Kind(
        signing="ES256",
        fixed={"kty": "EC", "crv": "P-256"},
        sizes={"x": EXACTLY, "y": EXACTLY},
        load=lambda members: ECKey.import_key({**members}),
    ),
    "EdDSA": EDWARDS,  # what RFC 8037 calls it; RFC 9864 says Ed25519
    "Ed25519": EDWARDS,
    "PS256": _rsa("PS256"),
    "RS256": _rsa("RS256"),
}
"""Kinds of keys by the `alg` that a proof may name. Each alg has one kind of key, so neither can be taken for another;
none of them is a MAC, nor `none`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceKey:
    """A public key, for one alg. `members` are those that RFC 7638 takes for its thumbprint, and no others."""

    alg: str
    members: Mapping[str, str]

    @property
    def thumbprint(self) -> str:
        """What names the key: SHA-256 in base64url (RFC 7638, section 3)."""
        text = json.dumps(dict(self.members), sort_keys=True, separators=(",", ":"))
        return encoded(hashlib.sha256(text.encode("ascii")).digest())

    def made(self, signed: bytes, signature: bytes) -> bool:
        """Whether `signature` over `signed` was made with this key."""
        kind = KINDS[self.alg]
        try:
            key = kind.load(dict(self.members))
            model = JWSRegistry.algorithms[kind.signing]
            model.check_key(key)
            return bool(model.verify(signed, signature, key))
        except (JoseError, ValueError):
            return False  # a point that is not on the curve, for one


def key_of(alg: object, jwk: object) -> DeviceKey:
    """The key that the header of a proof holds.

    Raises:
        Malformed: the alg is none of `KINDS`, or `jwk` is no public key of its kind.

    """
    if not isinstance(alg, str) or alg not in KINDS:
        raise Malformed("The alg of the proof is not accepted.")
    if not isinstance(jwk, dict):
        raise Malformed("The proof holds no key.")
    if PRIVATE & jwk.keys():
        raise Malformed("The proof holds a private key; it must be used no more.")
    kind = KINDS[alg]
    members = {**kind.fixed, **{name: _spelled(jwk, name, size) for name, size in kind.sizes.items()}}
    if any(jwk.get(name) != value for name, value in kind.fixed.items()):
        raise Malformed("The key in the proof is not of the kind that its alg needs.")
    return DeviceKey(alg=alg, members=members)


def _spelled(jwk: dict[str, Any], name: str, size: range) -> str:
    text = jwk.get(name)
    if not isinstance(text, str):
        raise Malformed("The key in the proof is incomplete.")
    content = decoded(text)
    if len(content) not in size or (name == "n" and not content[0]):
        raise Malformed("The key in the proof has a length that is not accepted.")
    return text
