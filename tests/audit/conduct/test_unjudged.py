from sessionward.audit.check import Verdict
from sessionward.audit.conduct.unjudged import report_unjudged
from sessionward.audit.events import Event, Finding, Judged
from tests.audit.conduct.samples import check

CHECKS = (check("a"), check("b"), check("c"))


def reported(judged: set[str], reason: str) -> list[Finding]:
    events: list[Event] = []
    report_unjudged(CHECKS, judged, reason, events.append)
    return [event.finding for event in events if isinstance(event, Judged)]


def test_every_check_without_an_outcome_gets_one_with_the_reason() -> None:
    found = reported({"b"}, "the app no longer answers")
    assert [(one.check.id, one.verdict, one.message) for one in found] == [
        (name, Verdict.INCONCLUSIVE, "not carried out: the app no longer answers") for name in ("a", "c")
    ]


def test_what_was_judged_is_not_judged_again() -> None:
    assert reported({"a", "b", "c"}, "") == []


def test_without_a_reason_it_says_that_the_audit_ended() -> None:
    assert reported({"b", "c"}, "")[0].message == "not carried out: the audit ended before it"
