import base64
import hashlib
import hmac
import json

import pytest

from sessionward.http.jws import Signed, encoded, signed_token
from sessionward.http.jwt import parse_jwt

KEY = b"a key"


def made(claims: dict[str, object], alg: str = "HS256", key: bytes = KEY) -> str:
    head = f"{encoded({'alg': alg, 'typ': 'JWT'})}.{encoded(claims)}"
    mac = hmac.new(key, head.encode(), {"HS512": hashlib.sha512}.get(alg, hashlib.sha256)).digest()
    return f"{head}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}"


def found(value: str) -> Signed:
    signed = signed_token(value)
    assert signed is not None
    return signed


@pytest.mark.parametrize("alg", ["HS256", "HS512"])
def test_the_key_that_signed_is_told_from_others(alg: str) -> None:
    signed = found(made({"sub": "17"}, alg))
    assert signed.key_among([b"x", KEY]) == KEY
    assert signed.key_among([b"x"]) is None


def test_a_key_pair_shares_no_key() -> None:
    assert not found(made({"sub": "17"}, "RS256")).fits(KEY)


def test_a_token_signed_with_the_key_is_as_good_as_the_apps_own() -> None:
    signed = found(made({"sub": "17"}))
    assert signed.signed(KEY, {"sub": "18"}) == made({"sub": "18"})


def test_an_altered_one_keeps_its_form_and_loses_its_signature() -> None:
    own = made({"sub": "17"})
    altered = found(own).altered()
    assert altered.rpartition(".")[0] == own.rpartition(".")[0]
    assert len(altered) == len(own)
    assert not found(altered).fits(KEY)
    assert found(found(own).altered({"sub": "18"})).jwt.claims == {"sub": "18"}


def test_an_unsigned_one_says_so() -> None:
    jwt = parse_jwt(found(made({"sub": "17"})).unsigned("none", {"sub": "18"}))
    assert jwt is not None
    assert (jwt.header["alg"], jwt.header["typ"], jwt.claims) == ("none", "JWT", {"sub": "18"})


def test_what_stands_around_it_stays() -> None:
    signed = found(f"Bearer%20{made({'sub': '17'})}%22")
    whole = signed.altered()
    assert whole.startswith("Bearer%20ey")
    assert whole.endswith("%22")


@pytest.mark.parametrize("value", ["", "f" * 40, "eyx.eyy.zzz", json.dumps({"a": 1})])
def test_what_holds_none_gives_none(value: str) -> None:
    assert signed_token(value) is None
