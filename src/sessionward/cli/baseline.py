"""An earlier report whose confirmed findings are known already."""

from __future__ import annotations

from pathlib import Path

from sessionward.audit.report import Earlier, NoReportError, read_earlier
from sessionward.cli.exits import UsageError


def known_findings(path: Path) -> Earlier:
    """What that report confirmed. Raises UsageError where it is no report of ours."""
    try:
        return read_earlier(path.read_bytes())
    except (OSError, NoReportError) as error:
        why = str(error) if isinstance(error, NoReportError) else type(error).__name__
        msg = f"the baseline {path} is no report.json of ours ({why}); give one that an audit wrote."
        raise UsageError(msg) from None
