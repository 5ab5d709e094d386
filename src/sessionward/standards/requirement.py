"""One demand of a published standard, as the reports cite it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """A requirement, or a weakness of a public list, that a check can be held against.

    `id` is the standard's own, after the standard's name ("ASVS-7.4.1"). `title` is the standard's own
    heading where it has one and otherwise our short wording of what it asks. `source` names the edition.
    """

    id: str
    title: str
    link: str
    source: str
