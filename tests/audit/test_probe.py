import dataclasses
from collections.abc import Generator
from typing import Any

import pytest

from sessionward.audit.observation import Session
from sessionward.audit.probe import LogIn, LogOut, Probe, Replay, Together, Wait, foreign_origin
from sessionward.http import Carrier, Token, TokenSet
from tests.audit.perform.stages import PROFILE

SECRET = "5e551017c0ffee"
TOKENS = TokenSet((Token(carrier=Carrier.COOKIE, name="sid", value=SECRET),))


def test_asking_for_a_probe_hands_it_up_and_its_result_back() -> None:
    def experiment() -> Generator[Probe[Any], Any, str]:
        session = yield from LogIn(party="owner")
        return session.party

    steps = experiment()
    assert next(steps) == LogIn(party="owner")
    with pytest.raises(StopIteration) as end:
        steps.send(Session(id=1, party="stranger"))
    assert end.value.value == "stranger"


def test_a_probe_belongs_to_the_experiment_itself_unless_it_names_a_control() -> None:
    assert LogIn(party="owner").control == ""
    assert Replay(exchange=PROFILE, tokens=TOKENS, party="owner", control="no token").control == "no token"


@pytest.mark.parametrize(
    "value",
    [
        LogIn(party="owner", plant=TOKENS),
        Replay(exchange=PROFILE, tokens=TOKENS, party="owner"),
        LogOut(session=Session(id=1, party="owner", tokens=TOKENS)),
    ],
)
def test_no_token_shows_in_the_repr_of_a_probe(value: object) -> None:
    assert SECRET not in repr(value)


def test_a_probe_cannot_be_changed_once_it_is_evidence() -> None:
    probe = Wait(seconds=1)
    with pytest.raises(dataclasses.FrozenInstanceError):
        probe.seconds = 2  # type: ignore[misc]


def test_probes_together_keep_their_order() -> None:
    both = Together(probes=(Wait(seconds=1), LogIn(party="owner")))
    assert [type(probe) for probe in both.probes] == [Wait, LogIn]


@pytest.mark.parametrize(
    "start, kind, origin",
    [
        ("http://127.0.0.1:8000/", "other", "http://sessionward-attacker.test"),
        ("https://app.test/", "lookalike", "https://app.test.sessionward-attacker.test"),
        ("http://[::1]:80/", "lookalike", "http://--1.sessionward-attacker.test"),
        ("https://app.test/", "null", "null"),
        ("https://app.test/", "sibling", "https://app.test:444"),
        ("http://[::1]:8000/", "sibling", "http://[::1]:8001"),
    ],
)
def test_foreign_origins_are_written_as_browsers_write_them(start: str, kind: Any, origin: str) -> None:
    assert foreign_origin(start, kind) == origin
