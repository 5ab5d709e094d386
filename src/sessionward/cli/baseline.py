"""An earlier report whose confirmed findings are known already."""

from __future__ import annotations

import json
from pathlib import Path

from sessionward.cli.exits import UsageError


def known_findings(path: Path) -> frozenset[str]:
    """The checks that failed in that report. Raises UsageError where it is no report of ours."""
    try:
        outcomes = json.loads(path.read_text(encoding="utf-8"))["outcomes"]
        return frozenset(one["check"] for one in outcomes if one["outcome"] == "failed")
    except (OSError, ValueError, KeyError, TypeError) as error:
        msg = f"the baseline {path} is no report.json of ours ({type(error).__name__}); give one that an audit wrote."
        raise UsageError(msg) from None
