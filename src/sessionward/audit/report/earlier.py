"""What an earlier audit confirmed: known findings are told, and do not count again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from sessionward.audit.check import Confidence, Verdict
from sessionward.audit.events import Finding
from sessionward.audit.report.identity import spot, spots


class NoReportError(ValueError):
    """What was given for an earlier report is none."""


class _Place(msgspec.Struct):
    method: str
    url: str


class _Outcome(msgspec.Struct):
    check: str
    outcome: Verdict
    confidence: Confidence | None = Confidence.CONFIRMED
    where: tuple[_Place, ...] = ()


class _Report(msgspec.Struct):
    outcomes: tuple[_Outcome, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """For each check that had confirmed defects then, the kinds of addresses where they were.

    ``given`` is False where there was no earlier report: then nothing is known, and nothing is called new either.
    """

    confirmed: Mapping[str, frozenset[str]] = field(default_factory=dict)
    given: bool = False

    def covers(self, finding: Finding) -> bool:
        """Whether ``finding`` is a defect that was confirmed before, at each of its places.

        A leak at one more address is news. What was only suspected then is news once it is confirmed.
        """
        before = self.confirmed.get(finding.check.id)
        return finding.verdict is Verdict.FAILED and before is not None and spots(finding.where) <= before


def read_earlier(content: bytes) -> Earlier:
    """The ``report.json`` of an earlier audit. Raises NoReportError."""
    try:
        report = msgspec.json.decode(content, type=_Report)
    except (msgspec.MsgspecError, UnicodeError) as error:
        raise NoReportError(type(error).__name__) from None
    confirmed: dict[str, frozenset[str]] = {}
    for one in report.outcomes:
        if one.outcome is Verdict.FAILED and one.confidence is Confidence.CONFIRMED:
            places = frozenset(spot(place.method, place.url) for place in one.where)
            confirmed[one.check] = confirmed.get(one.check, frozenset()) | places
    return Earlier(confirmed=confirmed, given=True)
