import hashlib
from dataclasses import dataclass

import pytest

from sessionward.audit.experiment.hashed import hash_model


@dataclass(frozen=True, slots=True)
class Login:
    sent: float
    answered: float
    names: tuple[str, ...] = ("olga@app.test", "olga")


LOGINS = [Login(1_700_000_000.5 + n, 1_700_000_000.53 + n) for n in range(6)]


@pytest.mark.parametrize("algorithm", ["md5", "sha1", "sha256"])
@pytest.mark.parametrize(
    "kind",
    ["{n}", "olga:{n}", "{n}-olga@app.test", "{seconds}", "{millis}", "olga@app.test", "olga|{seconds}"],
)
def test_a_hash_of_something_small_is_found_and_goes_on(algorithm: str, kind: str) -> None:
    def made(number: int) -> str:
        login = LOGINS[number]
        text = kind.format(n=500 + number, seconds=int(login.sent), millis=int(login.sent * 1000) + 7)
        return hashlib.new(algorithm, text.encode(), usedforsecurity=False).hexdigest()

    model = hash_model([made(n) for n in range(5)], LOGINS[:5])
    assert model is not None
    assert algorithm in model.told
    assert made(5) in set(model.guesses(LOGINS[4], made(4), LOGINS[5]))


def test_capitals_are_kept() -> None:
    texts = [hashlib.md5(str(n).encode(), usedforsecurity=False).hexdigest().upper() for n in range(5)]
    model = hash_model(texts, LOGINS[:5])
    assert model is not None
    assert all(text.isupper() or text.isdecimal() for text in model.guesses(LOGINS[4], texts[4], LOGINS[5]))


def test_random_values_and_other_lengths_are_no_hashes_of_anything_small() -> None:
    random = [hashlib.sha256(f"secret pepper {n}".encode()).hexdigest() for n in range(5)]
    assert hash_model(random, LOGINS[:5]) is None
    assert hash_model(["abc"] * 5, LOGINS[:5]) is None
