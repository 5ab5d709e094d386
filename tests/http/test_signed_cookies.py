import base64
import hashlib
import hmac

import pytest
from django.conf import settings
from django.core import signing
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeSerializer

from sessionward.http import Carrier, Token, TokenKey, TokenSet
from sessionward.http.signed_cookies import SignedValue, signed_values

SESSION = TokenKey(Carrier.COOKIE, "session")


def ways(value: str, beside: str = "") -> tuple[SignedValue, ...]:
    tokens = [Token(carrier=Carrier.COOKIE, name="session", value=value)]
    if beside:
        tokens.append(Token(carrier=Carrier.COOKIE, name="session.sig", value=beside))
    return signed_values(TokenSet(tuple(tokens)), SESSION)


def fitting(value: str, key: bytes, beside: str = "") -> SignedValue:
    return next(way for way in ways(value, beside) if way.key_among([b"other", key]) == key)


def test_what_flask_signs_is_known_by_its_key_and_written_anew() -> None:
    app = Flask(__name__)
    app.secret_key = "dev"
    serializer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert serializer is not None
    way = fitting(serializer.dumps({"user": "17"}), b"dev")
    other = ways(serializer.dumps({"user": "18"}))[0].payload
    assert way.framework == "Flask"
    assert serializer.loads(way.forged(b"dev", other)[0]) == {"user": "18"}


def test_what_django_signs_is_known_by_its_key_and_written_anew() -> None:
    if not settings.configured:
        settings.configure()
    salt = "django.contrib.sessions.backends.signed_cookies"
    way = fitting(signing.dumps({"user": "17"}, key="secret", salt=salt, compress=True), b"secret")
    other = ways(signing.dumps({"user": "18"}, key="secret", salt=salt, compress=True))[0].payload
    assert way.framework == "Django"
    assert signing.loads(way.forged(b"secret", other)[0], key="secret", salt=salt) == {"user": "18"}


def test_the_example_that_express_documents_fits() -> None:
    way = fitting("s:hello.DGDUkGlIkCzPz+C0B064FNgHdEjox7ch8tOBGslZ5QI", b"tobiiscool")
    assert (way.framework, way.payload) == ("Express", "hello")


@pytest.mark.parametrize("shape", ["s:abcdefgh.{}", "YWJj.ZGVm.{}", "YWJj:1ab:{}", "YWJjZGVm--{}"])
def test_a_forged_value_fits_the_key_that_made_it_and_no_other(shape: str) -> None:
    for way in ways(shape.format("0" * 40)):
        value, _ = way.forged(b"changeme", "eHl6")
        again = [one for one in ways(value) if one.framework == way.framework and one.fits(b"changeme")]
        assert [one.payload for one in again] == ["eHl6"]
        assert not any(one.fits(b"another") for one in ways(value))


def test_a_signature_in_a_cookie_of_its_own_is_written_beside() -> None:
    way = next(way for way in ways("eyJ1IjoxN30abcdefghij", "0" * 27) if way.beside)
    value, signature = way.forged(b"key", "eyJ1IjoxOH0abcdefghij")
    assert value == "eyJ1IjoxOH0abcdefghij"
    assert fitting(value, b"key", signature).beside == TokenKey(Carrier.COOKIE, "session.sig")


def test_a_percent_encoded_value_is_written_percent_encoded() -> None:
    way = ways("s%3Aabcdefgh.AAAAAAAAAAAAAAAAAAAAAAAA")[0]
    assert way.forged(b"k", "xyz")[0].startswith("s%3Axyz.")


def test_an_opaque_token_is_signed_in_no_known_way() -> None:
    assert ways("f" * 32) == ()
    assert signed_values(TokenSet(), SESSION) == ()


@pytest.mark.parametrize("separator", [".", "--", "|", ":"])
@pytest.mark.parametrize("name", ["md5", "sha1", "sha256", "sha512"])
def test_a_keyed_hash_written_by_hand_is_known_in_each_encoding(name: str, separator: str) -> None:
    raw = hmac.new(b"dev", b"uid=17", name).digest()
    bare = hashlib.new(name, b"uid=17" + b"dev", usedforsecurity=False).hexdigest()
    signatures = (raw.hex(), raw.hex().upper(), base64.b64encode(raw).decode(), bare)
    for signature in signatures:
        way = fitting(f"uid=17{separator}{signature}", b"dev")
        value, made = way.forged(b"dev", "uid=18")
        assert value == f"uid=18{separator}{made}"
        assert fitting(value, b"dev").payload == "uid=18"


def test_what_itsdangerous_signs_by_default_is_known() -> None:
    from_serializer = URLSafeSerializer("changeme").dumps({"user": 17})
    assert fitting(str(from_serializer), b"changeme").framework == "itsdangerous"
