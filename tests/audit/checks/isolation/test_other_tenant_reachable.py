from dataclasses import replace

from sessionward.audit.check import Confidence, Verdict
from sessionward.audit.checks.isolation.other_tenant_reachable import CHECK
from sessionward.audit.observation import Session
from sessionward.audit.probe import LogIn, ReplayPersonal
from sessionward.http import Carrier, TokenKey
from tests.audit.checks.fake_app import FakeApp, cookie
from tests.audit.checks.scenes import LETTER, RECORD, SCENE, peopled, records, scene
from tests.audit.checks.transcript import play

KNOWN = peopled("neighbour", records={"neighbour": records(LETTER, RECORD)})


def test_a_record_that_an_account_of_another_tenant_is_shown_is_a_defect() -> None:
    played = play(CHECK, FakeApp(leaks=frozenset({("record", "neighbour")})), KNOWN)
    assert (played.verdict, played.confidence) == (Verdict.FAILED, Confidence.CONFIRMED)
    assert [place.url for place in played.outcome.where] == [RECORD.request.url]


def test_records_that_are_refused_pass() -> None:
    assert play(CHECK, scene=KNOWN).verdict is Verdict.PASSED


def test_what_a_colleague_of_the_same_tenant_is_shown_is_another_matter() -> None:
    assert play(CHECK, FakeApp(leaks=frozenset({("record", "stranger")})), KNOWN).verdict is Verdict.PASSED


def test_two_accounts_of_two_tenants_are_enough() -> None:
    parties = {name: replace(party, tenant=name) for name, party in SCENE.parties.items()}
    known = scene(parties=parties, records={"stranger": records(LETTER)})
    assert play(CHECK, scene=known).verdict is Verdict.PASSED
    app = FakeApp(leaks=frozenset({("letter", "stranger")}))
    assert play(CHECK, app, known).verdict is Verdict.FAILED


def test_without_an_account_of_another_tenant_nothing_can_be_told_and_it_says_what_to_write() -> None:
    played = play(CHECK)
    assert (played.verdict, "[[account]]" in played.message) == (Verdict.INCONCLUSIVE, True)


def test_an_account_that_did_not_get_in_is_named() -> None:
    played = play(CHECK, scene=replace(KNOWN, homes={}))
    assert (played.verdict, "did not get in" in played.message) == (Verdict.INCONCLUSIVE, True)


def test_without_a_record_nothing_can_be_told() -> None:
    assert play(CHECK, scene=peopled("neighbour")).verdict is Verdict.INCONCLUSIVE


def test_the_name_of_the_owner_s_tenant_is_put_beside_the_neighbour_s_login() -> None:
    class Named(FakeApp):
        def _log_in(self, probe: LogIn) -> Session:
            session = super()._log_in(probe)
            tenant = "north" if probe.party == "owner" else "south"
            return replace(session, tokens=session.tokens.merged(cookie("clinic", tenant)))

    played = play(CHECK, Named(), KNOWN)
    key = TokenKey(Carrier.COOKIE, "clinic")
    asked = [p for p in played.probes if isinstance(p, ReplayPersonal) and p.party == "neighbour"]
    named = [token.value for p in asked if (token := p.tokens.get(key))]
    assert set(named) == {"south", "north"}
