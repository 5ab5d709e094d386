"""Size budgets: what does not fit on a few screens is two things. There is no list of exemptions."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contracts.source import PACKAGE, ROOT

FILE_LINES = 400
FUNCTION_LINES = 40
CHECK_LINES = 120
FOLDERS = ("src", "tests", "benchmarks")


def python_files(root: Path) -> Iterator[Path]:
    for folder in FOLDERS:
        yield from sorted((root / folder).rglob("*.py"))


def budget_of(path: Path, root: Path) -> int:
    """The most lines that a file may have."""
    checks = root / "src" / PACKAGE / "audit" / "checks"
    is_check = path.is_relative_to(checks) and path.name != "__init__.py"
    return CHECK_LINES if is_check else FILE_LINES


def long_files(root: Path) -> Iterator[str]:
    for path in python_files(root):
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > budget_of(path, root):
            yield f"{path.relative_to(root)} has {lines} lines, its budget is {budget_of(path, root)}"


def long_functions(root: Path) -> Iterator[str]:
    for path in python_files(root):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES:
                yield f"{path.relative_to(root)}:{node.lineno}: {node.name} has {lines} lines"


def test_no_file_is_longer_than_its_budget() -> None:
    assert list(long_files(ROOT)) == []


def test_no_function_is_longer_than_its_budget() -> None:
    assert list(long_functions(ROOT)) == []


@pytest.mark.parametrize(
    "name,lines,breaches",
    [
        ("src/sessionward/http/cookie.py", FILE_LINES, 0),
        ("src/sessionward/http/cookie.py", FILE_LINES + 1, 1),
        ("tests/http/test_cookie.py", FILE_LINES + 1, 1),
        ("src/sessionward/audit/checks/token/static_token.py", CHECK_LINES, 0),
        ("src/sessionward/audit/checks/token/static_token.py", CHECK_LINES + 1, 1),
        ("src/sessionward/audit/checks/__init__.py", CHECK_LINES + 1, 0),
    ],
)
def test_a_line_over_the_budget_is_seen(name: str, lines: int, breaches: int, tmp_path: Path) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.write_text("x = 1\n" * lines, encoding="utf-8")
    assert len(list(long_files(tmp_path))) == breaches


@pytest.mark.parametrize("keyword", ["def", "async def"])
@pytest.mark.parametrize("lines,breaches", [(FUNCTION_LINES, 0), (FUNCTION_LINES + 1, 1)])
def test_a_function_over_the_budget_is_seen(keyword: str, lines: int, breaches: int, tmp_path: Path) -> None:
    path = tmp_path / "src" / "long.py"
    path.parent.mkdir()
    body = "        x = 1\n" * (lines - 1)
    path.write_text(f"class Long:\n    {keyword} method(self):\n{body}", encoding="utf-8")
    assert len(list(long_functions(tmp_path))) == breaches
