import pytest
from sqlalchemy import Column, Executable, Integer, MetaData, Table, select, text, update
from sqlalchemy.orm import DeclarativeBase, Mapped, aliased, mapped_column

from sessionward.session.adapters.sqlalchemy.guarded_statement import assigned, unseen


class Base(DeclarativeBase):
    pass


class Note(Base):
    __tablename__ = "note"
    id: Mapped[int] = mapped_column(primary_key=True)
    clinic: Mapped[str]


OTHER = aliased(Note)
OWNED = (Base.metadata.tables["note"],)
FREE = Table("free", MetaData(), Column("id", Integer))


@pytest.mark.parametrize(
    "statement", [select(Note), select(Note.id), select(OTHER), select(OTHER.id), select(FREE)]
)
def test_a_mapped_class_and_what_has_no_owner_are_seen(statement: Executable) -> None:
    assert unseen(statement, OWNED) is None


def test_a_table_past_its_class_and_text_are_not() -> None:
    assert unseen(select(OWNED[0]), OWNED) == "The table note is read past the class that is guarded"
    assert (
        unseen(select(Note, OWNED[0].alias()), OWNED)
        == "The table note is read past the class that is guarded"
    )
    assert unseen(text("SELECT 1"), OWNED) == "A guard cannot see into SQL that is written as text"


def test_what_an_update_sets_is_told_by_name() -> None:
    column = OWNED[0].c.clinic
    updates = (
        update(Note).values(clinic="x"),
        update(Note).values({column: "x"}),
        update(Note).values({"clinic": "x"}),
        update(Note).ordered_values((column, "x")),
    )
    assert [list(assigned(each)) for each in updates] == [["clinic"]] * 4
