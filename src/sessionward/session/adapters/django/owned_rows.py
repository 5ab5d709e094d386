"""Querysets of Django's that hold the viewer's own rows, and refuse to be read in a request before they are limited."""

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from typing import Any, Self

from django.conf import settings
from django.core import checks
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models

from sessionward.session.adapters.django.guarded_requests import MIDDLEWARE, SPELLINGS, in_request
from sessionward.session.guard.ownership import Guard, GuardError, Rule, Viewer, looking_across, reads_as

_GUARDS: dict[type[models.Model], Guard] = {}
"""The guard of each model: managers of related rows are made anew from the class alone."""


class OwnedQuerySet(models.QuerySet[Any, Any]):
    """Rows with an owner. `for_session` limits them; in a request, nothing is read or written before."""

    guard: Guard | None = None
    viewer: Viewer | None = None
    from_request = False

    def for_session(self, viewer: Viewer) -> Self:
        """What `viewer` may see, such as `current(request)`."""
        if self.guard is None:
            raise GuardError(f"{self.model.__name__} has no owner: its manager is an OwnedManager(guard, …).")
        wanted = self.guard.ownership(self.model).conditions(viewer)
        values = None if wanted is None else _values(self.model, wanted)
        limited = self.none() if values is None else self.filter(**values)
        limited.viewer = viewer
        return limited

    def seen(self) -> Self:
        """This queryset, if it may be read.

        Raises:
            GuardError: it is read in a request, for nobody in particular.

        """
        if self.viewer is None and (self.from_request or in_request()) and not looking_across():
            name = self.model.__name__
            raise GuardError(
                f"Say for whom: {name}.objects.for_session(current(request)), or across(reason=…)."
            )
        return self

    def _clone(self) -> Self:
        django: Any = super()  # its types leave this method out
        clone: Self = django._clone()  # noqa: SLF001 - likewise
        clone.guard, clone.viewer, clone.from_request = self.guard, self.viewer, self.from_request
        return clone

    def _fetch_all(self) -> None:
        super(OwnedQuerySet, self.seen())._fetch_all()

    def iterator(self, chunk_size: int | None = None) -> Iterator[Any]:
        """As Django's."""
        return super(OwnedQuerySet, self.seen()).iterator(chunk_size)

    def aiterator(self, chunk_size: int = 2000) -> AsyncIterator[Any]:
        """As Django's."""
        return super(OwnedQuerySet, self.seen()).aiterator(chunk_size)

    def count(self) -> int:
        """As Django's."""
        return super(OwnedQuerySet, self.seen()).count()

    def exists(self) -> bool:
        """As Django's."""
        return super(OwnedQuerySet, self.seen()).exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """As Django's."""
        return super(OwnedQuerySet, self.seen()).aggregate(*args, **kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        """As Django's."""
        return super(OwnedQuerySet, self.seen()).delete()

    def update(self, **kwargs: Any) -> int:
        """As Django's; who looks for themselves gives nothing away.

        Raises:
            GuardError: it sets an owner.

        """
        self._keep_owner(kwargs)
        return super(OwnedQuerySet, self.seen()).update(**kwargs)

    def create(self, **kwargs: Any) -> Any:
        """As Django's.

        Raises:
            NotYours: the row would be another's.

        """
        self._own([self.model(**kwargs)])
        return super(OwnedQuerySet, self.seen()).create(**kwargs)

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """As Django's.

        Raises:
            NotYours: a row would be another's.

        """
        rows = list(objs)
        self._own(rows)
        return super(OwnedQuerySet, self.seen()).bulk_create(rows, *args, **kwargs)

    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], *args: Any, **kwargs: Any) -> int:
        """As Django's.

        Raises:
            GuardError: it sets an owner.

        """
        names = list(fields)
        self._keep_owner(dict.fromkeys(names))
        return super(OwnedQuerySet, self.seen()).bulk_update(objs, names, *args, **kwargs)

    def update_or_create(
        self, defaults: Any = None, create_defaults: Any = None, **kwargs: Any
    ) -> tuple[Any, bool]:
        """As Django's.

        Raises:
            GuardError: `defaults` sets an owner.

        """
        self._keep_owner(defaults or {})
        return super().update_or_create(defaults, create_defaults, **kwargs)

    def raw(self, *args: Any, **kwargs: Any) -> Any:
        """As Django's, for who looks across owners.

        Raises:
            GuardError: SQL that is written as text cannot be limited.

        """
        if (in_request() or self.viewer is not None) and not looking_across():
            raise GuardError("A guard cannot see into SQL that is written as text: say across(reason=…).")
        return super().raw(*args, **kwargs)

    def resolve_expression(self, *args: Any, **kwargs: Any) -> Any:
        """As Django's: a subquery is limited, too."""
        return super(OwnedQuerySet, self.seen()).resolve_expression(*args, **kwargs)

    def union(self, *other_qs: Any, all: bool = False) -> Self:  # noqa: A002 - Django's own name
        """As Django's: each part is limited."""
        _all_seen(other_qs)
        return super(OwnedQuerySet, self.seen()).union(*other_qs, all=all)

    def intersection(self, *other_qs: Any) -> Self:
        """As Django's: each part is limited."""
        _all_seen(other_qs)
        return super(OwnedQuerySet, self.seen()).intersection(*other_qs)

    def difference(self, *other_qs: Any) -> Self:
        """As Django's: each part is limited."""
        _all_seen(other_qs)
        return super(OwnedQuerySet, self.seen()).difference(*other_qs)

    def __or__(self, other: Any) -> Self:
        _all_seen((other,))
        return super(OwnedQuerySet, self.seen()).__or__(other)

    def __xor__(self, other: Any) -> Self:
        _all_seen((other,))
        return super(OwnedQuerySet, self.seen()).__xor__(other)

    def _own(self, rows: Iterable[Any]) -> None:
        if self.viewer is not None and self.guard is not None:
            for row in rows:
                self.guard.require(self.viewer, row)

    def _keep_owner(self, names: Mapping[str, object]) -> None:
        if self.viewer is None or self.guard is None:
            return
        owners = {
            self.model._meta.get_field(name)  # noqa: SLF001 - Django documents _meta
            for name in self.guard.ownership(self.model).attributes
        }
        if any(self.model._meta.get_field(name) in owners for name in names if name != "pk"):  # noqa: SLF001
            raise GuardError("Rows are given to another owner one by one, or in across(reason=…).")


class OwnedManager(models.Manager[Any]):
    """The manager of a model whose rows have an owner: `objects = OwnedManager(guard, tenant=…, subject=…)`.

    `tenant` and `subject` are the names of columns, such as "clinic_id"; for the rest see `Guard.owned`.
    """

    def __init__(
        self,
        guard: Guard | None = None,
        *,
        tenant: str = "",
        subject: str | None = "",
        roles: Mapping[str, Rule] | None = None,
    ) -> None:
        super().__init__()
        self._guard = guard  # None where Django makes the manager of related rows
        self._said: dict[str, Any] = {"tenant": tenant, "subject": subject, "roles": roles}

    def contribute_to_class(self, cls: type[models.Model], name: str) -> None:
        """Say whose the rows of `cls` are.

        Raises:
            GuardError: there is no guard, or no tenant.

        """
        super().contribute_to_class(cls, name)
        if self._guard is None:
            raise GuardError(
                f"{cls.__name__}.{name} needs a guard: OwnedManager(guard, tenant=…, subject=…)."
            )
        if not cls._meta.abstract:
            _GUARDS[cls] = self._guard
            if not self._guard.covers(cls):
                self._guard.owned(cls, **self._said)

    def get_queryset(self) -> OwnedQuerySet:
        """All rows: whoever reads them in a request says for whom."""
        queryset = OwnedQuerySet(self.model, using=self._db)
        queryset.guard = _guard(self.model)
        queryset.from_request = in_request()
        return queryset

    def for_session(self, viewer: Viewer) -> OwnedQuerySet:
        """What `viewer` may see, such as `current(request)`."""
        return self.get_queryset().for_session(viewer)

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        """What is wrong, for `manage.py check`: a column that is not there, or the middleware missing."""
        found = list(super().check(**kwargs))
        for name in _guard(self.model).ownership(self.model).attributes:
            try:
                self.model._meta.get_field(name)  # noqa: SLF001 - Django documents _meta
            except FieldDoesNotExist:
                said = f"{self.model.__name__} has no column {name!r} that could hold its owner."
                found.append(checks.Error(said, obj=self.model, id="sessionward.E101"))
        if SPELLINGS.isdisjoint(settings.MIDDLEWARE):
            said = "Owned rows can be read unlimited: the guard does not know when a request is served."
            hint = f"Add {MIDDLEWARE!r} to MIDDLEWARE."
            found.append(checks.Error(said, hint=hint, obj=self.model, id="sessionward.E102"))
        return found


def _guard(model: type[models.Model]) -> Guard:
    return next(_GUARDS[base] for base in model.__mro__ if base in _GUARDS)


def _all_seen(querysets: Iterable[object]) -> None:
    for queryset in querysets:
        if isinstance(queryset, OwnedQuerySet):
            queryset.seen()


def _values(model: type[models.Model], wanted: Mapping[str, str]) -> dict[str, Any] | None:
    """`wanted` as the columns hold it; None if a column cannot hold it, or not as it reads."""
    values: dict[str, Any] = {}
    for name, text in wanted.items():
        try:
            column: Any = model._meta.get_field(name)  # noqa: SLF001 - Django documents _meta
            value = column.to_python(text)
        except ValidationError:
            return None
        if not reads_as(value, text):
            return None
        values[name] = value
    return values
