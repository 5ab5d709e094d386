"""Exit codes, and what an audit comes to."""

from __future__ import annotations

import enum
from collections.abc import Iterable

from sessionward.audit.check import Confidence, Severity, Verdict
from sessionward.audit.events import Finding
from sessionward.audit.report import Earlier


class Exit(enum.IntEnum):
    """What the process ends with."""

    CLEAN = 0
    FINDINGS = 1
    WRONG_USE = 2
    NOT_CARRIED_OUT = 3


class UsageError(Exception):
    """Wrong use of the command line; one sentence for a person."""


NOTHING = Earlier()


def exit_of(findings: Iterable[Finding], *, fail_on: Severity, known: Earlier = NOTHING) -> Exit:
    """FINDINGS where a confirmed defect of that severity or worse is not ``known`` from a baseline."""
    for finding in findings:
        if (
            finding.verdict is Verdict.FAILED
            and finding.confidence is Confidence.CONFIRMED
            and finding.severity.rank >= fail_on.rank
            and not known.covers(finding)
        ):
            return Exit.FINDINGS
    return Exit.CLEAN
