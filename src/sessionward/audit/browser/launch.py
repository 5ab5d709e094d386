"""How Chromium is started: quiet, unable to leave the scope, and free to let a made-up site reach this machine."""

from __future__ import annotations

import os
from collections.abc import Sequence

from sessionward.audit.browser.scope import Scope

FEATURES_OFF = (
    # Forged requests come from a made-up site whose page was never fetched, so Chromium takes it for a public
    # one, and from 142 on keeps public sites from private addresses. The app under test is on one; the checks ask
    # what its sessions do, not where it runs.
    "LocalNetworkAccessChecks",
    "LocalNetworkAccessForNavigations",
    "LocalNetworkAccessForSubframeNavigations",
    "LocalNetworkAccessForWorkers",
    "BlockInsecurePrivateNetworkRequests",
    # The switch replaces the list that Playwright gives, so what it relies on is repeated.
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "PaintHolding",
    # An address is tried as it was given: never another scheme of the browser's own accord.
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    # Nothing is sent to anybody but the app.
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "PreconnectToSearch",
    "MediaRouter",
    "Translate",
    "AutofillServerCommunication",
    "CertificateTransparencyComponentUpdater",
)

QUIET = (
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--dns-prefetch-disable",
    "--no-pings",
    "--mute-audio",
)


def arguments(scope: Scope, *, keys: Sequence[str] = (), root: bool | None = None) -> list[str]:
    """The switches for an audit within ``scope``, whose certificates with one of ``keys`` are in order.

    ``root``: whether the process runs as root; found out by default.
    """
    ports = ",".join(str(port) for port in sorted(scope.ports))
    found = [
        *QUIET,
        f"--disable-features={','.join(FEATURES_OFF)}",
        f"--host-resolver-rules={scope.resolver_rules()}",
        f"--explicitly-allowed-ports={ports}",
    ]
    if keys:
        found.append(f"--ignore-certificate-errors-spki-list={','.join(keys)}")
    if is_root() if root is None else root:
        # Chromium's sandbox refuses to start as root, as in most containers.
        found.append("--no-sandbox")
    return found


def is_root() -> bool:
    """Whether this process runs as root; never so on Windows."""
    return hasattr(os, "geteuid") and os.geteuid() == 0
