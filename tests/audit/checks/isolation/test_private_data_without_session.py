from dataclasses import replace

from sessionward.audit.check import Confidence, Verdict
from sessionward.audit.checks.isolation.private_data_without_session import CHECK, MOST
from sessionward.audit.probe import Replay, ReplayPersonal
from sessionward.audit.scene import PersonalExchange
from sessionward.http import Request
from tests.audit.checks.fake_app import FakeApp
from tests.audit.checks.scenes import CARD, LETTER, ORACLE, START, scene
from tests.audit.checks.transcript import play


def test_a_planted_text_that_anybody_is_shown_is_a_defect() -> None:
    played = play(CHECK, FakeApp(public=frozenset({"letter"})))
    assert (played.verdict, played.confidence) == (Verdict.FAILED, Confidence.CONFIRMED)
    assert [place.url for place in played.outcome.where] == [LETTER.request.url]


def test_a_private_page_that_forgot_its_guard_is_a_defect() -> None:
    played = play(CHECK, FakeApp(public=frozenset({"me"})))
    assert (played.verdict, played.confidence) == (Verdict.FAILED, Confidence.CONFIRMED)


def test_data_that_may_be_meant_to_be_public_is_suspected_only() -> None:
    played = play(CHECK, FakeApp(public=frozenset({"card"})))
    assert played.confidence is Confidence.SUSPECTED
    assert [place.url for place in played.outcome.where] == [CARD.request.url]


def test_both_kinds_are_told_apart() -> None:
    played = play(CHECK, FakeApp(public=frozenset({"card", "letter"})))
    assert [outcome.confidence for outcome in played.outcomes] == [Confidence.CONFIRMED, Confidence.SUSPECTED]


def test_guarded_addresses_pass_and_are_counted() -> None:
    played = play(CHECK)
    assert played.verdict is Verdict.PASSED
    assert played.message.endswith("(4 addresses asked)")


def test_an_address_that_no_longer_shows_the_owner_anything_is_not_counted() -> None:
    def moved(probe: object) -> int:
        return 404 if isinstance(probe, ReplayPersonal) and probe.exchange is LETTER else 0

    played = play(CHECK, FakeApp(breaks=moved))
    assert played.message.endswith("(3 addresses asked)")


def test_an_address_that_breaks_without_a_session_is_neither_pass_nor_defect() -> None:
    def fragile(probe: object) -> int:
        return 500 if isinstance(probe, Replay | ReplayPersonal) and not probe.tokens else 0

    assert play(CHECK, FakeApp(breaks=fragile)).verdict is Verdict.INCONCLUSIVE


def test_a_throttle_that_leaves_too_few_addresses_does_not_pass() -> None:
    asked: list[object] = []

    def throttled(probe: object) -> int:
        asked.append(probe)
        return (
            429 if len(asked) > 8 and isinstance(probe, Replay | ReplayPersonal) and not probe.tokens else 0
        )

    many = letters(20)
    assert play(CHECK, FakeApp(breaks=throttled), scene(personal=many)).verdict is Verdict.INCONCLUSIVE


def test_a_lost_session_of_the_owner_is_inconclusive() -> None:
    def lost(probe: object) -> int:
        return 403 if isinstance(probe, Replay) and probe.exchange is ORACLE and probe.party == "owner" else 0

    assert play(CHECK, FakeApp(breaks=lost)).verdict is Verdict.INCONCLUSIVE


def test_no_more_than_so_many_addresses_are_asked() -> None:
    many = letters(200)
    played = play(CHECK, scene=scene(personal=many))
    assert sum(1 for p in played.probes if isinstance(p, Replay | ReplayPersonal) and not p.tokens) == MOST


def test_an_address_that_is_known_in_two_ways_is_asked_once() -> None:
    twice = scene(private=(ORACLE, replace(ORACLE, id="again")), personal=())
    assert play(CHECK, scene=twice).message.endswith("(1 address asked)")


def letters(count: int) -> tuple[PersonalExchange, ...]:
    requests = (Request(method="GET", url=f"{START}letters/{n}") for n in range(count))
    return tuple(replace(LETTER, id=request.url, request=request) for request in requests)


def test_of_two_ways_to_know_an_address_the_planted_text_is_looked_for() -> None:
    twin = replace(LETTER, id="me too", request=ORACLE.request)
    played = play(CHECK, scene=scene(personal=(twin,)))
    assert any(isinstance(probe, ReplayPersonal) and probe.exchange is twin for probe in played.probes)
