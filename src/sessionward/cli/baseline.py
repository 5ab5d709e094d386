"""An earlier report whose confirmed findings are known already."""

from __future__ import annotations

import json
from pathlib import Path

from sessionward.cli.exits import UsageError


def known_findings(path: Path) -> frozenset[str]:
    """The checks with a confirmed failure in that report. Raises UsageError where it is no report of ours.

    What was only suspected then is news once it is confirmed.
    """
    try:
        outcomes = json.loads(path.read_text(encoding="utf-8"))["outcomes"]
        return frozenset(
            one["check"]
            for one in outcomes
            if one["outcome"] == "failed" and one.get("confidence", "confirmed") == "confirmed"
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        msg = f"the baseline {path} is no report.json of ours ({type(error).__name__}); give one that an audit wrote."
        raise UsageError(msg) from None
