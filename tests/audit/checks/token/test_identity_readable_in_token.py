import base64
import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from sessionward.audit.check import Confidence, Severity, Verdict
from sessionward.audit.checks.token.identity_readable_in_token import CHECK
from sessionward.audit.experiment import Guard
from sessionward.http import TokenSet
from tests.audit.checks.fake_server import cookie
from tests.audit.checks.scenes import ORACLE, SCENE, USERNAMES, scene
from tests.audit.checks.token.minting_app import ONE_WAY, MintingApp, WebTokens
from tests.audit.checks.transcript import play

NAMES = {"owner": "Olga Owner", "stranger": "Stan Stranger"}


def beside(make: Callable[[str], str]) -> MintingApp:
    """A random session, and a cookie beside it."""

    def mint(app: MintingApp, party: str) -> TokenSet:
        return cookie("sid", app.invent()).merged(cookie("beside", make(party)))

    return MintingApp(mint=mint, believes=by_sid)


def by_sid(app: MintingApp, tokens: TokenSet) -> str:
    wanted = {token.value for token in tokens if token.name == "sid"}
    return next((party for known, party in app.table.items() if known & wanted), "")


@pytest.mark.parametrize("wrap", ["plain", "base64", "json in base64"])
def test_an_address_in_a_cookie_is_a_defect_in_whatever_encoding(wrap: str) -> None:
    def make(party: str) -> str:
        text = USERNAMES[party] if wrap != "json in base64" else json.dumps({"u": {"mail": USERNAMES[party]}})
        return text if wrap == "plain" else base64.b64encode(text.encode()).decode()

    played = play(CHECK, beside(make), ONE_WAY)
    assert (played.verdict, played.confidence) == (Verdict.FAILED, Confidence.CONFIRMED)
    assert "the e-mail address in the cookie beside" in played.message


def test_a_name_in_a_web_token_is_a_defect() -> None:
    played = play(CHECK, WebTokens(states={"name": NAMES}).app(), ONE_WAY)
    assert "the name in the cookie sid" in played.message


def test_ids_random_values_and_times_pass() -> None:
    assert play(CHECK, WebTokens().app(), ONE_WAY).verdict is Verdict.PASSED
    assert play(CHECK, MintingApp(), ONE_WAY).verdict is Verdict.PASSED


def test_a_short_user_name_within_random_text_is_no_find() -> None:
    parties = {name: replace(party, username=name[:2]) for name, party in SCENE.parties.items()}
    app = beside(lambda party: f"x{party[:2]}{party[:2]}9f")
    assert play(CHECK, app, scene(private=(ORACLE,), parties=parties)).verdict is Verdict.PASSED


def test_the_same_text_in_both_tokens_is_no_find() -> None:
    assert play(CHECK, beside(lambda party: USERNAMES["owner"]), ONE_WAY).verdict is Verdict.PASSED


def test_a_role_alone_is_a_remark() -> None:
    played = play(CHECK, WebTokens(states={"role": dict.fromkeys(NAMES, "patient")}).app(), ONE_WAY)
    assert (played.confidence, played.severity) == (Confidence.SUSPECTED, Severity.INFO)


def test_a_lost_control_is_inconclusive() -> None:
    app = beside(lambda party: USERNAMES[party])
    app.breaks = lambda probe: 403 if probe.control == Guard.POSITIVE else 0
    assert play(CHECK, app, ONE_WAY).verdict is Verdict.INCONCLUSIVE
