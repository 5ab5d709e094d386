from dataclasses import replace

from sessionward.audit.check import Confidence, Severity, Verdict
from sessionward.audit.checks.isolation.document_link_without_session import CHECK
from sessionward.audit.probe import Download
from sessionward.audit.scene import Document
from sessionward.http import Request
from tests.audit.checks.fake_app import FakeApp
from tests.audit.checks.scenes import START, policy, scene
from tests.audit.checks.transcript import play

REPORT = Document(request=Request(method="GET", url=f"{START}files/17.pdf"), digest="1f", own=True)
LEAFLET = Document(request=Request(method="GET", url=f"{START}files/rules.pdf"), digest="2f", shared=True)
SCAN = Document(
    request=Request(method="GET", url=f"{START}scans/3.png"), digest="3f", embedded=True, own=True
)
LOOSE = Document(request=Request(method="GET", url=f"{START}files/x.zip"), digest="4f")
EXPORT = Document(request=Request(method="GET", url=f"{START}export.csv"), texts=("swcafe01",))
SIGNED = replace(REPORT, expires=1020.0)
ALL = scene(documents=(REPORT, LEAFLET, EXPORT))


def public(*documents: Document) -> FakeApp:
    return FakeApp(public=frozenset(document.request.url for document in documents))


def test_documents_that_are_refused_without_a_session_pass() -> None:
    played = play(CHECK, scene=ALL)
    assert (played.verdict, "(2 addresses asked)" in played.message) == (Verdict.PASSED, True)


def test_a_document_of_the_owner_that_anybody_gets_is_a_defect() -> None:
    played = play(CHECK, public(REPORT), ALL)
    assert (played.verdict, played.confidence) == (Verdict.FAILED, Confidence.CONFIRMED)
    assert [place.url for place in played.outcome.where] == [REPORT.request.url]


def test_a_document_that_holds_the_owner_s_data_is_a_defect() -> None:
    assert play(CHECK, public(EXPORT), ALL).confidence is Confidence.CONFIRMED


def test_a_leaflet_that_both_accounts_are_offered_is_never_asked_for() -> None:
    played = play(CHECK, public(LEAFLET), ALL)
    assert played.verdict is Verdict.PASSED
    assert all(probe.document is not LEAFLET for probe in played.probes if isinstance(probe, Download))


def test_a_file_to_which_only_private_pages_lead_is_suspected_only() -> None:
    played = play(CHECK, public(LOOSE), scene(documents=(LOOSE,)))
    assert (played.confidence, played.severity) == (Confidence.SUSPECTED, Severity.MEDIUM)


def test_a_picture_that_a_page_shows_is_suspected_only() -> None:
    assert play(CHECK, public(SCAN), scene(documents=(SCAN,))).confidence is Confidence.SUSPECTED


def test_a_picture_that_nothing_ties_to_the_account_is_left_alone() -> None:
    loose = replace(SCAN, own=False)
    assert play(CHECK, public(loose), scene(documents=(loose,))).verdict is Verdict.INAPPLICABLE


def test_without_documents_there_is_no_such_thing() -> None:
    assert play(CHECK).verdict is Verdict.INAPPLICABLE


def test_a_signed_link_that_ends_as_it_says_passes() -> None:
    played = play(CHECK, scene=scene(documents=(SIGNED,)))
    assert played.verdict is Verdict.PASSED
    assert played.waited > 20


def test_a_signed_link_that_outlives_what_it_says_is_a_defect() -> None:
    assert play(CHECK, public(SIGNED), scene(documents=(SIGNED,))).verdict is Verdict.FAILED


def test_a_signed_link_that_lives_longer_than_the_wait_is_told_as_such() -> None:
    played = play(CHECK, scene=scene(documents=(replace(SIGNED, expires=9000.0),)))
    assert (played.verdict, "stated life" in played.message) == (Verdict.INCONCLUSIVE, True)


def test_documents_that_are_gone_are_inconclusive() -> None:
    def gone(probe: object) -> int:
        return 503 if isinstance(probe, Download) else 0

    assert play(CHECK, FakeApp(breaks=gone), ALL).verdict is Verdict.INCONCLUSIVE


def test_an_app_that_shows_everybody_the_owner_s_page_proves_nothing_of_documents() -> None:
    known = scene(documents=(REPORT,), policy=policy())
    assert play(CHECK, FakeApp(public=frozenset({"profile"})), known).verdict is Verdict.INCONCLUSIVE
