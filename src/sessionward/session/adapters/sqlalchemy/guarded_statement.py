"""What a guard cannot see into in a statement of SQLAlchemy's, and what an UPDATE assigns.

Criteria of a loader reach mapped classes wherever they stand, also in subqueries and joins. They do not reach the
bare tables of classes, and a piece of text may undo them: "a OR b" before "AND owner = …".
"""

from collections.abc import Collection, Iterable, Iterator

from sqlalchemy import (
    Alias,
    Executable,
    FromClause,
    Join,
    Select,
    TextClause,
    TextualSelect,
    Update,
    inspect,
)
from sqlalchemy.orm import Mapper
from sqlalchemy.sql import visitors
from sqlalchemy.sql.base import ColumnCollection
from sqlalchemy.sql.expression import ClauseElement
from sqlalchemy.sql.visitors import ExternallyTraversible


def unseen(statement: Executable, owned: Collection[object]) -> str | None:
    """Why rows of the tables `owned` may get past the criteria of their mapped classes; None if they may not."""
    selects: list[tuple[list[FromClause], set[object]]] = []
    known: set[object] = set()
    if not isinstance(statement, ExternallyTraversible):
        return f"A guard cannot see into a {type(statement).__name__}"
    for element in visitors.iterate(statement):
        if isinstance(element, TextClause | TextualSelect):
            return "A guard cannot see into SQL that is written as text"
        known.update(_stands_for(element))
        if isinstance(element, Select):
            leaves = [leaf for clause in element.get_final_froms() for leaf in _leaves(clause)]
            own = {thing for part in [*visitors.iterate(element), *leaves] for thing in _stands_for(part)}
            known.update(own)
            selects.append((leaves, own))
    for leaves, own in selects:
        for leaf in leaves:
            table = leaf.element if isinstance(leaf, Alias) else leaf
            if table in owned and not _is_mapped(leaf) and (not own or leaf not in known):
                return f"The table {table} is read past the class that is guarded"
    return None


def assigned(statement: Update) -> Iterator[str]:
    """The names of the columns that `statement` sets."""
    # SQLAlchemy tells what an UPDATE sets in no public way before it is done; version 2.0 keeps what is ordered apart.
    values = getattr(statement, "_values", None) or {}
    ordered = getattr(statement, "_ordered_values", None) or ()
    for key in [*values, *(pair[0] for pair in ordered)]:
        yield str(getattr(key, "key", key))


def _leaves(clause: FromClause) -> Iterable[FromClause]:
    if isinstance(clause, Join) and not _is_mapped(clause):
        return [*_leaves(clause.left), *_leaves(clause.right)]
    return [clause]


def _is_mapped(clause: ClauseElement) -> bool:
    """Whether `clause` stands for a mapped class: its namespace is then the class and not the table's columns."""
    return not isinstance(getattr(clause, "entity_namespace", None), ColumnCollection | None)


def _stands_for(element: object) -> Iterable[object]:
    """The tables, or the alias, of the mapped class that `element` is about, if any."""
    if not isinstance(element, ClauseElement) or not _is_mapped(element):
        return ()
    entity = inspect(getattr(element, "entity_namespace", None), raiseerr=False)
    if isinstance(entity, Mapper):
        return entity.tables
    return () if entity is None else (entity.selectable,)
