"""Each defect has its check, its test, its hazard and its line in both tuples, all of one name."""

import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contracts.source import PACKAGE, ROOT

CHECKS = f"src/{PACKAGE}/audit/checks"
HAZARDS = f"src/{PACKAGE}/demo/hazards"
TESTS = "tests/audit/checks"

AWAITED: tuple[str, ...] = ()
"""Hazards whose check is still to be written: the clinic had to have the flaw first."""


def stems(folder: Path, pattern: str) -> set[str]:
    return {path.stem for path in folder.glob(pattern) if path.name != "__init__.py"}


def listed(root: Path, folder: str, module: str, name: str) -> tuple[str, ...]:
    """The ids in the tuple `name` that the face of `folder` hands on, none without that folder."""
    if not (root / folder).exists():
        return ()
    return tuple(entry.id for entry in getattr(importlib.import_module(module), name))


def unequal(sets: dict[str, set[str]]) -> Iterator[str]:
    """For each name that is missing somewhere: where."""
    for name in sorted(set().union(*sets.values())):
        lacking = [kind for kind, names in sets.items() if name not in names]
        if lacking:
            yield f"{name} has no {', no '.join(lacking)}"


def named_files(root: Path) -> dict[str, set[str]]:
    tests = {name.removeprefix("test_") for name in stems(root / TESTS, "*/test_*.py")}
    return {"check": stems(root / CHECKS, "*/*.py"), "test": tests, "hazard": stems(root / HAZARDS, "*.py")}


def misplaced(root: Path) -> Iterator[str]:
    """Check files that stand outside a family's folder, or deeper."""
    folder = root / CHECKS
    for path in sorted(folder.rglob("*.py")):
        if path.name != "__init__.py" and len(path.relative_to(folder).parts) != 2:
            yield f"{path.relative_to(root)} is not audit/checks/<family>/<name>.py"


def test_each_defect_has_its_check_test_hazard_and_lines() -> None:
    checks = listed(ROOT, CHECKS, f"{PACKAGE}.audit.checks", "CHECKS")
    hazards = listed(ROOT, HAZARDS, f"{PACKAGE}.demo.hazards", "HAZARDS")
    lines = {
        "line in CHECKS": {name.replace("-", "_") for name in checks},
        "line in HAZARDS": {name.replace("-", "_") for name in hazards},
    }
    awaited = {f"{name.replace('-', '_')} has no check, no test, no line in CHECKS" for name in AWAITED}
    assert set(unequal(named_files(ROOT) | lines)) == awaited


def test_what_is_awaited_is_sorted_and_has_no_check_yet() -> None:
    checks = listed(ROOT, CHECKS, f"{PACKAGE}.audit.checks", "CHECKS")
    assert list(AWAITED) == sorted(set(AWAITED) - set(checks))


@pytest.mark.parametrize(
    "folder,room,name", [(CHECKS, "audit.checks", "CHECKS"), (HAZARDS, "demo.hazards", "HAZARDS")]
)
def test_the_tuples_are_sorted_and_name_nothing_twice(folder: str, room: str, name: str) -> None:
    ids = listed(ROOT, folder, f"{PACKAGE}.{room}", name)
    assert list(ids) == sorted(set(ids))


def test_each_check_stands_in_a_family() -> None:
    assert list(misplaced(ROOT)) == []


@pytest.mark.parametrize("absent", ["check", "test", "hazard"])
def test_a_defect_that_lacks_one_of_its_files_is_seen(absent: str, tmp_path: Path) -> None:
    files = {
        "check": f"{CHECKS}/token/static_token.py",
        "test": f"{TESTS}/token/test_static_token.py",
        "hazard": f"{HAZARDS}/static_token.py",
    }
    for kind, name in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        (path.parent / "__init__.py").touch()
        if kind != absent:
            path.touch()
    assert list(unequal(named_files(tmp_path))) == [f"static_token has no {absent}"]


def test_a_forgotten_line_is_seen() -> None:
    found = unequal({"check": {"a", "b"}, "line in CHECKS": {"a"}})
    assert list(found) == ["b has no line in CHECKS"]


def test_a_check_without_a_family_is_seen(tmp_path: Path) -> None:
    path = tmp_path / CHECKS / "static_token.py"
    path.parent.mkdir(parents=True)
    path.touch()
    assert len(list(misplaced(tmp_path))) == 1
