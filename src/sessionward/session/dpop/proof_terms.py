"""What is asked about a proof and what is answered: without what verifies it, which is an extra."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sessionward.session.call import ConsumeOnce
from sessionward.session.dpop.compact_jws import encoded


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A proof that holds. `thumbprint` names its key; `once` asks the store whether it is used for the first time.

    `nonce` is a newer one to give to the client with the answer, in DPoP-Nonce; None where it has the present one.
    """

    thumbprint: str
    once: ConsumeOnce
    nonce: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofRefused:
    """A proof that does not hold. `error` is the code of RFC 9449, `why` a sentence that repeats nothing of it.

    With use_dpop_nonce the client is to try once more with `nonce`, which belongs into DPoP-Nonce.
    """

    error: str
    why: str
    nonce: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofRequest:
    """The request that a proof has to fit.

    `proofs` are the values of all its DPoP headers, `path` is the path as it was sent, without a query.
    `token_hash` is `access_token_hash` of the access token, None where none is presented (login, refresh).
    `thumbprint` is that of the key that the session is bound to, None where it is about to be bound.
    """

    proofs: Sequence[str]
    method: str
    path: str
    token_hash: str | None = None
    thumbprint: str | None = None


def access_token_hash(text: str) -> str:
    """The `ath` of an access token spelled `text`: SHA-256 in base64url (RFC 9449, section 4.2)."""
    return encoded(hashlib.sha256(text.encode("ascii")).digest())
