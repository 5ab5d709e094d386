"""Writes what stands in the code into the documentation: a page for each check, their index, the README's table.

`make docs` runs it; a contract test compares, so that no page can say what the code no longer does.
"""

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from docs import transitions
from sessionward.audit.check import Check
from sessionward.audit.checks import CHECKS
from sessionward.audit.report.schema import json_schema_text
from sessionward.standards import requirement

ROOT = Path(__file__).resolve().parents[1]
PAGES = Path("docs/checks")
TRANSITIONS = Path("docs/session/transitions.md")
README = Path("README.md")
SCHEMA = Path("src/sessionward/audit/report/report.schema.json")
BEGIN = "<!-- checks: begin (made by `make docs`) -->"
END = "<!-- checks: end -->"


def sentence(text: str) -> str:
    """`text` with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def page(check: Check) -> str:
    """The page of one check."""
    held = [requirement(name) for name in check.requirements]
    upsets = ", ".join(sorted(check.disturbs)) or "nothing that another check relies on"
    parts = (
        f"# {check.title}",
        f"`{check.id}` · family {check.family} · severity {check.severity}",
        f"**Why it matters.** {sentence(check.why)}",
        f"**How it is shown.** {sentence(check.proof)}",
        f"**How to mend it.** {sentence(check.fix)}",
        f"**Set off by** {', '.join(check.personas) or 'nobody in particular'}. **Upsets** {upsets}.",
        "**Held against**\n\n" + "\n".join(f"- [{entry.id}]({entry.link}): {entry.title}" for entry in held),
    )
    return "\n\n".join(parts) + "\n"


def table(checks: Iterable[Check], folder: str) -> str:
    """The checks as a table whose links lead into `folder`, a relative path that ends in a slash or is empty."""
    rows = [f"| [{check.id}]({folder}{check.id}.md) | {check.title} | {check.severity} |" for check in checks]
    return "\n".join(["| check | finds | severity |", "|---|---|---|", *rows])


def index(checks: Iterable[Check]) -> str:
    """The list of all pages, family by family."""
    families = groupby(
        sorted(checks, key=lambda check: (check.family, check.id)), key=lambda check: check.family
    )
    parts = ["# Checks", *(f"## {family}\n\n{table(members, '')}" for family, members in families)]
    return "\n\n".join(parts) + "\n"


def between_markers(text: str, made: str) -> str:
    """`text` with `made` in the place between the two markers."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{made}\n{END}{after}"


def documents(root: Path) -> dict[Path, str]:
    """Every generated file below `root`, by its path, with what it should say."""
    readme = (root / README).read_text(encoding="utf-8")
    return {
        **{root / PAGES / f"{check.id}.md": page(check) for check in CHECKS},
        root / PAGES / "README.md": index(CHECKS),
        root / README: between_markers(readme, table(CHECKS, f"{PAGES.as_posix()}/")),
        root / TRANSITIONS: transitions.page(),
        root / SCHEMA: json_schema_text(),
    }


def differing(root: Path) -> list[Path]:
    """The generated files that are missing, say something else, or should not be there."""
    made = documents(root)
    changed = [path for path, text in made.items() if not path.exists() or path.read_text("utf-8") != text]
    return sorted([*changed, *(path for path in (root / PAGES).glob("*.md") if path not in made)])


def write(root: Path) -> None:
    """Bring every generated file up to date and remove pages of checks that are gone."""
    made = documents(root)
    for path in differing(root):
        if path not in made:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made[path], encoding="utf-8")


if __name__ == "__main__":
    for changed in differing(ROOT):
        print(changed.relative_to(ROOT))
    write(ROOT)
