"""How each defect is mended in the frameworks that people use: short code, kept as data in ``fixes/``.

One file a family of checks, one table a check, one text a framework. The code is an example to hold against one's own,
not a patch: it names the settings and calls that matter and leaves out what every app has.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files

FRAMEWORKS = {
    "django": ("Django", "python"),
    "flask": ("Flask", "python"),
    "fastapi": ("FastAPI", "python"),
    "express": ("Express", "javascript"),
    "spring": ("Spring", "java"),
    "php": ("PHP", "php"),
}
"""For each framework its name and the language of its code, in the order in which they are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """How one framework's apps mend a defect. ``key`` names the framework in the data."""

    key: str
    framework: str
    language: str
    code: str


def fixes_of(check: str) -> tuple[Fix, ...]:
    """The fixes for a check's id, none for a third party's."""
    return tuple(
        Fix(key=key, framework=name, language=language, code=code)
        for key, (name, language) in FRAMEWORKS.items()
        if (code := _all().get(check, {}).get(key, "").strip("\n"))
    )


def fixed_checks() -> Mapping[str, frozenset[str]]:
    """For each check that has fixes the frameworks that they are for."""
    return {check: frozenset(codes) for check, codes in _all().items()}


@functools.cache
def _all() -> Mapping[str, Mapping[str, str]]:
    return dict(_tables())


def _tables() -> Iterator[tuple[str, Mapping[str, str]]]:
    folder = files("sessionward.audit.report") / "fixes"
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        if file.name.endswith(".toml"):
            yield from tomllib.loads(file.read_text(encoding="utf-8")).items()
