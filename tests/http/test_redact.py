import base64
import json
from urllib.parse import quote

from sessionward.http.redact import Redactor

SECRET = 'p/Q+7"9=zebra'


def test_a_secret_is_found_in_every_encoding_it_may_take() -> None:
    redact = Redactor()
    redact.add(SECRET)
    for form in (
        SECRET,
        quote(SECRET, safe=""),
        json.dumps(SECRET),
        base64.b64encode(SECRET.encode()).decode(),
    ):
        text = redact(f"before {form} after")
        assert "zebra" not in text
        assert "‹token " in text
        assert base64.b64encode(SECRET.encode()).decode().rstrip("=") not in text


def test_the_longer_secret_goes_first() -> None:
    redact = Redactor()
    redact.add("abcdef")
    redact.add("abcdefghij")
    assert redact("abcdefghij").count("‹token") == 1


def test_short_token_values_stay_but_short_passwords_go() -> None:
    redact = Redactor()
    redact.add("en")
    redact.add("pw1", kind="password")
    assert redact("en pw1") == "en ‹password›"


def test_secrets_learnt_late_are_redacted_too() -> None:
    redact = Redactor()
    assert redact("later7") == "later7"
    redact.add_all(["later7"])
    assert "later7" not in redact("later7")
