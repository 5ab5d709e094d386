"""Finds a requirement by its id, whichever standard it belongs to."""

from difflib import get_close_matches

from sessionward.standards import asvs, cwe, hipaa, nist, top_ten, wcag, wstg
from sessionward.standards.requirement import Requirement

STANDARDS = (asvs, wstg, top_ten, cwe, nist, hipaa, wcag)

BY_ID: dict[str, Requirement] = {entry.id: entry for standard in STANDARDS for entry in standard.REQUIREMENTS}


class UnknownRequirementError(LookupError):
    """An id that no standard here has: a slip of whoever wrote the check."""


def requirement(name: str) -> Requirement:
    """The requirement with the id `name`, such as "ASVS-7.4.1" or "CWE-613".

    Raises:
        UnknownRequirementError: no standard here has that id; the message names the nearest ones.

    """
    found = BY_ID.get(name)
    if found is None:
        near = get_close_matches(name, BY_ID)
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        raise UnknownRequirementError(f"no requirement is called {name!r}{hint}")
    return found
