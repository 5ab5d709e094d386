"""Appointments: free times, who holds them, and who waits for them."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

from sessionward.demo.people import Account, People, Role

MOST_BOOKED = 3
"""Appointments ahead that one patient may hold, so that a few do not take all."""
MOST_WAITING = 2
"""Waiting lists that one patient may stand on."""

DAYS = 6
TIMES = ((9, 0, "Video call"), (10, 30, "At the clinic"), (13, 15, "Video call"), (15, 0, "At the clinic"))
"""Hour, minute and kind of each doctor's appointments on a working day."""

TAKEN = "somebody who called the desk"
"""Holds what was given away by phone."""


class Booking(Enum):
    """What came of asking for a time."""

    BOOKED = "Your appointment is booked."
    WAITING = "That time is taken. You are on its waiting list, and we write to you when it becomes free."
    ALREADY = "You hold this time or wait for it already."
    TOO_MANY = f"You can hold {MOST_BOOKED} appointments at a time. Cancel one to book another."
    TOO_MANY_WAITING = f"You can stand on {MOST_WAITING} waiting lists at a time."


@dataclass(slots=True, kw_only=True, eq=False)
class Slot:
    """One time of one doctor."""

    id: str
    tenant: str
    doctor: Account
    begins: datetime
    kind: str
    holder: str = ""
    """The account that holds it, empty while it is free."""
    waiting: list[str] = field(default_factory=list)


class Diary:
    """All appointments of both clinics. Nothing here awaits, so two requests never book one time twice."""

    def __init__(self, people: People, doctors: Iterable[Account], now: Callable[[], datetime]) -> None:
        """The times of the next working days; some of them were given away by phone."""
        self._people = people
        self._now = now
        made = [slot for doctor in doctors for slot in _times_of(doctor, now())]
        self._slots = {slot.id: slot for slot in made}

    def get(self, slot_id: str, tenant: str) -> Slot | None:
        """The time of that id, where it is of this clinic."""
        slot = self._slots.get(slot_id)
        return slot if slot and slot.tenant == tenant else None

    def ahead(self, tenant: str) -> list[Slot]:
        """What is still to come in one clinic, soonest first."""
        now = self._now()
        coming = (slot for slot in self._slots.values() if slot.tenant == tenant and slot.begins > now)
        return sorted(coming, key=_begin)

    def held_by(self, account: Account) -> list[Slot]:
        """What this patient has booked."""
        return [slot for slot in self.ahead(account.tenant) if slot.holder == account.id]

    def awaited_by(self, account: Account) -> list[Slot]:
        """What this patient waits for."""
        return [slot for slot in self.ahead(account.tenant) if account.id in slot.waiting]

    def of_doctor(self, doctor: Account) -> list[Slot]:
        """What this doctor is to do."""
        return [slot for slot in self.ahead(doctor.tenant) if slot.doctor is doctor and slot.holder]

    def book(self, slot: Slot, account: Account) -> Booking:
        """Give the time to the patient, or a place on its waiting list."""
        if account.id in (slot.holder, *slot.waiting):
            return Booking.ALREADY
        if slot.holder:
            if len(self.awaited_by(account)) >= MOST_WAITING:
                return Booking.TOO_MANY_WAITING
            slot.waiting.append(account.id)
            return Booking.WAITING
        if len(self.held_by(account)) >= MOST_BOOKED:
            return Booking.TOO_MANY
        slot.holder = account.id
        return Booking.BOOKED

    def cancel(self, slot: Slot, account: Account) -> Account | None:
        """Take the patient off the time or its waiting list; gives who moves up."""
        if account.id in slot.waiting:
            slot.waiting.remove(account.id)
            return None
        if slot.holder != account.id:
            return None
        slot.holder = ""
        for waiting in [*slot.waiting]:
            next_one = self._people.get(waiting)
            slot.waiting.remove(waiting)
            if next_one and len(self.held_by(next_one)) < MOST_BOOKED:
                slot.holder = next_one.id
                return next_one
        return None


def _begin(slot: Slot) -> tuple[datetime, str]:
    return slot.begins, slot.id


def open_diary(people: People, tenants: Iterable[str], now: Callable[[], datetime]) -> Diary:
    """The diary of these clinics' doctors. Every patient has an appointment already."""
    accounts = [account for tenant in tenants for account in people.of_tenant(tenant)]
    diary = Diary(people, [each for each in accounts if each.role is Role.CLINICIAN], now)
    for patient in accounts:
        own = (each for each in diary.ahead(patient.tenant) if each.doctor.id == patient.doctor)
        if free := next((slot for slot in own if not slot.holder), None):
            diary.book(free, patient)
    return diary


def _times_of(doctor: Account, now: datetime) -> list[Slot]:
    days = (now + timedelta(days=ahead) for ahead in range(1, DAYS * 2))
    working = [day for day in days if day.weekday() < 5][:DAYS]  # noqa: PLR2004 — Saturday
    return [
        Slot(
            id=(slot_id := hashlib.sha256(f"{doctor.id} {day:%Y%m%d} {hour}".encode()).hexdigest()[:10]),
            tenant=doctor.tenant,
            doctor=doctor,
            begins=day.replace(hour=hour, minute=minute, second=0, microsecond=0),
            kind=kind,
            holder=TAKEN if int(slot_id, 16) % 4 == 0 else "",
        )
        for day in working
        for hour, minute, kind in TIMES
    ]
