from dataclasses import replace

from sessionward.audit.check import Confidence, Severity, Verdict
from sessionward.audit.checks.isolation.other_users_record_readable import CHECK
from sessionward.audit.observation import Answer
from sessionward.audit.probe import ReplayPersonal
from sessionward.audit.scene import Scene
from sessionward.http import Request
from tests.audit.checks.fake_app import FakeApp
from tests.audit.checks.scenes import CARD, LETTER, RECORD, SCENE, START, records, scene
from tests.audit.checks.transcript import play

KNOWN = scene(records={"stranger": records(LETTER, RECORD, CARD)})


def leaking(*names: str) -> FakeApp:
    return FakeApp(leaks=frozenset((name, "stranger") for name in names))


def test_records_that_are_refused_pass_and_are_counted() -> None:
    played = play(CHECK, scene=KNOWN)
    assert played.verdict is Verdict.PASSED
    assert "(3 addresses asked)" in played.message


def test_a_planted_text_in_the_answer_to_another_account_is_a_defect() -> None:
    played = play(CHECK, leaking("letter"), KNOWN)
    assert (played.verdict, played.confidence) == (Verdict.FAILED, Confidence.CONFIRMED)
    assert [place.url for place in played.outcome.where] == [LETTER.request.url]


def test_a_record_with_its_own_texts_is_a_defect() -> None:
    assert play(CHECK, leaking("record"), KNOWN).confidence is Confidence.CONFIRMED


def test_one_text_alone_may_be_a_caption_and_is_no_defect() -> None:
    class OneText(FakeApp):
        def _personal(self, probe: ReplayPersonal) -> Answer:
            seen = super()._personal(probe)
            return replace(seen, found=seen.found[:1]) if probe.party == "stranger" else seen

    app = OneText(leaks=frozenset({("record", "stranger")}))
    assert play(CHECK, app, KNOWN).verdict is Verdict.PASSED


def test_personal_data_that_may_be_meant_for_others_is_suspected_only() -> None:
    played = play(CHECK, leaking("card"), KNOWN)
    assert (played.confidence, played.severity) == (Confidence.SUSPECTED, Severity.MEDIUM)


def test_what_everybody_is_shown_is_not_told_as_a_matter_between_accounts() -> None:
    assert play(CHECK, FakeApp(public=frozenset({"letter"})), KNOWN).verdict is Verdict.PASSED


def test_the_owner_s_id_among_the_other_account_s_own_is_tried_as_well() -> None:
    mixed = Request(method="GET", url=f"{START}people/18/letters/12")
    known = scene(records={"stranger": records(LETTER, mixed={"letter": (mixed,)})})
    played = play(CHECK, scene=known)
    asked = [p.exchange.request.url for p in played.probes if isinstance(p, ReplayPersonal) and not p.control]
    assert asked == [LETTER.request.url, mixed.url]


def test_records_that_the_owner_is_not_shown_any_more_are_not_counted() -> None:
    def moved(probe: object) -> int:
        return 404 if isinstance(probe, ReplayPersonal) and probe.exchange.id == "letter" else 0

    assert "(2 addresses asked)" in play(CHECK, FakeApp(breaks=moved), KNOWN).message


def test_without_any_id_in_a_request_there_is_no_such_thing() -> None:
    assert play(CHECK, scene=scene(records={"stranger": records()})).verdict is Verdict.INAPPLICABLE


def test_records_that_all_are_shared_are_inconclusive() -> None:
    shared = scene(records={"stranger": records(named=3, shared=3)})
    played = play(CHECK, scene=shared)
    assert (played.verdict, "offered to both" in played.message) == (Verdict.INCONCLUSIVE, True)


def test_records_without_a_text_to_tell_by_are_inconclusive() -> None:
    assert play(CHECK, scene=scene(records={"stranger": records(named=3)})).verdict is Verdict.INCONCLUSIVE


def test_accounts_of_different_roles_prove_nothing() -> None:
    parties = dict(SCENE.parties) | {"stranger": replace(SCENE.parties["stranger"], role="doctor")}
    played = play(CHECK, leaking("letter"), replace(KNOWN, parties=parties))
    assert (played.verdict, "different roles" in played.message) == (Verdict.INCONCLUSIVE, True)


def test_an_app_that_breaks_for_the_other_account_does_not_pass() -> None:
    def broken(probe: object) -> int:
        return 500 if isinstance(probe, ReplayPersonal) and probe.party == "stranger" else 0

    assert play(CHECK, FakeApp(breaks=broken), KNOWN).verdict is Verdict.INCONCLUSIVE


def test_a_scene_without_records_has_no_such_thing() -> None:
    assert isinstance(SCENE, Scene)
    assert play(CHECK).verdict is Verdict.INAPPLICABLE


def test_what_colleagues_may_be_meant_to_share_is_suspected_only() -> None:
    working = {name: replace(party, role="nurse") for name, party in KNOWN.parties.items()}
    played = play(CHECK, leaking("record"), replace(KNOWN, parties=working))
    assert (played.verdict, played.confidence) == (Verdict.FAILED, Confidence.SUSPECTED)


def test_a_planted_text_is_proof_among_colleagues_too() -> None:
    working = {name: replace(party, role="nurse") for name, party in KNOWN.parties.items()}
    assert play(CHECK, leaking("letter"), replace(KNOWN, parties=working)).confidence is Confidence.CONFIRMED
