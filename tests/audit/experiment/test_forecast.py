import base64

import pytest

from sessionward.audit.experiment.forecast import Seen, forecast

NAMES = ("olga@app.test", "olga")


def series(*texts: str, every: float = 1.0) -> list[Seen]:
    return [
        Seen(text=text, sent=1_700_000_000 + n * every, answered=1_700_000_000.05 + n * every, names=NAMES)
        for n, text in enumerate(texts)
    ]


@pytest.mark.parametrize(
    "texts,following,told",
    [
        (["S8", "S9", "S10", "S11", "S12"], "S13", "a counter (decimal)"),
        (["00fe", "00ff", "0100", "0101"], "0102", "a counter (hexadecimal)"),
        (["c-8-x", "c-10-x", "c-12-x", "c-14-x"], "c-16-x", "a counter"),
        ([f"olga.{n}" for n in range(4)], "olga.4", "a counter (decimal)"),
        ([str(1_700_000_000 + n) for n in range(4)], "1700000004", "a counter"),
        ([base64.b64encode(f"u-{n}".encode()).decode() for n in range(95, 99)], "dS05OQ==", "in base64"),
    ],
)
def test_a_generator_is_told_and_asked_for_the_next(texts: list[str], following: str, told: str) -> None:
    seen = series(*texts, following)
    model = forecast(seen[:-1])
    assert model is not None
    assert told in model.told
    assert following in set(model.candidates(seen[-2], seen[-1]))


def test_a_clock_is_known_by_the_times_of_the_logins() -> None:
    texts = [str(int((1_700_000_000 + n * 1.37) * 1000) + 20 + n % 3) for n in range(9)]
    seen = series(*texts, every=1.37)
    model = forecast(seen[:-1])
    assert model is not None
    assert "milliseconds" in model.told
    assert texts[-1] in set(model.candidates(seen[-2], seen[-1]))


def test_a_clock_elsewhere_may_go_wrong_by_hours() -> None:
    texts = [str(int((1_700_003_600 + n * 1.37) * 1000) + 20) for n in range(9)]
    seen = series(*texts, every=1.37)
    model = forecast(seen[:-1])
    assert model is not None
    assert texts[-1] in set(model.candidates(seen[-2], seen[-1]))


@pytest.mark.parametrize(
    "texts",
    [
        ["9f3c", "11aa", "f00d", "0b0e", "77aa"],
        ["1-9f3caa01", "2-11aa9c11", "3-f00d8811", "4-0b0e1212"],
        ["same", "same", "same", "same"],
        ["1", "2", "3"],
        ["10", "9", "8", "7"],
    ],
    ids=["random", "a counter beside a random value", "constant", "too few", "downwards"],
)
def test_what_no_model_explains_is_left_alone(texts: list[str]) -> None:
    assert forecast(series(*texts)) is None


def test_the_ids_of_mongodb_are_a_time_a_process_and_a_counter() -> None:
    texts = [f"{1_700_000_000 + n:08x}a1b2c3d4e5{0x0FFFFA + n * 2:06x}" for n in range(8)]
    seen = series(*texts)
    model = forecast(seen[:-1])
    assert model is not None
    assert texts[-1] in set(model.candidates(seen[-2], seen[-1]))
