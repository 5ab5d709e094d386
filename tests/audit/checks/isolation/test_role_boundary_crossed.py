from dataclasses import replace

from sessionward.audit.check import Confidence, Severity, Verdict
from sessionward.audit.checks.isolation.role_boundary_crossed import CHECK
from sessionward.http import Request
from tests.audit.checks.fake_app import FakeApp
from tests.audit.checks.scenes import ADMIN_PAGE, LETTER, ROTA, SCENE, START, peopled
from tests.audit.checks.transcript import play

KNOWN = peopled("administrator", privileged={"administrator": (ADMIN_PAGE, ROTA)})


def leaking(*names: str) -> FakeApp:
    return FakeApp(leaks=frozenset((name, "stranger") for name in names))


def test_what_is_refused_to_the_lower_role_passes() -> None:
    played = play(CHECK, scene=KNOWN)
    assert (played.verdict, "2 addresses refused" in played.message) == (Verdict.PASSED, True)


MENU = replace(
    ADMIN_PAGE,
    request=Request(method="GET", url=f"{START}admin"),
    texts=("House keeping", "What can be kept here", "Wards", "Beds", "Doctors on call", "Invoices"),
)


def test_the_mere_frame_of_a_page_of_the_higher_role_accuses_nobody() -> None:
    app = FakeApp(heads=frozenset({("accounts", "stranger")}))
    played = play(CHECK, app, replace(KNOWN, privileged={"administrator": (MENU, ROTA)}))
    assert (played.verdict, "most of the rest withheld" in played.message) == (Verdict.PASSED, True)
    alone = play(CHECK, app, replace(KNOWN, privileged={"administrator": (MENU,)}))
    assert (alone.verdict, "is shown a part" in alone.message) == (Verdict.INCONCLUSIVE, True)


def test_an_open_address_beside_a_refused_one_is_a_defect() -> None:
    played = play(CHECK, leaking("rota"), KNOWN)
    assert (played.verdict, played.confidence) == (Verdict.FAILED, Confidence.CONFIRMED)
    assert [place.url for place in played.outcome.where] == [ROTA.request.url]


def test_open_addresses_that_nothing_marks_as_reserved_prove_nothing() -> None:
    silent = replace(ADMIN_PAGE, texts=("Accounts are made on Monday", "Accounts are closed on Friday"))
    known = replace(KNOWN, privileged={"administrator": (silent, ROTA)})
    assert play(CHECK, leaking("rota", "accounts"), known).verdict is Verdict.INCONCLUSIVE


def test_open_addresses_that_name_another_account_are_suspected() -> None:
    played = play(CHECK, leaking("rota", "accounts"), KNOWN)
    assert (played.confidence, played.severity) == (Confidence.SUSPECTED, Severity.HIGH)
    assert [place.url for place in played.outcome.where] == [ADMIN_PAGE.request.url]


def test_an_address_that_speaks_of_the_higher_role_is_meant_for_it() -> None:
    page = replace(ROTA, request=Request(method="GET", url=f"{START}api/admin/rota"))
    known = replace(KNOWN, privileged={"administrator": (page,)})
    assert play(CHECK, leaking("rota"), known).verdict is Verdict.FAILED


def test_a_word_in_the_middle_of_a_path_part_says_nothing() -> None:
    page = replace(ROTA, request=Request(method="GET", url=f"{START}administered-vaccines"))
    known = replace(KNOWN, privileged={"administrator": (page,)})
    assert play(CHECK, leaking("rota"), known).verdict is Verdict.INCONCLUSIVE


def test_private_texts_of_another_account_need_no_further_proof() -> None:
    page = replace(ADMIN_PAGE, texts=(*LETTER.texts, "Olga Owner may log in"))
    known = replace(KNOWN, privileged={"administrator": (page,)})
    assert play(CHECK, leaking("accounts"), known).verdict is Verdict.FAILED


def test_what_everybody_is_shown_is_no_matter_of_roles() -> None:
    app = FakeApp(public=frozenset({"rota"}))
    assert play(CHECK, app, KNOWN).verdict is Verdict.PASSED


def test_without_an_account_of_a_higher_role_it_says_what_to_write() -> None:
    played = play(CHECK, scene=SCENE)
    assert (played.verdict, "[[account]]" in played.message) == (Verdict.INCONCLUSIVE, True)


def test_an_account_that_did_not_get_in_is_named() -> None:
    assert "did not get in" in play(CHECK, scene=replace(KNOWN, homes={})).message


def test_a_higher_role_without_pages_of_its_own_is_inconclusive() -> None:
    assert play(CHECK, scene=replace(KNOWN, privileged={})).verdict is Verdict.INCONCLUSIVE


def test_where_the_two_accounts_differ_in_role_the_owner_asks() -> None:
    parties = dict(KNOWN.parties) | {"stranger": replace(KNOWN.parties["stranger"], role="nurse")}
    app = FakeApp(leaks=frozenset({("rota", "owner")}))
    assert play(CHECK, app, replace(KNOWN, parties=parties)).verdict is Verdict.FAILED
