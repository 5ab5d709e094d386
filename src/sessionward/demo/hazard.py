"""A hazard: one protection of the clinic off or done by hand, so that an audit has something to find."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from sessionward.demo.clinic_settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Hazard:
    """A defect that can be switched on. It bears the id of the check that finds it."""

    id: str
    title: str
    apply: Callable[[Settings], Settings]
    """The settings of a clinic that has this defect besides those that it had."""
    implies: Mapping[str, str] = field(default_factory=dict)
    """Other checks that fail truly because of this defect, each with the reason."""


def with_hazards(settings: Settings, hazards: Iterable[Hazard]) -> Settings:
    """`settings` with each of these defects switched on."""
    for hazard in hazards:
        settings = hazard.apply(settings)
    return settings


def find_hazards(known: Iterable[Hazard], wanted: Iterable[str]) -> tuple[Hazard, ...]:
    """The hazards of these ids, in the order of `known`. Raises ValueError for an id that none of them has."""
    by_id = {hazard.id: hazard for hazard in known}
    ids = set(wanted)
    if unknown := sorted(ids - by_id.keys()):
        raise ValueError(f"no such hazard: {', '.join(unknown)}; there are {', '.join(by_id)}")
    return tuple(hazard for name, hazard in by_id.items() if name in ids)
