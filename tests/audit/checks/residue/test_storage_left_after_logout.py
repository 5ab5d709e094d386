from sessionward.audit.check import Confidence, Severity, Verdict
from sessionward.audit.checks.residue.storage_left_after_logout import CHECK
from sessionward.http import Carrier
from tests.audit.checks.fake_app import FakeApp
from tests.audit.checks.scenes import API, BEARER, ORACLE, USERNAMES, scene
from tests.audit.checks.transcript import play

NAME = "Olga Owner"


def test_private_data_in_the_storage_after_the_logout_is_a_defect() -> None:
    played = play(CHECK, FakeApp(left=(("indexeddb", "cache/me/1", f'{{"name":"{NAME}"}}'),)))
    assert (played.verdict, played.confidence) == (Verdict.FAILED, Confidence.CONFIRMED)
    assert "IndexedDB" in played.message


def test_settings_that_say_nothing_of_the_account_pass() -> None:
    assert play(CHECK, FakeApp(left=(("local", "theme", "dark"),))).verdict is Verdict.PASSED


def test_a_text_that_everybody_sees_is_not_the_owners() -> None:
    app = FakeApp(left=(("local", "banner", NAME),), names_owner=True)
    assert play(CHECK, app).verdict is Verdict.PASSED


def test_a_dead_token_that_is_left_is_no_defect() -> None:
    known = scene(private=(API, ORACLE))
    assert play(CHECK, FakeApp(left_readable=frozenset({BEARER})), known).verdict is Verdict.PASSED


def test_a_token_that_is_left_and_still_opens_the_account_is_a_defect() -> None:
    app = FakeApp(left_readable=frozenset({BEARER}), logout_ends=frozenset({Carrier.COOKIE}))
    played = play(CHECK, app, scene(private=(API, ORACLE)))
    assert played.verdict is Verdict.FAILED
    assert "still opens the account" in played.message


def test_the_login_name_alone_is_suspected_only() -> None:
    names = {party: (name,) for party, name in USERNAMES.items()}
    app = FakeApp(left=(("local", "last-login", USERNAMES["owner"]),), texts=names)
    played = play(CHECK, app)
    assert (played.confidence, played.severity) == (Confidence.SUSPECTED, Severity.LOW)


def test_without_a_logout_it_cannot_be_told() -> None:
    assert play(CHECK, scene=scene(logout=None)).verdict is Verdict.INCONCLUSIVE
