import time

import pytest
from argon2 import PasswordHasher
from argon2.low_level import Type

from sessionward.session.factors.argon2_password import LONGEST, Passwords, Unsuitable
from sessionward.session.factors.factor import Disproved, Factor, Proved
from tests.session.factors.taking import ANA, NOW, Desk

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
COSTLIER = PasswordHasher(time_cost=2, memory_cost=64, parallelism=1)
GOOD = "correct horse battery"
PASSWORDS = Passwords(hasher=CHEAP)
KEPT = PASSWORDS.new(GOOD)


def test_the_right_password_is_proved_and_another_is_not() -> None:
    factor: Factor[str] = PASSWORDS
    desk = Desk()
    assert desk.ask(factor, KEPT, GOOD) == Proved(method="password")
    assert desk.ask(factor, KEPT, f"{GOOD} ") is Disproved.WRONG
    assert desk.ask(factor, KEPT, "") is Disproved.WRONG
    assert PASSWORDS.begin(ANA, KEPT, NOW).shown == PASSWORDS.begin(ANA, None, NOW).shown


def test_by_default_the_costs_are_those_of_the_standard() -> None:
    kept = Passwords().new(GOOD)
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")  # RFC 9106, section 4, second choice


def test_the_same_password_is_kept_differently_each_time() -> None:
    assert PASSWORDS.new(GOOD) != KEPT


def test_an_account_that_does_not_exist_is_no_different() -> None:
    assert PASSWORDS.check(None, GOOD) is Disproved.WRONG


def test_an_account_that_does_not_exist_takes_as_long() -> None:
    passwords = Passwords(hasher=PasswordHasher(time_cost=4, memory_cost=4096, parallelism=1))
    kept = passwords.new(GOOD)

    def fastest(known: str | None) -> float:
        spent = []
        for _ in range(7):
            begun = time.process_time()
            passwords.check(known, "something else entirely")
            spent.append(time.process_time() - begun)
        return min(spent)

    assert 0.5 < fastest(None) / fastest(kept) < 2


def test_a_hash_with_other_costs_is_replaced_at_the_next_proof() -> None:
    answer = Passwords(hasher=COSTLIER).check(KEPT, GOOD)
    assert isinstance(answer, Proved)
    assert answer.replace is not None
    assert "t=2" in answer.replace
    assert Passwords(hasher=COSTLIER).check(answer.replace, GOOD) == Proved(method="password")


def test_a_hash_of_another_kind_of_argon2_is_replaced() -> None:
    older = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1, type=Type.I).hash(GOOD)
    answer = PASSWORDS.check(older, GOOD)
    assert isinstance(answer, Proved)
    assert answer.replace is not None
    assert answer.replace.startswith("$argon2id$")


@pytest.mark.parametrize("typed", ["x" * (LONGEST + 1), "ä" * LONGEST, "x" * 10_000_000])
def test_more_than_the_bound_is_never_hashed(typed: str) -> None:
    assert PASSWORDS.check(KEPT, typed) is Disproved.WRONG
    with pytest.raises(Unsuitable, match="too long"):
        PASSWORDS.new(typed)


def test_a_password_of_the_longest_length_counts_to_its_end() -> None:
    kept = PASSWORDS.new("x" * LONGEST)
    assert isinstance(PASSWORDS.check(kept, "x" * LONGEST), Proved)
    assert PASSWORDS.check(kept, "x" * (LONGEST - 1) + "y") is Disproved.WRONG


def test_a_letter_typed_in_two_ways_is_one_and_likenesses_stay_two() -> None:
    kept = PASSWORDS.new("caf\u00e9 au lait, m\u00b2")
    assert isinstance(PASSWORDS.check(kept, "cafe\u0301 au lait, m\u00b2"), Proved)
    assert PASSWORDS.check(kept, "caf\u00e9 au lait, m2") is Disproved.WRONG


def test_half_a_surrogate_is_only_a_wrong_password() -> None:
    assert PASSWORDS.check(KEPT, "\ud800") is Disproved.WRONG


@pytest.mark.parametrize("password", ["x" * 14, "e\u0301" * 14])
def test_a_short_password_is_refused(password: str) -> None:
    with pytest.raises(Unsuitable, match="15 characters"):
        PASSWORDS.new(password)


def test_a_known_password_is_refused() -> None:
    passwords = Passwords(hasher=CHEAP, minimum=8, known=lambda text: text == "password")
    with pytest.raises(Unsuitable, match="known"):
        passwords.new("password")
    assert passwords.new("passwort")


def test_with_a_pepper_the_hash_alone_is_not_enough() -> None:
    peppered = Passwords(hasher=CHEAP, pepper=bytes(range(32)))
    kept = peppered.new(GOOD)
    assert isinstance(peppered.check(kept, GOOD), Proved)
    assert PASSWORDS.check(kept, GOOD) is Disproved.WRONG
    assert Passwords(hasher=CHEAP, pepper=bytes(32)).check(kept, GOOD) is Disproved.WRONG


def test_a_damaged_hash_is_an_error_that_does_not_show_it() -> None:
    with pytest.raises(ValueError, match="no Argon2 hash") as raised:
        PASSWORDS.check("canary", GOOD)
    assert "canary" not in str(raised.value)


def test_settings_that_protect_nothing_are_refused_at_once() -> None:
    with pytest.raises(ValueError, match="32 random bytes"):
        Passwords(pepper=b"short")
    with pytest.raises(ValueError, match="8 characters"):
        Passwords(minimum=7)
