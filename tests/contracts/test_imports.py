"""The import contract: each room knows only what it is allowed to, and nothing goes in a circle."""

import sys
from collections.abc import Callable, Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.contracts.rooms import ALLOWED, ANYTHING, FACES, SOLITARY, THIRD_PARTY
from tests.contracts.source import PACKAGE, ROOT, Module, Tree, read


def room_of(name: str) -> str | None:
    """The room of a module's dotted name, None for the face of the package itself."""
    inner = name.removeprefix(PACKAGE).removeprefix(".")
    rooms = sorted((*ALLOWED, *FACES, ANYTHING), key=len, reverse=True)
    return next((room for room in rooms if inner == room or inner.startswith(f"{room}.")), None)


def ours(name: str) -> bool:
    return name == PACKAGE or name.startswith(f"{PACKAGE}.")


def is_face(module: Module) -> bool:
    """Whether the module is an `__init__` above the rooms, which hands names on and decides nothing."""
    return module.is_package and room_of(module.name) is None


def may_import(room: str, other: str) -> bool:
    if room == ANYTHING or other in {room, "version"}:
        return True
    return other in ALLOWED.get(room, frozenset()) | FACES.get(room, frozenset())


def unknown_rooms(tree: Tree) -> Iterator[str]:
    for module in tree.modules.values():
        if room_of(module.name) is None and not module.is_package:
            yield f"{module.name} has no room: name it in tests/contracts/rooms.py with what it may import"


def forbidden_rooms(tree: Tree) -> Iterator[str]:
    for module in tree.modules.values():
        room = room_of(module.name)
        for found in tree.imports(module):
            other = room_of(found.module)
            if not ours(found.module) or other is None:
                continue
            refused = (
                other == ANYTHING if is_face(module) else room is not None and not may_import(room, other)
            )
            if refused:
                yield f"{module.name}:{found.line}: {room or 'a face'} may not import {found.module}"


def siblings_imported(tree: Tree) -> Iterator[str]:
    for module in tree.modules.values():
        for folder in SOLITARY:
            inside = f"{PACKAGE}.{folder}."
            if module.is_package or not module.name.startswith(inside):
                continue
            for found in tree.imports(module):
                if found.module.startswith(inside):
                    yield f"{module.name}:{found.line}: files of {folder} never import each other"


def strangers(tree: Tree) -> Iterator[str]:
    for module in tree.modules.values():
        room = room_of(module.name)
        for found in tree.imports(module):
            top = found.module.split(".")[0]
            if top == PACKAGE or top in sys.stdlib_module_names or room == ANYTHING:
                continue
            if top not in THIRD_PARTY:
                yield f"{module.name}:{found.line}: {top} is not named in tests/contracts/rooms.py"
            elif room not in THIRD_PARTY[top]:
                yield f"{module.name}:{found.line}: {top} may be imported only in {sorted(THIRD_PARTY[top])}"


def shared_drivers(tree: Tree) -> Iterator[str]:
    """Below session/, each third-party driver stands in exactly one file, or in one folder of its own name.

    A framework looks its parts up in modules of their own (an app's configuration, a command), hence the folder.
    """
    users: dict[str, set[str]] = {}
    for module in tree.modules.values():
        if module.name.startswith(f"{PACKAGE}.session."):
            for found in tree.imports(module):
                top = found.module.split(".")[0]
                if top in THIRD_PARTY:
                    before, folder, _ = module.name.partition(f".{top}.")
                    users.setdefault(top, set()).add(f"{before}.{top}" if folder else module.name)
    for driver, names in sorted(users.items()):
        if len(names) > 1:
            yield f"{driver} is imported by more than one file: {', '.join(sorted(names))}"


def own_face_imported(tree: Tree) -> Iterator[str]:
    for module in tree.modules.values():
        for found in tree.imports(module):
            package = tree.modules.get(found.module)
            if package is None or not package.is_package:
                continue
            if module.name == package.name or module.name.startswith(f"{package.name}."):
                yield f"{module.name}:{found.line}: {package.name} is imported by its own file"


def circles(tree: Tree) -> Iterator[str]:
    graph = {
        module.name: {found.module for found in tree.imports(module)} & tree.modules.keys()
        for module in tree.modules.values()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        yield "imports go in a circle: " + " → ".join(reversed(error.args[1]))


CONTRACTS = (
    unknown_rooms,
    forbidden_rooms,
    siblings_imported,
    strangers,
    shared_drivers,
    own_face_imported,
    circles,
)

BAD: tuple[tuple[Callable[[Tree], Iterator[str]], dict[str, str]], ...] = (
    (unknown_rooms, {"shed/tool.py": ""}),
    (forbidden_rooms, {"audit/engine.py": "from sessionward.session import core", "session/core.py": ""}),
    (forbidden_rooms, {"session/core.py": "import sessionward.audit.check", "audit/check.py": ""}),
    (forbidden_rooms, {"http/cookie.py": "import sessionward.standards.cwe", "standards/cwe.py": ""}),
    (forbidden_rooms, {"audit/report/html.py": "import sessionward.audit.engine", "audit/engine.py": ""}),
    (
        forbidden_rooms,
        {"audit/engine.py": "import sessionward.audit.browser.page", "audit/browser/page.py": ""},
    ),
    (forbidden_rooms, {"demo/app.py": "from sessionward.cli import main", "cli/main.py": ""}),
    (forbidden_rooms, {"__init__.py": "from sessionward.cli import main", "cli/main.py": ""}),
    (
        forbidden_rooms,
        {
            "audit/driver.py": "import typing\nif typing.TYPE_CHECKING:\n    import sessionward.demo.app",
            "demo/app.py": "",
        },
    ),
    (
        forbidden_rooms,
        {"audit/scene.py": "def late():\n    from sessionward.audit import engine", "audit/engine.py": ""},
    ),
    (
        forbidden_rooms,
        {"audit/checks/token/a.py": "from ...engine import play", "audit/engine.py": "play = 1"},
    ),
    (
        siblings_imported,
        {
            "audit/checks/token/a.py": "from sessionward.audit.checks.token import b",
            "audit/checks/token/b.py": "",
        },
    ),
    (siblings_imported, {"demo/hazards/a.py": "import sessionward.demo.hazards.b", "demo/hazards/b.py": ""}),
    (strangers, {"audit/explore/forms.py": "from playwright.async_api import Page"}),
    (strangers, {"audit/engine.py": "import requests"}),
    (strangers, {"http/cookie.py": "import msgspec"}),
    (shared_drivers, {"session/stores/redis.py": "import redis", "session/stores/valkey.py": "import redis"}),
    (
        shared_drivers,
        {
            "session/adapters/django/command.py": "import django",
            "session/adapters/django_guard.py": "import django",
        },
    ),
    (
        own_face_imported,
        {"audit/check.py": "from sessionward import VERSION", "__init__.py": "VERSION = '1'"},
    ),
    (
        circles,
        {"http/a.py": "import sessionward.http.b", "http/b.py": "def f():\n    import sessionward.http.a"},
    ),
)


def written(root: Path, files: dict[str, str]) -> Tree:
    for name, text in files.items():
        path = root / "src" / PACKAGE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return read(root)


@pytest.mark.parametrize("contract", CONTRACTS)
def test_the_house_keeps_the_import_contract(contract: Callable[[Tree], Iterator[str]]) -> None:
    assert list(contract(read(ROOT))) == []


@pytest.mark.parametrize("contract,files", BAD)
def test_a_breach_is_seen(
    contract: Callable[[Tree], Iterator[str]], files: dict[str, str], tmp_path: Path
) -> None:
    assert len(list(contract(written(tmp_path, files)))) == 1


def test_each_import_contract_has_a_breach_that_it_sees() -> None:
    assert {contract for contract, _ in BAD} == set(CONTRACTS)


def test_a_sound_house_breaks_no_contract(tmp_path: Path) -> None:
    tree = written(
        tmp_path,
        {
            "__init__.py": "from sessionward.version import VERSION",
            "version.py": "VERSION = '1'",
            "standards/cwe.py": "import dataclasses",
            "audit/check.py": "from sessionward.standards import cwe",
            "audit/checks/__init__.py": "from sessionward.audit.checks.token import a",
            "audit/checks/token/a.py": "import sessionward.audit.check",
            "audit/browser/page.py": "import playwright.async_api",
            "session/adapters/django/command.py": "import django",
            "session/adapters/django/pages.py": "import django",
            "cli/main.py": "import rich, sessionward.audit.browser.page, sessionward.version",
            "__main__.py": "from sessionward.cli.main import main",
        },
    )
    assert [breach for contract in CONTRACTS for breach in contract(tree)] == []


def test_a_relative_import_from_a_package_is_resolved(tmp_path: Path) -> None:
    tree = written(
        tmp_path, {"http/__init__.py": "from . import cookie", "http/cookie.py": "from .. import http"}
    )
    assert [found.module for found in tree.imports(tree.modules["sessionward.http"])] == [
        "sessionward.http.cookie"
    ]
    assert [found.module for found in tree.imports(tree.modules["sessionward.http.cookie"])] == [
        "sessionward.http"
    ]
