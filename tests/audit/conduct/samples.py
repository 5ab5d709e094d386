"""Checks and settings for audits of ``FakeApp``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from sessionward.audit.check import Check, Detection, Disturbance, Severity, passed
from sessionward.audit.config import Account, Config, Target
from sessionward.audit.probe import LogIn
from sessionward.audit.scene import Scene
from sessionward.audit.settings import Settings
from tests.audit.perform.fake_app import START
from tests.audit.perform.stages import POLICY


def harmless(scene: Scene) -> Detection:
    """Log in, and be content."""
    del scene
    yield from LogIn(party="owner", keep=False, control="positive control")
    return passed("all is well")


def check(
    name: str,
    detect: Callable[[Scene], Detection] = harmless,
    *,
    disturbs: Iterable[Disturbance] = (),
    account: str = "owner",
    **more: Any,
) -> Check:
    """A check of that name."""
    return Check(
        id=name,
        family="lifecycle",
        title=name,
        why="",
        proof="",
        severity=Severity.HIGH,
        requirements=(),
        personas=(),
        fix="",
        detect=detect,
        disturbs=frozenset(disturbs),
        account=account,
        **more,
    )


def config(*, names: Iterable[str] = ("ana", "ben")) -> Config:
    """Two accounts of the app."""
    accounts = tuple(
        Account(name=name, username=name, password=f"{name.capitalize()}-1-secret") for name in names
    )
    return Config(target=Target(url=START, authorised=True), account=accounts)


def settings(out: Path, checks: tuple[Check, ...], **more: Any) -> Settings:
    """An audit of the app with these checks."""
    return Settings(config=config(), checks=checks, out=out, policy=POLICY, wait=0, **more)
