from typing import Any

import pytest
from joserfc.jwk import RSAKey

from sessionward.session.dpop.compact_jws import Malformed, encoded
from sessionward.session.dpop.device_key import KINDS, key_of
from tests.session.dpop.phone import KEYS, public


def test_the_thumbprint_printed_in_the_standard_is_ours() -> None:
    modulus = (  # RFC 7638, section 3.1
        "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n"
        "3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgd"
        "AZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur"
        "-kEgU8awapJzKnqDKgw"
    )
    key = key_of("RS256", {"kty": "RSA", "n": modulus, "e": "AQAB", "alg": "RS256", "kid": "2011-04-29"})
    assert key.thumbprint == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"


@pytest.mark.parametrize("alg", KINDS)
def test_a_thumbprint_is_that_of_the_library_whatever_else_stands_in_the_key(alg: str) -> None:
    key = key_of(alg, public(alg) | {"use": "sig", "kid": "7", "key_ops": ["sign"]})
    assert key.thumbprint == KEYS[alg].thumbprint()


@pytest.mark.parametrize("alg", KINDS)
def test_a_private_key_is_refused(alg: str) -> None:
    with pytest.raises(Malformed, match="private"):
        key_of(alg, KEYS[alg].as_dict(private=True))


@pytest.mark.parametrize(
    "alg,changed",
    [
        ("ES256", {"crv": "P-384"}),
        ("ES256", {"kty": "OKP"}),
        ("ES256", {"kty": "oct", "k": "c2VjcmV0"}),
        ("ES256", {"x": encoded(bytes(31))}),
        ("ES256", {"x": encoded(bytes(33))}),
        ("ES256", {"x": 5}),
        ("ES256", {"y": None}),
        ("Ed25519", {"crv": "X25519"}),
        ("Ed25519", {"crv": "Ed448"}),
        ("RS256", {"e": "AQ"}),
        ("RS256", {"e": "Aw"}),
        ("RS256", {"n": encoded(bytes([255] * 128))}),
        ("RS256", {"n": encoded(bytes([255] * 1024))}),
        ("RS256", {"n": encoded(bytes([0, *[255] * 256]))}),
    ],
)
def test_a_key_that_is_weak_or_of_another_kind_is_refused(alg: str, changed: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        key_of(alg, public(alg) | changed)


@pytest.mark.parametrize("jwk", [None, [], "key", 1, {}])
def test_what_is_no_key_is_refused(jwk: object) -> None:
    with pytest.raises(Malformed):
        key_of("ES256", jwk)


def test_a_short_rsa_key_is_refused() -> None:
    short = RSAKey.import_key(RSAKey.generate_key(2048).as_dict(private=False))
    assert key_of("PS256", short.as_dict(private=False)).alg == "PS256"
    with pytest.raises(Malformed, match="length"):
        key_of("PS256", {"kty": "RSA", "e": "AQAB", "n": encoded(bytes([129] * 255))})


def test_a_point_that_is_not_on_the_curve_makes_no_signature() -> None:
    astray = key_of(
        "ES256", {"kty": "EC", "crv": "P-256", "x": encoded(bytes([1] * 32)), "y": encoded(bytes([2] * 32))}
    )
    assert not astray.made(b"signed", bytes(64))
