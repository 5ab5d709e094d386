"""Reads a source tree without running it: which modules there are and what each imports.

Rule: an import counts wherever it stands, under TYPE_CHECKING and inside functions too,
because that is where layering dissolves unseen.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "sessionward"


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """One name that a module imports: the module it comes from, resolved, and the line."""

    module: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """One source file."""

    name: str
    path: Path
    tree: ast.Module

    @property
    def is_package(self) -> bool:
        return self.path.name == "__init__.py"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """All modules of one package below `root/src`."""

    root: Path
    modules: dict[str, Module]

    def imports(self, module: Module) -> Iterator[Import]:
        """Each import of `module`, once for every name: `from a import b` is `a.b` where that is a module."""
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Import):
                yield from (Import(module=alias.name, line=node.lineno) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                base = _base(module, node)
                for alias in node.names:
                    inner = f"{base}.{alias.name}"
                    yield Import(module=inner if inner in self.modules else base, line=node.lineno)


def read(root: Path) -> Tree:
    """The modules below `root/src/sessionward`, by dotted name."""
    source = root / "src"
    found = (_module(source, path) for path in sorted((source / PACKAGE).rglob("*.py")))
    return Tree(root=root, modules={module.name: module for module in found})


def _module(source: Path, path: Path) -> Module:
    parts = path.relative_to(source).with_suffix("").parts
    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    return Module(name=name, path=path, tree=ast.parse(path.read_text(encoding="utf-8"), str(path)))


def _base(module: Module, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    parts = module.name.split(".")
    drop = node.level - (1 if module.is_package else 0)
    kept = parts[: len(parts) - drop]
    return ".".join([*kept, node.module] if node.module else kept)
