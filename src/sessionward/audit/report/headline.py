"""The first thing that a reader sees: was this app really tested, and what came of it.

Rule: nothing looks sound that was not tried. Only a finished, logged-in audit without a failure, a crash or an open
question may be called held.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sessionward.audit.check import Confidence, Severity, Verdict
from sessionward.audit.report.record import Record
from sessionward.audit.report.terms import SEVERITIES, count, first_sentence, listed, sentence, tallied

AT_MOST = 3
"""How many things to do first are named: a longer list is no advice."""


class Tone(enum.StrEnum):
    """What the result is, for eyes that only glance."""

    BAD = "bad"
    UNTESTED = "untested"
    OPEN = "open"
    HELD = "held"


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """One thing to do. ``check`` is the finding that it mends, empty where it is about the audit itself."""

    text: str
    title: str = ""
    check: str = ""
    severity: Severity | None = None
    suspected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """``answer`` is for those who read one line: whether people may use the app as it is.

    ``state`` says whether the app was tested while logged in, ``result`` what came of it; ``summary`` explains.
    """

    tone: Tone
    answer: str
    state: str
    result: str
    summary: tuple[str, ...]

    @property
    def title(self) -> str:
        """State and result in one line."""
        return f"{self.state}: {self.result}"


def headline(record: Record) -> Headline:
    """The first lines for this record."""
    if record.plan is not None:
        words = (
            "The audit was only to say what it would do. Nothing was tried, so nothing is said about the app.",
        )
        return Headline(
            tone=Tone.UNTESTED,
            answer="Nobody knows yet.",
            state="Only planned",
            result="no experiment was made",
            summary=words,
        )
    if not record.authenticated:
        state, result = _untested(record)
        return Headline(
            tone=Tone.UNTESTED,
            answer="Nobody knows: it was not tested.",
            state=state,
            result=result,
            summary=_untested_summary(record),
        )
    state = "Tested while logged in" if record.complete else "Tested in part, while logged in"
    tone = _tone(record)
    return Headline(
        tone=tone,
        answer=_answer(record, tone),
        state=state,
        result=_result(record),
        summary=_tested_summary(record),
    )


def counted(record: Record) -> Mapping[Severity, tuple[int, int]]:
    """For each severity how many failures are confirmed and how many suspected, the worst first."""
    failed = record.of(Verdict.FAILED)

    def number(severity: Severity, confidence: Confidence) -> int:
        return sum(finding.severity is severity and finding.confidence is confidence for finding in failed)

    return {
        severity: (number(severity, Confidence.CONFIRMED), number(severity, Confidence.SUSPECTED))
        for severity in SEVERITIES
    }


def advice(record: Record) -> tuple[Advice, ...]:
    """What to do first."""
    if record.plan is not None:
        return (Advice(text="Read the plan, then run the audit without --plan."),)
    if not record.authenticated:
        reason = (record.why or record.reason) if record.finished else "Let the audit come to its end."
        return (
            Advice(text=reason or "See below why the accounts did not get in."),
            Advice(
                text="Then run the audit again. Until it was logged in, nothing here says that the app is sound."
            ),
        )
    grave = [finding for finding in record.of(Verdict.FAILED) if finding.severity is not Severity.INFO]
    failed = sorted(grave, key=record.earlier.covers)  # what is new comes first, else the order stays
    mend = [
        Advice(
            text=first_sentence(finding.check.fix),
            title=finding.check.title,
            check=finding.check.id,
            severity=finding.severity,
            suspected=finding.confidence is Confidence.SUSPECTED,
        )
        for finding in failed[:AT_MOST]
    ]
    return tuple(mend) or _when_nothing_failed(record)


def attention(record: Record) -> tuple[str, ...]:
    """What must not be overlooked whatever the outcome."""
    crashed = record.of(Verdict.CRASHED)
    return (
        *(
            (f"The audit is not complete. {sentence(record.reason)}",)
            if not record.complete and record.authenticated
            else ()
        ),
        *(f"Not put back: {change}" for change in tallied(record.unrestored)),
        *_alive(tallied(record.left_alive)),
        *(note.text for note in record.notes if note.warning),
        *((f"{count(len(crashed), 'check')} crashed and judged nothing.".capitalize(),) if crashed else ()),
    )


def _alive(tokens: tuple[str, ...]) -> Iterator[str]:
    """Each by name, or only how many where a list would bury the rest: the end of the report names them."""
    if len(tokens) <= AT_MOST:
        yield from (f"Still alive: {token}" for token in tokens)
    else:
        yield (
            f"{len(tokens)} tokens that the audit was given are still alive: the app would not end them, "
            f"so they live until they run out; the report lists them"
        )


def _untested(record: Record) -> tuple[str, str]:
    if record.scene_ready and record.accounts and all(entered for entered, _ in record.accounts.values()):
        return "Not tested", "the audit logged in, but could not tell whose data it was shown"
    if record.scene_ready or record.finished:
        return "Not tested", "the audit was never logged in"
    return "Not tested yet", "the audit has not been logged in so far"


def _untested_summary(record: Record) -> tuple[str, ...]:
    failed = record.of(Verdict.FAILED)
    without = f"{count(len(failed), 'finding')} below needed no login." if failed else ""
    warning = "This is no clean result: whatever is not listed as failed was not tried."
    return tuple(text for text in (record.why or record.reason, warning, without) if text)


def _answer(record: Record, tone: Tone) -> str:
    """Is it safe? Said no better than it was shown."""
    if tone is Tone.HELD:
        return "Yes, as far as was tried: every attack was refused."
    if tone is Tone.OPEN:
        return "Not known yet: nothing was broken, but not everything could be judged."
    confirmed = [one for one in record.of(Verdict.FAILED) if one.confidence is Confidence.CONFIRMED]
    grave = sum(one.severity.rank >= Severity.HIGH.rank for one in confirmed)
    if grave:
        proven = "defect was proven. Mend it" if grave == 1 else "defects were proven. Mend them"
        return f"No: {grave} grave {proven} before people rely on it."
    if any(one.severity is not Severity.INFO for one in confirmed):
        return "Not quite: nothing grave was proven, but there is something to mend."
    if confirmed:
        return "Nothing to mend was proven; there are remarks."
    return "Perhaps not: there are signs of defects, but none was proven."


def _tone(record: Record) -> Tone:
    if record.of(Verdict.FAILED):
        return Tone.BAD
    opened = record.of(Verdict.INCONCLUSIVE) or record.of(Verdict.CRASHED) or record.unjudged
    sound = record.of(Verdict.PASSED) and record.complete and not opened
    return Tone.HELD if sound else Tone.OPEN


def _result(record: Record) -> str:
    confirmed, suspected = _sure(record)
    if confirmed or suspected:
        known = sum(map(record.earlier.covers, record.of(Verdict.FAILED)))
        of_them = f" ({'all' if known == confirmed else known} known from the baseline)" if known else ""
        doubt = f", {suspected} suspected" if suspected else ""
        return f"{count(confirmed, 'defect')} confirmed{of_them}{doubt}"
    return "no defect found" if record.of(Verdict.PASSED) else "nothing could be judged"


def _sure(record: Record) -> tuple[int, int]:
    """How many failures are confirmed, and how many only suspected."""
    failed = record.of(Verdict.FAILED)
    confirmed = sum(finding.confidence is Confidence.CONFIRMED for finding in failed)
    return confirmed, len(failed) - confirmed


def _tested_summary(record: Record) -> tuple[str, ...]:
    inside = [name for name, (entered, _) in record.accounts.items() if entered]
    confirmed, suspected = _sure(record)
    unknown = len(record.of(Verdict.INCONCLUSIVE)) + len(record.of(Verdict.CRASHED)) + len(record.unjudged)
    told = " and could tell them apart" if len(inside) > 1 else ""
    return tuple(
        text
        for text, said in (
            (f"The audit logged in as {listed(inside)}{told}.", inside),
            (_attacks(confirmed, len(record.of(Verdict.PASSED))), True),
            (f"For {count(suspected, 'more defect')} there is evidence but no proof.", suspected),
            (f"{count(unknown, 'check')} could not be judged; nothing is said about that.", unknown),
        )
        if said
    )


def _attacks(succeeded: int, refused: int) -> str:
    if not refused:
        return (
            f"Of its attacks {succeeded} succeeded."
            if succeeded
            else "No attack could be carried out to its end."
        )
    return f"Of its attacks {succeeded or 'none'} succeeded and {refused} {'was' if refused == 1 else 'were'} refused."


def _when_nothing_failed(record: Record) -> tuple[Advice, ...]:
    infos = record.of(Verdict.FAILED)
    if infos:
        return (Advice(text="Only remarks were found; read them when there is time."),)
    if record.of(Verdict.INCONCLUSIVE) or record.unjudged:
        return (
            Advice(
                text="See what could not be judged: each entry says what it needs, then run the audit again."
            ),
        )
    return (Advice(text="Keep it so: run the audit again when login, logout or session handling change."),)
