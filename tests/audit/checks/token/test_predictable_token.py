import base64
import hashlib
import hmac

import pytest

from sessionward.audit.check import Confidence, Verdict
from sessionward.audit.checks.token.predictable_token import CHECK
from sessionward.audit.experiment import Guard
from sessionward.audit.probe import Replay
from sessionward.http import TokenSet
from tests.audit.checks.fake_server import cookie
from tests.audit.checks.scenes import ORACLE, SID, USERNAMES, needing, scene
from tests.audit.checks.token.minting_app import ONE_WAY, MintingApp, WebTokens, clock, minted
from tests.audit.checks.transcript import play

PREDICTABLE = {
    "a decimal counter": lambda app, party: f"S{app.number:06d}",
    "a hexadecimal counter": lambda app, party: f"{app.number:08x}",
    "a counter in base64": lambda app, party: base64.b64encode(f"sess-{app.number}".encode()).decode(),
    "a clock in seconds": lambda app, party: str(int(clock(app))),
    "a clock in milliseconds": lambda app, party: str(int(clock(app) * 1000)),
    "a clock and a counter": lambda app, party: f"{int(clock(app) * 1000)}-{app.number}",
    "a clock and a counter without a break": lambda app, party: f"{int(clock(app))}{app.number}",
    "a hash of a counter": lambda app, party: hashlib.md5(
        str(app.number).encode(), usedforsecurity=False
    ).hexdigest(),
    "a hash of a clock": lambda app, party: hashlib.sha1(
        str(int(clock(app))).encode(), usedforsecurity=False
    ).hexdigest(),
    "a hash of name and counter": lambda app, party: hashlib.sha256(
        f"{USERNAMES[party]}:{app.number}".encode()
    ).hexdigest(),
    "a hash of the name": lambda app, party: hashlib.md5(
        USERNAMES[party].encode(), usedforsecurity=False
    ).hexdigest(),
    "the name in base64": lambda app, party: base64.b64encode(USERNAMES[party].encode()).decode(),
}
SOUND = {
    "random": lambda app, party: app.invent(),
    "random after a constant prefix": lambda app, party: f"clinic.v1.{app.invent()}",
    "a clock and a signature": lambda app, party: stamped(app),
    "encrypted, with its time in front": lambda app, party: encrypted(app),
    "a name and a random value": lambda app, party: f"{party}.{app.invent()}",
}


def stamped(app: MintingApp) -> str:
    head = f"{int(clock(app))}.{app.invent()}"
    return f"{head}.{hmac.new(b'key', head.encode(), 'sha256').hexdigest()}"


def encrypted(app: MintingApp) -> str:
    """As Fernet writes it: a version, the time in eight bytes, then what cannot be told from chance."""
    raw = b"\x80" + int(clock(app)).to_bytes(8, "big") + bytes.fromhex(app.invent() * 3)
    return base64.urlsafe_b64encode(raw).decode()


@pytest.mark.parametrize("kind", PREDICTABLE)
def test_a_token_that_is_computed_and_opens_the_other_account_is_a_defect(kind: str) -> None:
    played = play(CHECK, minted(PREDICTABLE[kind]), ONE_WAY)
    assert (played.verdict, played.confidence) == (Verdict.FAILED, Confidence.CONFIRMED), played.message
    assert "3 logins of the second account were predicted" in played.message


@pytest.mark.parametrize("kind", SOUND)
def test_a_token_that_only_looks_odd_passes_after_its_neighbours_were_tried(kind: str) -> None:
    played = play(CHECK, minted(SOUND[kind]), ONE_WAY)
    assert played.verdict is Verdict.PASSED
    assert any(isinstance(probe, Replay) and not probe.control for probe in played.probes)


def test_a_signed_web_token_passes() -> None:
    assert play(CHECK, WebTokens().app(), ONE_WAY).verdict is Verdict.PASSED


def test_a_clock_too_fine_to_be_tried_out_is_a_suspicion() -> None:
    played = play(
        CHECK, minted(lambda app, party: str(int((clock(app) + app.rng.random() / 100) * 1_000_000))), ONE_WAY
    )
    assert (played.verdict, played.confidence) == (Verdict.FAILED, Confidence.SUSPECTED)
    assert "microseconds" in played.message


def test_a_counter_that_is_bound_to_something_else_is_only_suspected() -> None:
    app = minted(lambda app, party: f"{app.number:08d}")
    app.breaks = lambda probe: 403 if isinstance(probe, Replay) and not probe.control else 0
    assert play(CHECK, app, ONE_WAY).confidence is Confidence.SUSPECTED


def test_one_random_member_of_two_makes_the_counter_harmless() -> None:
    def both(app: MintingApp, party: str) -> TokenSet:
        del party
        return cookie("sid", str(app.number)).merged(cookie("proof", app.invent()))

    proof = next(token.key for token in cookie("proof", "x"))
    app = MintingApp(mint=both)
    assert play(CHECK, app, scene(private=(needing(ORACLE, SID, proof),))).verdict is Verdict.PASSED


def test_the_living_session_handed_out_again_is_no_series() -> None:
    assert play(CHECK, MintingApp(idempotent=True), ONE_WAY).verdict is Verdict.PASSED


def test_too_few_logins_are_inconclusive_and_say_why() -> None:
    played = play(CHECK, MintingApp(most=3), ONE_WAY)
    assert played.verdict is Verdict.INCONCLUSIVE
    assert "the app holds off" in played.message


def test_a_lost_control_is_inconclusive() -> None:
    app = minted(lambda app, party: str(app.number))
    app.breaks = lambda probe: 403 if probe.control == Guard.POSITIVE else 0
    assert play(CHECK, app, ONE_WAY).verdict is Verdict.INCONCLUSIVE
