import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessionward.session.dpop.nonces import Nonces

NOW = 1_800_000_000.0
NONCES = Nonces(key=bytes(range(32)), period=300)


def test_a_nonce_is_known_for_one_period_more_than_it_is_given() -> None:
    nonce = NONCES.present(NOW)
    assert [NONCES.knows(nonce, NOW + later) for later in (0, 299, 300, 599, 600)] == [
        True,
        True,
        True,
        True,
        False,
    ]


def test_processes_with_one_key_know_each_others_nonces_and_others_do_not() -> None:
    assert Nonces(key=bytes(range(32))).knows(NONCES.present(NOW), NOW)
    assert not Nonces(key=bytes(32)).knows(NONCES.present(NOW), NOW)


def test_a_nonce_of_the_future_is_not_known() -> None:
    assert not NONCES.knows(NONCES.present(NOW + 300), NOW)


@given(st.text())
def test_what_was_not_given_is_not_known(text: str) -> None:
    assert not NONCES.knows(text, NOW)


def test_the_key_does_not_show() -> None:
    assert "key" not in repr(NONCES)


@pytest.mark.parametrize("key,period", [(bytes(31), 300.0), (bytes(32), 0.0), (bytes(32), float("nan"))])
def test_nonces_that_protect_nothing_are_refused_at_once(key: bytes, period: float) -> None:
    with pytest.raises(ValueError, match="onces"):
        Nonces(key=key, period=period)
