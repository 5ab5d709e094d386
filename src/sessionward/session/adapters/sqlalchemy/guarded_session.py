"""Sessions of SQLAlchemy's in which only the viewer's own rows exist, whatever a query says.

Each SELECT, UPDATE and DELETE is limited before it is sent, lazy loads included; rows that come all the same, such
as under a collation that takes "ana" for "Ana", and writes to the rows of others are refused. What goes past the
session, by `session.connection()` or the engine, is not seen.
"""

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import ColumnElement, Delete, Engine, Insert, Update, and_, event, false, inspect
from sqlalchemy.orm import (
    Mapper,
    ORMExecuteState,
    Session,
    object_session,
    sessionmaker,
    with_loader_criteria,
)
from sqlalchemy.orm.attributes import get_history

from sessionward.session.adapters.sqlalchemy.guarded_statement import assigned, unseen
from sessionward.session.guard.ownership import Guard, GuardError, NotYours, Viewer, reads_as
from sessionward.session.state import Subject

Who = Callable[[], Viewer]


class GuardedSession(Session):
    """A session in which `viewer` finds their own; or, with `across` saying why, one that is not limited.

    It serves one subject: it refuses to go on when somebody else has logged in.

    Raises:
        GuardError: neither `viewer` nor `across` is given, or both.

    """

    def __init__(
        self, bind: Any = None, *, guard: Guard, viewer: Who | None = None, across: str = "", **options: Any
    ) -> None:
        if (viewer is None) == (not across.strip()):
            raise GuardError(
                "Say who looks (viewer=lambda: current(request)) or why nobody does (across=reason)."
            )
        super().__init__(bind, **options)
        self._guard = guard
        self._who = viewer
        self._served: Subject | None = None

    def viewer(self) -> Viewer | None:
        """Who looks, None if the session looks across owners.

        Raises:
            GuardError: it is somebody else than before.

        """
        if self._who is None:
            return None
        viewer = self._who()
        if self._served not in {None, viewer.subject}:
            raise GuardError("Somebody else is logged in than when this session was begun: begin another.")
        self._served = viewer.subject
        return viewer

    def get(self, entity: Any, ident: Any, **options: Any) -> Any:
        """As `Session.get`; None also for a row of somebody else's that this session holds already."""
        found = super().get(entity, ident, **options)
        return found if found is None or self.permits(found) else None

    def bulk_save_objects(self, *_args: Any, **_options: Any) -> None:
        """Never: it writes without asking whose the rows are."""
        raise GuardError(
            "A guarded session writes no rows in bulk: add objects, or say across=… at its beginning."
        )

    bulk_insert_mappings = bulk_update_mappings = bulk_save_objects

    def permits(self, row: object) -> bool:
        """Whether `row` may be in this session."""
        viewer = self.viewer()
        return viewer is None or not self._guard.covers(type(row)) or self._guard.permits(viewer, row)

    def was_permitted(self, row: object) -> bool:
        """Whether `row` could be seen before it was changed in this session."""
        viewer = self.viewer()
        if viewer is None or not self._guard.covers(type(row)):
            return True
        wanted = self._guard.ownership(type(row)).conditions(viewer)
        return wanted is not None and all(
            reads_as(old, text) for name, text in wanted.items() for old in get_history(row, name).deleted
        )

    def limit(self, state: ORMExecuteState) -> None:
        """Limit what `state` is about to send, or refuse it."""
        viewer = self.viewer()
        if viewer is None:
            return
        if not (state.is_relationship_load or state.is_column_load):
            self._refuse(state)
        for model in self._guard.models:
            state.statement = state.statement.options(
                with_loader_criteria(model, _criterion(self._guard, model, viewer), include_aliases=True)
            )

    def _refuse(self, state: ORMExecuteState) -> None:
        tables = {table for model in self._guard.models for table in _tables(model)}
        said = unseen(state.statement, tables)
        if said is not None:
            raise GuardError(f"{said}. Select the mapped class, or say across=… at the session's beginning.")
        statement = state.statement
        if not isinstance(statement, Insert | Update | Delete) or statement.table not in tables:
            return
        if isinstance(statement, Insert) or state.parameters or not state.is_orm_statement:
            raise GuardError("Rows with an owner are written one by one: session.add(…), or across=….")
        owners = {name for model in self._guard.models for name in self._guard.ownership(model).attributes}
        if isinstance(statement, Update) and not owners.isdisjoint(assigned(statement)):
            raise GuardError(
                "An UPDATE may not give rows to another owner: change the objects, or say across=…."
            )


def guarded_sessions(bind: Engine, guard: Guard, **options: Any) -> sessionmaker[GuardedSession]:
    """A maker of guarded sessions: `Sessions(viewer=lambda: current(request))`. Call it when models are complete.

    For an `AsyncEngine` it is `guarded_async_sessions`.

    Raises:
        GuardError: a class of the guard's is not mapped, or has no column where its owner should be, or `bind` is
            an engine for asyncio.

    """
    if hasattr(bind, "sync_engine"):
        raise GuardError("This is an engine for asyncio: make its sessions by guarded_async_sessions.")
    return sessionmaker(bind, class_=GuardedSession, guard=mapped(guard), **options)


def mapped(guard: Guard) -> Guard:
    """`guard`, if each of its classes has columns for its owner.

    Raises:
        GuardError: a class is not mapped, or has no such column.

    """
    for model in guard.models:
        mapper = _mapper(model)
        for name in guard.ownership(model).attributes:
            if name not in mapper.column_attrs:
                raise GuardError(f"{model.__name__} has no column {name!r} that could hold its owner.")
    return guard


def _mapper(model: type) -> Mapper[Any]:
    found: Any = inspect(model, raiseerr=False)
    if not isinstance(found, Mapper):
        raise GuardError(f"{model.__name__} is no mapped class: name the classes that have tables.")
    return found


def _tables(model: type) -> Iterable[object]:
    return (table for mapper in _mapper(model).self_and_descendants for table in mapper.tables)


def _criterion(guard: Guard, model: type, viewer: Viewer) -> ColumnElement[bool]:
    """What a row of `model` must fulfil that `viewer` may see."""
    wanted = guard.ownership(model).conditions(viewer)
    if wanted is None:
        return false()
    parts: list[ColumnElement[bool]] = []
    for name, text in wanted.items():
        column = getattr(model, name)
        try:
            value = column.type.python_type(text)
        except (ValueError, ArithmeticError):
            return false()
        if not reads_as(value, text):  # such as "07" in a column of numbers
            return false()
        parts.append(column == value)
    return and_(*parts)


@event.listens_for(GuardedSession, "do_orm_execute")
def _before_statements(state: ORMExecuteState) -> None:
    if isinstance(state.session, GuardedSession):
        state.session.limit(state)


@event.listens_for(GuardedSession, "loaded_as_persistent")
@event.listens_for(GuardedSession, "before_attach")
def _on_arrival(session: Session, row: object) -> None:
    """Rows from the database or another session are the viewer's; what is new is looked at when written."""
    if not isinstance(session, GuardedSession) or inspect(row, raiseerr=True).key is None:
        return
    if not session.permits(row):
        raise NotYours("There is nothing here.")


@event.listens_for(Mapper, "before_insert")
@event.listens_for(Mapper, "before_update")
@event.listens_for(Mapper, "before_delete")
def _before_writing(_mapper: Mapper[Any], _connection: object, row: object) -> None:
    """What is written is the viewer's before and after: here foreign keys are known that a relationship sets."""
    session = object_session(row)
    if isinstance(session, GuardedSession) and not (session.permits(row) and session.was_permitted(row)):
        raise NotYours("There is nothing here.")
