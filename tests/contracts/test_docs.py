"""The generated documentation says what the code says."""

import shutil
from pathlib import Path

import pytest

from docs import generate
from tests.contracts.source import ROOT


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the generated files, up to date."""
    shutil.copy(ROOT / generate.README, tmp_path)
    generate.write(tmp_path)
    return tmp_path


def test_the_pages_of_the_checks_the_table_and_the_schema_are_up_to_date() -> None:
    assert [str(path.relative_to(ROOT)) for path in generate.differing(ROOT)] == []


def test_what_was_written_differs_no_more(house: Path) -> None:
    assert generate.differing(house) == []


def test_a_changed_page_is_seen_and_mended(house: Path) -> None:
    path = house / generate.PAGES / "README.md"
    path.write_text("old", encoding="utf-8")
    assert generate.differing(house) == [path]
    generate.write(house)
    assert generate.differing(house) == []


def test_the_page_of_a_check_that_is_gone_is_seen_and_removed(house: Path) -> None:
    path = house / generate.PAGES / "no-such-check.md"
    path.touch()
    assert generate.differing(house) == [path]
    generate.write(house)
    assert not path.exists()


def test_only_what_stands_between_the_markers_is_replaced() -> None:
    text = f"before\n{generate.BEGIN}\nold\n{generate.END}\nafter\n"
    assert generate.between_markers(text, "new") == f"before\n{generate.BEGIN}\nnew\n{generate.END}\nafter\n"
