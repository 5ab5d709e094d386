import base64
import json

import pytest

from sessionward.audit.check import Confidence, Verdict
from sessionward.audit.checks.token.client_controlled_identity import CHECK
from sessionward.audit.experiment import Guard
from sessionward.http import TokenSet
from tests.audit.checks.fake_server import cookie
from tests.audit.checks.scenes import ORACLE, USERNAMES, scene
from tests.audit.checks.token.minting_app import IDS, ONE_WAY, MintingApp, WebTokens, held, minted
from tests.audit.checks.transcript import play

UID = next(token.key for token in cookie("uid", "x"))
BOTH = scene(private=(ORACLE,))


def with_uid(app: MintingApp, party: str) -> TokenSet:
    return cookie("sid", app.invent()).merged(cookie("uid", IDS[party]))


def session_of(app: MintingApp, tokens: TokenSet) -> str:
    return next((party for known, party in app.table.items() if held(tokens) in known), "")


def by_uid(app: MintingApp, tokens: TokenSet) -> str:
    """Any living session will do, and the cookie beside it says whose it is; without one, the session's own."""
    own = session_of(app, tokens)
    said = next((party for party, number in IDS.items() if number == held(tokens, "uid")), own)
    return said if own else ""


def test_a_number_in_a_cookie_that_says_whose_account_it_is_is_a_defect() -> None:
    played = play(CHECK, MintingApp(mint=with_uid, believes=by_uid), BOTH)
    assert (played.verdict, played.confidence) == (Verdict.FAILED, Confidence.CONFIRMED)
    assert "cookie uid" in played.message


def test_a_number_that_is_only_shown_passes() -> None:
    played = play(CHECK, MintingApp(mint=with_uid, believes=session_of), BOTH)
    assert played.verdict is Verdict.PASSED
    assert "opens nobody else's" in played.message


def test_an_address_that_is_only_shown_is_tried_whole_and_passes() -> None:
    def mint(app: MintingApp, party: str) -> TokenSet:
        return cookie("sid", app.invent()).merged(cookie("who", USERNAMES[party]))

    played = play(CHECK, MintingApp(mint=mint, believes=session_of), BOTH)
    assert played.verdict is Verdict.PASSED


def written(app: MintingApp, party: str) -> str:
    text = json.dumps({"user": USERNAMES[party], "n": app.invent()})
    return base64.b64encode(text.encode()).decode()


def read(app: MintingApp, tokens: TokenSet) -> str:
    try:
        user = json.loads(base64.b64decode(held(tokens)))["user"]
    except (ValueError, KeyError):
        return ""
    return next((party for party, name in USERNAMES.items() if name == user), "")


def test_a_name_inside_an_unsigned_session_is_a_defect_and_its_place_is_told() -> None:
    app = minted(written)
    app.believes = read
    played = play(CHECK, app, ONE_WAY)
    assert played.confidence is Confidence.CONFIRMED
    assert "(user)" in played.message


@pytest.mark.parametrize("app", [MintingApp(), WebTokens(verifies=False).app()], ids=["opaque", "web token"])
def test_without_a_part_that_anybody_could_write_it_is_inapplicable(app: MintingApp) -> None:
    assert play(CHECK, app, ONE_WAY).verdict is Verdict.INAPPLICABLE


def test_a_signed_number_passes_although_it_is_the_same_at_every_login() -> None:
    app = minted(lambda app, party: f"{IDS[party]}.{(party * 8).encode().hex()[:40]}")
    assert play(CHECK, app, ONE_WAY).verdict is Verdict.PASSED


def test_a_lost_control_is_inconclusive() -> None:
    app = MintingApp(mint=with_uid, believes=by_uid)
    app.breaks = lambda probe: 403 if probe.control == Guard.OTHER else 0
    assert play(CHECK, app, BOTH).verdict is Verdict.INCONCLUSIVE
