"""A phone that makes proofs, good ones and hostile ones."""

import json
from base64 import urlsafe_b64encode
from typing import Any

from joserfc.jwk import ECKey, OKPKey, RSAKey
from joserfc.jws import JWSRegistry

from sessionward.session.dpop.proof import Verifier
from sessionward.session.dpop.proof_terms import Proof, ProofRefused, ProofRequest

NOW = 1_800_000_000.0
ORIGIN = "https://api.example.org"
Key = ECKey | OKPKey | RSAKey
KEYS: dict[str, Key] = {
    "ES256": ECKey.generate_key("P-256"),
    "Ed25519": OKPKey.generate_key("Ed25519"),
    "PS256": RSAKey.generate_key(2048),
}
KEYS["EdDSA"] = KEYS["Ed25519"]
KEYS["RS256"] = KEYS["PS256"]
CLAIMS: dict[str, Any] = {
    "jti": "e1j3V_bKic8-LAEB",
    "htm": "GET",
    "htu": f"{ORIGIN}/records",
    "iat": int(NOW),
}


def encoded(content: bytes | dict[str, Any]) -> str:
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def public(alg: str = "ES256") -> dict[str, Any]:
    return dict(KEYS[alg].as_dict(private=False))


def signed(header: bytes | dict[str, Any], claims: bytes | dict[str, Any], alg: str = "ES256") -> str:
    """A token with exactly these parts, signed as `alg` is whatever they say."""
    both = f"{encoded(header)}.{encoded(claims)}"
    name = "Ed25519" if alg == "EdDSA" else alg
    return f"{both}.{encoded(JWSRegistry.algorithms[name].sign(both.encode(), KEYS[alg]))}"


def header(alg: str = "ES256", **other: object) -> dict[str, Any]:
    return {"typ": "dpop+jwt", "alg": alg, "jwk": public(alg), **other}


def proof(alg: str = "ES256", **claims: object) -> str:
    return signed(header(alg), {**CLAIMS, **claims}, alg)


def judged(
    *proofs: str,
    method: str = "GET",
    path: str = "/records",
    token_hash: str | None = None,
    thumbprint: str | None = None,
    verifier: Verifier | None = None,
    now: float = NOW,
) -> Proof | ProofRefused:
    request = ProofRequest(
        proofs=proofs, method=method, path=path, token_hash=token_hash, thumbprint=thumbprint
    )
    return (verifier or Verifier(ORIGIN)).judge(request, now)
