"""Published standards and policy profiles as data."""

from sessionward.standards.lookup import UnknownRequirementError, requirement
from sessionward.standards.profiles import PROFILES, Profile, UnknownProfileError, profile
from sessionward.standards.requirement import Requirement
from sessionward.standards.weakness_map import categories

__all__ = [
    "PROFILES",
    "Profile",
    "Requirement",
    "UnknownProfileError",
    "UnknownRequirementError",
    "categories",
    "profile",
    "requirement",
]
