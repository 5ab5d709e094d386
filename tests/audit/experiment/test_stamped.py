import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from sessionward.audit.experiment.stamped import GREGORIAN, TICKS, stamped

MACHINE = 0x0242AC120002
EPOCH = 1_420_070_400_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    sent: float
    answered: float


def logins(count: int = 8) -> list[Moment]:
    rng = random.Random(5)
    moments = [1_700_000_000 + n * 0.31 + rng.random() / 50 for n in range(count)]
    return [Moment(sent=moment, answered=moment + 0.01) for moment in moments]


def uuid1(moment: float) -> str:
    ticks = int((moment + GREGORIAN) * TICKS)
    low, middle, high = ticks & 0xFFFFFFFF, ticks >> 32 & 0xFFFF, ticks >> 48 & 0x0FFF
    return str(uuid.UUID(fields=(low, middle, high | 0x1000, 0x9A, 0xBC, MACHINE)))


def uuid6(moment: float) -> str:
    digits = f"{int((moment + GREGORIAN) * TICKS):015x}"
    return str(uuid.UUID(f"{digits[:12]}6{digits[12:]}9abc{MACHINE:012x}"))


def snowflake(moment: float) -> str:
    return str((int(moment * 1000) - EPOCH) << 22 | 5 << 12)


def short_flake(moment: float) -> str:
    return f"{(int(moment * 1000) - EPOCH) << 20 | 7:016X}"


@pytest.mark.parametrize(
    "make,told",
    [
        (uuid1, "UUID of version 1"),
        (lambda moment: uuid1(moment).replace("-", "").upper(), "UUID of version 1"),
        (uuid6, "UUID of version 6"),
        (snowflake, "milliseconds before 22 bits"),
        (short_flake, "milliseconds before 20 bits"),
    ],
)
def test_an_id_that_is_a_time_is_told_and_asked_for_the_next(make: Callable[[float], str], told: str) -> None:
    seen = logins()
    texts = [make(login.sent + 0.004) for login in seen]
    model = stamped(texts[:-1], seen[:-1])
    assert model is not None
    assert told in model.told
    parts = model.format.read(texts[-1])
    assert parts is not None
    assert model.format.write(parts, texts[-2]) == texts[-1]
    near = parts[0] / model.format.scale - seen[-1].sent
    close = replace(model, low=near - 0.00001, high=near + 0.00001)
    assert texts[-1] in set(close.guesses(seen[-2], texts[-2], seen[-1]))


def ulid_like(moment: float) -> str:
    return f"{int(moment * 1000) << 16 | random.Random(moment).getrandbits(16):016x}"


def uuid7(moment: float) -> str:
    number = int(moment * 1000) << 80 | 7 << 76 | 2 << 62 | random.Random(moment).getrandbits(62)
    return str(uuid.UUID(int=number))


@pytest.mark.parametrize(
    "make",
    [
        ulid_like,
        uuid7,
        lambda moment: str(uuid.UUID(int=random.Random(moment).getrandbits(128), version=4)),
        lambda moment: str(random.Random(moment).getrandbits(63)),
        lambda _: "1234567890123456789",
    ],
    ids=["time and chance", "version 7", "version 4", "a random number", "a constant"],
)
def test_an_id_with_chance_in_it_or_without_a_time_is_left_alone(make: Callable[[float], str]) -> None:
    seen = logins()
    assert stamped([make(login.sent) for login in seen], seen) is None


def test_a_uuid_of_another_day_is_no_time_of_the_login() -> None:
    seen = logins()
    assert stamped([uuid1(login.sent - 200_000) for login in seen], seen) is None
