import pytest

from sessionward.audit.experiment.endings import CannotTell
from sessionward.audit.experiment.guards import Guard
from sessionward.audit.experiment.token_samples import (
    both_alive,
    of_party,
    opens_stranger,
    proven,
    sample,
    sampled_ways,
    sets_of_tokens,
    swapped,
    values,
)
from sessionward.audit.probe import Probe, Replay
from tests.audit.checks.fake_app import FakeApp
from tests.audit.checks.fake_server import cookie
from tests.audit.checks.scenes import API, ORACLE, SCENE, SID
from tests.audit.checks.token.minting_app import ONE_WAY, MintingApp
from tests.audit.experiment.steps_of import walk


def test_a_sample_has_logins_of_both_accounts_in_turn() -> None:
    taken = walk(sample(least=3), MintingApp())
    assert len(of_party(taken, "owner")) == len(of_party(taken, "stranger")) == 25
    assert len(set(values(taken.logins, SID))) == 50
    assert sampled_ways(SCENE, taken) == (ORACLE,)


def test_too_few_logins_are_no_sample_and_the_app_says_why() -> None:
    with pytest.raises(CannotTell, match="holds off"):
        walk(sample(least=3), MintingApp(most=4))


def test_ways_are_told_apart_by_what_opens_them() -> None:
    assert sets_of_tokens(SCENE) == (ORACLE, API)


def test_both_accounts_must_be_shown_their_own() -> None:
    owner, stranger = walk(both_alive(ONE_WAY), MintingApp())
    assert owner != stranger
    app = MintingApp(breaks=lambda probe: 403 if probe.control == Guard.OTHER else 0)
    with pytest.raises(CannotTell, match="other account"):
        walk(both_alive(ONE_WAY), app)


@pytest.mark.parametrize("status,opened", [(0, True), (403, False), (500, False)])
def test_a_refusal_and_a_fault_show_nothing(status: int, *, opened: bool) -> None:
    app = MintingApp()
    _, stranger = walk(both_alive(ONE_WAY), app)
    app.breaks = lambda probe: status
    assert walk(opens_stranger(stranger, ORACLE), app) is opened


def test_from_a_throttle_nothing_follows() -> None:
    with pytest.raises(CannotTell, match="429"):
        walk(opens_stranger(cookie("sid", "x"), ORACLE), FakeApp(breaks=lambda probe: 429))


def test_a_proof_has_a_random_and_an_empty_control() -> None:
    app, probes = MintingApp(), list[Probe[object]]()
    _, stranger = walk(both_alive(ONE_WAY), app)
    walk(proven(ONE_WAY, stranger, ORACLE), app, probes)
    controls = {probe.control for probe in probes if isinstance(probe, Replay)}
    assert {Guard.RANDOM, Guard.EMPTY, Guard.POSITIVE, Guard.OTHER} <= controls


def test_one_value_is_exchanged_and_the_rest_stays() -> None:
    tokens = swapped(cookie("sid", "a").merged(cookie("lang", "en")), SID, "b")
    assert {token.name: token.value for token in tokens} == {"sid": "b", "lang": "en"}
