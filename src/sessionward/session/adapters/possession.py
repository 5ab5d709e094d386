"""What a request offers as a proof that its client holds a key, and the judge of it (DPoP, RFC 9449)."""

from dataclasses import dataclass, field
from typing import Protocol

from sessionward.session.adapters.authorization import Authorization
from sessionward.session.call import Steps
from sessionward.session.dpop.proof_terms import Proof, ProofRefused, ProofRequest, access_token_hash


class Judge(Protocol):
    """Judges proofs: `sessionward.phones.Verifier`."""

    def judge(self, request: ProofRequest, now: float) -> Proof | ProofRefused:
        """Whether the one proof of `request` holds at `now`, in seconds since 1970."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Possession:
    """The proofs that came with a request to `path`, as it was sent and without its query.

    `access_token` is the text of the one in the Authorization header, None without; `scheme` is that header's.
    """

    judge: Judge | None
    proofs: tuple[str, ...]
    method: str
    path: str
    scheme: str | None = None
    access_token: str | None = field(default=None, repr=False)

    def prove(self, key: str | None, now: float) -> Steps[Proof | ProofRefused]:
        """Whether the client holds the key with the thumbprint `key`, or any key where that is None; once a proof.

        Without a judge nothing is proved: a session that is bound to a key is then closed to everybody.
        """
        if self.judge is None:
            return ProofRefused(error="invalid_dpop_proof", why="This app judges no proofs.")
        if self.access_token is not None and self.scheme != "DPoP":
            return ProofRefused(error="invalid_token", why="This token is used with the scheme DPoP.")
        token_hash = None if self.access_token is None else access_token_hash(self.access_token)
        asked = ProofRequest(
            proofs=self.proofs, method=self.method, path=self.path, token_hash=token_hash, thumbprint=key
        )
        verdict = self.judge.judge(asked, now)
        if isinstance(verdict, Proof):
            first: bool = yield verdict.once
            if not first:
                return ProofRefused(error="invalid_dpop_proof", why="The proof was used before.")
        return verdict


def offered(
    judge: Judge | None, proofs: tuple[str, ...], method: str, path: str, bearer: Authorization | None
) -> Possession | None:
    """What a request offers as a proof of a key; None where that is nothing and nothing is asked for."""
    if not proofs and bearer is None:
        return None
    return Possession(
        judge=judge,
        proofs=proofs,
        method=method,
        path=path,
        scheme=None if bearer is None else bearer.scheme,
        access_token=None if bearer is None else bearer.token.text,
    )
