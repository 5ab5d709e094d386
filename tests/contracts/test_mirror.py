"""Each source file has its mirrored test, and each test the source file that it is about."""

from collections.abc import Iterator
from pathlib import Path

from tests.contracts.source import PACKAGE, ROOT

WHOLE_HOUSE = ("contracts", "proofs", "truth")
"""Folders of tests about much code at once: its contracts, properties of several files, the matrix check × hazard."""

UNMIRRORED = ("__init__.py", "__main__.py")
"""They only hand names on; test_names.py holds them to that."""


def untested(root: Path) -> Iterator[str]:
    source = root / "src" / PACKAGE
    for path in sorted(source.rglob("*.py")):
        inner = path.relative_to(source)
        mirror = root / "tests" / inner.parent / f"test_{inner.name}"
        if path.name not in UNMIRRORED and not mirror.exists():
            yield f"{path.relative_to(root)} has no {mirror.relative_to(root)}"


def strays(root: Path) -> Iterator[str]:
    tests = root / "tests"
    for path in sorted(tests.rglob("test_*.py")):
        inner = path.relative_to(tests)
        mirror = root / "src" / PACKAGE / inner.parent / inner.name.removeprefix("test_")
        if inner.parts[0] not in WHOLE_HOUSE and not mirror.exists():
            yield f"{path.relative_to(root)} has no {mirror.relative_to(root)}"


def touch(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def test_each_source_file_has_its_test() -> None:
    assert list(untested(ROOT)) == []


def test_each_test_has_its_source_file() -> None:
    assert list(strays(ROOT)) == []


def test_a_source_file_without_its_test_is_seen(tmp_path: Path) -> None:
    touch(
        tmp_path, "src/sessionward/http/cookie.py", "src/sessionward/http/__init__.py", "tests/test_cookie.py"
    )
    assert list(untested(tmp_path)) == ["src/sessionward/http/cookie.py has no tests/http/test_cookie.py"]


def test_a_test_without_its_source_file_is_seen(tmp_path: Path) -> None:
    touch(tmp_path, "tests/http/test_cookie.py", "tests/http/conftest.py", "tests/truth/test_matrix.py")
    assert list(strays(tmp_path)) == ["tests/http/test_cookie.py has no src/sessionward/http/cookie.py"]


def test_a_mirrored_pair_is_sound(tmp_path: Path) -> None:
    touch(tmp_path, "src/sessionward/http/cookie.py", "tests/http/test_cookie.py")
    assert [*untested(tmp_path), *strays(tmp_path)] == []
