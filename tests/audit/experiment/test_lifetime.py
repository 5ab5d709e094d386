import base64
import json

import pytest

from sessionward.audit.experiment.lifetime import claims, life_note, spell
from sessionward.http import Carrier, Token, TokenSet
from tests.audit.checks.scenes import BEARER


def bearer(**claimed: float) -> TokenSet:
    parts = [
        base64.urlsafe_b64encode(json.dumps(p).encode()).decode().rstrip("=")
        for p in ({"alg": "HS256"}, claimed)
    ]
    value = ".".join([*parts, "sig"])
    return TokenSet((Token(carrier=Carrier.HEADER, name="authorization", value=value, scheme="Bearer"),))


@pytest.mark.parametrize(
    "claimed,now,seconds",
    [
        ({"iat": 100.0, "exp": 1000.0}, 0.0, 900.0),
        ({"iat": 100.0}, 0.0, None),
        ({"exp": 1000.0}, 400.0, 600.0),
        ({"exp": 1000.0}, 0.0, -1.0),
    ],
)
def test_a_token_says_how_long_it_is_good(
    claimed: dict[str, float], now: float, seconds: float | None
) -> None:
    (found,) = claims(bearer(**claimed), {BEARER}, now=now)
    assert found.seconds == seconds


def test_an_opaque_token_says_nothing() -> None:
    opaque = TokenSet((Token(carrier=Carrier.HEADER, name="authorization", value="abc", scheme="Bearer"),))
    assert claims(opaque, {BEARER}) == ()
    assert life_note(opaque, {BEARER}) == ""


@pytest.mark.parametrize(
    "claimed,words",
    [
        ({"iat": 0.0, "exp": 900.0}, "good for 15 min"),
        ({"iat": 1.0}, "without an end"),
        ({"exp": 9.0}, "until its exp claim"),
    ],
)
def test_the_note_says_it_in_words(claimed: dict[str, float], words: str) -> None:
    assert words in life_note(bearer(**claimed), {BEARER})


@pytest.mark.parametrize(
    "seconds,words",
    [
        (0.4, "0.4 s"),
        (30, "30 s"),
        (60, "60 s"),
        (61, "61 s"),
        (120, "2 min"),
        (900, "15 min"),
        (950, "15.8 min"),
        (3600, "60 min"),
        (43_200, "12 h"),
        (45_365, "12.6 h"),
        (604_800, "7 days"),
        (15_551_958, "180.0 days"),
    ],
)
def test_durations_are_said_as_people_say_them(seconds: float, words: str) -> None:
    assert spell(seconds) == words
