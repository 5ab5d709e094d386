import pytest

from sessionward.audit.experiment.numerals import NUMERALS, Uniqid

BY_NAME = {numeral.name: numeral for numeral in NUMERALS}


@pytest.mark.parametrize("name", [name for name in BY_NAME if "uniqid" not in name])
@pytest.mark.parametrize("number", [0, 1, 61, 1041, 10**9])
def test_what_is_written_is_read_again(name: str, number: int) -> None:
    numeral = BY_NAME[name]
    assert numeral.read(numeral.write(number, "1")) == number


def test_leading_zeros_and_capitals_are_kept() -> None:
    assert BY_NAME["decimal"].write(42, "000041") == "000042"
    assert BY_NAME["hexadecimal"].write(0xAB, "AA") == "AB"


def test_what_is_no_number_is_none() -> None:
    assert BY_NAME["decimal"].read("12a") is None
    assert BY_NAME["hexadecimal"].read("") is None
    assert BY_NAME["hexadecimal"].read("f" * 32) is None


def test_a_uniqid_is_a_moment_in_microseconds() -> None:
    moment = 1_700_000_000_123_456
    text = Uniqid().write(moment, "")
    assert len(text) == 13
    assert Uniqid().read(text) == moment
    assert Uniqid().read("zz") is None
