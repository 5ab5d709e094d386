import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessionward.session.forgery.masked_token import LETTERS, masked, matches, secret_for

KEY, OLD, OTHER = (bytes([number]) * 32 for number in (1, 2, 3))


@given(st.text(max_size=60))
def test_a_token_counts_for_the_cookie_that_it_was_shown_to(binding: str) -> None:
    assert matches([KEY], binding, masked(secret_for(KEY, binding)))


@given(st.text(max_size=20), st.text(max_size=20))
def test_a_token_counts_for_no_other_cookie(binding: str, other: str) -> None:
    assert matches([KEY], other, masked(secret_for(KEY, binding))) == (binding == other)


def test_a_token_looks_different_each_time() -> None:
    secret = secret_for(KEY, "a")
    assert len({masked(secret) for _ in range(50)}) == 50
    assert secret not in masked(secret)


def test_a_token_of_an_older_key_counts_until_the_key_is_dropped() -> None:
    token = masked(secret_for(OLD, "a"))
    assert matches([KEY, OLD], "a", token)
    assert not matches([KEY], "a", token)
    assert not matches([], "a", token)


def test_a_token_made_without_the_key_counts_for_nothing() -> None:
    assert not matches([KEY, OLD], "a", masked(secret_for(OTHER, "a")))


@pytest.mark.parametrize("token", ["", "a" * 63, "a" * 65, "-" * 64, "é" * 64, "a" * 64 + "\n", "a" * 64])
def test_what_is_no_token_counts_for_nothing(token: str) -> None:
    assert not matches([KEY], "a", token)


@given(st.text(alphabet=LETTERS, min_size=64, max_size=64))
def test_a_guess_counts_for_nothing(token: str) -> None:
    assert not matches([KEY], "a", token)
