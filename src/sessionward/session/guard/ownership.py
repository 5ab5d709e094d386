"""Whose an object is, and who may see it: said once for each class, asked wherever objects are read or written.

Nothing is seen by anybody who is not logged in, and nothing across tenants unless the code says why.
Ids are compared as they read, so that a number or a UUID in a table answers to the text in a `Subject`.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Protocol, TypeVar
from uuid import UUID

from sessionward.session.state import Subject

T = TypeVar("T")
_log = logging.getLogger("sessionward.guard")
_across: ContextVar[str | None] = ContextVar("sessionward_across", default=None)


class NotYours(Exception):
    """The object belongs to somebody else, or there is none: whoever asks is not told which."""


class GuardError(Exception):
    """The guard is used wrongly; the message says how to mend it."""


class Viewer(Protocol):
    """Who asks, such as `current(request)`: nobody where `subject` is None."""

    @property
    def subject(self) -> Subject | None: ...  # noqa: D102 - told above

    @property
    def role(self) -> str | None: ...  # noqa: D102 - their role in the session


Rule = Callable[[Subject], Mapping[str, str]]
"""What a role sees of its tenant: attributes and how each must read, as in `{"doctor_id": subject.id}`."""


def whole_tenant(_subject: Subject) -> Mapping[str, str]:
    """The rule for a role that sees all of its tenant's objects of a class, and no other tenant's."""
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ownership:
    """The attributes that hold an object's tenant and subject; `subject` is None for what is all the tenant's.

    Raises:
        GuardError: the tenant is missing, or is the subject too.

    """

    tenant: str
    subject: str | None
    roles: Mapping[str, Rule] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.tenant or self.subject == "":
            raise GuardError("An owned class needs the name of the attribute that holds its tenant.")
        if self.tenant == self.subject:
            raise GuardError(f"{self.tenant!r} cannot hold both the tenant and the subject.")

    @property
    def attributes(self) -> tuple[str, ...]:
        """The attributes that say whose an object is."""
        return (self.tenant,) if self.subject is None else (self.tenant, self.subject)

    def conditions(self, viewer: Viewer) -> Mapping[str, str] | None:
        """How attributes must read of what `viewer` may see; None if they may see nothing."""
        if viewer.subject is None:
            return None
        rule = None if viewer.role is None else self.roles.get(viewer.role)
        if rule is not None:
            wanted = dict(rule(viewer.subject))
        else:
            wanted = {} if self.subject is None else {self.subject: viewer.subject.id}
        if self.tenant in wanted:
            raise GuardError(
                f"The rule for the role {viewer.role!r} names the tenant, which no rule may choose."
            )
        return {self.tenant: viewer.subject.tenant, **wanted}


class Guard:
    """The owned classes of an app, and the judgement of each object of theirs."""

    def __init__(self) -> None:
        self._owned: dict[type, Ownership] = {}

    def owned(
        self, model: type, *, tenant: str, subject: str | None, roles: Mapping[str, Rule] | None = None
    ) -> None:
        """Say whose the objects of `model` and of its subclasses are.

        Whoever has none of the `roles` sees what is their own; where `subject` is None, what is their tenant's.

        Raises:
            GuardError: it was said already, or the tenant is missing.

        """
        if model in self._owned:
            raise GuardError(f"Whose a {model.__name__} is was said already; say it once.")
        self._owned[model] = Ownership(tenant=tenant, subject=subject, roles=dict(roles or {}))

    @property
    def models(self) -> tuple[type, ...]:
        """The classes that were said to be owned."""
        return tuple(self._owned)

    def covers(self, model: type) -> bool:
        """Whether objects of `model` are owned."""
        return any(base in self._owned for base in model.__mro__)

    def ownership(self, model: type) -> Ownership:
        """Whose objects of `model` are.

        Raises:
            GuardError: nobody said so.

        """
        for base in model.__mro__:
            if base in self._owned:
                return self._owned[base]
        raise GuardError(
            f"Nobody said whose a {model.__name__} is: call guard.owned({model.__name__}, …) first."
        )

    def permits(self, viewer: Viewer, target: object) -> bool:
        """Whether `viewer` may see `target`.

        Raises:
            GuardError: its class is not owned, or an attribute cannot be compared.

        """
        wanted = self.ownership(type(target)).conditions(viewer)
        return wanted is not None and all(
            reads_as(_value(target, name), text) for name, text in wanted.items()
        )

    def require(self, viewer: Viewer, target: T | None) -> T:
        """`target`, if there is one and `viewer` may see it.

        Raises:
            NotYours: otherwise; answer it as you answer what does not exist.
            GuardError: its class is not owned, or an attribute cannot be compared.

        """
        if target is None or not self.permits(viewer, target):
            raise NotYours("There is nothing here.")
        return target


def reads_as(value: object, text: str) -> bool:
    """Whether `value` reads as `text`. None reads as nothing.

    Raises:
        GuardError: it is no text, whole number or UUID: how it reads may be for others to choose.

    """
    if value is None:
        return False
    if isinstance(value, bool) or not isinstance(value, str | int | UUID):
        raise GuardError(f"An owner is a text, a number or a UUID and not a {type(value).__name__}.")
    return text != "" and str(value) == text


@contextmanager
def across(*, reason: str) -> Iterator[None]:
    """Within this block, owned objects are read without a filter; the log `sessionward.guard` keeps the reason.

    Raises:
        GuardError: no reason is given.

    """
    if not reason.strip():
        raise GuardError("Say why you look across owners: across(reason=…).")
    _log.info("Owned objects are read across owners: %s", reason)
    before = _across.set(reason)
    try:
        yield
    finally:
        _across.reset(before)


def looking_across() -> bool:
    """Whether the code that runs has said `across`."""
    return _across.get() is not None


def _value(target: object, name: str) -> object:
    try:
        value: object = getattr(target, name)
    except AttributeError as error:
        raise GuardError(
            f"A {type(target).__name__} has no {name!r}, so nobody knows whose it is."
        ) from error
    return value
