"""Proofs that a client holds the key its session is bound to (DPoP, RFC 9449)."""

from sessionward.session.dpop.challenge import challenge
from sessionward.session.dpop.nonces import Nonces
from sessionward.session.dpop.proof import Proof, ProofRefused, ProofRequest, Verifier, access_token_hash

__all__ = [
    "Nonces",
    "Proof",
    "ProofRefused",
    "ProofRequest",
    "Verifier",
    "access_token_hash",
    "challenge",
]
