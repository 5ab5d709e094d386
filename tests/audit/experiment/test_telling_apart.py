import random
from dataclasses import replace

from sessionward.audit.experiment.telling_apart import said_apart, spread, time_apart
from sessionward.audit.observation import Reaction

WRONG = Reaction(status=401, texts=frozenset({"Log in", "Wrong."}))


def jittered(middle: float, jitter: float, *, seed: int, count: int = 24) -> list[float]:
    rng = random.Random(seed)
    return [middle + rng.uniform(-jitter, jitter) for _ in range(count)]


def test_a_status_a_redirect_or_a_text_of_one_kind_alone_tells_them_apart() -> None:
    assert "status is 401" in said_apart((WRONG,) * 2, (replace(WRONG, status=404),) * 2)
    assert "redirect" in said_apart((WRONG,) * 2, (replace(WRONG, location="/join"),) * 2)
    nobody = replace(WRONG, texts=frozenset({"Log in", "No such account."}))
    assert said_apart((WRONG,) * 2, (nobody,) * 2) == "only known names are answered “Wrong.”"


def test_a_text_that_only_unknown_names_are_told_counts_as_well() -> None:
    more = replace(WRONG, texts=WRONG.texts | {"Register now"})
    assert "only unknown names" in said_apart((WRONG,) * 2, (more,) * 2)


def test_what_comes_by_chance_tells_nothing() -> None:
    tip = replace(WRONG, texts=WRONG.texts | {"Drink water"}, status=403)
    assert said_apart((WRONG, tip), (tip, WRONG)) == ""
    assert said_apart((WRONG,), (WRONG,)) == ""


def test_a_clear_difference_in_time_is_measured() -> None:
    gap = time_apart(jittered(0.12, 0.01, seed=1), jittered(0.05, 0.01, seed=2), seed=1)
    assert 0.06 < gap < 0.08
    assert time_apart(jittered(0.05, 0.01, seed=1), jittered(0.12, 0.01, seed=2), seed=1) < 0


def test_no_difference_in_time_is_made_up_from_noise() -> None:
    for seed in range(40):
        known, unknown = jittered(0.1, 0.05, seed=seed), jittered(0.1, 0.05, seed=seed + 1000)
        assert time_apart(known, unknown, seed=seed) == 0.0


def test_a_difference_below_the_jitter_or_of_few_samples_counts_for_nothing() -> None:
    assert time_apart(jittered(0.11, 0.05, seed=1), jittered(0.1, 0.05, seed=2), seed=1) == 0.0
    assert time_apart(jittered(0.102, 0.0001, seed=1), jittered(0.1, 0.0001, seed=2), seed=1) == 0.0
    assert time_apart([0.2] * 19, [0.1] * 19, seed=1) == 0.0


def test_the_spread_is_how_far_a_usual_sample_is_off() -> None:
    assert spread([1.0, 2.0, 3.0, 4.0, 100.0]) == 1.0
