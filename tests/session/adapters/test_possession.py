from sessionward.session.adapters.possession import Possession, offered
from sessionward.session.call import Steps
from sessionward.session.digest import Token
from sessionward.session.dpop.proof import Verifier
from sessionward.session.dpop.proof_terms import Proof, ProofRefused, access_token_hash
from sessionward.session.stores.drive import drive
from sessionward.session.stores.memory import MemoryStore
from tests.session.dpop.phone import NOW, ORIGIN, proof

ACCESS = Token.mint().access().text


def possession(
    *proofs: str, judged: bool = True, scheme: str | None = None, token: str | None = None
) -> Possession:
    return Possession(
        judge=Verifier(ORIGIN) if judged else None,
        proofs=proofs,
        method="GET",
        path="/records",
        scheme=scheme,
        access_token=token,
    )


def verdict(steps: Steps[Proof | ProofRefused], store: MemoryStore | None = None) -> Proof | ProofRefused:
    return drive(store or MemoryStore(), steps)


def test_a_proof_holds_once() -> None:
    store, made = MemoryStore(), possession(proof())
    first, again = (verdict(made.prove(None, NOW), store) for _ in range(2))
    assert isinstance(first, Proof)
    assert isinstance(again, ProofRefused)
    assert "before" in again.why


def test_a_proof_is_of_the_sessions_key_and_for_its_token() -> None:
    bound = verdict(possession(proof()).prove(None, NOW))
    assert isinstance(bound, Proof)
    fits = proof(ath=access_token_hash(ACCESS))
    held = possession(fits, scheme="DPoP", token=ACCESS)
    assert isinstance(verdict(held.prove(bound.thumbprint, NOW)), Proof)
    for wrong in (
        possession(proof("Ed25519", ath=access_token_hash(ACCESS)), scheme="DPoP", token=ACCESS),
        possession(proof(), scheme="DPoP", token=ACCESS),
        possession(fits, scheme="Bearer", token=ACCESS),
        possession(scheme="DPoP", token=ACCESS),
    ):
        assert isinstance(verdict(wrong.prove(bound.thumbprint, NOW)), ProofRefused)


def test_without_a_judge_nothing_is_proved() -> None:
    assert isinstance(verdict(possession(proof(), judged=False).prove(None, NOW)), ProofRefused)


def test_a_request_without_proofs_and_tokens_offers_nothing() -> None:
    assert offered(None, (), "GET", "/", None) is None
    assert ACCESS not in repr(possession(token=ACCESS))
