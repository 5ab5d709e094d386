"""A name stands for one thing, and a face of a package only hands names on."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contracts.source import PACKAGE, ROOT

SAME_SENSE = ("audit/checks", "demo/hazards")
"""A check and the hazard that shows it bear one name because they are about one defect."""

SHORT_NAMES = ("asgi.py", "django.py", "flask.py", "postgres.py", "redis.py")
"""`sessionward.asgi` is the users' short name of `session/adapters/asgi.py`, likewise the others."""

GRAB_BAGS = frozenset({"utils", "util", "helpers", "helper", "common", "misc"})


def grab_bags(root: Path) -> Iterator[str]:
    for folder in ("src", "tests"):
        for path in sorted((root / folder).rglob("*.py")):
            if path.stem.removeprefix("test_") in GRAB_BAGS:
                yield f"{path.relative_to(root)} is named after nothing"


def double_names(root: Path) -> Iterator[str]:
    source = root / "src" / PACKAGE
    places: defaultdict[str, list[str]] = defaultdict(list)
    for path in sorted(source.rglob("*.py")):
        inner = path.relative_to(source).as_posix()
        if not path.name.startswith("__") and inner not in SHORT_NAMES:
            places[path.name].append(inner)
    for name, found in sorted(places.items()):
        rooms = {
            next((room for room in SAME_SENSE if place.startswith(f"{room}/")), place) for place in found
        }
        if len(found) > 1 and not (len(found) == len(rooms) and rooms <= set(SAME_SENSE)):
            yield f"{name} stands for more than one thing: {', '.join(found)}"


def busy_faces(root: Path) -> Iterator[str]:
    """Faces that do more than import names and list them."""
    for path in sorted((root / "src").rglob("__init__.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
            if not is_docstring and not isinstance(
                node, ast.Import | ast.ImportFrom | ast.Assign | ast.AnnAssign
            ):
                yield f"{path.relative_to(root)}:{node.lineno}: a face only hands names on"


def silenced_types(root: Path) -> Iterator[str]:
    """Lines of session/ on which the type checker is told to look away."""
    for path in sorted((root / "src" / PACKAGE / "session").rglob("*.py")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if "type: ignore" in line:
                yield f"{path.relative_to(root)}:{number}: session/ never silences the type checker"


CONTRACTS = (grab_bags, double_names, busy_faces, silenced_types)


@pytest.mark.parametrize("contract", CONTRACTS)
def test_the_house_keeps_its_names(contract: object) -> None:
    assert callable(contract)
    assert list(contract(ROOT)) == []


@pytest.mark.parametrize(
    "contract,files",
    [
        (grab_bags, {"src/sessionward/http/utils.py": ""}),
        (grab_bags, {"tests/http/helpers.py": ""}),
        (double_names, {"src/sessionward/http/token.py": "", "src/sessionward/session/token.py": ""}),
        (
            double_names,
            {
                "src/sessionward/audit/checks/token/static_token.py": "",
                "src/sessionward/audit/checks/lifecycle/static_token.py": "",
            },
        ),
        (busy_faces, {"src/sessionward/http/__init__.py": "def parse(): ..."}),
        (silenced_types, {"src/sessionward/session/core.py": "x = 1  # type: ignore[assignment]"}),
    ],
)
def test_a_bad_name_is_seen(contract: object, files: dict[str, str], tmp_path: Path) -> None:
    write(tmp_path, files)
    assert callable(contract)
    assert len(list(contract(tmp_path))) == 1


def test_good_names_are_sound(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "src/sessionward/__init__.py": 'from sessionward import version\n__all__ = ["version"]',
            "src/sessionward/asgi.py": "",
            "src/sessionward/session/adapters/asgi.py": "",
            "src/sessionward/audit/checks/token/static_token.py": "x = 1  # type: ignore[assignment]",
            "src/sessionward/demo/hazards/static_token.py": "",
            "tests/audit/checks/token/test_static_token.py": "",
        },
    )
    assert [breach for contract in CONTRACTS for breach in contract(tmp_path)] == []


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
