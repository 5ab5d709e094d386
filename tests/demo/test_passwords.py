import pytest

from sessionward.demo.passwords import hash_password


@pytest.mark.parametrize("password", ["", "quiet-harbour", " blanks ", "å∫ç", "\ud800", "x" * 1000])
def test_a_password_matches_its_own_hash_alone(password: str) -> None:
    kept = hash_password(password, 2)
    assert kept.matches(password)
    assert not kept.matches(password + "x")


def test_two_hashes_of_one_password_differ() -> None:
    assert hash_password("same", 2).key != hash_password("same", 2).key


def test_a_hash_shows_nothing() -> None:
    assert repr(hash_password("secret", 2)) == "PasswordHash(cost=2)"
