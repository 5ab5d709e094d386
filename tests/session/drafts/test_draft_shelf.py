from collections.abc import Iterator
from pathlib import Path

import pytest

from sessionward.session.drafts.draft_shelf import MOST_FORMS, MemoryShelf, Shelf, SQLiteShelf
from sessionward.session.result import StoreError
from sessionward.session.state import Subject

ANA = Subject(tenant="north", id="ana")
NAMESAKE = Subject(tenant="south", id="ana")
NOW = 1_700_000_000.0


@pytest.fixture(params=["memory", "sqlite"])
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shelf]:
    if request.param == "memory":
        yield MemoryShelf()
        return
    made = SQLiteShelf(tmp_path / "drafts.db")
    yield made
    made.close()


def test_a_draft_is_its_subjects_alone_and_the_last_one_counts(shelf: Shelf) -> None:
    shelf.put(ANA, "a", b"one", until=NOW + 1)
    shelf.put(ANA, "a", b"two", until=NOW + 2)
    assert shelf.get(ANA, "a", now=NOW + 1) == b"two"
    assert [shelf.get(NAMESAKE, "a", now=NOW), shelf.get(ANA, "b", now=NOW)] == [None, None]


def test_a_draft_goes_when_it_is_removed_or_too_old(shelf: Shelf) -> None:
    for form in ("a", "b", "c"):
        shelf.put(ANA, form, b"x", until=NOW + (2 if form == "c" else 1))
    shelf.remove(ANA, "a")
    assert [shelf.get(ANA, form, now=NOW + 1) for form in "abc"] == [None, None, b"x"]
    shelf.purge(now=NOW + 1)
    assert [shelf.get(ANA, form, now=NOW) for form in "abc"] == [None, None, b"x"]


def test_one_subject_cannot_fill_the_shelf(shelf: Shelf) -> None:
    shelf.put(NAMESAKE, "a", b"x", until=NOW)
    for number in range(MOST_FORMS + 5):
        shelf.put(ANA, f"f{number}", b"x", until=NOW + number)
    kept = [number for number in range(MOST_FORMS + 5) if shelf.get(ANA, f"f{number}", now=NOW - 1)]
    assert kept == list(range(5, MOST_FORMS + 5))
    assert shelf.get(NAMESAKE, "a", now=NOW - 1) == b"x"


def test_a_file_outlives_its_client_is_private_and_says_when_it_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "drafts.db"
    first = SQLiteShelf(path)
    first.put(ANA, "a", b"x", until=NOW)
    first.close()
    again = SQLiteShelf(path)
    assert again.get(ANA, "a", now=NOW - 1) == b"x"
    assert path.stat().st_mode & 0o777 == 0o600
    again.close()
    with pytest.raises(StoreError):
        again.get(ANA, "a", now=NOW)
    with pytest.raises(StoreError, match="cannot be opened"):
        SQLiteShelf(tmp_path / "nowhere" / "drafts.db")
