"""The experiment in order, with its controls and the step that decides."""

from dataclasses import replace

from sessionward.audit.check import Confidence, Verdict
from sessionward.audit.events import EvidenceStep, Finding
from sessionward.audit.report.timeline import FOLD_FROM, Step, deciding, story, timeline
from tests.audit.report import sample, sample_checks


def steps(finding: Finding) -> list[Step]:
    return [step for stretch in timeline(finding) for step in stretch.steps]


def with_evidence(*evidence: EvidenceStep, verdict: Verdict = Verdict.FAILED) -> Finding:
    confidence = Confidence.CONFIRMED if verdict is Verdict.FAILED else None
    return sample.finding(sample_checks.LOGOUT, verdict, "seen", confidence=confidence, evidence=evidence)


def test_controls_pauses_and_the_deciding_step_are_told_apart() -> None:
    assert [step.kind for step in steps(sample.failures()[0])] == [
        "act",
        "control",
        "act",
        "decides",
        "pause",
        "control",
        "control",
        "control",
        "control",
    ]


def test_a_passed_experiment_has_its_deciding_step_too() -> None:
    decisive = [step for step in steps(sample.successes()[0]) if step.kind == "decides"]
    assert [step.shows for step in decisive] == ["nobody's data"]


def test_a_suspicion_rests_on_no_single_step() -> None:
    suspected = replace(sample.failures()[0], confidence=Confidence.SUSPECTED)
    assert {step.kind for step in steps(suspected)} == {"act", "control", "pause"}


def test_somebodys_data_decides_before_a_later_refusal() -> None:
    evidence = (
        sample.replay(0.1, party="nobody", shows="owner"),
        sample.replay(0.2, party="nobody", shows="nobody"),
    )
    assert deciding(evidence) == 0


def test_without_data_the_last_thing_done_decides() -> None:
    guessed = sample.act(3.0, "11 wrong passwords for owner, then the right one", "11 tries, never held off")
    assert deciding((sample.logs_in(0.0), guessed, sample.pause(9.0, 5))) == 1
    assert deciding(()) is None


def test_controls_say_whether_they_came_out_as_they_must() -> None:
    sound = steps(
        with_evidence(
            sample.replay(0.1, control="positive control"),
            sample.replay(0.2, shows="nobody", control="positive control"),
            sample.replay(0.3, shows="nobody", control="random token"),
            sample.replay(0.4, party="stranger", shows="stranger", control="other account"),
            sample.replay(0.5, party="stranger", shows="nobody", control="other account"),
            sample.replay(0.6, control="delayed repeat"),
            sample.replay(0.7, control="a control of a third party"),
            sample.act(0.8, "the request is sent", "sent"),
        )
    )
    assert [step.sound for step in sound] == [True, False, True, True, False, None, None, None]


def test_a_short_experiment_is_shown_whole() -> None:
    stretches = timeline(with_evidence(*(sample.replay(float(n)) for n in range(FOLD_FROM))))
    assert [(stretch.folded, len(stretch.steps)) for stretch in stretches] == [(False, FOLD_FROM)]


def test_what_repeats_itself_is_folded_and_the_experiment_stays() -> None:
    watched = [
        step
        for at in range(1, 31)
        for step in (sample.pause(float(at), 1), sample.replay(float(at), control="untouched twin"))
    ]
    rungs = [sample.replay(9.5), sample.replay(18.5)]
    evidence = (sample.logs_in(0.0), *watched[:20], rungs[0], *watched[20:], rungs[1])
    stretches = timeline(with_evidence(*evidence))
    assert [stretch.folded for stretch in stretches] == [False, True, False, True, False]
    assert [step.kind for stretch in stretches if not stretch.folded for step in stretch.steps] == [
        "act",
        "pause",
        "control",
        "act",
        "decides",
    ]
    assert sum(len(stretch.steps) for stretch in stretches) == len(evidence)


def test_forty_addresses_are_folded_around_the_one_that_decides() -> None:
    dull = [sample.replay(float(n), party="nobody", shows="nobody") for n in range(40)]
    dull[20] = sample.replay(20.0, party="nobody")
    stretches = timeline(with_evidence(*dull))
    assert [(stretch.folded, stretch.first, stretch.last) for stretch in stretches] == [
        (False, 1, 1),
        (True, 2, 20),
        (False, 21, 21),
        (True, 22, 39),
        (False, 40, 40),
    ]


def test_a_control_that_came_out_wrong_is_never_folded_away() -> None:
    controls = [sample.replay(float(n), control="untouched twin") for n in range(20)]
    controls[15] = sample.replay(15.0, shows="nobody", control="untouched twin")
    shown = [
        step.number
        for stretch in timeline(with_evidence(*controls))
        if not stretch.folded
        for step in stretch.steps
    ]
    assert 16 in shown


def test_where_nothing_was_done_there_is_nothing_to_draw() -> None:
    assert timeline(with_evidence(verdict=Verdict.INCONCLUSIVE)) == ()


def test_a_token_in_a_header_is_hidden_once_more() -> None:
    leaky = replace(sample.replay(0.1), request="GET /\nCookie: sid=0badcafe0badcafe")
    assert "0badcafe" not in steps(with_evidence(leaky))[0].request


def test_the_story_tells_what_was_done_and_ends_with_what_decides() -> None:
    found = next(one for one in sample.failures() if one.check.id == "logout-keeps-token-alive")
    told = story(timeline(found))
    assert [step.what for step in told] == [
        "owner logs in",
        "owner logs out with the app's own control",
        "the private request is made with the tokens of owner",
    ]
    assert [step.kind for step in told] == ["act", "act", "decides"]


def test_a_long_story_keeps_the_last_steps_before_the_end() -> None:
    acts = tuple(sample.act(float(number), f"step {number}", "") for number in range(9))
    found = sample.finding(
        sample_checks.LOGOUT,
        Verdict.FAILED,
        "open",
        confidence=Confidence.CONFIRMED,
        evidence=(*acts, sample.replay(10.0)),
    )
    assert [step.what for step in story(timeline(found))][:-1] == ["step 5", "step 6", "step 7", "step 8"]


def test_without_a_deciding_step_the_story_tells_the_first_ones() -> None:
    found = sample.finding(sample_checks.LOGOUT, Verdict.INCONCLUSIVE, "?", evidence=(sample.logs_in(0.0),))
    assert [step.what for step in story(timeline(found))] == ["owner logs in"]
