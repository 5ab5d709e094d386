"""Puts ``FakeDriver`` where the command line opens a browser."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from sessionward.audit.browser import Scope
from tests.audit.perform.fake_app import START, FakeApp
from tests.audit.perform.fake_driver import FakeDriver

CONFIG = f"""
[target]
url = "{START}"
authorised = true
verify_tls = false

[[account]]
name = "ana"
username = "ana"
password = "Ana-1-secret"

[[account]]
name = "ben"
username = "ben"
password = "env:BEN_PASSWORD"
"""


class Opened:
    """Every browser that was asked for: its driver, and how it was asked for."""

    def __init__(self, app: FakeApp) -> None:
        self.app = app
        self.drivers: list[FakeDriver] = []
        self.asked: list[tuple[Scope, bool, bool]] = []

    @asynccontextmanager
    async def __call__(self, *, scope: Scope, headed: bool, verify_tls: bool) -> AsyncIterator[FakeDriver]:
        self.asked.append((scope, headed, verify_tls))
        driver = FakeDriver(self.app)
        self.drivers.append(driver)
        yield driver


def instead_of_a_browser(monkeypatch: pytest.MonkeyPatch, module: str, app: FakeApp) -> Opened:
    """Let a module of the command line open fakes in front of ``app``."""
    opened = Opened(app)
    monkeypatch.setattr(f"sessionward.cli.{module}.browser", opened)
    return opened


def written(directory: Path, text: str = CONFIG) -> Path:
    """A configuration file."""
    path = directory / "clinic.toml"
    path.write_text(text, encoding="utf-8")
    return path
