import dataclasses

import pytest

from sessionward.standards.requirement import Requirement


def test_a_requirement_cannot_be_changed() -> None:
    entry = Requirement(id="X-1", title="x", link="https://example.org", source="X")
    with pytest.raises(dataclasses.FrozenInstanceError):
        entry.title = "y"  # type: ignore[misc]
