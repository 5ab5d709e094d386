from collections.abc import Callable
from pathlib import Path

import pytest

from sessionward.audit.browser.find import find_browser
from sessionward.audit.driver import DriverError


def on_path(*names: str) -> Callable[[str], str | None]:
    return lambda name: f"/usr/bin/{name}" if name in names else None


def managed(home: Path, *places: str) -> None:
    for place in places:
        program = home / ".cache" / "ms-playwright" / place
        program.parent.mkdir(parents=True)
        program.touch(mode=0o755)


def found(home: Path, which: Callable[[str], str | None], *, headed: bool = False) -> str:
    return str(find_browser(headed=headed, environ={"HOME": str(home)}, platform="linux", which=which))


def test_the_browser_named_by_the_environment_wins(tmp_path: Path) -> None:
    environ = {"HOME": str(tmp_path), "SESSIONWARD_BROWSER": "brave"}
    path = find_browser(environ=environ, platform="linux", which=on_path("brave", "chromium"))
    assert path == Path("/usr/bin/brave")


def test_a_named_browser_that_is_none_is_said_so() -> None:
    with pytest.raises(DriverError, match=r"SESSIONWARD_BROWSER names /no/such, which is no program"):
        find_browser(environ={"SESSIONWARD_BROWSER": "/no/such"}, which=on_path("chromium"))


def test_a_headless_shell_is_preferred_without_a_window(tmp_path: Path) -> None:
    which = on_path("chromium", "chromium-headless-shell")
    assert found(tmp_path, which) == "/usr/bin/chromium-headless-shell"


def test_a_window_needs_a_whole_browser(tmp_path: Path) -> None:
    which = on_path("chromium", "chromium-headless-shell")
    assert found(tmp_path, which, headed=True) == "/usr/bin/chromium"


def test_the_newest_of_playwrights_own_comes_before_the_systems(tmp_path: Path) -> None:
    managed(
        tmp_path,
        "chromium_headless_shell-999/chrome-linux/headless_shell",
        "chromium_headless_shell-1255/chrome-linux/headless_shell",
    )
    assert "shell-1255" in found(tmp_path, on_path("chromium-headless-shell"))


def test_a_managed_browser_serves_where_no_shell_is(tmp_path: Path) -> None:
    managed(tmp_path, "chromium-1255/chrome-linux/chrome")
    assert "chromium-1255" in found(tmp_path, on_path("google-chrome"))


def test_the_systems_shell_is_lighter_than_a_managed_browser(tmp_path: Path) -> None:
    managed(tmp_path, "chromium-1255/chrome-linux/chrome")
    assert found(tmp_path, on_path("chromium-headless-shell")) == "/usr/bin/chromium-headless-shell"


def test_a_browser_in_its_usual_place_on_windows_is_found(tmp_path: Path) -> None:
    program = tmp_path / "Google/Chrome/Application/chrome.exe"
    program.parent.mkdir(parents=True)
    program.touch()
    environ = {"PROGRAMFILES": str(tmp_path), "USERPROFILE": str(tmp_path)}
    assert find_browser(environ=environ, platform="win32", which=on_path()) == program


def test_where_there_is_none_the_error_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(
        DriverError, match=r"No browser was found: install one with “playwright install chromium”"
    ):
        found(tmp_path, on_path())
