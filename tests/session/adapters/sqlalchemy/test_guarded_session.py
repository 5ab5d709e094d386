"""A clinic with its patients' notes, and what one of them can get at through a guarded session."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import (
    Engine,
    ForeignKey,
    create_engine,
    delete,
    exists,
    func,
    insert,
    literal_column,
    select,
    text,
    union,
    update,
)
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    aliased,
    joinedload,
    mapped_column,
    relationship,
    selectinload,
)
from sqlalchemy.pool import StaticPool

from sessionward.session.adapters.presence import Current
from sessionward.session.adapters.sqlalchemy.guarded_session import GuardedSession, guarded_sessions
from sessionward.session.guard.ownership import Guard, GuardError, NotYours, whole_tenant
from sessionward.session.state import State, Subject


class Base(DeclarativeBase):
    pass


class Ward(Base):
    __tablename__ = "ward"
    id: Mapped[int] = mapped_column(primary_key=True)
    notes: Mapped[list["Note"]] = relationship(back_populates="ward")


class Note(Base):
    __tablename__ = "note"
    id: Mapped[int] = mapped_column(primary_key=True)
    clinic: Mapped[str]
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"))
    ward_id: Mapped[int] = mapped_column(ForeignKey("ward.id"))
    words: Mapped[str]
    ward: Mapped[Ward] = relationship(back_populates="notes")
    patient: Mapped["Patient"] = relationship(back_populates="notes")


class Patient(Base):
    __tablename__ = "patient"
    id: Mapped[int] = mapped_column(primary_key=True)
    clinic: Mapped[str]
    notes: Mapped[list[Note]] = relationship(back_populates="patient")


TABLE = Note.metadata.tables["note"]


def at(tenant: str, name: str, role: str = "patient") -> Callable[[], Current]:
    who = Current(state=State.ACTIVE, subject=Subject(tenant=tenant, id=name), role=role, handle="h")
    return lambda: who


def nobody() -> Current:
    return Current(state=State.ANONYMOUS, subject=None, role=None, handle=None)


def clinic_guard() -> Guard:
    guard = Guard()
    guard.owned(Note, tenant="clinic", subject="patient_id", roles={"doctor": whole_tenant})
    guard.owned(Patient, tenant="clinic", subject="id", roles={"doctor": whole_tenant})
    return guard


@pytest.fixture
def engine() -> Iterator[Engine]:
    """Patients 1 and 2 of the north and 3 of the south, a note for each, of the same number, in one ward."""
    engine = create_engine("sqlite://", poolclass=StaticPool)
    Base.metadata.create_all(engine)
    with Session(engine) as db:
        db.add(Ward(id=1))
        for number, clinic in ((1, "north"), (2, "north"), (3, "south")):
            db.add(Patient(id=number, clinic=clinic))
            db.add(Note(id=number, clinic=clinic, patient_id=number, ward_id=1, words=f"of {number}"))
        db.commit()
    yield engine
    engine.dispose()


def session(engine: Engine, viewer: Callable[[], Current]) -> GuardedSession:
    return guarded_sessions(engine, clinic_guard())(viewer=viewer)


@pytest.fixture
def ana(engine: Engine) -> Iterator[GuardedSession]:
    with session(engine, at("north", "1")) as db:
        yield db


def test_a_patient_finds_their_own_a_doctor_the_tenants_and_a_visitor_nothing(engine: Engine) -> None:
    found = {}
    for name, viewer in {
        "ana": at("north", "1"),
        "doctor": at("north", "99", "doctor"),
        "same number elsewhere": at("south", "1"),
        "another spelling": at("north", "01"),
        "no number": at("north", "ana"),
        "visitor": nobody,
    }.items():
        with session(engine, viewer) as db:
            found[name] = sorted(db.scalars(select(Note.id)))
    assert found == {
        "ana": [1],
        "doctor": [1, 2],
        "same number elsewhere": [],
        "another spelling": [],
        "no number": [],
        "visitor": [],
    }


OTHER = aliased(Note)
QUERIES: dict[str, Any] = {
    "entity": select(Note.id),
    "alias": select(OTHER.id),
    "subquery": select(select(Note.id).subquery()),
    "cte": select(select(Note.id).cte()),
    "join": select(Note.id).select_from(Ward).join(Ward.notes),
    "joined alias": select(OTHER.id).join(Ward.notes.of_type(OTHER)),
    "scalar": select(select(func.max(Note.id)).scalar_subquery()),
    "union": union(select(Note.id), select(Note.id)),
    "union inside": select(union(select(Note.id), select(Note.id)).subquery()),
    "count": select(func.count(Note.id)),
    "count of the table": select(func.count()).select_from(Note),
    "has": select(Note.id).where(Note.ward.has(), Note.patient.has()),
    "exists": select(Note.id).where(exists().where(Patient.id == Note.patient_id)),
}


@pytest.mark.parametrize("name", QUERIES)
def test_each_kind_of_query_is_limited(ana: GuardedSession, name: str) -> None:
    assert list(ana.execute(QUERIES[name]).scalars()) == [1]


def test_a_condition_on_the_rows_of_others_is_never_met(ana: GuardedSession) -> None:
    of_another = select(Ward).where(Ward.notes.any(Note.id == 2))
    own = select(Ward).where(Ward.notes.any(Note.id == 1))
    assert (ana.scalars(of_another).all(), len(ana.scalars(own).all())) == ([], 1)


@pytest.mark.parametrize("loading", [None, joinedload(Ward.notes), selectinload(Ward.notes)])
def test_relationships_hold_ones_own(ana: GuardedSession, loading: Any) -> None:
    query = select(Ward) if loading is None else select(Ward).options(loading)
    ward = ana.scalars(query).unique().one()
    assert [note.id for note in ward.notes] == [1]


def test_a_row_of_another_is_as_one_that_does_not_exist(ana: GuardedSession) -> None:
    assert [ana.get(Note, number) is None for number in (1, 2, 3, 4)] == [False, True, True, True]
    with pytest.raises(NoResultFound):
        ana.get_one(Note, 2)
    assert [note.id for note in ana.query(Note)] == [1]


def test_a_row_that_became_anothers_in_this_session_is_found_no_more(ana: GuardedSession) -> None:
    note = ana.get(Note, 1)
    note.clinic = "south"
    with ana.no_autoflush:
        assert ana.get(Note, 1) is None


def test_a_row_from_another_session_is_refused(engine: Engine, ana: GuardedSession) -> None:
    with Session(engine) as db:
        note = db.get_one(Note, 2)
    with pytest.raises(NotYours):
        ana.add(note)
    assert list(ana) == []


def left(engine: Engine) -> list[tuple[object, ...]]:
    with Session(engine) as db:
        rows = db.execute(select(Note.id, Note.clinic, Note.patient_id, Note.words).order_by(Note.id))
        return [tuple(row) for row in rows]


BEFORE: list[tuple[object, ...]] = [(1, "north", 1, "of 1"), (2, "north", 2, "of 2"), (3, "south", 3, "of 3")]


def test_an_update_or_delete_reaches_ones_own(engine: Engine, ana: GuardedSession) -> None:
    ana.execute(update(Note).values(words="read"))
    ana.commit()
    assert left(engine) == [(1, "north", 1, "read"), *BEFORE[1:]]
    ana.execute(delete(Note).where(Note.id > 0))
    ana.commit()
    assert left(engine) == BEFORE[1:]


@pytest.mark.parametrize(
    "owner", [{"clinic": "south", "patient_id": 1}, {"clinic": "north", "patient_id": 2}]
)
def test_what_is_inserted_for_another_is_refused(
    engine: Engine, ana: GuardedSession, owner: dict[str, Any]
) -> None:
    ana.add(Note(id=9, ward_id=1, words="", **owner))
    with pytest.raises(NotYours):
        ana.commit()
    ana.rollback()
    assert left(engine) == BEFORE


def test_an_owner_that_a_relationship_sets_counts(engine: Engine, ana: GuardedSession) -> None:
    ana.add(Note(id=9, clinic="north", ward_id=1, words="mine", patient=ana.get(Patient, 1)))
    ana.commit()
    assert left(engine)[-1] == (9, "north", 1, "mine")


def test_what_is_given_away_or_taken_is_refused(engine: Engine, ana: GuardedSession) -> None:
    ana.get(Note, 1).patient_id = 2
    with pytest.raises(NotYours):
        ana.commit()
    ana.rollback()
    with Session(engine) as db:
        stolen = db.get_one(Note, 2)
        db.expunge(stolen)
    stolen.patient_id = 1
    ana.add(stolen)
    with pytest.raises(NotYours):
        ana.commit()
    assert left(engine) == BEFORE


REFUSED: dict[str, Any] = {
    "text": text("SELECT * FROM note"),
    "text that undoes a condition": select(Note).where(text("1=1 OR 1=1")),
    "text as a class": select(Note).from_statement(text("SELECT * FROM note")),
    "the table": select(TABLE),
    "a column": select(TABLE.c.words),
    "an alias of the table": select(TABLE.alias()),
    "a join with the table": select(Ward).join(TABLE, TABLE.c.ward_id == Ward.id),
    "a condition on the table": select(Ward).where(TABLE.c.ward_id == Ward.id),
    "the table inside": select(Note).where(Note.id.in_(select(TABLE.c.id))),
    "an insert": insert(Note).values(id=9, clinic="south", patient_id=3, ward_id=1, words=""),
    "an insert into the table": insert(TABLE).values(id=9, clinic="north", patient_id=1, ward_id=1, words=""),
    "an update of the table": update(TABLE).values(words=""),
    "a delete from the table": delete(TABLE),
    "an update that gives away": update(Note).values(patient_id=2),
    "an update that gives away by columns": update(Note).values({Note.clinic: literal_column("'south'")}),
    "an ordered update": update(Note).ordered_values((Note.clinic, "south")),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_limited_is_refused(engine: Engine, ana: GuardedSession, name: str) -> None:
    with pytest.raises(GuardError):
        ana.execute(REFUSED[name])
    ana.commit()
    assert left(engine) == BEFORE


def test_writing_in_bulk_is_refused(engine: Engine, ana: GuardedSession) -> None:
    for write in (
        lambda: ana.bulk_insert_mappings(Note, [{"id": 9}]),
        lambda: ana.bulk_update_mappings(Note, [{"id": 2, "words": ""}]),
        lambda: ana.bulk_save_objects([Note(id=2, words="")]),
        lambda: ana.execute(update(Note), [{"id": 2, "words": ""}]),
        lambda: ana.execute(insert(Note), [{"id": 9}]),
    ):
        with pytest.raises(GuardError):
            write()
    assert left(engine) == BEFORE


def test_a_session_serves_one_subject(engine: Engine) -> None:
    who = [nobody(), at("north", "1")(), at("north", "2")()]
    with session(engine, lambda: who[0]) as db:
        assert db.get(Note, 1) is None
        who.pop(0)
        assert db.get(Note, 1) is not None
        who.pop(0)
        with pytest.raises(GuardError, match="begin another"):
            db.get(Note, 2)


def test_a_session_says_who_looks_or_why(engine: Engine) -> None:
    sessions = guarded_sessions(engine, clinic_guard())
    for options in ({}, {"across": " "}, {"viewer": nobody, "across": "export"}):
        with pytest.raises(GuardError, match="who looks"):
            sessions(**options)
    with sessions(across="nightly export") as db:
        assert len(db.scalars(select(Note)).all()) == 3


def test_a_class_without_its_owners_column_is_refused_at_the_start(engine: Engine) -> None:
    guard = Guard()
    guard.owned(Ward, tenant="clinic", subject=None)
    with pytest.raises(GuardError, match="Ward has no column 'clinic'"):
        guarded_sessions(engine, guard)
    guard = Guard()
    guard.owned(dict, tenant="clinic", subject=None)
    with pytest.raises(GuardError, match="dict is no mapped class"):
        guarded_sessions(engine, guard)
