import random

import pytest

from sessionward.audit.experiment.entropy import unknown_bits

RNG = random.Random(5)


def drawn(alphabet: str, length: int, count: int = 50) -> list[str]:
    return ["".join(RNG.choices(alphabet, k=length)) for _ in range(count)]


@pytest.mark.parametrize(
    "alphabet,length,bits",
    [
        ("0123456789", 6, 19.9),
        ("0123456789abcdef", 32, 128),
        ("0123456789abcdefghijklmnopqrstuvwxyz", 32, 165.4),
    ],
)
def test_length_times_alphabet_is_the_bound(alphabet: str, length: int, bits: float) -> None:
    assert unknown_bits(drawn(alphabet, length)) == pytest.approx(bits, abs=0.1)


def test_what_never_changes_does_not_count() -> None:
    values = [f"prefix-{text}-suffix" for text in drawn("0123456789abcdef", 8)]
    assert unknown_bits(values) == pytest.approx(32)


def test_an_encoding_adds_nothing() -> None:
    values = [f"u-{text}".encode().hex() for text in drawn("0123456789", 6)]
    assert unknown_bits(values) == pytest.approx(19.9, abs=0.1)


def test_texts_of_different_lengths_are_judged_by_what_they_do_not_share() -> None:
    assert unknown_bits(["S8", "S9", "S10", "S11"]) == pytest.approx(6.6, abs=0.1)


def test_one_value_alone_is_bounded_by_its_length() -> None:
    assert unknown_bits(["4711", "4711"]) == pytest.approx(13.3, abs=0.1)
    assert unknown_bits([""]) == 0
