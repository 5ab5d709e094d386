"""Serving the demo and auditing it: the configuration is made from the demo's published accounts."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from sessionward.audit.check import Check, Severity
from sessionward.audit.config import Account, Config, ConfigError, PolicySettings, Target, seconds
from sessionward.audit.settings import Settings, policy_of
from sessionward.cli.carry_out import carry_out
from sessionward.cli.exits import Exit, UsageError
from sessionward.demo import (
    DEMO_ACCOUNTS,
    HAZARDS,
    Certificate,
    find_hazards,
    make_certificate,
    serve,
    serving_in_thread,
    with_hazards,
)
from sessionward.demo import Settings as DemoSettings

AUDITED = ("ana", "ben", "ida", "nora", "sol")
"""Whom an audit logs in: two of one role, one of each further role, one of the other clinic; each more costs time."""

INACTIVITY = 12.0
"""Seconds: an audited demo ends idle sessions so soon that a person can watch the experiment on timeouts."""

BUDGET = 600.0
"""Seconds for a whole audit of the demo, besides the waiting."""


def serve_demo(*, port: int, hazards: Sequence[str], https: bool = False, store: Path | None = None) -> Exit:
    """Serve until Ctrl-C. Raises UsageError for an unknown hazard, a taken port or a store that cannot be."""
    settings = replace(demo_settings(hazards), store=store)
    if store is not None:
        check_store(settings, store)

    def ready(url: str) -> None:
        print(f"The demo answers at {url} (Ctrl-C ends it). Accounts:")
        for account in DEMO_ACCOUNTS:
            code = f"; authenticator {account.totp}" if account.totp else ""
            print(f"  {account.email}  {account.password}  ({account.role}, {account.tenant}{code})")
        print(f"Mails arrive in {outbox}")
        if store is not None:
            print(f"Its trail: sessionward trail verify --store sqlite:///{store} --tenant north")

    try:
        with certificate(https=https) as made, TemporaryDirectory(prefix="clinic-outbox-") as outbox:
            serve(replace(settings, outbox=Path(outbox)), port=port, certificate=made, ready=ready)
    except OSError as error:
        raise UsageError(
            f"the demo cannot listen on port {port}: {error.strerror}; choose another --port."
        ) from None
    return Exit.CLEAN


def check_store(settings: DemoSettings, store: Path) -> None:
    """Raises UsageError where nothing would be kept in that file."""
    if settings.protections.keeps_sessions_by_hand:
        raise UsageError("with these hazards sessions are built by hand, and nothing is kept in --store.")
    if not store.parent.is_dir():
        raise UsageError(f"--store {store}: there is no directory {store.parent}.")


def audit_demo(
    *,
    port: int,
    hazards: Sequence[str],
    https: bool = False,
    wait: str,
    checks: tuple[Check, ...],
    out: Path,
    fail_on: Severity,
) -> Exit:
    """Serve the demo with short timeouts, audit it, and stop it."""
    logging.getLogger("sessionward.forgery").setLevel(
        logging.ERROR
    )  # what the audit forges is refused by design
    try:
        with (
            certificate(https=https) as made,
            serving_in_thread(
                demo_settings(hazards, inactivity=INACTIVITY), port=port, certificate=made
            ) as url,
        ):
            return carry_out(audit_settings(url, wait=wait, checks=checks, out=out), fail_on=fail_on)
    except OSError as error:
        raise UsageError(
            f"the demo cannot listen on port {port}: {error.strerror}; choose another --port."
        ) from None


@contextmanager
def certificate(*, https: bool) -> Iterator[Certificate | None]:
    """A certificate made on the spot in a directory that goes with it, None where the demo speaks plain http."""
    if not https:
        yield None
        return
    with TemporaryDirectory(prefix="sessionward-demo-") as directory:
        yield make_certificate(Path(directory))


def demo_settings(
    hazards: Sequence[str], *, inactivity: float | None = None, absolute: float | None = None
) -> DemoSettings:
    """The demo with these hazards, ``all`` being every one; timeouts in seconds. Raises UsageError."""
    settings = DemoSettings()
    if inactivity:
        settings = replace(settings, inactivity_timeout=timedelta(seconds=inactivity))
    if absolute:
        settings = replace(settings, absolute_lifetime=timedelta(seconds=absolute))
    wanted = [hazard.id for hazard in HAZARDS] if list(hazards) == ["all"] else hazards
    try:
        return with_hazards(settings, find_hazards(HAZARDS, wanted))
    except ValueError as error:
        raise UsageError(f"{error}.") from None


def audit_settings(
    url: str,
    *,
    wait: str,
    checks: tuple[Check, ...],
    out: Path,
    inactivity: float = INACTIVITY,
    absolute: float = 0.0,
) -> Settings:
    """How to audit a demo that answers at ``url`` with the timeouts given in seconds. Raises UsageError."""
    accounts = tuple(
        Account(name=a.name, username=a.email, password=a.password, role=a.role, tenant=a.tenant, totp=a.totp)
        for a in DEMO_ACCOUNTS
        if a.name in AUDITED
    )
    policy = PolicySettings(
        inactivity_timeout=f"{inactivity:g}s", absolute_lifetime=f"{absolute:g}s" if absolute else ""
    )
    try:
        target = Target(url=url, verify_tls=not url.startswith("https:"))  # its own certificate
        longest = seconds(wait, where="--wait")
        return Settings(
            config=Config(
                target=target,
                account=accounts,
                policy=policy,
            ),
            checks=checks,
            out=out,
            policy=policy_of(policy),
            wait=longest,
            budget=BUDGET + longest,
            passing=True,
        )
    except ConfigError as error:
        raise UsageError(str(error)) from None
