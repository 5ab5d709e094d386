"""Which policy holds where: figures by tenant, role and route over a profile, in code or TOML.

Of two that set the same figure the nearer wins: the route's over the role's, the role's over the tenant's.
Every combination is made when the app starts, so that none can turn out to be nonsense later.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from sessionward.session.policy import Policy, PolicyError
from sessionward.standards import UnknownProfileError

Figures = Mapping[str, float | None]

DURATION = re.compile(r"(\d+(?:\.\d+)?)(s|m|h)")
UNITS = {"s": 1.0, "m": 60.0, "h": 3600.0}
AT_EACH_REQUEST = frozenset(
    {"grant_lifetime", "inactivity_timeout", "lease_cap", "lease_length", "lock_after", "staleness"}
)
"""What a route may set; the other figures are settled when a session begins, before its routes are known."""
TABLES = ("tenant", "role", "route")


@dataclass(frozen=True, slots=True, kw_only=True)
class Policies:
    """A policy and what differs from it. Routes are prefixes that end at a slash or the path's end.

    Raises:
        PolicyError: a combination contradicts itself; the message says which.

    """

    base: Policy
    tenants: Mapping[str, Figures] = field(default_factory=dict)
    roles: Mapping[str, Figures] = field(default_factory=dict)
    routes: Mapping[str, Figures] = field(default_factory=dict)
    _places: dict[str | None, object] = field(init=False, repr=False, compare=False, default_factory=dict)
    _made: dict[tuple[str | None, str | None, str | None], Policy] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        for route, figures in self.routes.items():
            if not route.startswith("/") or (route != "/" and route.endswith("/")):
                raise PolicyError(f"The route {route!r} must begin with a slash and not end with one.")
            for name in sorted(set(figures) - AT_EACH_REQUEST):
                raise PolicyError(f"The route {route} cannot set {name}, which is settled at the login.")
        self._places.update({route: object() for route in (None, *self.routes)})
        for tenant in (None, *self.tenants):
            for role in (None, *self.roles):
                for place in (None, *self.routes):
                    self._made[tenant, role, place] = self._combined(tenant, role, place)

    def resolve(self, *, tenant: str | None, role: str | None, path: str) -> Policy:
        """The policy for a request to `path` in a session of `role` in `tenant`, None where not logged in."""
        return self._made[
            tenant if tenant in self.tenants else None,
            role if role in self.roles else None,
            self._route(path),
        ]

    def place(self, path: str) -> object:
        """What stands for the route that `path` lies on: the same for all paths on it, another for other policies'."""
        return self._places[self._route(path) if self.routes else None]

    @classmethod
    def of(cls, policy: "str | Policy | Policies") -> "Policies":
        """Policies for a profile's name, one policy for all, or those that are given.

        Raises:
            UnknownProfileError: no profile has that name.

        """
        if isinstance(policy, Policies):
            return policy
        return cls(base=Policy.of(policy) if isinstance(policy, str) else policy)

    @classmethod
    def parse(cls, text: str) -> Self:
        """The policies in the table `session` of a TOML document; durations as "15m", "12h", "30s" or seconds.

        Raises:
            PolicyError: the document is no TOML, says something unknown or contradicts itself.

        """
        try:
            table = tomllib.loads(text).get("session")
        except tomllib.TOMLDecodeError as error:
            raise PolicyError(f"The session policy is not TOML: {error}.") from error
        if not isinstance(table, dict):
            raise PolicyError("The session policy has no table [session].")
        parts = {name: _tables(name, table.pop(name, {})) for name in TABLES}
        return cls(base=_base(table), tenants=parts["tenant"], roles=parts["role"], routes=parts["route"])

    @classmethod
    def read(cls, path: Path) -> Self:
        """The policies in the file at `path`.

        Raises:
            PolicyError: as for `parse`, or the file cannot be read.

        """
        try:
            return cls.parse(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise PolicyError(f"The session policy {path} cannot be read: {error}.") from error

    def _route(self, path: str) -> str | None:
        """The longest of our routes that `path` lies below."""
        if not self.routes:
            return None
        below = [
            route
            for route in self.routes
            if path == route or path.startswith(route if route == "/" else f"{route}/")
        ]
        return max(below, key=len, default=None)

    def _combined(self, tenant: str | None, role: str | None, route: str | None) -> Policy:
        chosen = {"tenant": (tenant, self.tenants), "role": (role, self.roles), "route": (route, self.routes)}
        figures: dict[str, float | None] = {}
        for name, parts in chosen.values():
            figures.update(parts[name] if name is not None else {})
        try:
            return self.base.but(**figures)
        except PolicyError as error:
            where = ", ".join(f"{kind} {name}" for kind, (name, _) in chosen.items() if name is not None)
            raise PolicyError(f"For {where}: {error}") from error


def _base(table: Mapping[str, Any]) -> Policy:
    figures = dict(_figures("session", {name: value for name, value in table.items() if name != "profile"}))
    try:
        policy = Policy.of(str(table.get("profile", "patient-portal")))
    except UnknownProfileError as error:
        message = str(error.args[0])
        raise PolicyError(f"{message[:1].upper()}{message[1:]}.") from error
    return policy.but(**figures)


def _tables(name: str, found: object) -> dict[str, Figures]:
    if not isinstance(found, dict) or not all(isinstance(value, dict) for value in found.values()):
        raise PolicyError(f"session.{name} must hold tables, as in [session.{name}.example].")
    return {key: dict(_figures(f"session.{name}.{key}", value)) for key, value in found.items()}


def _figures(where: str, table: Mapping[str, Any]) -> Iterator[tuple[str, float | None]]:
    known = sorted(entry.name for entry in fields(Policy))
    for name, value in table.items():
        if name not in known:
            raise PolicyError(f"{where} has no {name}; there are {', '.join(known)}.")
        if name == "concurrent_sessions":
            yield name, _count(where, value)
        elif name == "not_before" and isinstance(value, datetime) and value.tzinfo is not None:
            yield name, value.timestamp()
        elif name in {"lock_after", "lease_length"} and value == "never":
            yield name, None
        else:
            yield name, _seconds(f"{where}.{name}", value)


def _count(where: str, value: object) -> int | None:
    if value == "any":
        return None
    if isinstance(value, bool) or not isinstance(value, int):
        raise PolicyError(f'{where}.concurrent_sessions is {value!r}, and must be a whole number or "any".')
    return value


def _seconds(where: str, value: object) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    found = DURATION.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise PolicyError(f'{where} is {value!r}, and must be a duration such as "15m".')
    return float(found[1]) * UNITS[found[2]]
