import json
import string
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessionward.session.call import ConsumeOnce, Steps
from sessionward.session.dpop.nonces import Nonces
from sessionward.session.dpop.proof import Verifier
from sessionward.session.dpop.proof_terms import Proof, ProofRefused, ProofRequest, access_token_hash
from sessionward.session.stores.drive import drive
from sessionward.session.stores.memory import MemoryStore
from tests.session.dpop.phone import CLAIMS, KEYS, NOW, ORIGIN, encoded, header, judged, proof, public, signed

RFC_HEADER = (
    "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpD"
    "a0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6"
    "IlAtMjU2In19"
)
RFC_LOGIN = (  # RFC 9449, figure 1
    f"{RFC_HEADER}.eyJqdGkiOiItQndDM0VTYzZhY2MybFRjIiwiaHRtIjoiUE9TVCIsImh0dSI6Imh0dHBzOi8vc2VydmVyLmV4YW1wbGUu"
    "Y29tL3Rva2VuIiwiaWF0IjoxNTYyMjYyNjE2fQ.2-GxA6T8lP4vfrg8v-FdWP0A0zdrj8igiMLvqRMUvwnQg4PtFLbdLXiOSsX0x7NVY-"
    "FNyJK70nfbV37xRZT3Lg"
)
RFC_THUMBPRINT = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"  # RFC 9449, section 6.1
NONCES = Nonces(key=bytes(range(32)))
ASKING = Verifier(ORIGIN, nonces=NONCES)


def refused(answer: Proof | ProofRefused) -> str:
    assert isinstance(answer, ProofRefused)
    assert answer.error == "invalid_dpop_proof"
    assert answer.nonce is None
    return answer.why


def test_the_proof_printed_in_the_standard_holds() -> None:
    request = ProofRequest(proofs=[RFC_LOGIN], method="POST", path="/token")
    answer = Verifier("https://server.example.com").judge(request, 1562262616.0)
    assert isinstance(answer, Proof)
    assert answer.thumbprint == RFC_THUMBPRINT


def test_the_hash_of_the_access_token_printed_in_the_standard_is_ours() -> None:
    token = "Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU"
    assert access_token_hash(token) == "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo"


@pytest.mark.parametrize("alg", KEYS)
def test_a_proof_by_each_kind_of_key_holds_and_names_its_key(alg: str) -> None:
    answer = judged(proof(alg))
    assert isinstance(answer, Proof)
    assert answer.thumbprint == KEYS[alg].thumbprint()


@pytest.mark.parametrize("alg", KEYS)
def test_a_changed_signature_does_not_hold(alg: str) -> None:
    good = proof(alg)
    at = good.rindex(".") + 3
    forged = good[:at] + ("A" if good[at] != "A" else "B") + good[at + 1 :]
    assert "signature" in refused(judged(forged))


@pytest.mark.parametrize("number", [0, 2])
def test_there_must_be_exactly_one_proof(number: int) -> None:
    assert "exactly one" in refused(judged(*[proof()] * number))


def test_two_proofs_in_one_header_are_none() -> None:
    assert refused(judged(f"{proof()}, {proof()}"))


@pytest.mark.parametrize(
    "changed",
    [
        {"htm": "POST"},
        {"htm": "get"},
        {"htm": None},
        {"htu": f"{ORIGIN}/others"},
        {"htu": "https://evil.example.org/records"},
        {"htu": "http://api.example.org/records"},
        {"htu": f"{ORIGIN}:8443/records"},
        {"htu": f"{ORIGIN}/records?all=1"},
        {"htu": f"{ORIGIN}/records#top"},
        {"htu": f"{ORIGIN}/a/../records"},
        {"htu": "https://ana@api.example.org/records"},
        {"htu": 7},
        {"iat": int(NOW) - 61},
        {"iat": int(NOW) + 61},
        {"iat": str(int(NOW))},
        {"iat": True},
        {"iat": 10**400},
        {"iat": None},
        {"jti": ""},
        {"jti": "x" * 257},
        {"jti": "a b"},
        {"jti": "\ud800"},
        {"jti": 5},
    ],
)
def test_a_proof_for_anything_else_does_not_hold(changed: dict[str, Any]) -> None:
    assert refused(judged(proof(**changed)))


@pytest.mark.parametrize("name", CLAIMS)
def test_each_claim_is_needed(name: str) -> None:
    assert refused(judged(signed(header(), {key: value for key, value in CLAIMS.items() if key != name})))


@pytest.mark.parametrize(
    "address",
    [
        f"{ORIGIN}:443/records",
        "HTTPS://API.example.ORG/records",
        f"{ORIGIN}/%72ecords",
        f"{ORIGIN}/%72%65cords",
    ],
)
def test_an_address_that_is_only_spelled_differently_is_the_same(address: str) -> None:
    assert isinstance(judged(proof(htu=address)), Proof)


def test_escapes_that_matter_are_compared_whatever_their_case() -> None:
    assert isinstance(judged(proof(htu=f"{ORIGIN}/a%2fb"), path="/a%2Fb"), Proof)
    assert refused(judged(proof(htu=f"{ORIGIN}/a/b"), path="/a%2Fb"))


@pytest.mark.parametrize(
    "path", [".evil.example/x", "@evil.example/x", "*", "", "http://x/", "/a/../records"]
)
def test_a_request_whose_path_is_none_fits_no_proof(path: str) -> None:
    assert refused(judged(proof(htu=f"{ORIGIN}{path}"), path=path))


@pytest.mark.parametrize("early", [-60, 60])
def test_a_clock_that_is_off_by_the_window_is_excused(early: int) -> None:
    assert isinstance(judged(proof(iat=int(NOW) + early)), Proof)


def test_a_proof_is_bound_to_its_access_token() -> None:
    token_hash = access_token_hash("opaque")
    assert isinstance(judged(proof(ath=token_hash), token_hash=token_hash), Proof)
    assert "access token" in refused(judged(proof(), token_hash=token_hash))
    assert "access token" in refused(judged(proof(ath="ä"), token_hash=token_hash))
    assert "access token" in refused(judged(proof(ath=access_token_hash("other")), token_hash=token_hash))


def test_a_proof_by_another_key_than_the_sessions_does_not_hold() -> None:
    assert isinstance(judged(proof(), thumbprint=KEYS["ES256"].thumbprint()), Proof)
    assert "another key" in refused(judged(proof(), thumbprint=RFC_THUMBPRINT))


def test_a_proof_is_good_once() -> None:
    store = MemoryStore()

    def use(answer: Proof | ProofRefused) -> bool:
        assert isinstance(answer, Proof)

        def steps() -> Steps[bool]:
            first: bool = yield answer.once
            return first

        return drive(store, steps())

    first = judged(proof())
    assert isinstance(first, Proof)
    assert isinstance(first.once, ConsumeOnce)
    assert first.once.until >= NOW + 60
    assert use(first)
    assert not use(judged(proof()))
    assert use(judged(proof("PS256")))
    assert use(judged(proof(jti="another")))


def test_a_proof_without_the_nonce_is_asked_to_come_again_with_it() -> None:
    answer = judged(proof(), verifier=ASKING)
    assert isinstance(answer, ProofRefused)
    assert (answer.error, answer.nonce) == ("use_dpop_nonce", NONCES.present(NOW))
    again = judged(proof(nonce=answer.nonce), verifier=ASKING)
    assert isinstance(again, Proof)
    assert again.nonce is None


def test_a_proof_with_the_nonce_of_the_period_before_holds_and_is_given_the_present_one() -> None:
    later = NOW + NONCES.period
    answer = judged(proof(nonce=NONCES.present(NOW), iat=int(later)), verifier=ASKING, now=later)
    assert isinstance(answer, Proof)
    assert answer.nonce == NONCES.present(later)


def test_an_unsigned_proof_does_not_hold() -> None:
    plain = f"{encoded(header(alg='ES256') | {'alg': 'none'})}.{encoded(CLAIMS)}."
    assert refused(judged(plain))
    assert "alg" in refused(judged(plain + "AA"))


@pytest.mark.parametrize("alg", ["none", "None", "HS256", "ES384", "RS1", "ES256K", "", 5, None, ["ES256"]])
def test_an_alg_that_is_not_listed_is_refused(alg: object) -> None:
    assert "alg" in refused(judged(signed(header() | {"alg": alg}, CLAIMS)))


@pytest.mark.parametrize("other", ["RS256", "PS256", "EdDSA"])
def test_a_key_is_not_used_with_the_alg_of_another_kind(other: str) -> None:
    assert refused(judged(signed(header() | {"alg": other}, CLAIMS)))


@pytest.mark.parametrize("typ", ["JWT", "dpop+JWT", "application/dpop+jwt", None, 1])
def test_another_kind_of_token_is_no_proof(typ: object) -> None:
    assert "typ" in refused(judged(signed(header() | {"typ": typ}, CLAIMS)))


@pytest.mark.parametrize("extension", [{"crit": ["b64"], "b64": False}, {"crit": []}, {"b64": True}])
def test_extensions_are_refused(extension: dict[str, Any]) -> None:
    assert "extension" in refused(judged(signed(header(**extension), CLAIMS)))


def test_only_the_key_in_the_proof_counts() -> None:
    pointed = header(kid="../../other", jku="https://evil.example/keys", x5c=["AAAA"])
    assert isinstance(judged(signed(pointed, CLAIMS)), Proof)
    assert refused(judged(signed(header() | {"jwk": public("PS256")}, CLAIMS)))


def test_members_that_stand_twice_are_refused() -> None:
    doubled = json.dumps(CLAIMS)[:-1] + f', "htu": "{ORIGIN}/records"}}'
    assert "twice" in refused(judged(signed(header(), doubled.encode())))


@pytest.mark.parametrize(
    "payload", [b"[" * 3000, b'{"iat":NaN}', b"[]", b"\xff", b"", b'{"a":' + b"9" * 5000 + b"}"]
)
def test_a_payload_that_is_none_is_refused(payload: bytes) -> None:
    assert refused(judged(signed(header(), payload)))


def test_a_huge_proof_is_refused_unread() -> None:
    assert "too long" in refused(judged("a" * 10_000_000))


def test_refusals_repeat_nothing_of_the_proof() -> None:
    for text in (proof(htm="canary"), proof(jti="canary canary"), "canary.canary.canary", "canary"):
        assert "canary" not in refused(judged(text))


@given(st.lists(st.text(max_size=40), max_size=2))
def test_whatever_is_sent_is_judged(texts: list[str]) -> None:
    assert isinstance(judged(*texts), ProofRefused)


@given(
    st.dictionaries(
        st.sampled_from(["typ", "alg", "jwk", "kid"]),
        st.none() | st.integers() | st.text(max_size=5) | st.just({}),
    ),
    st.dictionaries(
        st.sampled_from([*CLAIMS, "ath", "nonce"]),
        st.none() | st.floats(allow_nan=False) | st.text(max_size=9),
    ),
)
def test_whatever_stands_in_a_proof_is_judged(head: dict[str, Any], claims: dict[str, Any]) -> None:
    parts = {"typ": "dpop+jwt", "alg": "ES256", "jwk": public()} | head
    answer = judged(f"{encoded(parts)}.{encoded(CLAIMS | claims)}.AAAA", verifier=ASKING)
    assert isinstance(answer, ProofRefused)


@given(st.integers(min_value=0), st.sampled_from(string.ascii_letters + string.digits + "-_."))
def test_a_proof_with_any_one_character_changed_does_not_hold(at: int, other: str) -> None:
    good = proof()
    at %= len(good)
    if good[at] != other:
        assert isinstance(judged(good[:at] + other + good[at + 1 :]), ProofRefused)


@pytest.mark.parametrize(
    "origin",
    [
        "",
        "api.example.org",
        "https://",
        "https://x/api",
        "https://x/",
        "ftp://x",
        "https://x?y",
        "https://a@x",
    ],
)
def test_an_origin_that_is_none_is_refused_at_once(origin: str) -> None:
    with pytest.raises(ValueError, match="origin"):
        Verifier(origin)


@pytest.mark.parametrize("window", [0.0, -1.0, float("nan"), float("inf")])
def test_a_window_that_is_none_is_refused_at_once(window: float) -> None:
    with pytest.raises(ValueError, match="window"):
        Verifier(ORIGIN, window=window)
