"""The people of the clinic: accounts with their own data, in memory."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from sessionward.demo.passwords import PasswordHash, hash_password


class Role(StrEnum):
    """What an account may be."""

    PATIENT = "patient"
    CLINICIAN = "clinician"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One document of an account."""

    id: str
    date: str
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message to an account."""

    date: str
    sender: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An account as the clinic opens: the published password, and data that nobody else has."""

    id: str
    role: Role
    name: str
    email: str
    password: str = field(repr=False)
    phone: str
    address: str
    emergency_contact: str
    records: tuple[Record, ...]
    messages: tuple[Message, ...]


@dataclass(slots=True, kw_only=True, eq=False)
class Account:
    """An account as it is now. The e-mail address is the login name."""

    id: str
    role: Role
    name: str
    email: str
    password: PasswordHash
    phone: str
    address: str
    emergency_contact: str
    records: tuple[Record, ...]
    messages: tuple[Message, ...]

    def record(self, record_id: str) -> Record | None:
        """This account's record of that id, never another account's."""
        return next((record for record in self.records if record.id == record_id), None)


class People:
    """All accounts of one running clinic."""

    def __init__(self, persons: Iterable[Person], password_cost: int) -> None:
        """`password_cost` is scrypt's N, a power of two."""
        self._cost = password_cost
        self._by_id = {person.id: _open_account(person, password_cost) for person in persons}
        self._nobody = hash_password("", password_cost)

    def get(self, account_id: str) -> Account | None:
        """The account of that id."""
        return self._by_id.get(account_id)

    def by_email(self, email: str) -> Account | None:
        """The account that logs in with that e-mail address."""
        wanted = email.strip().casefold()
        return next((each for each in self._by_id.values() if each.email.casefold() == wanted), None)

    def recognise(self, email: str, password: str) -> Account | None:
        """The account of these credentials; an unknown address takes as long as a wrong password."""
        account = self.by_email(email)
        stored = account.password if account else self._nobody
        return account if stored.matches(password) and account else None

    def change_password(self, account: Account, password: str) -> None:
        """From now on `password`, and no other, opens `account`."""
        account.password = hash_password(password, self._cost)

    def owner_of(self, record_id: str) -> Account | None:
        """Whose record that is."""
        return next((each for each in self._by_id.values() if each.record(record_id)), None)


def _open_account(person: Person, password_cost: int) -> Account:
    return Account(
        id=person.id,
        role=person.role,
        name=person.name,
        email=person.email,
        password=hash_password(person.password, password_cost),
        phone=person.phone,
        address=person.address,
        emergency_contact=person.emergency_contact,
        records=person.records,
        messages=person.messages,
    )
