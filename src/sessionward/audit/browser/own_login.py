"""The user's own login script, for logins that nobody can recognise."""

from __future__ import annotations

import runpy
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from playwright.async_api import Page

from sessionward.audit.driver import DriverError

Login = Callable[[Page, Any], Awaitable[object]]


def load(script: Path) -> Login:
    """The script's ``login``. Raises DriverError where it cannot be read or has none."""
    try:
        found = runpy.run_path(str(script)).get("login")
    except (Exception, SystemExit) as error:  # noqa: BLE001 — whatever the user's code raises is told, not ours to crash on
        raise DriverError(f"The login script {script.name} cannot be read: {told(error)}.") from None
    if not callable(found):
        raise DriverError(f"The login script {script.name} has no “async def login(page, account)”.")
    login: Login = found
    return login


async def run(script: Path, page: Page, account: Mapping[str, Any]) -> None:
    """Let the script log in. Raises DriverError where it fails, without the password."""
    login = load(script)
    try:
        await login(page, SimpleNamespace(**account))
    except Exception as error:  # noqa: BLE001 — as above
        said = told(error).replace(account["password"], "‹password›")
        raise DriverError(f"The login script {script.name} failed: {said}.") from None


def told(error: BaseException) -> str:
    """An error of somebody else's code in one line."""
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0].rstrip('.')}" if lines else type(error).__name__
