import base64
import json

import pytest

from sessionward.audit.check import Confidence, Verdict
from sessionward.audit.checks.token.default_signing_key import CHECK
from sessionward.audit.probe import Replay, Sample
from sessionward.http import TokenSet
from sessionward.http.signed_cookies import signed_values
from tests.audit.checks.fake_server import cookie
from tests.audit.checks.scenes import SID
from tests.audit.checks.token.minting_app import IDS, ONE_WAY, MintingApp, WebTokens, held
from tests.audit.checks.transcript import play

SHAPES = {
    "Flask": "{}.aGVsbG8.{}",
    "Starlette": "{}.aGVsbG8.{}",
    "Django": "{}:1abcDE:{}",
    "Express": "s:{}.{}",
    "Rails": "{}--{}",
    "itsdangerous": "{}.{}",
    "a hand-written keyed hash": "{}|{}0000000000000000000000AA",
}


def signing(framework: str, key: bytes, *, verifies: bool = True) -> MintingApp:
    """An app that keeps whose session it is in a signed cookie, as that framework writes it."""

    def sign(payload: str) -> str:
        blank = SHAPES[framework].format(payload, "0" * 40)
        ways = signed_values(cookie("sid", blank), SID)
        return next(way for way in ways if way.framework == framework).forged(key, payload)[0]

    def mint(app: MintingApp, party: str) -> TokenSet:
        text = json.dumps({"uid": IDS[party], "n": app.invent()})
        return cookie("sid", sign(base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")))

    def believes(app: MintingApp, tokens: TokenSet) -> str:
        value = held(tokens)
        ways = [w for w in signed_values(cookie("sid", value), SID) if w.framework == framework]
        if not ways or (verifies and not any(way.fits(key) for way in ways)):
            return ""
        try:
            uid = json.loads(base64.urlsafe_b64decode(ways[0].payload + "=="))["uid"]
        except (ValueError, KeyError):
            return ""
        return next((party for party, number in IDS.items() if number == uid), "")

    return MintingApp(mint=mint, believes=believes)


@pytest.mark.parametrize("framework", SHAPES)
def test_a_known_key_writes_a_session_of_the_other_account(framework: str) -> None:
    played = play(CHECK, signing(framework, b"changeme"), ONE_WAY)
    assert (played.verdict, played.confidence) == (Verdict.FAILED, Confidence.CONFIRMED), played.message
    assert framework in played.message
    assert "changeme" not in played.message


@pytest.mark.parametrize("framework", SHAPES)
def test_a_key_of_its_own_passes_after_another_signature_was_refused(framework: str) -> None:
    played = play(CHECK, signing(framework, b"\x05" * 32), ONE_WAY)
    assert played.verdict is Verdict.PASSED
    assert any(isinstance(probe, Replay) and not probe.control for probe in played.probes)


def test_an_app_that_does_not_verify_is_inconclusive() -> None:
    played = play(CHECK, signing("Flask", b"\x05" * 32, verifies=False), ONE_WAY)
    assert played.verdict is Verdict.INCONCLUSIVE


def test_a_known_key_over_a_random_id_is_a_suspicion() -> None:
    app = MintingApp()
    blank = "s:{}." + "0" * 43

    def mint(app: MintingApp, party: str) -> TokenSet:
        number = app.invent()
        way = signed_values(cookie("sid", blank.format(number)), SID)[0]
        return cookie("sid", way.forged(b"keyboard cat", number)[0])

    app.mint = mint
    played = play(CHECK, app, ONE_WAY)
    assert played.confidence is Confidence.SUSPECTED


@pytest.mark.parametrize("app", [MintingApp(), WebTokens().app()], ids=["opaque", "web token"])
def test_what_no_framework_signed_is_inapplicable_and_costs_no_sample(app: MintingApp) -> None:
    played = play(CHECK, app, ONE_WAY)
    assert played.verdict is Verdict.INAPPLICABLE
    assert played.asked(Sample) == 0
