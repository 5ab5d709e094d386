"""At least one entry for every check that was to run: what was never reached says so."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sessionward.audit.check import Check, Verdict
from sessionward.audit.events import Finding, Judged, Listener


def report_unjudged(checks: Sequence[Check], judged: Collection[str], reason: str, emit: Listener) -> None:
    """Report every check that has no outcome as inconclusive, with the reason."""
    for check in checks:
        if check.id not in judged:
            emit(
                Judged(
                    finding=Finding(
                        check=check,
                        verdict=Verdict.INCONCLUSIVE,
                        message=f"not carried out: {reason or 'the audit ended before it'}",
                        severity=check.severity,
                    )
                )
            )
