"""Exit codes, and what an audit comes to."""

from __future__ import annotations

import enum
from collections.abc import Collection, Iterable

from sessionward.audit.check import Confidence, Severity, Verdict
from sessionward.audit.events import Finding


class Exit(enum.IntEnum):
    """What the process ends with."""

    CLEAN = 0
    FINDINGS = 1
    WRONG_USE = 2
    NOT_CARRIED_OUT = 3


class UsageError(Exception):
    """Wrong use of the command line; one sentence for a person."""


def exit_of(findings: Iterable[Finding], *, fail_on: Severity, known: Collection[str] = ()) -> Exit:
    """FINDINGS where a confirmed defect of that severity or worse is not among the ``known`` checks of a baseline."""
    for finding in findings:
        if (
            finding.verdict is Verdict.FAILED
            and finding.confidence is Confidence.CONFIRMED
            and finding.severity.rank >= fail_on.rank
            and finding.check.id not in known
        ):
            return Exit.FINDINGS
    return Exit.CLEAN
