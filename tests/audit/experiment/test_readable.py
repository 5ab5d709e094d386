import re

import pytest

from sessionward.audit.check import Confidence, Verdict
from sessionward.audit.experiment import request_parts
from sessionward.audit.experiment.readable import read_by_scripts, readable_opens
from sessionward.http import TokenKey, TokenSet
from tests.audit.checks.fake_app import FakeApp
from tests.audit.checks.scenes import BEARER, ORACLE, SCENE, SID, needing, scene
from tests.audit.experiment.steps_of import walk

BOTH = scene(private=(needing(ORACLE, SID, BEARER),))


def test_what_scripts_can_read_is_read_from_a_living_page() -> None:
    session, stored = walk(read_by_scripts(SCENE), FakeApp(readable_storage=frozenset({BEARER})))
    assert session.authenticated
    assert stored.readable_storage == {BEARER}


def test_a_token_that_comes_with_a_page_is_looked_for_as_well() -> None:
    session, _ = walk(read_by_scripts(SCENE), FakeApp(late_bearer=True))
    assert BEARER in session.tokens.keys


def test_the_way_in_that_the_readable_token_opens_is_tried() -> None:
    app = FakeApp()
    session, _ = walk(read_by_scripts(SCENE), app)
    verdict = walk(readable_opens(SCENE, session, frozenset({BEARER}), "there"), app)
    assert verdict.verdict is Verdict.FAILED
    assert verdict.where[0].url.endswith("/api/me")


def test_a_part_is_a_suspicion_and_nothing_is_a_pass() -> None:
    app = FakeApp()
    session, _ = walk(read_by_scripts(BOTH), app)
    part = walk(readable_opens(BOTH, session, frozenset({SID}), "there"), app)
    nothing = walk(readable_opens(BOTH, session, frozenset[TokenKey](), "there"), app)
    assert part.confidence is Confidence.SUSPECTED
    assert nothing.verdict is Verdict.PASSED


def test_a_part_that_is_a_token_against_forged_requests_is_meant_to_be_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = FakeApp()
    session, _ = walk(read_by_scripts(BOTH), app)
    monkeypatch.setattr(request_parts, "AGAINST_FORGERY", re.compile(SID.name))
    part = walk(readable_opens(BOTH, session, frozenset({SID}), "there"), app)
    assert (part.verdict, "alone it opens nothing" in part.message) == (Verdict.PASSED, True)


def test_a_token_that_opens_the_account_fails_whatever_it_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    app = FakeApp()
    session, _ = walk(read_by_scripts(SCENE), app)
    monkeypatch.setattr(request_parts, "AGAINST_FORGERY", re.compile(SID.name))
    assert walk(readable_opens(SCENE, session, frozenset({SID}), "there"), app).verdict is Verdict.FAILED


def test_a_part_that_both_accounts_have_alike_carries_nobody_s_login(monkeypatch: pytest.MonkeyPatch) -> None:
    app = FakeApp()
    session, _ = walk(read_by_scripts(BOTH), app)
    monkeypatch.setattr(TokenSet, "same_values", lambda mine, theirs, keys: frozenset(keys))
    part = walk(readable_opens(BOTH, session, frozenset({SID}), "there"), app)
    assert (part.verdict, "the same for both accounts" in part.message) == (Verdict.PASSED, True)
