import logging
from dataclasses import dataclass
from uuid import UUID

import pytest

from sessionward.session.guard.ownership import (
    Guard,
    GuardError,
    NotYours,
    Rule,
    across,
    looking_across,
    reads_as,
    whole_tenant,
)
from sessionward.session.state import Subject


@dataclass
class Viewer:
    subject: Subject | None
    role: str | None = None


@dataclass
class Note:
    clinic: object
    patient: object
    doctor: str = "d1"


class Letter(Note):
    pass


@dataclass
class Hours:
    clinic: str


ANA = Viewer(Subject(tenant="north", id="ana"))
NOBODY = Viewer(None)


def by_doctor(subject: Subject) -> dict[str, str]:
    return {"doctor": subject.id}


def the_guard() -> Guard:
    guard = Guard()
    roles: dict[str, Rule] = {"nurse": whole_tenant, "doctor": by_doctor}
    guard.owned(Note, tenant="clinic", subject="patient", roles=roles)
    guard.owned(Hours, tenant="clinic", subject=None)
    return guard


@pytest.mark.parametrize(
    "note, seen",
    [
        (Note("north", "ana"), True),
        (Letter("north", "ana"), True),
        (Note("north", "bo"), False),
        (Note("south", "ana"), False),
        (Note("north", "Ana"), False),
        (Note(None, "ana"), False),
        (Note("north", None), False),
        (Hours("north"), True),
        (Hours("south"), False),
    ],
)
def test_what_is_seen_is_of_the_same_tenant_and_subject(note: object, *, seen: bool) -> None:
    assert (the_guard().permits(ANA, note), the_guard().permits(NOBODY, note)) == (seen, False)


@pytest.mark.parametrize(
    "role, seen", [("nurse", ["ana", "bo"]), ("doctor", ["bo"]), ("patient", []), (None, []), ("", [])]
)
def test_a_role_sees_more_of_its_tenant_and_nothing_of_another(role: str | None, seen: list[str]) -> None:
    guard, who = the_guard(), Viewer(Subject(tenant="north", id="d2"), role)
    notes = [Note(clinic, name, doctor) for clinic in ("north", "south") for name, doctor in CASES]
    found = [(note.clinic, note.patient) for note in notes if guard.permits(who, note)]
    assert found == [("north", name) for name in seen]


CASES = (("ana", "d1"), ("bo", "d2"))


def test_what_is_not_there_and_what_is_anothers_are_told_alike() -> None:
    said = []
    for target in (None, Note("north", "bo")):
        with pytest.raises(NotYours) as refused:
            the_guard().require(ANA, target)
        said.append(str(refused.value))
    assert said[0] == said[1]
    mine = Note("north", "ana")
    assert the_guard().require(ANA, mine) is mine


def test_ids_are_compared_as_they_read() -> None:
    number = UUID("7f0adcd8-3ed0-4e6f-9c5c-000000000001")
    assert [
        reads_as(value, text) for value, text in ((7, "7"), (7, "07"), (number, str(number)), ("", ""))
    ] == [
        True,
        False,
        True,
        False,
    ]
    assert not reads_as(None, "None")


@pytest.mark.parametrize("value", [True, 1.0, b"ana", ANA])
def test_an_owner_whose_text_others_may_choose_is_refused(value: object) -> None:
    with pytest.raises(GuardError, match="An owner is a text, a number or a UUID"):
        the_guard().permits(ANA, Note("north", value))


def test_a_class_of_nobody_is_shown_to_nobody() -> None:
    with pytest.raises(GuardError, match="Nobody said whose a Viewer is"):
        the_guard().require(ANA, ANA)


def test_an_attribute_that_is_missing_is_said() -> None:
    guard = Guard()
    guard.owned(Hours, tenant="clinic", subject="patient")
    with pytest.raises(GuardError, match="A Hours has no 'patient'"):
        guard.require(Viewer(Subject(tenant="north", id="ana")), Hours("north"))


def test_contradictions_are_refused_at_the_start() -> None:
    guard = the_guard()
    with pytest.raises(GuardError, match="said already"):
        guard.owned(Note, tenant="clinic", subject=None)
    with pytest.raises(GuardError, match="holds its tenant"):
        guard.owned(Viewer, tenant="", subject="subject")
    with pytest.raises(GuardError, match="holds its tenant"):
        guard.owned(Viewer, tenant="clinic", subject="")
    with pytest.raises(GuardError, match="cannot hold both"):
        guard.owned(Viewer, tenant="clinic", subject="clinic")


def test_no_rule_chooses_the_tenant() -> None:
    guard = Guard()
    guard.owned(Note, tenant="clinic", subject=None, roles={"admin": lambda _: {"clinic": "south"}})
    with pytest.raises(GuardError, match="no rule may choose"):
        guard.permits(Viewer(Subject(tenant="north", id="a"), "admin"), Note("south", "bo"))


def test_looking_across_needs_a_reason_and_ends(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(GuardError, match="Say why"), across(reason=" "):
        pass
    log = caplog.at_level(logging.INFO, "sessionward.guard")
    with log, across(reason="export"), across(reason="the same"):
        assert looking_across()
    assert not looking_across()
    assert "export" in caplog.text
