"""The first lines never say more than was shown."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from sessionward.audit.check import Confidence, Severity, Verdict
from sessionward.audit.events import Event
from sessionward.audit.report.earlier import read_earlier
from sessionward.audit.report.headline import Tone, advice, attention, counted, headline
from sessionward.audit.report.json_report import render_json
from sessionward.audit.report.record import Record, begin
from tests.audit.report import sample, sample_checks

CLEAN = sample.record_of(sample.clean())


def record(run: Callable[[], tuple[Event, ...]]) -> Record:
    return sample.record_of(run())


def test_it_says_first_whether_the_audit_was_logged_in() -> None:
    assert headline(record(sample.with_defects)).title == (
        "Tested while logged in: 3 defects confirmed, 1 suspected"
    )
    assert headline(record(sample.clean)).title == "Tested while logged in: no defect found"
    assert headline(record(sample.never_in)).title == "Not tested: the audit was never logged in"
    assert headline(record(sample.opening)).title == "Not tested yet: the audit has not been logged in so far"
    assert headline(record(sample.stopped)).title == "Tested in part, while logged in: 1 defect confirmed"
    assert headline(record(sample.only_planned)).title == "Only planned: no experiment was made"
    assert headline(begin()).state == "Not tested yet"


def test_it_answers_whether_the_app_is_safe_and_never_better_than_was_shown() -> None:
    answers = {
        sample.with_defects: "No: 2 grave defects were proven. Mend them before people rely on it.",
        sample.stopped: "No: 1 grave defect was proven. Mend it before people rely on it.",
        sample.clean: "Yes, as far as was tried: every attack was refused.",
        sample.never_in: "Nobody knows: it was not tested.",
        sample.opening: "Nobody knows: it was not tested.",
        sample.only_planned: "Nobody knows yet.",
    }
    assert {run: headline(record(run)).answer for run in answers} == answers


@pytest.mark.parametrize(
    "severity,confidence,answer",
    [
        (
            Severity.MEDIUM,
            Confidence.CONFIRMED,
            "Not quite: nothing grave was proven, but there is something to mend.",
        ),
        (Severity.INFO, Confidence.CONFIRMED, "Nothing to mend was proven; there are remarks."),
        (
            Severity.CRITICAL,
            Confidence.SUSPECTED,
            "Perhaps not: there are signs of defects, but none was proven.",
        ),
    ],
)
def test_what_is_not_grave_or_not_proven_is_answered_so(
    severity: Severity, confidence: Confidence, answer: str
) -> None:
    found = sample.finding(
        sample_checks.make_check("odd", severity=severity), Verdict.FAILED, "seen", confidence=confidence
    )
    assert headline(replace(CLEAN, findings=(*CLEAN.findings, found))).answer == answer


def test_an_open_question_is_no_yes() -> None:
    opened = sample.finding(sample_checks.IDLE, Verdict.INCONCLUSIVE, "not told")
    assert headline(replace(CLEAN, findings=(*CLEAN.findings, opened))).answer.startswith("Not known yet")


def test_what_the_baseline_knows_is_counted_apart_and_comes_last_in_the_advice() -> None:
    found = record(sample.with_defects)
    known = replace(found, earlier=read_earlier(render_json(record(sample.stopped))))
    assert headline(known).result == "3 defects confirmed (1 known from the baseline), 1 suspected"
    assert advice(found)[1].check == "logout-keeps-token-alive"
    assert "logout-keeps-token-alive" not in [one.check for one in advice(known)]
    all_known = replace(found, earlier=read_earlier(render_json(found)))
    assert headline(all_known).result == "3 defects confirmed (all known from the baseline), 1 suspected"


def test_accounts_that_got_in_without_an_oracle_are_told_apart_from_a_refused_login() -> None:
    blind = replace(CLEAN, authenticated=False, why="Both accounts show the same pages.")
    assert "could not tell whose data" in headline(blind).title
    assert headline(blind).summary[0] == "Both accounts show the same pages."


def test_a_target_that_never_answered_was_not_tested() -> None:
    dead = replace(begin(), finished=True, reason="Nothing answers at 127.0.0.1:9.")
    assert headline(dead).title == "Not tested: the audit was never logged in"
    assert headline(dead).summary[0] == "Nothing answers at 127.0.0.1:9."
    assert advice(dead)[0].text == "Nothing answers at 127.0.0.1:9."


def test_a_clean_finished_audit_is_the_only_one_that_looks_held() -> None:
    assert headline(CLEAN).tone is Tone.HELD


@pytest.mark.parametrize(
    "spoiled",
    [
        replace(CLEAN, authenticated=False),
        replace(CLEAN, complete=False),
        replace(CLEAN, planned=(*CLEAN.planned, "idle-timeout-missing")),
        replace(CLEAN, findings=()),
        replace(CLEAN, plan=("Log in.",)),
        *(
            replace(CLEAN, findings=(*CLEAN.findings, sample.finding(sample_checks.IDLE, verdict, "x")))
            for verdict in (Verdict.INCONCLUSIVE, Verdict.CRASHED)
        ),
        replace(
            CLEAN,
            findings=(
                *CLEAN.findings,
                sample.finding(sample_checks.IDLE, Verdict.FAILED, "x", confidence=Confidence.SUSPECTED),
            ),
        ),
    ],
)
def test_whatever_is_missing_takes_the_green_away(spoiled: Record) -> None:
    assert headline(spoiled).tone is not Tone.HELD


def test_what_does_not_apply_takes_nothing_away() -> None:
    missing = sample.finding(sample_checks.REMEMBER, Verdict.INAPPLICABLE, "no such box")
    assert headline(replace(CLEAN, findings=(*CLEAN.findings, missing))).tone is Tone.HELD


def test_only_open_questions_are_no_clean_result() -> None:
    opened = replace(CLEAN, findings=(sample.finding(sample_checks.IDLE, Verdict.INCONCLUSIVE, "x"),))
    assert headline(opened).title == "Tested while logged in: nothing could be judged"
    assert "No attack could be carried out to its end." in headline(opened).summary


def test_confirmed_and_suspected_are_counted_apart() -> None:
    numbers = counted(record(sample.with_defects))
    assert list(numbers) == ["critical", "high", "medium", "low", "info"]
    assert numbers[Severity.CRITICAL] == (1, 0)
    assert numbers[Severity.MEDIUM] == (0, 1)
    assert numbers[Severity.INFO] == (0, 0)


def test_the_worst_three_come_first_in_the_advice() -> None:
    first = advice(record(sample.with_defects))
    assert [one.severity for one in first] == ["critical", "high", "medium"]
    assert [one.suspected for one in first] == [False, False, True]
    assert (
        first[1].text
        == "End the session on the server when the person logs out; clearing the cookie is not enough."
    )


def test_whoever_never_got_in_is_told_to_get_in() -> None:
    texts = [one.text for one in advice(record(sample.never_in))]
    assert "Wrong password" in texts[0]
    assert "nothing here says that the app is sound" in texts[1]
    assert advice(record(sample.opening))[0].text == "Let the audit come to its end."


def test_where_nothing_failed_the_advice_is_about_what_is_left() -> None:
    remark = sample.finding(sample_checks.LIMIT, Verdict.FAILED, "x", confidence=Confidence.CONFIRMED)
    remark = replace(remark, severity=Severity.INFO)
    doubt = sample.finding(sample_checks.IDLE, Verdict.INCONCLUSIVE, "x")
    assert "Keep it so" in advice(CLEAN)[0].text
    assert "could not be judged" in advice(replace(CLEAN, findings=(doubt,)))[0].text
    assert "remarks" in advice(replace(CLEAN, findings=(remark,)))[0].text
    assert "--plan" in advice(record(sample.only_planned))[0].text


def test_what_was_left_changed_is_never_overlooked() -> None:
    texts = attention(record(sample.with_defects))
    assert texts[0].startswith("Not put back: ")
    assert texts[1].startswith("Still alive: ")
    assert any("self-signed" in text for text in texts)
    assert "1 check crashed and judged nothing." in texts
    assert attention(CLEAN) == ()
    assert attention(record(sample.stopped))[0].endswith("Stopped from the keyboard.")


def test_many_tokens_left_alive_do_not_bury_the_rest() -> None:
    alive = tuple(f"owner: cookie sid ‹{number}›" for number in range(30))
    (text,) = attention(replace(CLEAN, left_alive=alive))
    assert text.startswith("30 tokens that the audit was given are still alive")
