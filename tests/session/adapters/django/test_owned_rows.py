from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from django.db.models import Count, Prefetch
from django.test import override_settings
from django.utils.module_loading import import_string

from sessionward.session.adapters.django.guarded_requests import SPELLINGS, ObjectGuard
from sessionward.session.adapters.django.owned_rows import OwnedManager
from sessionward.session.adapters.presence import Current
from sessionward.session.guard.ownership import Guard, GuardError, NotYours, across
from sessionward.session.state import State, Subject
from tests.session.adapters.django_models import Note, Visitor, tables


@pytest.fixture(autouse=True)
def database() -> Iterator[None]:
    with tables():
        yield


def at(tenant: str, name: str, role: str = "patient") -> Current:
    return Current(state=State.ACTIVE, subject=Subject(tenant=tenant, id=name), role=role, handle="h")


ANA = at("north", "1")
NOBODY = Current(state=State.ANONYMOUS, subject=None, role=None, handle=None)


def in_request(view: Callable[[], Any]) -> Any:
    return ObjectGuard(lambda _: view())(None)


def test_a_patient_finds_their_own_a_doctor_the_tenants_and_a_visitor_nothing() -> None:
    viewers = (
        ANA,
        at("north", "9", "doctor"),
        at("south", "1"),
        at("north", "01"),
        at("north", "ana"),
        NOBODY,
    )
    owned = [Note.objects.for_session(who).values_list("id", flat=True) for who in viewers]
    found = [in_request(partial(sorted, rows)) for rows in owned]
    assert found == [[1], [1, 2], [], [], [], []]


READS: dict[str, Callable[[], Any]] = {
    "all": lambda: list(Note.objects.all()),
    "get": lambda: Note.objects.get(id=1),
    "first": Note.objects.first,
    "count": Note.objects.count,
    "exists": lambda: Note.objects.filter(id=1).exists(),
    "iterator": lambda: list(Note.objects.iterator()),
    "values": lambda: list(Note.objects.values_list("words")),
    "aggregate": lambda: Note.objects.aggregate(Count("id")),
    "in_bulk": lambda: Note.objects.in_bulk([1]),
    "update": lambda: Note.objects.update(words=""),
    "delete": lambda: Note.objects.all().delete(),
    "create": lambda: Note.objects.create(clinic_id="south", patient_id=3, words=""),
    "bulk_create": lambda: Note.objects.bulk_create([Note(clinic_id="south", patient_id=3)]),
    "raw": lambda: list(Note.objects.raw("SELECT * FROM guarded_note")),
    "related": lambda: list(Visitor.objects.get(id=2).notes.all()),
    "prefetch": lambda: list(Visitor.objects.prefetch_related("notes")),
    "in": lambda: list(Visitor.objects.filter(id__in=Note.objects.values("patient_id"))),
    "union": lambda: list(Note.objects.for_session(ANA).union(Note.objects.all())),
    "intersection": lambda: list(Note.objects.for_session(ANA).intersection(Note.objects.all())),
    "difference": lambda: list(Note.objects.for_session(ANA).difference(Note.objects.all())),
    "or": lambda: list(Note.objects.for_session(ANA) | Note.objects.all()),
    "xor": lambda: list(Note.objects.for_session(ANA) ^ Note.objects.all()),
}


@pytest.mark.parametrize("name", READS)
def test_what_is_not_limited_is_refused_in_a_request_unless_a_reason_is_given(name: str) -> None:
    with pytest.raises(GuardError, match="across"):
        in_request(READS[name])
    with across(reason="a test of the export"):
        in_request(READS[name])


def test_a_queryset_from_a_request_is_refused_after_it_too() -> None:
    with pytest.raises(GuardError, match="Say for whom"):
        list(in_request(lambda: Note.objects.filter(id=2)))


def test_what_is_limited_stays_limited() -> None:
    own = Note.objects.for_session(ANA)
    assert [own.filter(id=2).exists(), own.count(), own.exclude(id=9).get().id] == [False, 1, 1]
    assert [note.id for note in own | own.filter(id=1)] == [1]
    patients = in_request(lambda: list(Visitor.objects.prefetch_related(Prefetch("notes", queryset=own))))
    with across(reason="to count"):
        assert [len(patient.notes.all()) for patient in patients] == [1, 0, 0]


def test_writing_reaches_ones_own() -> None:
    own = Note.objects.for_session(ANA)
    assert own.update(words="read") == 1
    assert own.create(clinic_id="north", patient_id=1, words="new").pk is not None
    assert own.delete()[0] == 2
    assert sorted(Note.objects.values_list("id", flat=True)) == [2, 3]


def test_nothing_is_written_for_another_or_given_away() -> None:
    own = Note.objects.for_session(ANA)
    for owner in ({"clinic_id": "south", "patient_id": 1}, {"clinic_id": "north", "patient_id": 2}):
        with pytest.raises(NotYours):
            own.create(words="", **owner)
        with pytest.raises(NotYours):
            own.bulk_create([Note(words="", **owner)])
        with pytest.raises(NotYours):
            own.get_or_create(id=9, defaults=owner)
    note = own.get()
    for give in (
        lambda: own.update(patient_id=2),
        lambda: own.update(patient=Visitor(id=2)),
        lambda: own.bulk_update([note], ["clinic_id"]),
        lambda: own.update_or_create(id=1, defaults={"clinic_id": "south"}),
    ):
        with pytest.raises(GuardError, match="one by one"):
            give()
    assert [(row.clinic_id, row.patient_id) for row in Note.objects.order_by("id")] == [
        ("north", 1),
        ("north", 2),
        ("south", 3),
    ]


def test_a_manager_without_a_guard_or_a_tenant_is_refused_at_the_start() -> None:
    for manager in (OwnedManager(), OwnedManager(Guard(), subject="patient_id")):
        with pytest.raises(GuardError):
            manager.contribute_to_class(Visitor, "owned")


def test_the_system_check_wants_the_middleware() -> None:
    with override_settings(MIDDLEWARE=[]):
        assert [found.id for found in Note.objects.check()] == ["sessionward.E102"]
    for spelling in SPELLINGS:
        assert import_string(spelling) is ObjectGuard
        with override_settings(MIDDLEWARE=[spelling]):
            assert Note.objects.check() == []
