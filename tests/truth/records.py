"""What each batch of the matrix said, kept on disk: a run that broke off goes on, and docs/truth.md is made of it."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PLAYED = ("src/sessionward/audit", "src/sessionward/demo", "src/sessionward/http", "tests/truth/batches.py")
"""The code that decides what a batch says: a record that was made by other code is none."""
FOLDER = os.environ.get("SESSIONWARD_TRUTH_RECORDS", "")
"""Where records lie; without it none are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One batch as it was played. ``said`` gives for each check its verdict, and its confidence where it failed.

    ``held``: it said all that it had to say and nothing else.
    """

    batch: str
    scheme: str
    hazards: tuple[str, ...]
    implied: Mapping[str, str]
    said: Mapping[str, tuple[str, str]]
    seconds: float
    requests: int
    held: bool = True
    code: str = field(default="")

    @property
    def name(self) -> str:
        """The file that it is kept in."""
        return f"{self.batch.replace(' ', '-')}-{self.scheme}.json"


def code_of(root: Path = ROOT) -> str:
    """A fingerprint of the code that decides what a batch says."""
    digest = hashlib.sha256()
    for place in PLAYED:
        path = root / place
        files = sorted(each for each in path.rglob("*") if each.is_file()) if path.is_dir() else [path]
        for file in files:
            if file.suffix != ".pyc":
                digest.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


def keep(record: Record, folder: Path, code: str) -> None:
    """Write it down."""
    folder.mkdir(parents=True, exist_ok=True)
    content: dict[str, Any] = asdict(record) | {"code": code}
    (folder / record.name).write_text(json.dumps(content, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def kept(folder: Path) -> tuple[Record, ...]:
    """Every record there, by name. Raises ValueError for a file that is none."""
    found = []
    for path in sorted(folder.glob("*.json")):
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            said = {
                check: (verdict, confidence) for check, (verdict, confidence) in content.pop("said").items()
            }
            found.append(Record(**content | {"said": said, "hazards": tuple(content["hazards"])}))
        except (TypeError, KeyError, AttributeError, ValueError) as error:
            raise ValueError(
                f"{path} is no record of a batch ({error}); remove it and play it again"
            ) from None
    return tuple(found)


def is_kept(batch: str, scheme: str, folder: Path, code: str) -> bool:
    """Whether that batch was played by this very code, and held."""
    return any(
        (one.batch, one.scheme, one.code) == (batch, scheme, code) and one.held for one in kept(folder)
    )
