import pytest

from sessionward.audit.experiment.endings import CannotTell
from sessionward.audit.experiment.identity import (
    PLANTED,
    Portrait,
    differing,
    guessable,
    known_values,
    others_claims,
    portrait,
    spread,
    tells,
    web_tokens,
)
from sessionward.audit.probe import LogIn, Probe
from tests.audit.checks.fake_server import cookie
from tests.audit.checks.scenes import SCENE, SID
from tests.audit.checks.token.minting_app import ONE_WAY, MintingApp, WebTokens
from tests.audit.experiment.steps_of import walk


def test_a_portrait_holds_living_tokens_and_those_of_other_logins() -> None:
    who = walk(portrait(ONE_WAY), MintingApp())
    mine, theirs = who.history(SID)
    assert len(set(mine)) == len(mine) > 3
    assert not set(mine) & set(theirs)
    assert {token.key for token, _ in who.pairs()} == who.owner.keys


def test_where_the_sample_is_empty_each_logs_in_once_more() -> None:
    probes = list[Probe[object]]()
    who = walk(portrait(ONE_WAY), MintingApp(most=0), probes)
    assert sum(isinstance(probe, LogIn) for probe in probes) == 2
    assert len(who.history(SID)[0]) == 2


def test_few_of_a_sample_stand_for_all() -> None:
    app = MintingApp()
    walk(portrait(ONE_WAY), app)
    assert app.kept is not None
    assert len(spread(app.kept.logins)) <= 5


def test_parts_that_stay_for_one_account_and_differ_between_the_two_are_found() -> None:
    owners = ["uid=17|n=a1", "uid=17|n=b2"]
    strangers = ["uid=18|n=c3", "uid=18|n=d4"]
    assert list(differing(owners, strangers).values()) == [("17", "18")]


def test_a_value_in_json_is_exchanged_whole_and_not_in_pieces() -> None:
    found = differing(['{"u":"a.b@c.de"}'], ['{"u":"x@y.de"}'])
    assert found == {("json u",): ("a.b@c.de", "x@y.de")}


def test_what_is_known_of_a_person_are_names_and_addresses_and_not_numbers() -> None:
    known = {value: kind for kind, value in known_values(SCENE, "owner")}
    assert known["olga@app.test"] == "e-mail address"
    assert known["Olga Owner"] == "name"
    assert known["swcafe01"] == PLANTED
    assert "swcafe01" not in {value: kind for kind, value in known_values(SCENE, "stranger")}


@pytest.mark.parametrize(
    "text,value,told",
    [("ana", "ANA", True), ("xanax", "ana", False), ("id:olga;", "Olga", True), ("golgatha", "olga", False)],
)
def test_a_part_names_a_person_by_a_whole_word(text: str, value: str, *, told: bool) -> None:
    assert tells(text, value) is told


def test_anybody_could_write_a_small_number_or_a_known_name() -> None:
    known = [("user name", "olga")]
    assert guessable("17", known)
    assert guessable("Olga", known)
    assert not guessable("f00dcafe", known)
    assert not guessable("1" * 20, known)


def test_the_others_claims_are_its_own_and_what_changes_stays_the_owners() -> None:
    app = WebTokens().app()
    who = walk(portrait(ONE_WAY), app)
    ((_, token, signed),) = web_tokens(who.owner, ONE_WAY.private)
    claims = others_claims(who, token.key)
    assert claims["sub"] == "18"
    assert claims["jti"] == signed.jwt.claims["jti"]


def test_tokens_that_do_not_differ_cannot_be_forged() -> None:
    tokens = WebTokens().make(MintingApp(), "owner")
    with pytest.raises(CannotTell, match="no claim"):
        others_claims(Portrait(owner=tokens, stranger=tokens), SID)


def test_an_opaque_token_is_no_web_token() -> None:
    assert web_tokens(cookie("sid", "f" * 32), ONE_WAY.private) == ()
