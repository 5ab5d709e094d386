from dataclasses import dataclass

from sessionward.audit.check import Verdict
from sessionward.audit.checks.lifecycle.logout_misses_channel import CHECK
from sessionward.audit.observation import Answer
from sessionward.audit.probe import Replay, Visit
from sessionward.http import Carrier
from tests.audit.checks.fake_app import FakeApp
from tests.audit.checks.fake_server import tokens_of
from tests.audit.checks.scenes import API, BEARER, ORACLE, TRADED, scene
from tests.audit.checks.transcript import play

PAGE_ONLY = frozenset({Carrier.COOKIE})


def test_an_interface_that_outlives_the_page_is_a_defect() -> None:
    played = play(CHECK, FakeApp(logout_ends=PAGE_ONLY))
    assert played.verdict is Verdict.FAILED
    assert [place.url for place in played.outcome.where] == [API.request.url]


def test_a_token_that_a_script_gets_only_once_its_page_is_open_is_tried_as_well() -> None:
    played = play(CHECK, FakeApp(logout_ends=PAGE_ONLY, late_bearer=True))
    assert played.verdict is Verdict.FAILED
    assert [place.url for place in played.outcome.where] == [API.request.url]


def test_a_page_that_outlives_its_interface_is_a_defect_too() -> None:
    played = play(CHECK, FakeApp(logout_ends=frozenset({Carrier.HEADER})))
    assert [place.url for place in played.outcome.where] == [ORACLE.request.url]


def test_a_logout_that_ends_every_way_in_passes_and_names_them() -> None:
    played = play(CHECK)
    assert played.verdict is Verdict.PASSED
    assert "cookie sid" in played.message
    assert "header authorization" in played.message


def test_a_logout_that_ends_nothing_is_left_to_the_other_check() -> None:
    played = play(CHECK, FakeApp(logout_ends=frozenset()))
    assert played.verdict is Verdict.INCONCLUSIVE
    assert "logout-keeps-token-alive" in played.message


def test_a_way_in_that_shuts_a_moment_later_is_not_accused() -> None:
    played = play(CHECK, FakeApp(logout_ends=PAGE_ONLY, ends_later={Carrier.HEADER: 1.5}))
    assert played.verdict is Verdict.PASSED
    assert played.waited == 2


def test_one_way_in_cannot_be_missed() -> None:
    played = play(CHECK, scene=scene(private=(ORACLE,)))
    assert played.verdict is Verdict.INAPPLICABLE
    assert "cookie sid" in played.message


def test_a_way_in_that_a_fresh_login_does_not_open_is_left_out() -> None:
    assert play(CHECK, FakeApp(ended_at_birth=frozenset({BEARER.carrier}))).verdict is Verdict.INAPPLICABLE


def test_an_interface_that_breaks_after_the_logout_is_inconclusive() -> None:
    def broken(probe: object) -> int:
        return 500 if isinstance(probe, Replay) and probe.exchange is API and not probe.control else 0

    assert play(CHECK, FakeApp(breaks=broken)).verdict is Verdict.INCONCLUSIVE


def test_a_token_that_outlives_the_cookie_it_was_traded_for_is_a_defect() -> None:
    played = play(CHECK, FakeApp(logout_ends=PAGE_ONLY), scene(private=(API,), renewing=(TRADED,)))
    assert played.verdict is Verdict.FAILED
    assert "ended cookie sid (traded for a token)" in played.message


def test_a_cookie_that_can_still_be_traded_after_the_logout_is_a_defect() -> None:
    app = FakeApp(logout_ends=frozenset({Carrier.HEADER}))
    played = play(CHECK, app, scene(private=(API,), renewing=(TRADED,)))
    assert played.verdict is Verdict.FAILED
    assert "but cookie sid (traded for a token) still shows" in played.message


def test_a_logout_that_ends_both_passes() -> None:
    assert play(CHECK, scene=scene(private=(API,), renewing=(TRADED,))).verdict is Verdict.PASSED


@dataclass(slots=True, kw_only=True)
class Booting(FakeApp):
    """Each page trades its cookie for a token as it is opened, and is given another cookie for it."""

    def _visit(self, probe: Visit) -> Answer:
        for live in self.lives_of(self.browsers[probe.session.id]):
            live.sid = self.invent()
            self.browsers[probe.session.id] = tokens_of(live)
        return FakeApp._visit(self, probe)  # noqa: SLF001 — slots leave no zero-argument super


def test_the_cookie_that_a_page_was_given_on_the_way_out_is_tried_and_no_used_up_one() -> None:
    app = Booting(logout_ends=frozenset({Carrier.HEADER}))
    played = play(CHECK, app, scene(private=(API,), renewing=(TRADED,)))
    assert played.verdict is Verdict.FAILED
    assert "but cookie sid (traded for a token) still shows" in played.message
