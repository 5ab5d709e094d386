"""Proofs of a phone's key (DPoP, RFC 9449), by short names; needs the extra `phones`."""

from sessionward.session.dpop.challenge import challenge
from sessionward.session.dpop.nonces import Nonces
from sessionward.session.dpop.proof import Verifier
from sessionward.session.dpop.proof_terms import Proof, ProofRefused, ProofRequest, access_token_hash

__all__ = [
    "Nonces",
    "Proof",
    "ProofRefused",
    "ProofRequest",
    "Verifier",
    "access_token_hash",
    "challenge",
]
