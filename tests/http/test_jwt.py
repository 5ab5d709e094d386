import base64
import json

import pytest

from sessionward.http.jwt import parse_jwt


def part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def test_claims_are_read_without_trusting_them() -> None:
    token = parse_jwt(f"{part({'alg': 'HS256'})}.{part({'iat': 10, 'exp': 910, 'sub': 'a'})}.sig")
    assert token is not None
    assert (token.issued_at, token.expires, token.header["alg"]) == (10, 910, "HS256")


def test_a_token_without_times_has_none() -> None:
    token = parse_jwt(f"{part({'alg': 'none'})}.{part({'exp': True})}.")
    assert token is not None
    assert (token.issued_at, token.expires) == (None, None)


@pytest.mark.parametrize(
    "text", ["", "a.b.c", "ey.ey.ey", "eyJ.x", f"{part([1])}.{part({})}.s", f"{part({})}.{part({})}.s"]
)
def test_what_is_no_jwt_is_none(text: str) -> None:
    assert parse_jwt(text) is None
