"""The people of the clinic: accounts with their own data, in memory."""

import secrets
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from sessionward.demo.passwords import PasswordHash, hash_password


class Role(StrEnum):
    """What an account may be."""

    PATIENT = "patient"
    CLINICIAN = "clinician"
    ADMINISTRATOR = "administrator"


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
class Prescription:
    """A medicine that a doctor has prescribed."""

    date: str
    medicine: str
    directions: str
    doctor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An account as the clinic opens: the published password, and data that nobody else has."""

    id: str
    tenant: str
    """The clinic that the account belongs to."""
    number: int
    """What the clinic calls the person by. Each clinic counts for itself, so two clinics use the same numbers."""
    role: Role
    doctor: str = ""
    """Which account looks after this patient."""
    totp: str = field(default="", repr=False)
    """The base32 secret of the second factor."""
    name: str
    email: str
    password: str = field(repr=False)
    phone: str
    address: str
    emergency_contact: str
    records: tuple[Record, ...] = ()
    messages: tuple[Message, ...] = ()
    prescriptions: tuple[Prescription, ...] = ()


@dataclass(slots=True, kw_only=True, eq=False)
class Account:
    """An account as it is now. The e-mail address is the login name."""

    id: str
    tenant: str
    number: int
    role: Role
    doctor: str
    totp: str = field(repr=False)
    name: str
    email: str
    password: PasswordHash
    phone: str
    address: str
    emergency_contact: str
    records: tuple[Record, ...]
    messages: list[Message]
    prescriptions: list[Prescription]
    sent: list[Message] = field(default_factory=list)
    """What this account wrote; `sender` is then whom it went to."""
    history: dict[str, str] = field(default_factory=dict)
    """The answers of the medical history form."""

    def record(self, record_id: str) -> Record | None:
        """This account's record of that id, never another account's."""
        return next((record for record in self.records if record.id == record_id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """What somebody told who wants an account."""

    tenant: str
    name: str
    email: str
    password: PasswordHash


def reference_of(account_id: str) -> str:
    """A number that stands for an account where its id would tell too much."""
    return str(zlib.crc32(account_id.encode()))


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

    def by_reference(self, reference: str) -> Account | None:
        """The account that this number stands for."""
        return next((each for each in self._by_id.values() if reference_of(each.id) == reference), None)

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

    def of_tenant(self, tenant: str) -> list[Account]:
        """The accounts of one clinic, by name."""
        return sorted(
            (each for each in self._by_id.values() if each.tenant == tenant), key=lambda each: each.name
        )

    def patients_of(self, doctor: Account) -> list[Account]:
        """Whom this doctor looks after, in the doctor's own clinic."""
        return [each for each in self.of_tenant(doctor.tenant) if each.doctor == doctor.id]

    def doctor_of(self, patient: Account) -> Account | None:
        """Who looks after this patient."""
        found = self.get(patient.doctor)
        return found if found and found.tenant == patient.tenant else None

    def join(self, joining: Joining) -> Account | None:
        """A new patient of a clinic, unless the address has an account by now."""
        if self.by_email(joining.email):
            return None
        colleagues = self.of_tenant(joining.tenant)
        doctors = [each for each in colleagues if each.role is Role.CLINICIAN]
        account = Account(
            id=secrets.token_hex(6),
            tenant=joining.tenant,
            number=1 + max((each.number for each in colleagues if each.role is Role.PATIENT), default=1000),
            role=Role.PATIENT,
            doctor=doctors[0].id if doctors else "",
            totp="",
            name=joining.name,
            email=joining.email,
            password=joining.password,
            phone="",
            address="",
            emergency_contact="",
            records=(),
            messages=[],
            prescriptions=[],
        )
        self._by_id[account.id] = account
        return account

    def hash(self, password: str) -> PasswordHash:
        """The hash of a password at this clinic's cost."""
        return hash_password(password, self._cost)


def _open_account(person: Person, password_cost: int) -> Account:
    return Account(
        id=person.id,
        tenant=person.tenant,
        number=person.number,
        role=person.role,
        doctor=person.doctor,
        totp=person.totp,
        name=person.name,
        email=person.email,
        password=hash_password(person.password, password_cost),
        phone=person.phone,
        address=person.address,
        emergency_contact=person.emergency_contact,
        records=person.records,
        messages=[*person.messages],
        prescriptions=[*person.prescriptions],
    )
