from collections import Counter
from dataclasses import replace

import pytest

from sessionward.audit.calibrate import Material, Witness
from sessionward.audit.calibrate.oracle import Refusal
from sessionward.audit.calibrate.reasons import MENDING, NOTHING, reason_for, same_person
from sessionward.http import Exchange, TokenSet
from tests.audit.calibrate.simulated import OWNER, STRANGER, get, page


def material(*exchanges: Exchange) -> Material:
    nobody = Witness(party="owner", tokens=TokenSet())
    stranger = Witness(party="stranger", tokens=TokenSet(), exchanges=exchanges)
    known = {"owner": OWNER.known, "stranger": STRANGER.known}
    return Material(owner=nobody, owner_again=nobody, stranger=stranger, known=known)


def test_every_refusal_has_a_sentence_with_a_remedy() -> None:
    assert set(MENDING) == set(Refusal)
    assert all(sentence.endswith(".") for sentence in MENDING.values())


@pytest.mark.parametrize(
    "met,expected",
    [
        ({Refusal.PUBLIC: 9, Refusal.SHARED: 1}, Refusal.SHARED),
        ({Refusal.PUBLIC: 9, Refusal.DEAD: 1}, Refusal.PUBLIC),
        ({Refusal.PUBLIC: 2, Refusal.DEAD: 5}, Refusal.DEAD),
        ({Refusal.PUBLIC: 9, Refusal.OPEN: 1}, Refusal.PUBLIC),
        ({Refusal.IMPOSTOR: 1, Refusal.PUBLIC: 5}, Refusal.IMPOSTOR),
    ],
)
def test_the_reason_is_what_tells_most(met: dict[Refusal, int], expected: Refusal) -> None:
    assert reason_for(Counter(met), material()) == MENDING[expected]


def test_a_stranger_who_is_named_on_own_pages_is_no_impostor() -> None:
    named = Exchange(request=get("/me"), response=page(STRANGER.email))
    assert (
        reason_for(Counter({Refusal.IMPOSTOR: 1, Refusal.PUBLIC: 1}), material(named))
        == MENDING[Refusal.PUBLIC]
    )


def test_nothing_tried_has_its_own_sentence() -> None:
    assert reason_for(Counter(), material()) == NOTHING


def test_usernames_are_compared_without_regard_to_case() -> None:
    same = replace(material(), known={"owner": ("ana",), "stranger": ("ANA",)})
    assert "one and the same person (ana)" in same_person(same)
    assert same_person(material()) == ""
    assert same_person(replace(material(), known={})) == ""
