import base64
import json
from urllib.parse import quote

import pytest

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


@pytest.mark.parametrize(
    "text,redacted",
    [
        ("demo", "‹password›"),
        ('{"password":"demo","user":"demo_1"}', '{"password":"‹password›","user":"‹password›_1"}'),
        ("p=demo&democracy=1", "p=‹password›&democracy=1"),
        ("a demonstration", "a demonstration"),
        ("y, say you may", "‹password›, say you may"),
    ],
)
def test_a_password_that_is_a_word_goes_where_it_stands_alone_and_leaves_other_words_whole(
    text: str, redacted: str
) -> None:
    redact = Redactor()
    redact.add_all(["demo", "y"], kind="password")
    assert redact(text) == redacted


def test_a_long_password_goes_even_in_the_middle_of_a_word() -> None:
    redact = Redactor()
    redact.add("longenough", kind="password")
    assert "longenough" not in redact("xlongenoughx")


def test_secrets_learnt_late_are_redacted_too() -> None:
    redact = Redactor()
    assert redact("later7") == "later7"
    redact.add_all(["later7"])
    assert "later7" not in redact("later7")
