"""No file tells where it was made (a machine's paths, a registry of packages) or holds an unfinished merge.

The forbidden words are put together from their parts, so that this file keeps its own rule.
"""

import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tests.contracts.source import ROOT


def spelled(between: str, *parts: str) -> str:
    return between.join(parts)


INDEX_OPTION = spelled("-", "index", "url")
HOSTS = tuple(
    spelled(".", *parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("yarnpkg", "com"),
        ("deb", "debian", "org"),
        ("security", "debian", "org"),
        ("archive", "ubuntu", "com"),
        ("proxy", "golang", "org"),
        ("static", "crates", "io"),
    )
)
HOMES = re.compile(r"(?<![\w.~-])/(?:home|Users)/[\w.-]+/|(?<![\w.~-])/[r]oot/|[A-Z]:\\Users\\")


def tracked(root: Path) -> Iterator[Path]:
    """The files that git keeps, and those that it would if they were added."""
    git = ["git", "-c", "safe.directory=*", "-C", str(root)]  # the checkout may belong to another user
    command = [*git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    yield from (root / name for name in listing.split("\0") if name and (root / name).is_file())


CONFLICT = tuple(sign * 7 + " " for sign in "<>|")  # what `git merge` leaves around what it could not merge


def tell_tales(root: Path, paths: Iterable[Path]) -> Iterator[str]:
    for path in paths:
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), start=1):
            found = next((word for word in (INDEX_OPTION, *HOSTS, str(root)) if word in line), None)
            home = HOMES.search(line)
            if found or home:
                yield f"{path.relative_to(root)}:{number}: {found or (home and home.group())}"
            elif line.startswith(CONFLICT):
                yield f"{path.relative_to(root)}:{number}: an unfinished merge"


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="only a checkout knows which files are tracked")
def test_no_tracked_file_tells_where_it_was_made() -> None:
    assert list(tell_tales(ROOT, tracked(ROOT))) == []


@pytest.mark.parametrize(
    "line",
    [
        f"pip install --{INDEX_OPTION} x",
        f"https://files.{HOSTS[1]}/packages",
        "see " + spelled("/", "", "home", "someone", "notes.txt"),
        "'" + spelled("/", "", "root", "x") + "'",
        "<" * 7 + " HEAD",
        ">" * 7 + " main",
        "path = '" + spelled("\\", "C:", "Users", "someone") + "'",
    ],
)
def test_a_tell_tale_line_is_seen(line: str, tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_text(f"first\n{line}\n", encoding="utf-8")
    assert len(list(tell_tales(tmp_path, [path]))) == 1


def test_the_path_of_the_checkout_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_text(f"cd {tmp_path}", encoding="utf-8")
    assert len(list(tell_tales(tmp_path, [path]))) == 1


def test_addresses_of_apps_and_binary_files_are_sound(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "https://example.org/home/user/page and ~/root/x and /home/ and /home/records", encoding="utf-8"
    )
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"\x89PNG\xff\xfe")
    assert list(tell_tales(tmp_path, [page, picture])) == []


def test_new_files_that_are_not_ignored_are_looked_at(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    (tmp_path / ".gitignore").write_text("ignored.txt\n", encoding="utf-8")
    (tmp_path / "ignored.txt").touch()
    (tmp_path / "new.txt").touch()
    assert sorted(path.name for path in tracked(tmp_path)) == [".gitignore", "new.txt"]
