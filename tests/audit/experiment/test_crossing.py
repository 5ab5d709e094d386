import re
from dataclasses import replace

import pytest

from sessionward.audit.check import Confidence, Verdict
from sessionward.audit.experiment import crossing
from sessionward.audit.experiment.actions import resident
from sessionward.audit.experiment.crossing import (
    Crossed,
    concluded,
    counted,
    crossed,
    names_tenant,
    places,
    selectors,
    tells,
    with_tenant_headers,
)
from sessionward.audit.experiment.endings import CannotTell
from sessionward.audit.experiment.guards import Guard
from sessionward.audit.observation import Answer
from sessionward.audit.probe import Probe, ReplayPersonal, Visit
from sessionward.http import Carrier, Exchange, Response, Token, TokenKey, TokenSet
from tests.audit.checks.fake_app import FakeApp, cookie
from tests.audit.checks.scenes import CARD, LETTER, RECORD, SID, START, peopled, records
from tests.audit.experiment.steps_of import walk

KNOWN = records(LETTER, RECORD, CARD)
SCENE = peopled("neighbour", records={"neighbour": KNOWN})


def answer(*found: str, status: int = 200) -> Answer:
    made = Exchange(request=RECORD.request, response=Response(status=status))
    return Answer(exchange=made, shows="owner", found=found)


def header(name: str, value: str) -> TokenSet:
    return TokenSet((Token(carrier=Carrier.HEADER, name=name, value=value),))


def test_each_object_is_asked_for_as_the_owner_first_and_bare_only_where_it_leaked() -> None:
    probes: list[Probe[object]] = []
    app = FakeApp(leaks=frozenset({("letter", "neighbour")}))
    found = walk(crossed(SCENE, "neighbour", KNOWN), app, probes)
    assert (found.asked, found.shown) == (KNOWN.known, (LETTER,))
    asked = [(probe.exchange.id, probe.party) for probe in probes if isinstance(probe, ReplayPersonal)]
    assert asked[:3] == [("letter", "owner"), ("letter", "neighbour"), ("letter", "nobody")]
    assert ("record", "nobody") not in asked


def test_a_session_of_the_other_party_that_dies_meanwhile_proves_nothing() -> None:
    asked: list[object] = []

    def dying(probe: Probe[object]) -> int:
        asked.append(probe)
        return 403 if probe.control == Guard.OTHER and len(asked) > 4 else 0

    with pytest.raises(CannotTell, match="of the neighbour was lost"):
        walk(crossed(SCENE, "neighbour", KNOWN), FakeApp(breaks=dying))


def test_what_names_a_tenant_beside_the_login_is_found_by_its_name_or_its_value() -> None:
    owner = TokenSet(
        (*header("x-clinic", "1"), *cookie("area", "North"), *cookie("sid", "a1"), *cookie("lang", "en"))
    )
    other = TokenSet(
        (*header("x-clinic", "2"), *cookie("area", "South"), *cookie("sid", "b2"), *cookie("lang", "en"))
    )
    assert {token.name for token in selectors(owner, other, ("north", "south"))} == {"x-clinic", "area"}
    assert not selectors(owner, owner, ("north",))


def test_a_record_needs_two_of_its_texts_and_a_planted_text_stands_alone() -> None:
    assert not tells(RECORD, answer(RECORD.texts[0]))
    assert tells(RECORD, answer(*RECORD.texts[:2]))
    assert tells(LETTER, answer(*LETTER.texts))


def test_texts_in_the_frame_of_a_page_that_refuses_are_no_record() -> None:
    assert not tells(RECORD, answer(*RECORD.texts[:2], status=403))
    assert not tells(replace(RECORD, evidence="role"), answer(*RECORD.texts[:2], status=404))
    assert tells(LETTER, answer(*LETTER.texts, status=403))


def test_proof_and_suspicion_are_told_apart() -> None:
    found = Crossed(asked=KNOWN.known, shown=(LETTER, CARD))
    outcomes = concluded(found, KNOWN, "another account")
    assert [one.confidence for one in outcomes] == [Confidence.CONFIRMED, Confidence.SUSPECTED]


def test_a_pass_says_how_much_could_not_be_judged() -> None:
    more = records(LETTER, named=5, shared=1)
    (outcome,) = concluded(Crossed(asked=(LETTER,), shown=()), more, "another account")
    assert (outcome.verdict, "3 more hold nothing to tell by" in outcome.message) == (Verdict.PASSED, True)


def test_too_few_answers_are_inconclusive() -> None:
    (outcome,) = concluded(Crossed(asked=(LETTER,), shown=()), KNOWN, "another account")
    assert outcome.verdict is Verdict.INCONCLUSIVE
    with pytest.raises(CannotTell):
        concluded(Crossed(asked=(), shown=()), KNOWN, "another account")


def test_addresses_are_counted_and_placed() -> None:
    assert (counted((1,)), counted((1, 2))) == ("1 address", "2 addresses")
    assert [place.url for place in places((LETTER,))] == [LETTER.request.url]


def test_a_header_that_the_asker_has_not_sent_yet_names_a_tenant_as_well() -> None:
    assert names_tenant(TokenKey(Carrier.HEADER, "x-tenant"))
    assert not names_tenant(TokenKey(Carrier.COOKIE, "clinic_session"))
    owner = TokenSet((*header("x-tenant", "north"), *cookie("clinic", "1")))
    assert {token.name for token in selectors(owner, cookie("sid", "b2"), ("north",))} == {"x-tenant"}


def test_a_session_s_cookie_that_is_called_after_a_clinic_names_no_tenant(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(crossing, "TENANT", re.compile(SID.name))
    assert walk(crossed(SCENE, "neighbour", KNOWN), FakeApp()).shown == ()


def test_a_header_of_a_page_s_script_is_fetched_from_that_page() -> None:
    probes: list[Probe[object]] = []
    key = TokenKey(Carrier.HEADER, "x-tenant")
    here = replace(SCENE, sent_from={key: f"{START}letters"})
    app = FakeApp()
    owner = walk(resident("owner", Guard.POSITIVE), app)
    walk(with_tenant_headers(here, owner), app, probes)
    assert [probe.exchange.page for probe in probes if isinstance(probe, Visit) and probe.exchange] == [
        f"{START}letters"
    ]
