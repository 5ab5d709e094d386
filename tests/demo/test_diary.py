from datetime import datetime, timedelta

import pytest

from sessionward.demo.diary import (
    DAYS,
    MOST_BOOKED,
    MOST_WAITING,
    TAKEN,
    TIMES,
    Booking,
    Diary,
    Slot,
    open_diary,
)
from sessionward.demo.people import Account, People
from sessionward.demo.sample_people import PEOPLE

NOW = datetime(2026, 3, 6, 12, 0)  # noqa: DTZ001 — a clinic's wall clock


def account(people: People, name: str) -> Account:
    found = people.get(name)
    assert found
    return found


@pytest.fixture
def people() -> People:
    return People(PEOPLE, 2)


@pytest.fixture
def diary(people: People) -> Diary:
    return open_diary(people, ("north", "south"), lambda: NOW)


def split(diary: Diary) -> tuple[list[Slot], list[Slot]]:
    slots = diary.ahead("north")
    return [slot for slot in slots if not slot.holder], [slot for slot in slots if slot.holder == TAKEN]


def test_times_are_on_working_days_and_in_order(diary: Diary) -> None:
    slots = diary.ahead("north")
    assert len(slots) == DAYS * len(TIMES)
    assert all(slot.begins.weekday() < 5 for slot in slots)
    assert [slot.begins for slot in slots] == sorted(slot.begins for slot in slots)
    assert all(split(diary))


def test_every_patient_of_both_clinics_has_an_appointment_already(diary: Diary, people: People) -> None:
    for name in ("ana", "ben", "sol", "sam"):
        (slot,) = diary.held_by(account(people, name))
        assert slot.tenant == account(people, name).tenant


def test_what_lies_behind_is_not_offered(people: People) -> None:
    now = NOW
    diary = open_diary(people, ("north",), lambda: now)
    now += timedelta(days=60)
    assert diary.ahead("north") == []


def test_a_free_time_is_booked_and_given_back(diary: Diary, people: People) -> None:
    ana, slot = account(people, "ana"), split(diary)[0][0]
    assert diary.book(slot, ana) is Booking.BOOKED
    assert diary.book(slot, ana) is Booking.ALREADY
    assert slot in diary.held_by(ana)
    assert slot in diary.of_doctor(slot.doctor)
    assert diary.cancel(slot, ana) is None
    assert slot not in diary.held_by(ana)


def test_who_waits_moves_up_when_the_time_becomes_free(diary: Diary, people: People) -> None:
    ana, ben, slot = account(people, "ana"), account(people, "ben"), split(diary)[0][0]
    diary.book(slot, ana)
    assert diary.book(slot, ben) is Booking.WAITING
    assert diary.awaited_by(ben) == [slot]
    assert diary.cancel(slot, ana) is ben
    assert slot in diary.held_by(ben)
    assert diary.awaited_by(ben) == []


def test_who_holds_enough_does_not_move_up(diary: Diary, people: People) -> None:
    ana, ben = account(people, "ana"), account(people, "ben")
    first, *others = split(diary)[0]
    diary.book(first, ana)
    diary.book(first, ben)
    for slot in others[: MOST_BOOKED - 1]:
        assert diary.book(slot, ben) is Booking.BOOKED
    assert diary.cancel(first, ana) is None
    assert first.holder == ""


def test_nobody_holds_more_than_the_limit_or_waits_on_more_lists(diary: Diary, people: People) -> None:
    ana, (free, taken) = account(people, "ana"), split(diary)
    assert [diary.book(slot, ana) for slot in free[:MOST_BOOKED]][-1] is Booking.TOO_MANY
    assert len(diary.held_by(ana)) == MOST_BOOKED
    assert [diary.book(slot, ana) for slot in taken[: MOST_WAITING + 1]][-1] is Booking.TOO_MANY_WAITING
    assert len(diary.awaited_by(ana)) == MOST_WAITING


def test_nobody_cancels_for_another(diary: Diary, people: People) -> None:
    ana, ben, slot = account(people, "ana"), account(people, "ben"), split(diary)[0][0]
    diary.book(slot, ana)
    diary.cancel(slot, ben)
    assert slot in diary.held_by(ana)


def test_a_time_of_the_other_clinic_is_none(diary: Diary) -> None:
    slot = diary.ahead("south")[0]
    assert diary.get(slot.id, "south") is slot
    assert diary.get(slot.id, "north") is None
    assert diary.get("none", "north") is None
